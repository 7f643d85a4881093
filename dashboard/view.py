"""From a comparison to what the page shows: sentences, numbers, charts, tables. Pure, and no arithmetic of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.charts import Spec, curve_chart, height, key, looks
from dashboard.texts import say
from orgsim.ensembles import Comparison, Run
from orgsim.ensembles.doubt import doubt
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.strata import strata
from orgsim.report.findings import Finding, findings, headline
from orgsim.report.measures import measure, range_text
from orgsim.report.page import findings_table, of
from orgsim.report.tables import EFFECTS, outcome_title, paired, titles
from orgsim.report.texts import say as report_say
from orgsim.report.verdicts import Judgement, Verdict, judge, margin_of

LEAD = ("survival_10y", "retention_12m", "public_cost")
NUMBERS = ("survival_10y", "annual_turnover", "services_delivered", "public_cost")
BY_GROUP = ("survival_10y", "active_10y", "annual_turnover", "retention_12m", "services_delivered", "public_cost")
CURVES = {"survival": "registered", "retention": "in_post"}
_UP = (Verdict.very_likely_more, Verdict.likely_more)
_DOWN = (Verdict.very_likely_less, Verdict.likely_less)


@dataclass(frozen=True)
class Number:
    """One figure on the first screen: what it is, the policy's value, its change with range, and the words for that."""

    label: str
    value: str
    change: str
    words: str
    arrow: str


@dataclass(frozen=True)
class Glance:
    """What is seen first, and drawn first whenever more replications are known."""

    replications: int
    title: str
    under: str
    lead: tuple[str, ...]
    numbers: tuple[Number, ...]
    charts: Mapping[str, Spec]


@dataclass(frozen=True)
class Details:
    """What stands in tabs below, drawn right after it."""

    findings: tuple[str, ...]
    groups: pd.DataFrame
    table: pd.DataFrame
    flat: bool


def glance(
    comparison: Comparison, found: list[Finding], language: str, marks: Mapping[str, str] | None = None
) -> Glance:
    """Of a baseline and one policy; `found` are `findings`, `marks` are dates to be drawn and what begins then."""
    run = comparison.others[0]
    by_outcome = {one.outcome: one for one in found}
    return Glance(
        replications=run.replications,
        title=_title(comparison, run, language),
        under=headline(comparison, language),
        lead=tuple(by_outcome[name].text for name in LEAD),
        numbers=tuple(_number(by_outcome[name], language) for name in NUMBERS),
        charts={name: curve_chart(comparison, curve, language, marks) for name, curve in CURVES.items()},
    )


def details(comparison: Comparison, found: list[Finding], language: str) -> Details:
    """Of a baseline and one policy; `found` are `findings`."""
    run = comparison.others[0]
    headers, rows = findings_table(comparison, found, run, language)
    same = run.table.fingerprint() == comparison.baseline.table.fingerprint()
    return Details(
        findings=tuple(one.text for one in found),
        groups=_groups(comparison, run, language),
        table=pd.DataFrame(rows, columns=headers).set_index(headers[0]),
        flat=not same and _flat(found),
    )


@dataclass(frozen=True)
class Several:
    """Several policies at once: differences with one column each, the charts and their key, sentences by policy."""

    table: pd.DataFrame
    key: str
    charts: Mapping[str, Spec]
    height: int
    words: tuple[str, ...]


def several(comparison: Comparison, language: str) -> Several:
    """What the screen of several policies shows."""
    found = findings(comparison, language)
    drawn = zip(comparison.runs, looks(comparison, language), strict=True)
    called = {run.scenario.name: f"{look.letter} {look.name}".strip() for run, look in drawn}
    columns: dict[str, list[str]] = {say("groups.outcome", language): []}
    for name in (*NUMBERS[:1], "annual_exit_rate", *BY_GROUP[2:], *EFFECTS):
        columns[say("groups.outcome", language)].append(outcome_title(name, language))
        for run in comparison.others:
            one = next(each for each in of(found, run) if each.outcome == name)
            columns.setdefault(called[run.scenario.name], []).append(_cell(one, language))
    words = []
    for run in comparison.others:
        words += ["", f"**{called[run.scenario.name]}**", ""]
        words += [f"- {one.text}" for one in of(found, run) if one.outcome in (*LEAD, *EFFECTS)]
    return Several(
        pd.DataFrame(columns).set_index(say("groups.outcome", language)),
        key(comparison, language) if len(comparison.others) > 1 else "",
        {name: curve_chart(comparison, curve, language) for name, curve in CURVES.items()},
        height(comparison),
        tuple(words),
    )


def change_text(judgement: Judgement, unit: str, language: str) -> str:
    """A difference with its 95 % range, in the words of the report."""
    sizes = (judgement.difference, judgement.low, judgement.high)
    written = measure(unit, sizes, language)
    bounds = range_text(written, judgement.low, judgement.high, language, signed=True)
    return f"{written.change(judgement.difference)} ({bounds})" if bounds else written.change(judgement.difference)


def _title(comparison: Comparison, run: Run, language: str) -> str:
    called = titles(comparison, language)
    names = (called[each.scenario.name] for each in (run, comparison.baseline))
    return say("title.compare", language, **dict(zip(("policy", "baseline"), names, strict=True)))


def _cell(finding: Finding, language: str) -> str:
    if finding.judgement is not None:
        words = report_say(f"verdict.{finding.judgement.verdict}", language)
        return f"{change_text(finding.judgement, BY_NAME[finding.outcome].unit, language)} · {words}"
    if finding.value != finding.value:  # a price that cannot be told
        return report_say("verdict.cannot_tell", language)
    written = measure("CNY", (finding.value,), language)
    return f"{written.value(finding.value)} ({range_text(written, finding.low, finding.high, language)})"


def _number(finding: Finding, language: str) -> Number:
    unit = BY_NAME[finding.outcome].unit
    judgement = finding.judgement
    assert judgement is not None, "headline outcomes are compared"
    verdict = judgement.verdict
    return Number(
        label=outcome_title(finding.outcome, language),
        value=measure(unit, (finding.value,), language).value(finding.value),
        change=change_text(judgement, unit, language),
        words=report_say(f"verdict.{verdict}", language),
        arrow="▲" if verdict in _UP else "▼" if verdict in _DOWN else "",
    )


def _groups(comparison: Comparison, run: Run, language: str) -> pd.DataFrame:
    called = titles(comparison, language)
    base = comparison.baseline
    rows = []
    for name in BY_GROUP:
        outcome = BY_NAME[name]
        for stratum in strata(outcome.people):
            if not stratum.startswith(("kind=", "size=")):
                continue
            before, after = (float(doubt(each.outcome(name, stratum)).mean) for each in (base, run))
            judgement = judge(paired(comparison, run, name, stratum), margin_of(outcome.unit, before))
            if judgement.verdict is Verdict.unknown:
                continue
            written = measure(outcome.unit, (before, after), language)
            rows.append(
                {
                    say("groups.outcome", language): outcome.title(language),
                    say("groups.stratum", language): report_say(f"stratum.{stratum}", language),
                    called[base.scenario.name]: written.value(before),
                    called[run.scenario.name]: written.value(after),
                    say("groups.difference", language): change_text(judgement, outcome.unit, language),
                    say("groups.words", language): report_say(f"verdict.{judgement.verdict}", language),
                }
            )
    return pd.DataFrame(rows)


def _flat(found: list[Finding]) -> bool:
    judgements = [one.judgement for one in found if one.judgement is not None]
    return all(one.difference == 0.0 for one in judgements if one.difference == one.difference)
