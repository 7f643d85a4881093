"""The report's sections on how sure it is, what it rests on, what it cannot tell, and how to get it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from pathlib import PurePath

import orgsim
from orgsim.ensembles import Comparison, Run
from orgsim.report.amounts import amount
from orgsim.report.bibliography import READINGS, citation
from orgsim.report.blocks import Block, Code, Heading, Paragraph, Points, Table
from orgsim.report.document_texts import LIMITS
from orgsim.report.findings import Finding, caveat
from orgsim.report.manifest import command, model_hash
from orgsim.report.page import of
from orgsim.report.resting import counted, resting
from orgsim.report.tables import outcome_title, titles
from orgsim.report.texts import say
from orgsim.scenarios.write import at_start

GRADES = ("A", "B", "C")


def basis_blocks(comparison: Comparison, found: Sequence[Finding], language: str) -> Iterator[Block]:
    """How sure, and what it rests on; then what it cannot tell."""
    yield Heading(say("report.doubt", language))
    yield Heading(say("report.doubt.source", language), level=2)
    yield from _doubt(comparison, found, language)
    if comparison.others:
        yield Heading(say("report.doubt.reading", language), level=2)
        yield Points((say("page.paired", language), say("page.unit_cost", language)))
    yield Heading(say("report.grades", language), level=2)
    yield from _grades(comparison, language)
    yield Heading(say("report.limits", language))
    yield Points(tuple(say(key, language) for key in LIMITS))


def provenance_blocks(
    comparison: Comparison, language: str, sources: Mapping[str, bytes], engine: str
) -> Iterator[Block]:
    """What made the numbers and the command that makes them again; then the annexes."""
    yield Heading(say("report.provenance", language))
    headers = tuple(say(f"report.provenance.{word}", language) for word in ("what", "value"))
    rows = tuple(_provenance(comparison, language))
    yield Table(say("report.provenance.table", language), headers, rows, (0.34, 0.66))
    yield Paragraph(say("report.provenance.again", language), leads=True)
    yield Code(command(comparison, sources, engine))
    scenarios = [run.scenario for run in comparison.runs]
    yield Paragraph(say("report.provenance.cite", language), leads=True)
    yield Code(citation(scenarios, comparison.baseline.seed, language))
    yield Heading(say("report.levers", language), annex=True, opens_page=True)
    yield from _levers(comparison, language)
    yield from _sources(comparison, language)
    yield from _files(comparison, sources, language)


def _doubt(comparison: Comparison, found: Sequence[Finding], language: str) -> Iterator[Block]:
    yield Paragraph(caveat(comparison, language))
    if comparison.sets is None:
        yield Paragraph(say("report.doubt.only_chance", language))
        return
    yield Paragraph(say("page.doubt", language))
    for run in comparison.others:
        told = [(one, one.judgement.parameter_share) for one in of(found, run) if one.judgement is not None]
        rows = [
            (outcome_title(one.outcome, language), f"{100 * share:.0f}%", f"{100 * (1 - share):.0f}%")
            for one, share in told
            if not isnan(share)
        ]
        named = f"“{titles(comparison, language)[run.scenario.name]}”"
        headers = (say("table.outcome", language), *(say(f"report.doubt.{word}", language) for word in _SOURCES))
        yield Table(say("report.doubt.table", language, named=named), headers, tuple(rows), (0.5, 0.25, 0.25))


_SOURCES = ("parameters", "chance")


def _grades(comparison: Comparison, language: str) -> Iterator[Block]:
    """All values by grade, which are the same in every scenario, and how many each scenario sets itself."""
    count = counted(comparison.baseline.table.space.values())
    assumed = sum(number for (reading, _), number in count.items() if reading == "assumed")
    sentences = [say("report.grades.lead", language, count=count.total(), assumed=assumed)]
    for run in comparison.others:
        moved = len(resting(run.scenario).moved)
        title = titles(comparison, language)[run.scenario.name]
        sentences += [say("report.grades.moved", language, scenario=title, moved=moved)] if moved else []
    yield Paragraph((" " if language == "en" else "").join(sentences))
    every = say("report.grades.all", language)
    headers = (
        say("report.grades.how", language),
        *(say("report.grades.grade", language, grade=grade) for grade in GRADES),
        every,
    )
    rows = []
    for reading, chinese in READINGS.items():
        numbers = [count[reading, grade] for grade in GRADES]
        rows.append((chinese if language == "zh" else reading, *map(str, (*numbers, sum(numbers)))))
    sums = [sum(count[reading, grade] for reading in READINGS) for grade in GRADES]
    rows.append((every, *map(str, (*sums, sum(sums)))))
    yield Table(say("report.grades.table", language), headers, tuple(rows), (0.32, *[0.17] * 4))


def _provenance(comparison: Comparison, language: str) -> Iterator[tuple[str, str]]:
    def row(word: str, value: object, **values: object) -> tuple[str, str]:
        return say(f"report.provenance.{word}", language, **values), str(value)

    run = comparison.baseline
    yield row("version", f"orgsim {orgsim.__version__}")
    yield row("model", model_hash())
    for each in comparison.runs:
        called = titles(comparison, language)[each.scenario.name]
        yield row("scenario", each.scenario.fingerprint(), scenario=called)
    yield row("seed", run.seed)
    yield row("replications" if run.sets is None else "replications.each", run.replications)
    if run.sets is not None:
        yield row("sets", run.parameter_sets)
    yield row("start", run.scenario.start)
    yield row("months", run.months)
    yield row("organizations", _organizations(run, language))


def _organizations(run: Run, language: str) -> str:
    people = run.scenario.population
    number = sum(people.organizations.values())
    if people.register is None:
        return str(number)
    file = PurePath(people.register.file).name
    return say("report.provenance.register", language, number=number, listed=len(people.register), file=file)


def _levers(comparison: Comparison, language: str) -> Iterator[Block]:
    space = comparison.baseline.table.space
    called = titles(comparison, language)
    starts = [at_start(run.scenario, space) for run in comparison.runs]
    later = [{step.parameter for step in run.scenario.schedule} for run in comparison.runs]
    rows = []
    for name, parameter in space.items():
        if parameter.role != "lever":
            continue
        cells = (
            amount(parameter, values[name, None], language) + ("*" if name in dated else "")
            for values, dated in zip(starts, later, strict=True)
        )
        rows.append((parameter.title(language), *cells))
    names = tuple(called[run.scenario.name] for run in comparison.runs)
    first = 0.4 if len(names) < 3 else 0.28
    widths = (first, *[(1.0 - first) / len(names)] * len(names))
    headers = (say("change.measure", language), *names)
    yield Table(say("report.levers.table", language), headers, tuple(rows), widths)
    if any(later):
        yield Paragraph(say("report.levers.later", language), small=True)


def _sources(comparison: Comparison, language: str) -> Iterator[Block]:
    """Publications behind what the scenarios change, each once, and how many changed values have none."""
    all_rests = [resting(run.scenario) for run in comparison.others]
    moved = {name for rests in all_rests for name in rests.moved}
    if not moved:
        return
    uses = {use.key: use for rests in all_rests for use in rests.uses if any(p.name in moved for p in use.parameters)}
    own = {p.name for use in uses.values() if use.entry is None for p in use.parameters} & moved
    yield Heading(say("report.sources", language), annex=True)
    listed = tuple(str(use.entry) for _, use in sorted(uses.items()) if use.entry is not None)
    if listed:
        yield Points(listed)
    if own:
        yield Paragraph(say("report.sources.own", language, count=len(own), moved=len(moved)))


def _files(comparison: Comparison, sources: Mapping[str, bytes], language: str) -> Iterator[Block]:
    """The scenarios' own files, as they were read; what they extend comes with orgsim."""
    texts = [sources[run.scenario.file] for run in comparison.others if run.scenario.file in sources]
    if texts:
        yield Heading(say("report.files", language), annex=True)
        yield from (Code(text.decode("utf-8", errors="replace").strip()) for text in texts)
