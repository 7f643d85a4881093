"""The report of a comparison as blocks: what a person takes to a meeting, with the sentences of screen and terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from math import isnan

import orgsim
from orgsim.ensembles import Comparison, Run
from orgsim.report.basis import basis_blocks, provenance_blocks
from orgsim.report.blocks import Block, Document, Heading, Paragraph, Picture, Points, Table, numbered
from orgsim.report.changes import change_row, folded
from orgsim.report.charts import finding as chart_finding
from orgsim.report.charts import paper_chart, reading
from orgsim.report.findings import Finding, caveat, findings, headline
from orgsim.report.groups import cost_table, group_table
from orgsim.report.manifest import read_sources
from orgsim.report.page import findings_table, of
from orgsim.report.tables import EFFECTS, titles
from orgsim.report.texts import say
from orgsim.scenarios import difference

SURVIVAL, LEAD = ("survival_10y", "survival_5y"), ("retention_12m", "public_cost")
"""What a director reads first, the longest time that was reached; the other sentences stand with the table."""
CURVES = ("registered", "in_post")


def document(
    comparison: Comparison,
    language: str = "en",
    sources: Mapping[str, bytes] | None = None,
    engine: str = "columns",
    made: date | None = None,
) -> Document:
    """The report. `sources` are the scenario files as they were read, `made` is its date, by default today (UTC)."""
    sources = read_sources([run.scenario for run in comparison.runs]) if sources is None else sources
    made = made or datetime.now(UTC).date()
    named = _named(comparison, comparison.others or (comparison.baseline,), language)
    kind = "compare" if comparison.others else "run"
    baseline = titles(comparison, language)[comparison.baseline.scenario.name]
    return Document(
        language=language,
        title=say("report.title", language, named=named),
        subtitle=say(f"report.subtitle.{kind}", language, baseline=baseline, date=date_words(made, language)),
        author=f"orgsim {orgsim.__version__}",
        subject=say("report.subject", language),
        made=made,
        blocks=tuple(numbered(list(_blocks(comparison, language, sources, engine)), language)),
    )


def date_words(day: date, language: str) -> str:
    """'25 November 2026', '2026年11月25日'."""
    month = day.month if language == "zh" else f"{day:%B}"
    return say("number.date", language, day=day.day, month=month, year=day.year)


def _blocks(comparison: Comparison, language: str, sources: Mapping[str, bytes], engine: str) -> Iterator[Block]:
    found = findings(comparison, language)
    yield from _findings(comparison, found, language)
    if comparison.others:
        yield from _changes(comparison, language)
    yield from _results(comparison, found, language)
    yield from _costs(comparison, found, language)
    yield from _groups(comparison, language)
    yield from basis_blocks(comparison, found, language)
    yield from provenance_blocks(comparison, language, sources, engine)


def _findings(comparison: Comparison, found: Sequence[Finding], language: str) -> Iterator[Block]:
    called = titles(comparison, language)
    baseline = called[comparison.baseline.scenario.name]
    yield Heading(say("report.findings", language))
    for question in _questions(comparison, language):
        yield Paragraph(say("report.question", language, text=question))
    yield Paragraph(headline(comparison, language), leads=True)
    for run in comparison.others or (comparison.baseline,):
        if len(comparison.others) > 1:
            title = say("report.against", language, scenario=called[run.scenario.name], baseline=baseline)
            yield Heading(title, level=2)
        yield Points(tuple(one.text for one in of(found, run) if one.outcome in shown(comparison)))
    yield Paragraph(caveat(comparison, language), small=True)


def _questions(comparison: Comparison, language: str) -> list[str]:
    """What the scenarios' files ask; where none does, what every comparison asks."""
    runs = comparison.others or (comparison.baseline,)
    asked = [run.scenario.question(language) for run in runs if run.scenario.question is not None]
    if asked:
        return list(dict.fromkeys(asked))
    baseline = titles(comparison, language)[comparison.baseline.scenario.name]
    kind = "compare" if comparison.others else "run"
    named = _named(comparison, runs, language)
    return [say(f"report.question.{kind}", language, named=named, baseline=baseline)]


