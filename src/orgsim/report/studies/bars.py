"""Figures with a row a factor: Sobol indices, elementary effects, rank correlations, tornado."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from orgsim.report.lettering import drawable
from orgsim.report.studies.drawing import (
    BLUE,
    GREY,
    LABEL,
    ORANGE,
    PALE,
    TICK,
    bare,
    finished,
    interval_bar,
    rows_named,
    scaled,
    sheet,
    unit_of,
)  # fmt: skip
from orgsim.report.studies.names import Names
from orgsim.report.studies.texts import words
from orgsim.studies.analysis import Response
from orgsim.studies.analysis.certainty import MATTERS

WIDTH = 7.6
Record = dict[Any, Any]


def sobol_figure(rows: pd.DataFrame, _response: Response, names: Names) -> Figure:
    """Total and first-order index of each factor, the largest total first."""
    say = words(names.language)
    total = _largest_first(rows[rows["measure"] == "ST"])
    first = {row["factor"]: row for row in rows[rows["measure"] == "S1"].to_dict("records")}
    figure, (axes,) = sheet(WIDTH, 1.25 + 0.5 * len(total))
    for place, row in enumerate(total):
        sure, alone = row["verdict"] == MATTERS, first[row["factor"]]
        interval_bar(axes, place - 0.19, row["value"], row["low"], row["high"], sure=sure, height=0.34)
        interval_bar(axes, place + 0.19, alone["value"], alone["low"], alone["high"], sure=sure, colour=ORANGE,
                     height=0.34)  # fmt: skip
    rows_named(axes, [names.factor(row["factor"]) for row in total])
    bare(axes, say("picture.share"))
    axes.spines["left"].set_visible(False)
    axes.axvline(0.0, color=GREY, linewidth=0.8)
    axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)
    keys = [Patch(color=BLUE, label=say("picture.ST")), Patch(color=ORANGE, label=say("picture.S1"))]
    if any(row["verdict"] != MATTERS for row in total):
        keys.append(Patch(color=GREY, alpha=0.3, label=say("picture.untold")))
    for key in keys:
        key.set_label(drawable(str(key.get_label())))
    figure.legend(handles=keys, loc="outside upper right", ncols=3, frameon=False, fontsize=TICK)
    return finished(figure)


def morris_figure(rows: pd.DataFrame, response: Response, names: Names) -> Figure:
    """Mean size of effects with intervals, and beside it their spread against it: far up means together, or bent."""
    say = words(names.language)
    sizes = _largest_first(rows[rows["measure"] == "mu_star"])
    spread = rows[rows["measure"] == "sigma"].set_index("factor")["value"]
    written = names.written(response.outcome, *(float(row["high"]) for row in sizes))
    figure, (left, right) = sheet(WIDTH + 2.6, max(3.0, 1.1 + 0.34 * len(sizes)), columns=2)
    for place, row in enumerate(sizes):
        sure = row["verdict"] == MATTERS
        interval_bar(left, place, row["value"], row["low"], row["high"], sure=sure)
        right.plot(row["value"], spread[row["factor"]], "o", color=BLUE, alpha=1.0 if sure else 0.3, markersize=5.0)
        right.annotate(
            str(place + 1), (row["value"], spread[row["factor"]]), textcoords="offset points", xytext=(5, 3),
            fontsize=TICK,
        )  # fmt: skip
    rows_named(left, [f"{place + 1}  {names.factor(row['factor'])}" for place, row in enumerate(sizes)])
    unit = unit_of(written)
    bare(left, say("picture.mu_star") + unit)
    bare(right, say("picture.mu_star") + unit, say("picture.sigma") + unit)
    left.spines["left"].set_visible(False)
    reach = max(right.get_xlim()[1], right.get_ylim()[1])
    right.plot([0.0, reach], [0.0, reach], color=PALE, linewidth=1.0, zorder=0)
    for axes in (left, right):
        axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)
        axes.set_xlim(left=0.0)
        scaled(axes, written, signed=False)
    right.set_ylim(bottom=-0.03 * right.get_ylim()[1])
    scaled(right, written, along="y", signed=False)
    if any(row["verdict"] != MATTERS for row in sizes):
        _pale_key(figure, names)
    return finished(figure)


def ranks_figure(rows: pd.DataFrame, _response: Response, names: Names) -> Figure:
    """Partial rank correlations, the largest first."""
    ordered = _largest_first(rows)
    figure, (axes,) = sheet(WIDTH, 1.1 + 0.34 * len(ordered))
    for place, row in enumerate(ordered):
        interval_bar(axes, place, row["value"], row["low"], row["high"], sure=row["verdict"] == MATTERS)
    rows_named(axes, [names.factor(row["factor"]) for row in ordered])
    bare(axes, words(names.language)("picture.prcc"))
    _about_nought(axes)
    axes.set_xlim(-1.05, 1.05)
    if any(row["verdict"] != MATTERS for row in ordered):
        _pale_key(figure, names)
    return finished(figure)


def tornado_figure(rows: pd.DataFrame, response: Response, names: Names) -> Figure:
    """One factor at a time: how far each value moves the outcome, the widest factor first."""
    say, rows = words(names.language), rows[rows["measure"] == "change"]
    by_factor: dict[str, list[Record]] = {}
    for row in rows.to_dict("records"):
        by_factor.setdefault(row["factor"], []).append(row)
    ordered = sorted(by_factor.items(), key=lambda one: -max(abs(row["value"]) for row in one[1]))
    written = names.written(response.outcome, *(float(each) for each in rows["value"]))
    lines = sum(len(each) for each in by_factor.values())
    figure, (axes,) = sheet(WIDTH + 0.6, 1.1 + 0.24 * lines + 0.1 * len(ordered))
    ends = rows[["value", "low", "high"]].to_numpy()
    least, most = min(0.0, float(pd.Series(ends.ravel()).min())), max(0.0, float(pd.Series(ends.ravel()).max()))
    room = 0.02 * (most - least)
    for place, (factor, each) in enumerate(ordered):
        height = 0.8 / len(each)
        for number, row in enumerate(each):
            at = place - 0.4 + height * (number + 0.5)
            sure, colour = row["verdict"] == MATTERS, ORANGE if row["end"] < _middle(each, row) else BLUE
            interval_bar(axes, at, row["value"], row["low"], row["high"], sure=sure, colour=colour, height=0.9 * height)
            right = row["value"] >= 0.0
            beyond = (max(row["high"], row["value"]) + room) if right else (min(row["low"], row["value"]) - room)
            label = drawable(names.value(factor, row["end"]))
            axes.text(beyond, at, label, va="center", ha="left" if right else "right", fontsize=TICK - 1.0, color=GREY)
    wide = 0.24 * (most - least)
    axes.set_xlim(least - wide, most + wide)
    rows_named(axes, [names.factor(factor) for factor, _ in ordered])
    bare(axes, say("picture.change") + unit_of(written))
    _about_nought(axes)
    scaled(axes, written)
    if (rows["verdict"] != MATTERS).any():
        _pale_key(figure, names)
    return finished(figure)


def _middle(rows: list[Record], row: Record) -> float:
    """The present value, or the middle of those that were run: lower ones are drawn in another colour."""
    ends = [each["end"] for each in rows]
    return float((min(ends) + max(ends)) / 2.0 if isnan(row["start"]) else row["start"])


def _about_nought(axes: Any) -> None:
    axes.spines["left"].set_visible(False)
    axes.axvline(0.0, color=GREY, linewidth=0.9, zorder=1)
    axes.grid(visible=True, axis="x", color=PALE, linewidth=0.7)


def _pale_key(figure: Figure, names: Names) -> None:
    key = Patch(color=BLUE, alpha=0.3, label=drawable(words(names.language)("picture.untold")))
    figure.legend(handles=[key], loc="outside upper right", frameon=False, fontsize=LABEL - 1.0)


def _largest_first(rows: pd.DataFrame) -> list[Record]:
    return rows.iloc[rows["value"].abs().argsort(kind="stable")[::-1]].to_dict("records")
