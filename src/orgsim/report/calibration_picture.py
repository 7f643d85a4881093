"""The picture of a calibration: bands of targets with prior and posterior, and which values the targets tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from orgsim.analysis.bands import Band
from orgsim.report.lettering import drawable, font_family, shortened

INSIDE, OUTSIDE, GREY, PALE = "#0072B2", "#D55E00", "#5b6770", "#b8c2c9"
REACH, SHOWN, LABEL = 3.0, 24, 30.0
"""Half widths of a band shown on either side; how many values are shown; ems a name may take."""
WORDS = {
    "en": (
        "Targets: prior (grey), posterior, present (hollow)",
        "Values told most, within their priors; middle 90 %",
        ("lower end", "middle", "upper end"),
    ),
    "zh": (
        "目标：先验（灰）、后验、现值（空心）",
        "最能识别的参数在先验中的位置，居中90%",
        ("下限", "中点", "上限"),
    ),
}


def calibration_picture(targets: pd.DataFrame, parameters: pd.DataFrame, language: str = "en") -> Figure:
    """`targets` and `parameters` as `report.calibration` makes them; the values told most are shown."""
    told = parameters.head(SHOWN)
    family = font_family()
    figure = Figure(figsize=(11.0, 1.4 + 0.22 * max(len(targets), len(told))), layout="constrained", dpi=110)
    left, right = figure.subplots(1, 2, width_ratios=[3, 2])
    heading, other, ends = WORDS[language]
    _targets(left, targets, ends, family)
    _values(right, told, family)
    for axes, title in ((left, heading), (right, other)):
        axes.set_title(drawable(title), loc="left", fontsize=8.5, color=GREY, fontfamily=family)
        axes.tick_params(length=0, labelsize=7.5, labelcolor=GREY, labelfontfamily=family)
        for spine in axes.spines.values():
            spine.set_visible(False)
    return figure


def _targets(axes: Axes, targets: pd.DataFrame, ends: tuple[str, ...], family: str) -> None:
    axes.axvspan(-1.0, 1.0, color="#e8eef2", zorder=0)
    rows: list[dict[Any, Any]] = targets.to_dict("records")
    for line, row in enumerate(rows):
        band = Band(row["band_low"], row["band_high"])
        colour = INSIDE if row["verdict"] == "inside" else OUTSIDE
        at = {
            name: float(np.clip(band.standardized(float(row[name])), -REACH, REACH))
            for name in ("prior_low", "prior_high", "low", "high", "value", "present")
        }
        axes.plot([at["prior_low"], at["prior_high"]], [line, line], color=PALE, linewidth=1.2)
        axes.plot([at["low"], at["high"]], [line, line], color=colour, linewidth=2.6, solid_capstyle="butt")
        axes.plot([at["value"]], [line], "o", color=colour, markersize=4.5)
        axes.plot([at["present"]], [line], "D", color=GREY, markerfacecolor="none", markersize=4.0)
    names = [f"{row['part'] or row['fact']}  {row['quantity']}" for row in rows]
    axes.set_yticks(range(len(rows)), [drawable(shortened(name, LABEL)) for name in names], fontfamily=family)
    axes.set(xlim=(-REACH, REACH), ylim=(len(rows) - 0.4, -0.6))
    axes.set_xticks([-1.0, 0.0, 1.0], [drawable(end) for end in ends])


def _values(axes: Axes, told: pd.DataFrame, family: str) -> None:
    rows: list[dict[Any, Any]] = told.to_dict("records")
    for line, row in enumerate(rows):
        span = row["prior_95"] - row["prior_5"]
        shown = ("posterior_5", "posterior_50", "posterior_95", "present")
        at = [(row[name] - row["prior_5"]) / span for name in shown]
        axes.plot([0.0, 1.0], [line, line], color=PALE, linewidth=1.2)
        axes.plot([at[0], at[2]], [line, line], color=INSIDE, linewidth=2.6, solid_capstyle="butt")
        axes.plot([at[1]], [line], "o", color=INSIDE, markersize=4.5)
        axes.plot([at[3]], [line], "D", color=GREY, markerfacecolor="none", markersize=4.0)
    axes.set_yticks(range(len(rows)), [row["parameter"] for row in rows], fontfamily=family)
    axes.set(xlim=(-0.35, 1.35), ylim=(len(rows) - 0.4, -0.6))
    axes.set_xticks([0.0, 1.0], ["5 %", "95 %"])
