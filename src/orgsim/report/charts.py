"""Charts of a comparison: how many organizations last, how many people stay. Each returns a matplotlib `Figure`.

`survival_chart` and `retention_chart` stand alone, with what they say and how to read them in the picture; a
`paper_chart` leaves these words to the page around it.

A figure shows every scenario on the full scale from 0 to 100, so that no difference looks larger than it is, and below
it the paired difference from the baseline on its own scale, so that a small one can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

import orgsim
from orgsim.ensembles import Comparison
from orgsim.ensembles.doubt import doubt
from orgsim.outcomes.survival import mean_interval
from orgsim.report.curves import curve_table, final_differences
from orgsim.report.findings import caveat, change_text
from orgsim.report.measures import measure
from orgsim.report.panels import GREY, INNER_BAND_FOR, LABEL, Column, Look, draw, finish, frame, settle
from orgsim.report.tables import outcome_title, titles
from orgsim.report.texts import say
from orgsim.report.verdicts import Verdict, judge, margin_of

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#662200", "#220066")
"""Told apart by people with any common colour blindness, and at least three times as dark as paper: four of Okabe and
Ito's colours, and two dark ones in place of their yellow and sky blue, which are too pale for lines on white."""
PAPER_WIDTH = 15.6 / 2.54
"""Inches between the margins of an official document on A4."""
TITLES = 3
"""Scenarios whose finding stands in the title; more would leave no room for the chart."""


def survival_chart(comparison: Comparison, language: str = "en") -> Figure:
    """Organizations of the start that are still on the register, by month; thin lines: still working.

    `language` is "en" or "zh". With one replication there are no bands, and the chart says so.
    """
    table = curve_table(comparison)
    title = finding(comparison, "registered", language)
    foot = _foot(comparison, "registered", language)
    figure, (column,) = frame(1, title, foot, compares=bool(comparison.others))
    curves = [table[table["curve"] == curve] for curve in ("registered", "working")]
    draw(column, curves[0], _looks(comparison, language), thin=(say("chart.working", language), curves[1]))
    _finish(column, comparison, "chart.organizations", "start", language)
    return settle(figure)


def retention_chart(comparison: Comparison, language: str = "en") -> Figure:
    """People of the start still in post, by month, and how long those stay who were hired since (Kaplan–Meier).

    A closure counts as leaving in both. `language` is "en" or "zh".
    """
    table = curve_table(comparison)
    title = finding(comparison, "in_post", language)
    foot = _foot(comparison, "in_post", language)
    figure, columns = frame(2, title, foot, compares=bool(comparison.others))
    parts = (("in_post", "chart.cohort", "start"), ("hired", "chart.hired", "hire"))
    for column, (curve, heading, since) in zip(columns, parts, strict=True):
        draw(column, table[table["curve"] == curve], _looks(comparison, language))
        _finish(column, comparison, "chart.staff", since, language)
        column.main.set_title(say(heading, language), loc="left", fontsize=LABEL + 1, color=GREY)
    return settle(figure)


def paper_chart(comparison: Comparison, curve: str, language: str = "en") -> Figure:
    """One chart as wide as a page's text, `curve` "registered" (with thin lines: still working) or "in_post"."""
    table = curve_table(comparison)
    figure, (column,) = frame(1, "", "", compares=bool(comparison.others), width=PAPER_WIDTH, plot=1.55, below=0.55)
    thin = (say("chart.working", language), table[table["curve"] == "working"]) if curve == "registered" else None
    draw(column, table[table["curve"] == curve], _looks(comparison, language), thin)
    _finish(column, comparison, _SIDES[curve], "start", language)
    return settle(figure)


