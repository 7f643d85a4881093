"""`findings.md`: the sentences, the numbers behind them, and how to get them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from orgsim.ensembles import Comparison, Run
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.findings import Finding, caveat, findings, headline
from orgsim.report.manifest import command
from orgsim.report.measures import UNKNOWN, Measure, measure, range_text
from orgsim.report.tables import outcome_title, titles
from orgsim.report.texts import say
from orgsim.report.verdicts import Verdict

FILES = ("outcomes", "replications", "curves", "scenarios", "manifest")


def findings_page(
    comparison: Comparison, sources: Mapping[str, bytes], language: str = "en", engine: str = "columns"
) -> str:
    """The page as Markdown."""
    called = titles(comparison, language)
    baseline = called[comparison.baseline.scenario.name]
    found = findings(comparison, language)
    others = (", " if language == "en" else "、").join(f"“{called[run.scenario.name]}”" for run in comparison.others)
    kind = "compare" if comparison.others else "run"
    lines = [say(f"page.title.{kind}", language, scenario=baseline, baseline=baseline, others=others), ""]
    lines += [say("page.findings", language), "", headline(comparison, language), ""]
    for run in comparison.others or (comparison.baseline,):
        if comparison.others:
            scenario = called[run.scenario.name]
            lines += [say("page.against", language, scenario=scenario, baseline=baseline), ""]
        lines += [f"- {finding.text}" for finding in of(found, run)] + [""]
    lines += [caveat(comparison, language), "", say("page.table", language), ""]
    for run in comparison.others or (comparison.baseline,):
        lines += [*_markdown(*findings_table(comparison, found, run, language)), ""]
    charts = [f"![{say(f'page.{chart}_alt', language)}]({chart}.png)" for chart in ("survival", "retention")]
    lines += [say("page.charts", language), "", *charts, ""]
    if comparison.others:
        lines += [
            say("page.reading", language),
            "",
            say("page.paired", language),
            "",
            say("page.same_sign", language),
            "",
            say("page.unit_cost", language),
            "",
        ]
    if comparison.sets is not None:
        lines += [say("page.doubt", language), ""]
    lines += [say("page.files", language), "", *(f"- {say(f'page.file.{file}', language)}" for file in FILES), ""]
    lines += [say("page.again", language), "", f"    {command(comparison, sources, engine)}", ""]
    return "\n".join(lines)


def of(found: Sequence[Finding], run: Run) -> list[Finding]:
    """The findings about one scenario."""
    return [finding for finding in found if finding.scenario == run.scenario.name]


def findings_table(
    comparison: Comparison, found: Sequence[Finding], run: Run, language: str, *, same_sign: bool = True
) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of one scenario's headline numbers; beside the baseline's, if there is one.

    `same_sign` adds in how many replications the difference has the sign of the mean.
    """
    called = titles(comparison, language)
    compares = run is not comparison.baseline
    headers = [say("table.outcome", language)]
    if not compares:
        headers.append(say("table.value", language))
        return headers, [[_title(each, language), _level(each, language)] for each in of(found, run)]
    headers += [called[comparison.baseline.scenario.name], called[run.scenario.name]]
    headers += [say(f"table.{word}", language) for word in ("difference", "verdict")]
    headers += [say("table.same_sign", language)] if same_sign else []
    return headers, [_row(each, language, same_sign=same_sign) for each in of(found, run)]


def _row(finding: Finding, language: str, *, same_sign: bool) -> list[str]:
    judgement = finding.judgement
    row = [_title(finding, language)]
    if judgement is None:  # a unit cost
        words = say("verdict.cannot_tell", language) if isnan(finding.value) else ""
        return [*row, "", "", _level(finding, language), words, *([""] if same_sign else [])]
    written = _written(finding, (finding.value, finding.baseline), language)
    sizes = (judgement.difference, judgement.low, judgement.high)
    change = _ranged(_written(finding, sizes, language), *sizes, language, signed=True)
    row += [written.value(finding.baseline), written.value(finding.value), change]
    row.append(say(f"verdict.{judgement.verdict}", language))
    told = judgement.verdict not in (Verdict.unknown, Verdict.one_replication)
    count = say("table.of", language, count=judgement.same_sign, all=judgement.pairs) if told else UNKNOWN
    return [*row, count] if same_sign else row


def _title(finding: Finding, language: str) -> str:
    return outcome_title(finding.outcome, language)


def _level(finding: Finding, language: str) -> str:
    written = _written(finding, (finding.value,), language)
    return _ranged(written, finding.value, finding.low, finding.high, language, signed=False)


def _ranged(written: Measure, value: float, low: float, high: float, language: str, *, signed: bool) -> str:
    if isnan(value):
        return UNKNOWN
    bounds = range_text(written, low, high, language, signed=signed)
    text = written.change(value) if signed else written.value(value)
    return f"{text} ({bounds})" if bounds else text


def _written(finding: Finding, sizes: tuple[float, ...], language: str) -> Measure:
    unit = BY_NAME[finding.outcome].unit if finding.outcome in BY_NAME else "CNY"
    return measure(unit, sizes, language)


def _markdown(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [headers, ["---"] * len(headers), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]
