"""Charts of a comparison: how many organizations last, how many people stay. Each returns a matplotlib `Figure`.

A figure shows every scenario on the full scale from 0 to 100, so that no difference looks larger than it is, and below
it the paired difference from the baseline on its own scale, so that a small one can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import orgsim
from orgsim.ensembles import Comparison
from orgsim.report.curves import curve_table, final_differences
from orgsim.report.findings import change_text, replications_text
from orgsim.report.lettering import drawable, font_family, wrap
from orgsim.report.numbers import Measure, measure
from orgsim.report.tables import titles
from orgsim.report.texts import say
from orgsim.report.verdicts import judge, margin_of

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's colours, told apart by people with any common colour blindness."""
GREY, INK = "#6f6f6f", "#222222"
BANDS_FOR = 2
"""With more scenarios than these the inner band of each is left out."""


@dataclass(frozen=True)
class _Look:
    """How one scenario is drawn."""

    name: str
    title: str
    colour: str
    dashes: str
    baseline: bool


def survival_chart(comparison: Comparison, language: str = "en") -> Figure:
    """Organizations of the start that are still on the register, by month; thin lines: still working.

    `language` is "en" or "zh". Raises nothing for one replication: bands are then left out and the chart says so.
    """
    table = curve_table(comparison)
    looks = _looks(comparison, language)
    with mpl.rc_context(_STYLE | {"font.family": font_family()}):
        figure, columns = _figure(comparison, 1, _title(comparison, "registered", language), language)
        _draw(columns[0], table, "registered", looks, language, thin="working")
        _words(columns[0], comparison, "chart.organizations", "start", language)
        _foot(figure, comparison, ["chart.foot.thin"], language)
    return figure


def retention_chart(comparison: Comparison, language: str = "en") -> Figure:
    """People of the start still in post, by month, and how long those stay who were hired since (Kaplan–Meier).

    A closure counts as leaving in both. `language` is "en" or "zh".
    """
    table = curve_table(comparison)
    looks = _looks(comparison, language)
    with mpl.rc_context(_STYLE | {"font.family": font_family()}):
        figure, columns = _figure(comparison, 2, _title(comparison, "in_post", language), language)
        for axes, curve, since in zip(columns, ("in_post", "hired"), ("start", "hire"), strict=True):
            _draw(axes, table, curve, looks, language)
            _words(axes, comparison, "chart.staff", since, language)
            heading = "chart.cohort" if curve == "in_post" else "chart.hired"
            axes[0].set_title(drawable(say(heading, language)), loc="left", fontsize=10, color=INK)
        _foot(figure, comparison, ["chart.foot.leaving"], language)
    return figure


_STYLE = {
    "font.size": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#999999",
    "axes.labelcolor": INK,
    "axes.grid": True,
    "grid.color": "#e6e6e6",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "text.usetex": False,
    "text.parse_math": False,
}
