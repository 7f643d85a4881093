"""The parts charts are made of: a frame with room for words, lines with bands and names at their ends.

Nothing here touches matplotlib's global state: every property is set on what is drawn.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator

from orgsim.report.lettering import drawable, font_family, shortened, wrap

GREY, INK, PALE = "#6f6f6f", "#222222", "#e4e4e4"
TITLE, SEVERAL, SMALL, LABEL, TICK = 13.0, 10.5, 8.0, 9.0, 9.0
LINE = 1.45
"""Height of a line of text as a multiple of its font size."""
LABEL_WIDTH = 13.0
"""Widest name beside a line, in ems."""
INNER_BAND_FOR = 2
"""With more lines than these the inner band of each is left out."""


@dataclass(frozen=True)
class Look:
    """How one scenario is drawn."""

    name: str
    title: str
    colour: str
    dashes: str
    baseline: bool


@dataclass(frozen=True)
class End:
    """Where a line ends, and what to call it there."""

    month: float
    value: float
    label: str
    colour: str


@dataclass(frozen=True)
class Column:
    """A chart and, below it, the difference from the baseline, if there is anything to compare."""

    main: Axes
    below: Axes | None


def frame(
    columns: int,
    title: str,
    foot: str,
    *,
    compares: bool,
    width: float | None = None,
    plot: float = 3.3,
    below: float = 1.15,
) -> tuple[Figure, list[Column]]:
    """A figure with its title and footnote, if any, in place and empty axes between them; sizes in inches."""
    width = width or (9.0 if columns == 1 else 13.2)
    beside = 1.75
    large = TITLE if "\n" not in title else SEVERAL
    title = wrap(drawable(title), (width - 0.6) * 72.0 / large)
    foot = wrap(drawable(foot), (width - 0.65) * 72.0 / SMALL)
    top = 0.22 + _inches(title, large) + (0.2 if columns == 1 else 0.42) if title else 0.1
    bottom = 0.18 + _inches(foot, SMALL) + 0.52 if foot else 0.52
    extra = below + 0.36 if compares else 0.0
    height = top + plot + extra + bottom
    figure = Figure(figsize=(width, height), dpi=160, facecolor="white")
    figure.text(0.25 / width, 1.0 - 0.2 / height, title, fontsize=large, va="top", linespacing=1.3, color=INK)
    figure.text(0.25 / width, 0.14 / height, foot, fontsize=SMALL, va="bottom", linespacing=1.35, color=GREY)
    made = []
    share = (width - 0.2) / columns
    for number in range(columns):
        left = (number * share + 0.85) / width
        wide = (share - 0.85 - beside) / width
        main = figure.add_axes((left, (bottom + extra) / height, wide, plot / height))
        under = figure.add_axes((left, bottom / height, wide, below / height)) if compares else None
        made.append(Column(main, under))
    return figure, made


def draw(
    column: Column, table: pd.DataFrame, looks: Sequence[Look], thin: tuple[str, pd.DataFrame] | None = None
) -> None:
    """Draw one curve of every scenario, of `table` with one curve in it; `thin` names a second one, in thin lines."""
    few = len(looks) <= INNER_BAND_FOR
    ends: list[End] = []
    for look in looks:
        rows = table[table["scenario"] == look.name]
        ends += _line(column.main, rows, look, look.title, width=2.2)
        _bands(column.main, rows, look, few=few)
        if thin is not None:
            end = _line(column.main, thin[1][thin[1]["scenario"] == look.name], look, thin[0], width=0.9)
            ends += end if few else []
        if column.below is not None and not look.baseline:
            low, high = 100 * rows["difference_low"], 100 * rows["difference_high"]
            column.below.fill_between(rows["month"], low, high, color=look.colour, alpha=0.2, lw=0)
            column.below.plot(rows["month"], 100 * rows["difference"], color=look.colour, lw=1.6)
    _name_ends(column.main, ends)


def finish(column: Column, months: int, side: str, time: str, difference: str, *, years: bool) -> None:
    """Scales and their words: `side` at the main axis, `difference` below, `time` under the last axis."""
    axes = [column.main] if column.below is None else [column.main, column.below]
    for each in axes:
        each.set_xlim(0, months)
        _bare(each)
        ticks = _time_ticks(months, years=years)
        each.set_xticks(ticks, [f"{tick // 12 if years else tick}" for tick in ticks], fontsize=TICK)
        each.tick_params(length=0, pad=4, labelbottom=each is axes[-1])
    column.main.set_ylim(0, 100)
    column.main.set_yticks(range(0, 101, 20), [str(tick) for tick in range(0, 101, 20)], fontsize=TICK)
    column.main.set_ylabel(drawable(side), fontsize=LABEL, color=INK)
    axes[-1].set_xlabel(drawable(time), fontsize=LABEL, color=INK)
    if column.below is not None:
        _difference_scale(column.below)
        column.below.set_title(drawable(difference), loc="left", fontsize=SMALL, color=GREY, pad=4)


def settle(figure: Figure) -> Figure:
    """Give every word the shipped font, and take signs such as $ for themselves."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_fontfamily(font_family())
        text.set_parse_math(False)
    return figure


