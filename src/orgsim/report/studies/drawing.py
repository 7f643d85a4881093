"""What the figures of an analysis share: a sheet with words in the shipped font, bars with intervals, number scales."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter

from orgsim.report.lettering import drawable, font_family, wrap
from orgsim.report.measures import Measure
from orgsim.report.panels import settle

BLUE, ORANGE, GREY, INK, PALE = "#0072B2", "#D55E00", "#6f6f6f", "#222222", "#dddddd"
LABEL, TICK, TITLE = 9.0, 8.5, 9.5
FOOT = 0.2
"""Height of a line below the axes, in inches."""
NAME_WIDTH = 22.0
"""Widest line of a factor's name beside an axis, in ems."""


def sheet(
    width: float, height: float, columns: int = 1, rows: int = 1, *, foot: bool = False
) -> tuple[Figure, list[Axes]]:
    """A figure of a size in inches and its axes, row by row; with `foot` there is room for a line below them."""
    font_family()
    left = FOOT / height if foot else 0.0
    layout = ConstrainedLayoutEngine(rect=(0.0, left, 1.0, 1.0 - left))
    figure = Figure(figsize=(width, height), layout=layout, facecolor="white")
    axes = figure.subplots(rows, columns, squeeze=False)
    return figure, [one for row in axes for one in row]


def finished(figure: Figure) -> Figure:
    """Every word in the shipped font, and with its letters."""
    return settle(figure)


def bare(axes: Axes, x: str = "", y: str = "", title: str = "") -> None:
    """Only the axes at the left and below, with what they show."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_color("#999999")
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=TICK, labelcolor=INK)
    axes.set_xlabel(drawable(x), fontsize=LABEL, color=INK)
    axes.set_ylabel(drawable(y), fontsize=LABEL, color=INK)
    if title:
        axes.set_title(drawable(title), fontsize=TITLE, color=INK, loc="left")


def rows_named(axes: Axes, names: Sequence[str]) -> None:
    """Names down the side, the first at the top."""
    labels = [wrap(drawable(name), NAME_WIDTH) for name in names]
    axes.set_yticks(range(len(labels)), labels, fontsize=LABEL)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.spines["left"].set_visible(False)


def scaled(axes: Axes, written: Measure, *, along: str = "x", signed: bool = True) -> None:
    """Ticks in the unit that people read."""

    def text(value: float, _place: object) -> str:
        return tick(written, value, signed=signed)

    (axes.xaxis if along == "x" else axes.yaxis).set_major_formatter(FuncFormatter(text))


def tick(written: Measure, value: float, *, signed: bool) -> str:
    """A number on a scale, with no more digits than it needs."""
    number = round(value * written.factor, 9) + 0.0
    return f"{number:{'+' if signed and number else ''},.6g}".replace("-", "−")


def unit_of(written: Measure, *, difference: bool = True) -> str:
    """The unit that ticks are in, in brackets, such as ' (points)' or ' (CNY million)'; nothing if there is none."""
    text = written.size(0.0) if difference else written.value(0.0).replace(".", "")
    unit = " ".join(text.replace("0", "").split())
    return f" ({unit})" if unit else ""


def interval_bar(axes: Axes, place: float, value: float, low: float, high: float, *, sure: bool, colour: str = BLUE,
                 height: float = 0.62) -> None:  # fmt: skip
    """A bar from nought with the ends of its interval; pale where it is not told from luck."""
    axes.barh(place, value, height=height, color=colour, alpha=1.0 if sure else 0.3, zorder=2)
    if np.isfinite(low + high):
        axes.plot([low, high], [place, place], color=INK, linewidth=1.3, zorder=3, solid_capstyle="butt")
        axes.plot([low, high], [place, place], "|", color=INK, markersize=6.0, markeredgewidth=1.3, zorder=3)
