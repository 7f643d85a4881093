"""Sentences about a comparison: how things stand, what differs, how sure one can be. Rules for words: `verdicts`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from orgsim.ensembles import Comparison, Run
from orgsim.ensembles.doubt import doubt
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.measures import COUNTED, Measure, measure
from orgsim.report.tables import EFFECTS, HEADLINES, outcome_title, paired, titles, unit_costs
from orgsim.report.texts import TEXTS, say
from orgsim.report.verdicts import Judgement, Verdict, judge, margin_of

MOSTLY = 2.0 / 3.0
"""Share of the variance from which on one source is called most of the doubt."""
NO_RANGE = (Verdict.one_replication, Verdict.unknown)


@dataclass(frozen=True)
class Finding:
    """A sentence about one outcome of one scenario, and the numbers it rests on.

    `value`, `low`, `high` are the scenario's mean and its 95 % interval, `baseline` the baseline's mean. `judgement`
    compares the two; it is None where there is nothing to compare with, and for unit costs.
    """

    scenario: str
    outcome: str
    value: float
    low: float
    high: float
    baseline: float
    judgement: Judgement | None
    text: str


def findings(comparison: Comparison, language: str = "en") -> list[Finding]:
    """One finding a headline outcome and scenario, then what an extra year costs; for a single run, how it stands.

    `language` is "en" or "zh". Each text is one sentence and carries its range.
    """
    if not comparison.others:
        return [_standing(comparison, outcome, language) for outcome in HEADLINES]
    found = []
    for run in comparison.others:
        found += [_difference(comparison, run, outcome, language) for outcome in HEADLINES]
        found += _costs(comparison, run, language)
    return found


def headline(comparison: Comparison, language: str = "en") -> str:
    """The line under which findings stand: whose assumptions, how many replications, how long, from when."""
    run = comparison.baseline
    return say(
        "under" if comparison.sets is None else "under.sets",
        language,
        replications=replications_text(run.replications, language),
        sets=run.parameter_sets,
        months=run.months,
        start=run.scenario.start,
    )


def replications_text(number: int, language: str) -> str:
    """'64 replications', 'one replication'."""
    return say("replications.one" if number == 1 else "replications.many", language, number=number)


def change_text(judgement: Judgement, written: Measure, margin: float, baseline: str, language: str) -> str:
    """The part of a sentence that compares, from its first comma or semicolon on."""
    return say(
        f"change.{judgement.verdict}",
        language,
        baseline=baseline,
        difference=written.change(judgement.difference),
        low=written.signed(judgement.low),
        high=written.signed(judgement.high),
        margin=written.size(margin),
        fewer=say("fewer" if written.counts else "less", language),
    )


def doubt_text(parameter_share: float, language: str) -> str:
    """The part of a sentence that says where its doubt comes from; empty where parameters were not varied."""
    if np.isnan(parameter_share):
        return ""
    sources = (("parameters", MOSTLY), ("both", 1.0 - MOSTLY), ("chance", -1.0))
    source = next(name for name, above in sources if parameter_share > above)
    return say(f"doubt.{source}", language, percent=f"{100.0 * parameter_share:.0f}")


def caveat(comparison: Comparison, language: str) -> str:
    """What the numbers are not, and which doubt their ranges hold."""
    return say("caveat" if comparison.sets is None else "caveat.sets", language)


def months_needed(outcome: str) -> int:
    """The month after the start at which an outcome is told, 0 for those that cover the whole run."""
    named = re.search(r"_(\d+)([ym])$", outcome)
    return 0 if named is None else int(named[1]) * (12 if named[2] == "y" else 1)


def _standing(comparison: Comparison, outcome: str, language: str) -> Finding:
    run = comparison.baseline
    value, low, high = _level(comparison, run, outcome)
    if np.isnan(value):
        return Finding(run.scenario.name, outcome, value, low, high, np.nan, None, _untold(run, outcome, language))
    written = _measure(outcome, (value, low, high), language)
    text = _level_text(run, outcome, value, written, language)
    known = not np.isnan(low)
    bounds = {"low": written.bare(low), "high": written.bare(high)}
    text += say("change.range", language, **bounds) if known else say("change.no_range", language)
    text += doubt_text(_parameter_share(comparison, outcome), language)
    return Finding(run.scenario.name, outcome, value, low, high, np.nan, None, text + say("full_stop", language))


def _difference(comparison: Comparison, run: Run, outcome: str, language: str) -> Finding:
    value, low, high = _level(comparison, run, outcome)
    baseline = _level(comparison, comparison.baseline, outcome)[0]
    margin = margin_of(BY_NAME[outcome].unit, baseline)
    judgement = judge(paired(comparison, run, outcome), margin, comparison.sets)
    if judgement.verdict is Verdict.unknown:
        text = _untold(run, outcome, language)
    else:
        sizes = (judgement.difference, judgement.low, judgement.high)
        text = _level_text(run, outcome, value, _measure(outcome, (value,), language), language)
        called = titles(comparison, language)[comparison.baseline.scenario.name]
        text += change_text(judgement, _measure(outcome, sizes, language), margin, called, language)
        text += doubt_text(judgement.parameter_share, language)
        text += say("full_stop", language)
    return Finding(run.scenario.name, outcome, value, low, high, baseline, judgement, text)


def _costs(comparison: Comparison, run: Run, language: str) -> list[Finding]:
    found = []
    for name, cost in unit_costs(comparison, run).items():
        key = f"cost.{EFFECTS[name]}"
        if cost.reason:
            text = say("cost.one" if run.replications == 1 else f"{key}.{cost.reason}", language)
        else:
            written = measure("CNY", (cost.value,), language)
            bounds = {"low": written.bare(cost.low), "high": written.bare(cost.high)}
            text = say(key, language, value=written.value(cost.value), **bounds)
        text += say("full_stop", language)
        found.append(Finding(run.scenario.name, name, cost.value, cost.low, cost.high, np.nan, None, text))
    return found


def _level(comparison: Comparison, run: Run, outcome: str) -> tuple[float, float, float]:
    return comparison.levels[run.scenario.name, outcome]


def _parameter_share(comparison: Comparison, outcome: str) -> float:
    """How much of the doubt about a level of the baseline comes from parameters; NaN with a single set."""
    if comparison.sets is None:
        return float("nan")
    return float(doubt(comparison.baseline.outcome(outcome), comparison.sets).parameter_share)


def _level_text(run: Run, outcome: str, value: float, written: Measure, language: str) -> str:
    key = f"level.{outcome}" if f"level.{outcome}" in TEXTS else "level.other"
    return say(
        key,
        language,
        value=written.value(value),
        horizon=horizon_text(run.months, language),
        title=outcome_title(outcome, language),
    )


def horizon_text(months: int, language: str) -> str:
    """'Over 10 years', or months where the run is no whole number of years."""
    whole = months % 12 == 0 and months >= 24
    number = months // 12 if whole else months
    return say("horizon.years" if whole else "horizon.months", language, number=number)


def _untold(run: Run, outcome: str, language: str) -> str:
    key = "change.not_reached" if months_needed(outcome) > run.months else "change.unknown"
    return say(key, language, title=outcome_title(outcome, language), months=run.months) + say("full_stop", language)


def _measure(outcome: str, sizes: tuple[float, ...], language: str) -> Measure:
    return measure(BY_NAME[outcome].unit, sizes, language, COUNTED.get(outcome, ""))
