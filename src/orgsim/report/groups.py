"""Tables of differences beyond the headlines: by kind and size of organization, and public cost by item."""

from __future__ import annotations

from orgsim.ensembles import Comparison, Run
from orgsim.ensembles.doubt import doubt
from orgsim.outcomes.catalogue import BY_NAME, PUBLIC_COSTS, Outcome
from orgsim.outcomes.strata import strata
from orgsim.report.blocks import Table
from orgsim.report.measures import UNKNOWN, measure, range_text
from orgsim.report.tables import outcome_title, paired, titles
from orgsim.report.texts import say
from orgsim.report.verdicts import Verdict, judge, margin_of

ITEMS = ("public_cost", *(f"public_cost.{name}" for name in PUBLIC_COSTS))


def group_table(comparison: Comparison, run: Run, outcomes: tuple[str, ...], caption: str, language: str) -> Table:
    """One row a kind and a size, one column an outcome: the difference, or how things stand in a single run."""
    rows = []
    for group in (one for one in strata() if one.startswith(("kind=", "size="))):
        cells = (_cell(comparison, run, BY_NAME[name], group, language) for name in outcomes)
        rows.append((say(f"stratum.{group}", language), *cells))
    headers = (say("report.groups.group", language), *(outcome_title(name, language) for name in outcomes))
    first = 0.22
    return Table(caption, headers, tuple(rows), (first, *[(1.0 - first) / len(outcomes)] * len(outcomes)))


def cost_table(comparison: Comparison, run: Run, caption: str, language: str) -> Table:
    """One row an item of public cost that is not nothing throughout, under the baseline and the scenario."""
    items = [name for name in ITEMS if any(comparison.levels[each.scenario.name, name][0] for each in comparison.runs)]
    first = say("report.cost.item", language)
    if run is comparison.baseline:
        levels = ((_item(name, language), _level(comparison, run, BY_NAME[name], "all", language)) for name in items)
        return Table(caption, (first, say("table.value", language)), tuple(levels), (0.5, 0.5))
    rows: list[tuple[str, ...]] = []
    called = titles(comparison, language)
    named = (called[each.scenario.name] for each in (comparison.baseline, run))
    headers = (first, *named, say("table.difference", language))
    for name in items:
        values = tuple(comparison.levels[each.scenario.name, name][0] for each in (comparison.baseline, run))
        written = measure("CNY", values, language)
        change = _difference(comparison, run, BY_NAME[name], "all", language)[0]
        told = (written.value(value) if value else "0" for value in values)
        rows.append((_item(name, language), *told, change))
    return Table(caption, headers, tuple(rows), (0.3, 0.18, 0.18, 0.34))


def _item(name: str, language: str) -> str:
    """An item by its own word: 'contracts', not 'Public cost: contracts'."""
    if name == "public_cost":
        return say("report.cost.all", language)
    return outcome_title(name, language).replace("：", ": ").partition(": ")[2]


def _cell(comparison: Comparison, run: Run, outcome: Outcome, group: str, language: str) -> str:
    if run is comparison.baseline:
        return _level(comparison, run, outcome, group, language)
    return "\n".join(_difference(comparison, run, outcome, group, language))


def _difference(comparison: Comparison, run: Run, outcome: Outcome, group: str, language: str) -> tuple[str, ...]:
    """The paired difference with its range, and what may be said of it."""
    base = float(doubt(outcome.measure(comparison.baseline.recording, strata(outcome.people)[group])).mean)
    judgement = judge(paired(comparison, run, outcome.name, group), margin_of(outcome.unit, base), comparison.sets)
    if judgement.verdict is Verdict.unknown:
        return (UNKNOWN,)
    sizes = (judgement.difference, judgement.low, judgement.high)
    written = measure(outcome.unit, sizes, language)
    bounds = range_text(written, judgement.low, judgement.high, language, signed=True)
    text = f"{written.change(judgement.difference)} ({bounds})" if bounds else written.change(judgement.difference)
    return text, say(f"verdict.{judgement.verdict}", language)


def _level(comparison: Comparison, run: Run, outcome: Outcome, group: str, language: str) -> str:
    found = doubt(outcome.measure(run.recording, strata(outcome.people)[group]), comparison.sets)
    value, reach = float(found.mean), float(found.reach)
    written = measure(outcome.unit, (value, value + reach), language)
    bounds = range_text(written, value - reach, value + reach, language)
    return f"{written.value(value)} ({bounds})" if bounds else written.value(value)