def _line(axes: Axes, rows: pd.DataFrame, look: Look, label: str, width: float) -> list[End]:
    """The baseline is drawn last, so that a line that runs on it cannot hide it."""
    known = rows[rows["value"].notna()]
    order = 5 if look.baseline else 4
    axes.plot(known["month"], 100 * known["value"], color=look.colour, lw=width, ls=look.dashes, zorder=order)
    ends = zip(known["month"].tail(1), known["value"].tail(1), strict=True)
    return [End(float(month), 100 * float(value), label, look.colour) for month, value in ends]


def _bands(axes: Axes, rows: pd.DataFrame, look: Look, *, few: bool) -> None:
    for level, opacity in (("90", 0.14 if few else 0.07), ("50", 0.22)):
        if level == "90" or (few and not look.baseline):
            low, high = 100 * rows[f"low_{level}"], 100 * rows[f"high_{level}"]
            axes.fill_between(rows["month"], low, high, color=look.colour, alpha=opacity, lw=0, zorder=2)


def _name_ends(axes: Axes, ends: Sequence[End]) -> None:
    """Write each line's name and last value beside its end, apart enough to be read."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    unit = 100.0 / (axes.get_position().height * figure.get_size_inches()[1])  # of the scale, an inch
    ordered = sorted(ends, key=lambda end: -end.value)
    texts = [_label(end) for end in ordered]
    places = spread([end.value for end in ordered], [_inches(text, LABEL) * unit for text in texts])
    for end, text, place in zip(ordered, texts, places, strict=True):
        axes.annotate(
            text,
            xy=(end.month, end.value),
            xytext=(1.045, place),
            xycoords="data",
            textcoords=axes.get_yaxis_transform(),
            va="center",
            fontsize=LABEL,
            linespacing=1.2,
            color=end.colour,
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "lw": 0.6,
                "color": end.colour,
                "shrinkA": 1,
                "shrinkB": 0,
                "relpos": (0, 0.5),
            },
        )


def _label(end: End) -> str:
    return wrap(f"{shortened(drawable(end.label), 2.2 * LABEL_WIDTH)} {end.value:.1f}", LABEL_WIDTH)


def spread(wanted: Sequence[float], heights: Sequence[float], low: float = 0.0, high: float = 100.0) -> list[float]:
    """Centres near `wanted`, which falls, so that labels of these heights do not overlap or leave the scale."""
    places = list(wanted)
    for _ in range(500):
        before = list(places)
        for above, under in itertools.pairwise(range(len(places))):
            overlap = (heights[above] + heights[under]) / 2.0 - (places[above] - places[under])
            if overlap > 1e-6:
                places[above] += overlap / 2.0
                places[under] -= overlap / 2.0
        places = [min(max(p, low + h / 2.0), high - h / 2.0) for p, h in zip(places, heights, strict=True)]
        if np.allclose(before, places, atol=1e-3):
            break
    return places


def _bare(axes: Axes) -> None:
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color("#999999")
    axes.grid(visible=True, color=PALE, lw=0.7)
    axes.set_axisbelow(True)


def _time_ticks(months: int, *, years: bool) -> list[int]:
    """Months to mark, at most about ten of them."""
    steps = (12, 24, 60, 120) if years else (1, 2, 3, 6, 12)
    step = next((step for step in steps if months / step <= 12), steps[-1])
    return list(range(0, months + 1, step))


def _difference_scale(axes: Axes) -> None:
    """A scale that holds nothing and the differences, marked with signs."""
    low, high = axes.get_ylim()
    low, high = min(low, -0.5), max(high, 0.5)
    axes.axhline(0.0, color=GREY, lw=1.1, ls=(0, (4, 2)), zorder=1)
    axes.set_ylim(low, high)
    figure = axes.figure
    assert isinstance(figure, Figure)
    many = max(2, round(3.5 * axes.get_position().height * figure.get_size_inches()[1]))  # as there is room for
    ticks = [tick for tick in MaxNLocator(many, steps=[1, 2, 5, 10]).tick_values(low, high) if low <= tick <= high]
    axes.set_yticks(ticks, [signed(tick) for tick in ticks], fontsize=TICK)


def signed(number: float) -> str:
    """A tick with its sign: +2, −0.5, 0."""
    text = f"{abs(number):g}"
    return "0" if np.isclose(number, 0.0) else ("+" if number > 0 else "−") + text


def _inches(text: str, size: float) -> float:
    return (text.count("\n") + 1) * size * LINE / 72.0
