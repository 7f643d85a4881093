"""Figures over values of factors: main effects, which factors act together, a surface over two, the box of PRIM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from orgsim.ensembles.doubt import doubt
from orgsim.report.charts import PALETTE
from orgsim.report.lettering import drawable, wrap
from orgsim.report.studies.drawing import (
    BLUE,
    GREY,
    INK,
    LABEL,
    ORANGE,
    PALE,
    TICK,
    bare,
    finished,
    rows_named,
    scaled,
    sheet,
    tick,
    unit_of,
)  # fmt: skip
from orgsim.report.studies.names import Names
from orgsim.report.studies.texts import words
from orgsim.studies.analysis import Response
from orgsim.studies.analysis.certainty import MATTERS
from orgsim.studies.analysis.discovery import Discovery
from orgsim.studies.analysis.effects import adjusted
from orgsim.studies.analysis.tables import known

ACROSS, BINS = 3, 6
"""Panels side by side; parts that a range is cut into where averages are drawn."""
ROOM = 0.5
"""How long a line of equal outcome is that gets a label, as a part of the plane's width."""
Record = dict[Any, Any]


def effects_figure(response: Response, design: pd.DataFrame, names: Names) -> Figure:
    """A panel a factor: means of points, others held, and their averages with paired intervals over runs."""
    first = response.scenario == names.manifest["scenarios"][0]["name"]
    values = adjusted(response, design, names.manifest, first)
    factors = [each for each in names.manifest["factors"] if each["name"] in values]
    across = min(ACROSS, len(factors))
    down = -(-len(factors) // across)
    figure, panels = sheet(0.6 + 3.1 * across, 0.5 + 2.5 * down, columns=across, rows=down, foot=True)
    written = names.written(response.outcome, *np.abs(response.means).tolist())
    for axes, factor in zip(panels, factors, strict=False):
        column = known(design, factor, first)
        _main_effect(axes, factor, column, replace(response, values=values[factor["name"]]), names)
        scaled(axes, written, along="y", signed=response.against is not None)
    drawn = panels[: len(factors)]
    low, high = min(axes.get_ylim()[0] for axes in drawn), max(axes.get_ylim()[1] for axes in drawn)
    for axes in drawn:
        axes.set_ylim(low, high)
    for axes in panels[len(factors) :]:
        axes.set_visible(False)
    unit = unit_of(written, difference=response.against is not None)
    figure.supylabel(drawable(names.outcome(response.outcome, response.month) + unit), fontsize=LABEL)
    figure.text(0.99, 0.012, drawable(words(names.language)("picture.point")), ha="right", va="bottom",
                fontsize=TICK - 1.5, color=GREY)  # fmt: skip
    return finished(figure)


def _main_effect(axes: Axes, factor: Record, column: Any, response: Response, names: Names) -> None:
    listed = bool(factor.get("values")) or names.manifest["design"]["kind"] == "grid"
    at, taken = _numbered(column, factor)
    if listed:
        groups = [column == value for value in taken]
        places = np.arange(len(taken)) if factor["choices"] else taken
    else:
        edges = np.quantile(column, np.linspace(0.0, 1.0, BINS + 1))
        part = np.clip(np.searchsorted(edges, column, side="right") - 1, 0, BINS - 1)
        groups = [part == n for n in range(BINS) if (part == n).any()]
        places = np.array([column[group].mean() for group in groups])
    axes.plot(at, response.means, "o", color=PALE, markersize=3.2, zorder=1)
    mean = response.values.mean(axis=0)
    middles = np.array([response.values[group].mean() for group in groups])
    reach = np.array([doubt(response.values[group].mean(axis=0) - mean, response.sets).reach for group in groups])
    axes.errorbar(places, middles, yerr=np.nan_to_num(reach), color=BLUE, marker="o", markersize=4.5, linewidth=1.5,
                  capsize=2.5, zorder=3)  # fmt: skip
    if response.against is not None:
        axes.axhline(0.0, color=GREY, linewidth=0.8, linestyle=(0, (4, 2)), zorder=0)
    bare(axes, wrap(drawable(axis_name(factor["name"], names)), 24.0))
    _factor_ticks(axes, factor, taken, names)


def axis_name(factor: str, names: Names) -> str:
    """A factor with the unit of its axis."""
    parameter = names.parameter(factor)
    if parameter.choices:
        return names.factor(factor)
    number = names.value(factor, 0.0).replace("0", "", 1).strip()
    return names.factor(factor) + (f" ({number})" if number and "none" not in number and "不设" not in number else "")


def _factor_ticks(axes: Axes, factor: Record, known: Any, names: Names, along: str = "x") -> None:
    """Words for choices, numbers in the unit of the label else."""
    if factor["choices"]:
        labels = [drawable(names.value(factor["name"], value)) for value in known]
        (axes.set_xticks if along == "x" else axes.set_yticks)(range(len(known)), labels)
        return
    axis = axes.xaxis if along == "x" else axes.yaxis
    if len(known) <= 5:
        axis.set_ticks(list(known))
    else:
        axis.set_major_locator(MaxNLocator(4))
    axis.set_major_formatter(lambda value, _: _bare_number(names.value(factor["name"], float(f"{value:.6g}"))))


def _bare_number(text: str) -> str:
    """A value without its unit."""
    return "".join(character for character in text.split(" ", maxsplit=1)[0] if character in "0123456789.,−") or text


def pairs_figure(rows: pd.DataFrame, response: Response, names: Names) -> Figure:
    """A square a pair of factors: the largest interaction between them, or their second-order index."""
    factors = [each["name"] for each in names.manifest["factors"]]
    size, sure = np.full((len(factors), len(factors)), np.nan), np.zeros((len(factors), len(factors)), bool)
    for row in rows.to_dict("records"):
        one, two = sorted((factors.index(row["factor"]), factors.index(row["other"])))
        if not np.abs(size[two, one]) >= abs(row["value"]):
            size[two, one], sure[two, one] = row["value"], row["verdict"] == MATTERS
    index = rows["measure"].iloc[0] == "S2"
    written = names.written(response.outcome, *np.abs(size[np.isfinite(size)]).tolist())
    width = 2.6 + 0.95 * len(factors)
    figure, (axes,) = sheet(max(width, 5.0), 1.2 + 0.62 * (len(factors) - 1))
    reach = float(np.nanmax(np.abs(size))) or 1.0
    axes.imshow(size[1:, :-1], cmap="RdBu_r", vmin=-1.6 * reach, vmax=1.6 * reach, aspect="auto",
                alpha=np.where(sure[1:, :-1], 1.0, 0.25))  # fmt: skip
    for two in range(1, len(factors)):
        for one in range(two):
            if np.isfinite(size[two, one]):
                text = f"{size[two, one]:.2f}".replace("-", "−") if index else written.signed(size[two, one])
                colour = INK if sure[two, one] else GREY
                axes.text(one, two - 1, text, ha="center", va="center", fontsize=TICK, color=colour)
    rows_named(axes, [names.factor(name) for name in factors[1:]])
    axes.set_ylim(len(factors) - 1.5, -0.5)
    labels = [wrap(drawable(names.factor(name)), 11.0) for name in factors[:-1]]
    axes.set_xticks(range(len(labels)), labels, fontsize=TICK)
    for spine in axes.spines.values():
        spine.set_visible(False)
    say = words(names.language)
    measured = say("picture.S2") if index else say("picture.beyond") + unit_of(written)
    note = wrap(drawable(measured + say("then") + say("picture.untold")), 60.0)
    axes.set_title(note, fontsize=TICK, color=GREY, loc="left")
    axes.tick_params(length=0)
    return finished(figure)


def surface_figure(response: Response, design: pd.DataFrame, names: Names) -> Figure:
    """Means of points over two factors of a grid, filled between them, with lines of equal outcome."""
    across, up = names.manifest["factors"]
    table = pd.DataFrame({"x": design[across["name"]], "y": design[up["name"]], "z": response.means})
    square = table.pivot(index="y", columns="x", values="z")
    written = names.written(response.outcome, *np.abs(response.means).tolist())
    figure, (axes,) = sheet(6.4, 4.6)
    x, y, z = square.columns.to_numpy(np.float64), square.index.to_numpy(np.float64), square.to_numpy()
    levels = MaxNLocator(8).tick_values(float(z.min()), float(z.max())) if np.ptp(z) else None
    filled = axes.contourf(x, y, z, levels=levels, cmap="cividis", alpha=0.9)
    lines = axes.contour(x, y, z, levels=levels, colors="white", linewidths=0.8)
    signed = response.against is not None

    def write(value: float, _place: object = None) -> str:
        return tick(written, float(value), signed=signed)

    axes.clabel(lines, levels=_long(lines, np.ptp(x), np.ptp(y)), fmt=write, fontsize=TICK, colors="white")
    gridded = np.array([(one, two) for two in y for one in x])
    axes.plot(gridded[:, 0], gridded[:, 1], "o", color=INK, markersize=3.0, clip_on=False)
    bare(axes, axis_name(across["name"], names), axis_name(up["name"], names))
    _factor_ticks(axes, across, x, names)
    _factor_ticks(axes, up, y, names, along="y")
    bar = figure.colorbar(filled, ax=axes, format=write)
    bar.ax.tick_params(length=0, labelsize=TICK)
    title = names.outcome(response.outcome, response.month) + unit_of(written, difference=signed)
    bar.set_label(drawable(title), fontsize=LABEL)
    return finished(figure)


def _long(lines: QuadContourSet, width: float, height: float) -> list[float]:
    """The levels whose lines have room for a label: half as long as the plane is wide."""
    found = []
    for level, segments in zip(lines.levels, lines.allsegs, strict=True):
        parts = [np.hypot(*(np.diff(one, axis=0) / (width, height)).T).sum() for one in segments if len(one) > 1]
        if max(parts, default=0.0) >= ROOM:
            found.append(float(level))
    return found


def prim_figure(found: Discovery, names: Names) -> Figure:
    """The way of the peeling, coverage against density, and the points in the two factors that matter most."""
    say = words(names.language)
    figure, (left, right) = sheet(9.6, 4.3, columns=2)
    way = pd.DataFrame(found.path)
    left.plot(way["coverage"], way["density"], color=PALE, linewidth=1.2, zorder=1)
    left.scatter(way["coverage"], way["density"], s=16, color=BLUE, zorder=2)
    for step in np.flatnonzero(way["restricted"].diff().fillna(1.0) != 0.0):
        row = way.iloc[step]
        left.annotate(str(row["restricted"]), (row["coverage"], row["density"]), textcoords="offset points",
                      xytext=(-4, 6), fontsize=TICK - 1.0, color=GREY)  # fmt: skip
    chosen = way[way["chosen"]].iloc[0]
    left.plot(chosen["coverage"], chosen["density"], "o", color=ORANGE, markersize=9.0, fillstyle="none",
              markeredgewidth=2.0)  # fmt: skip
    left.annotate(drawable(say("picture.chosen")), (chosen["coverage"], chosen["density"]), fontsize=TICK,
                  textcoords="offset points", xytext=(8, 8), color=ORANGE)  # fmt: skip
    left.set(xlim=(-0.03, 1.05), ylim=(0.0, 1.08))
    bare(left, say("picture.coverage"), say("picture.density"), say("picture.path"))
    left.grid(visible=True, color=PALE, linewidth=0.7)
    _box(right, found, names)
    return finished(figure)


def _box(axes: Axes, found: Discovery, names: Names) -> None:
    say, factors = words(names.language), names.manifest["factors"]
    rank = sorted(range(len(factors)), key=lambda n: (not found.rows[n]["restricted"], -found.rows[n]["halves"]))
    one, two = rank[0], rank[1] if len(rank) > 1 else None
    x, along = _numbered(found.places[:, one], factors[one])
    if two is None:
        y, above = np.zeros_like(x), np.zeros(1)
    else:
        y, above = _numbered(found.places[:, two], factors[two])
    drawn = ((found.interest, ORANGE, "o", "picture.fails"), (~found.interest, BLUE, "x", "picture.holds"))
    for where, colour, mark, key in drawn:
        axes.scatter(x[where], y[where], s=17, color=colour, marker=mark, linewidths=1.0, label=drawable(say(key)),
                     alpha=0.75, zorder=2)  # fmt: skip
    if any(row["restricted"] for row in found.rows):
        everything = np.ones_like(found.inside)
        sides = [found.inside if found.rows[n]["restricted"] else everything for n in rank[:2]] + [everything]
        (left, right), (low, high) = _extent(x, sides[0]), _extent(y, sides[1])
        axes.add_patch(Rectangle((left, low), right - left, high - low, fill=False, edgecolor=INK, linewidth=1.6,
                                 zorder=3))  # fmt: skip
    bare(axes, axis_name(factors[one]["name"], names), "" if two is None else axis_name(factors[two]["name"], names),
         say("picture.box"))  # fmt: skip
    _factor_ticks(axes, factors[one], along, names)
    if two is None:
        axes.set_yticks([])
    else:
        _factor_ticks(axes, factors[two], above, names, along="y")
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False, fontsize=TICK)


