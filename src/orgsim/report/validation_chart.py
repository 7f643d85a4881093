"""The picture of a validation: every target's band stretched to the same width, and where the model lies in it."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from orgsim.analysis.bands import Band
from orgsim.report.lettering import drawable, font_family, shortened

INSIDE, OUTSIDE, GREY = "#0072B2", "#D55E00", "#5b6770"
REACH = 3.0
"""How many half widths of a band are shown on either side of its middle; what lies farther is drawn at the edge."""
LABEL = 33.0
"""Ems a row's name may take."""


def validation_chart(table: pd.DataFrame) -> Figure:
    """One line a measured quantity with a band, `table` as `analysis.validate.tidy` makes it; yes or no is left out."""
    shown = table[table["verdict"].isin(["inside", "outside"]) & (table["band_unit"].fillna("") != "holds")]
    figure = Figure(figsize=(9.0, 1.6 + 0.2 * len(shown)), layout="constrained", dpi=110)
    axes = figure.subplots()
    family = font_family()
    axes.axvspan(-1.0, 1.0, color="#e8eef2", zorder=0)
    rows = shown.to_dict("records")
    for place, row in enumerate(rows):
        band = Band(row["band_low"], row["band_high"])
        value, low, high = (band.standardized(float(row[name])) for name in ("value", "low", "high"))
        colour = INSIDE if row["verdict"] == "inside" else OUTSIDE
        axes.plot([max(low, -REACH), min(high, REACH)], [place, place], color=colour, linewidth=1.6, clip_on=True)
        face = colour if row["use"] == "calibrate" else "white"
        marker = "o" if abs(value) <= REACH else "<" if value < 0 else ">"
        axes.plot(
            [min(max(value, -REACH), REACH)],
            [place],
            marker,
            color=colour,
            markerfacecolor=face,
            markersize=4.5,
            clip_on=False,
        )
    axes.set_yticks(range(len(rows)), [_label(row["id"], row["fact"], row["quantity"]) for row in rows])
    axes.set(xlim=(-REACH, REACH), ylim=(len(shown) - 0.4, -0.6))
    axes.set_xticks([-1.0, 0.0, 1.0], ["lower end", "middle", "upper end"])
    axes.tick_params(length=0, labeltop=True, labelcolor=GREY, labelsize=7.5, labelfontfamily=family)
    for spine in axes.spines.values():
        spine.set_visible(False)
    counted = f"{(shown['verdict'] == 'inside').sum()} of {len(shown)} quantities lie in their bands"
    figure.suptitle(drawable(counted), x=0.02, ha="left", fontfamily=family, fontsize=11)
    foot = "Blue: mean inside, orange: outside. Filled: calibrated, hollow: only checked. Bars: 95 % intervals."
    figure.supxlabel(drawable(foot), x=0.02, ha="left", fontfamily=family, fontsize=8, color=GREY)
    return figure


def _label(row: str, fact: str, quantity: str) -> str:
    words = f"{quantity} – {fact}" if quantity else fact
    return drawable(f"{shortened(words, LABEL)}  {row}")