def finding(comparison: Comparison, curve: str, language: str) -> str:
    """What a chart shows, in words: the curve at the last month, and its difference from the baseline."""
    called = titles(comparison, language)
    if not comparison.others:
        run = comparison.baseline
        level = doubt(run.curve(curve)[:, -1], comparison.sets)
        value, low, high = (float(end) for end in (level.mean, level.mean - level.reach, level.mean + level.reach))
        written = measure("share", (value,), language, _COUNTED[curve])
        text = _level(curve, run.months, written.value(value), language)
        if not np.isnan(low):
            return text + say("change.range", language, low=written.bare(low), high=written.bare(high))
        return text + say("change.no_range", language)
    sentences = []
    for run in comparison.others[:TITLES]:
        value = float(mean_interval(run.curve(curve)[:, -1])[0])
        margin = margin_of("share", value)
        judgement = judge(final_differences(comparison, run, curve), margin, comparison.sets)
        written = measure("share", (value,), language, _COUNTED[curve])
        baseline = called[comparison.baseline.scenario.name]
        if judgement.verdict is Verdict.unknown:
            sentences.append(say("change.unknown", language, title=outcome_title(_COUNTED_BY[curve], language)))
            continue
        text = _level(curve, run.months, written.value(value), language)
        sizes = (judgement.difference, judgement.low, judgement.high)
        written = measure("share", sizes, language, _COUNTED[curve])
        text += change_text(judgement, written, margin, baseline, language)
        several = len(comparison.others) > 1
        named = say("chart.named", language, scenario=called[run.scenario.name], sentence=text)
        sentences.append(named if several else text)
    return "\n".join(sentences)


def reading(comparison: Comparison, curve: str, language: str) -> str:
    """How to read the lines and bands of one chart."""
    several = len(comparison.baseline.recording.replications) > 1
    bands = "one" if not several else "bands" if len(comparison.runs) <= INNER_BAND_FOR else "band"
    source = say("chart.by_chance" if comparison.sets is None else "chart.by_both", language)
    parts = [say(f"chart.foot.{bands}", language, source=source), say(_OWN[curve], language)]
    if comparison.others and several:
        parts.append(say("chart.foot.difference", language))
    return _joined(parts, language)


_COUNTED = {"registered": "organizations", "in_post": "people"}
_COUNTED_BY = {"registered": "survival_10y", "in_post": "retention_12m"}
"""The outcome that a curve is the course of."""
_SIDES = {"registered": "chart.organizations", "in_post": "chart.staff"}
_OWN = {"registered": "chart.foot.thin", "in_post": "chart.foot.leaving"}


def _level(curve: str, months: int, value: str, language: str) -> str:
    years = months % 12 == 0
    number = months // 12 if years else months
    unit = ("chart.year" if years else "chart.month") + ("" if number == 1 else "s")
    return say(f"chart.level.{curve}", language, time=say(unit, language, number=number), value=value)


def _looks(comparison: Comparison, language: str) -> list[Look]:
    called = titles(comparison, language)
    name = comparison.baseline.scenario.name
    looks = [Look(name, called[name], GREY, "--" if comparison.others else "-", baseline=bool(comparison.others))]
    for number, run in enumerate(comparison.others):
        colour = PALETTE[number % len(PALETTE)]
        dashes = "-" if number < len(PALETTE) else ":"
        looks.append(Look(run.scenario.name, called[run.scenario.name], colour, dashes, baseline=False))
    return looks


def _finish(column: Column, comparison: Comparison, side: str, since: str, language: str) -> None:
    months = comparison.baseline.months
    years = months >= 36
    baseline = titles(comparison, language)[comparison.baseline.scenario.name]
    finish(
        column,
        months,
        say(side, language),
        say(f"chart.{since}_{'years' if years else 'months'}", language),
        say("chart.difference", language, baseline=baseline),
        years=years,
    )


def _foot(comparison: Comparison, curve: str, language: str) -> str:
    """Scenarios, replications, seed, version; how to read lines and bands; what the chart is not."""
    run = comparison.baseline
    names = [each.scenario.name for each in comparison.runs]
    if comparison.others:
        names[0] = say("chart.foot.baseline", language, name=names[0])
    listed = (", " if language == "en" else "、").join(names) + say("full_stop", language)
    count = len(run.recording.replications)
    ran = say(
        "chart.foot.run_one" if count == 1 else "chart.foot.run",
        language,
        replications=count,
        seed=run.seed,
        version=orgsim.__version__,
    )
    named = say("chart.foot.scenarios", language, names=listed)
    return _joined([named, ran, reading(comparison, curve, language), caveat(comparison, language)], language)


def _joined(sentences: Sequence[str], language: str) -> str:
    return (" " if language == "en" else "").join(sentences)