def _numbered(column: Any, factor: Record) -> tuple[Any, Any]:
    """Where points lie along an axis, choices by their place, and the values that there are."""
    known = np.unique(column)
    return (np.searchsorted(known, column).astype(np.float64) if factor["choices"] else column), known


def _extent(column: Any, inside: Any) -> tuple[float, float]:
    """The sides of the box, a little outside its points."""
    edge = 0.012 * float(np.ptp(column) or 1.0)
    return float(column[inside].min()) - edge, float(column[inside].max()) + edge


def months_figure(rows: pd.DataFrame, names: Names) -> Figure:
    """A line a factor: how much it matters to a monthly sum, by month, with 95 % ranges."""
    figure, (axes,) = sheet(8.2, 3.6)
    factors: Sequence[str] = rows.groupby("factor")["value"].max().sort_values(ascending=False).index.tolist()
    for factor, colour in zip(factors, cycle(PALETTE), strict=False):
        each = rows[rows["factor"] == factor].sort_values("month")
        axes.fill_between(each["month"], each["low"], each["high"], color=colour, alpha=0.13, linewidth=0.0)
        label = wrap(drawable(names.factor(factor)), 22.0)
        axes.plot(each["month"], each["value"], color=colour, linewidth=1.8, marker="o", markersize=3.5, label=label)
    say = words(names.language)
    bare(axes, say("picture.month"), say("picture.total"))
    axes.set_xticks(sorted(rows["month"].unique()))
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    axes.grid(visible=True, axis="y", color=PALE, linewidth=0.7)
    figure.legend(loc="outside right upper", frameon=False, fontsize=TICK)
    return finished(figure)