def _changes(comparison: Comparison, language: str) -> Iterator[Block]:
    called = titles(comparison, language)
    first = comparison.baseline.scenario
    space = comparison.baseline.table.space
    yield Heading(say("report.changes", language))
    yield Paragraph(say("report.changes.lead", language))
    for run in comparison.others:
        names = {"scenario": called[run.scenario.name], "baseline": called[first.name]}
        changes = list(folded(difference(first, run.scenario, space)))
        if not changes:
            yield Paragraph(say("report.changes.none", language, **names))
            continue
        measure, since, rests = (say(f"change.{word}", language) for word in ("measure", "from", "rests"))
        yield Table(
            say("report.changes.table", language, **names),
            (measure, called[first.name], called[run.scenario.name], since, rests),
            tuple(change_row(change, space, language) for change in changes),
            (0.28, 0.20, 0.24, 0.13, 0.15),
        )
    yield Paragraph(say("report.changes.basis", language), small=True)


def _results(comparison: Comparison, found: Sequence[Finding], language: str) -> Iterator[Block]:
    yield Heading(say("report.results", language))
    for run in comparison.others or (comparison.baseline,):
        headers, rows = findings_table(comparison, found, run, language, same_sign=False)
        caption = say("report.results.table", language, named=_named(comparison, [run], language))
        yield Table(caption, tuple(headers), tuple(map(tuple, rows)), _WIDTHS[len(headers)])
    for curve in CURVES:
        what, told = say(f"page.{_PICTURES[curve]}_alt", language), chart_finding(comparison, curve, language)
        caption = told if len(comparison.others) < 2 else what
        yield Picture(caption, f"{what}: {told}", paper_chart(comparison, curve, language))
        yield Paragraph(reading(comparison, curve, language), small=True)
    for run in comparison.others or (comparison.baseline,):
        if len(comparison.others) > 1:
            yield Heading(titles(comparison, language)[run.scenario.name], level=2)
        else:
            yield Paragraph(say("report.results.more", language), leads=True)
        told_before = (*shown(comparison), *EFFECTS)
        yield Points(tuple(one.text for one in of(found, run) if one.outcome not in told_before))


_PICTURES = {"registered": "survival", "in_post": "retention"}
_WIDTHS = {2: (0.5, 0.5), 5: (0.25, 0.14, 0.15, 0.28, 0.18)}


def _costs(comparison: Comparison, found: Sequence[Finding], language: str) -> Iterator[Block]:
    yield Heading(say("report.cost", language))
    for run in comparison.others or (comparison.baseline,):
        prices = tuple(one.text for one in of(found, run) if one.outcome in EFFECTS)
        if prices and len(comparison.others) > 1:
            yield Heading(titles(comparison, language)[run.scenario.name], level=2)
        if prices:
            yield Points(prices)
        caption = say("report.cost.table", language, named=_named(comparison, [run], language))
        yield cost_table(comparison, run, caption, language)
    yield Paragraph(say("report.cost.note", language), small=True)


def _groups(comparison: Comparison, language: str) -> Iterator[Block]:
    yield Heading(say("report.groups", language))
    kind = "compare" if comparison.others else "run"
    baseline = titles(comparison, language)[comparison.baseline.scenario.name]
    for run in comparison.others or (comparison.baseline,):
        named = _named(comparison, [run], language)
        caption = say(f"report.groups.table.{kind}", language, named=named, baseline=baseline)
        yield group_table(comparison, run, shown(comparison), caption, language)
    yield Paragraph(say("report.groups.note" if comparison.others else "report.groups.note.run", language), small=True)


def shown(comparison: Comparison) -> tuple[str, ...]:
    """The outcomes that are told first, and by kind and size."""
    name = comparison.baseline.scenario.name
    reached = [one for one in SURVIVAL if not isnan(comparison.levels[name, one][0])]
    return (*reached[:1], *LEAD)


def _named(comparison: Comparison, runs: Sequence[Run], language: str) -> str:
    called = titles(comparison, language)
    return (", " if language == "en" else "、").join(f"“{called[run.scenario.name]}”" for run in runs)
