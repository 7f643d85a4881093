"""The page of an analysis: what was asked, what answers, how sure that is, what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import isnan

import orgsim
from orgsim.report.blocks import Block, Code, Document, Heading, Paragraph, Points, Table, numbered
from orgsim.report.studies.gallery import Shown, last_of
from orgsim.report.studies.names import Names
from orgsim.report.studies.sentences import discovered, of, sentences, share
from orgsim.report.studies.texts import words
from orgsim.studies.analysis import Analysis

LIMITED = ("sobol", "morris", "tornado", "prim")
"""Which methods have limits of their own."""


def page(
    analysis: Analysis, shown: Sequence[Shown], names: Names, *, whole: bool, command: str, made: date
) -> Document:
    """The page; `whole` says whether all of the study was analysed, `command` what makes it again."""
    manifest, language, say = names.manifest, names.language, words(names.language)
    title = manifest["title"][language]
    blocks = [
        *_asked(analysis, names, whole=whole),
        *_answers(analysis, shown, names),
        *_certainty(analysis, names),
        Heading(say("limits")),
        Points(tuple(_limits(analysis, names))),
    ]
    if analysis.left_out:
        reasons = tuple(dict.fromkeys(one.sentence(language) for one in analysis.left_out))
        blocks += [Heading(say("left_out")), Points(reasons)]
    rows = {"rows": manifest["rows"], "code": manifest["code"][:12], "version": manifest["orgsim"]}
    blocks += [Heading(say("made")), Code(command), Paragraph(say("made.rows", **rows), small=True)]
    return Document(
        language=language,
        title=say("title", study=title),
        subtitle=say("subtitle"),
        author=f"orgsim {orgsim.__version__}",
        subject=say("subtitle"),
        made=made,
        blocks=tuple(numbered(blocks, language)),
    )


def _asked(analysis: Analysis, names: Names, *, whole: bool) -> Iterator[Block]:
    manifest, say = names.manifest, words(names.language)
    yield Heading(say("asked"))
    if manifest["question"]:
        yield Paragraph(manifest["question"][names.language])
    sets = max(1, manifest["uncertainty"])
    text = say(
        "asked.design", points=manifest["points"], kind=say(f"kind.{manifest['design']['kind']}"),
        factors=len(manifest["factors"]), months=manifest["months"], runs=sets * manifest["replications"],
    )  # fmt: skip
    if manifest["uncertainty"]:
        text += say("asked.sets", replications=manifest["replications"], sets=sets)
    yield Paragraph(text)
    for scenario, against in dict.fromkeys((one.scenario, one.against) for one in analysis.responses):
        if against is not None:
            two = {"scenario": names.scenario(scenario), "against": names.scenario(against)}
            yield Paragraph(say("asked.differences", **two))
        elif len(manifest["scenarios"]) > 1:
            yield Paragraph(say("asked.levels", scenario=names.scenario(scenario)))
    if not whole:
        part = {"points": manifest["points"], "replications": manifest["replications"]}
        yield Paragraph(say("asked.part", **part))
    rows = [(each["name"], names.factor(each["name"]), _span(each, names), _today(each, names))
            for each in manifest["factors"]]  # fmt: skip
    yield Table(say("factors"), tuple(say("factors.header").split("|")), tuple(rows), (0.27, 0.31, 0.27, 0.15))


def _span(factor: dict[str, object], names: Names) -> str:
    name, values = str(factor["name"]), factor.get("values")
    if isinstance(values, list):
        return words(names.language)("and").join(names.value(name, value) for value in values)
    low, high = (names.value(name, float(str(factor[end]))) for end in ("low", "high"))
    return words(names.language)(f"span.{factor['scale']}", low=low, high=high)


def _today(factor: dict[str, object], names: Names) -> str:
    present = factor["present"]
    return "—" if present is None else names.value(str(factor["name"]), float(str(present)))


def _answers(analysis: Analysis, shown: Sequence[Shown], names: Names) -> Iterator[Block]:
    yield Heading(words(names.language)("answers"))
    done: set[tuple[str, str]] = set()
    for response in last_of(analysis.responses):
        key = response.scenario, response.outcome
        yield Heading(names.response(response), level=2)
        yield Points(tuple(sentences(analysis, response, names) + discovered(analysis, response, names)))
        yield from (one.picture for one in shown if (one.scenario, one.outcome) == key)
        done.add(key)
    for found in analysis.discoveries:  # of outcomes that only --fails asks for
        key = found.response.scenario, found.response.outcome
        if key not in done:
            yield Heading(names.response(found.response), level=2)
            yield Points(tuple(discovered(analysis, found.response, names)))
            yield from (one.picture for one in shown if (one.scenario, one.outcome) == key)


def _certainty(analysis: Analysis, names: Names) -> Iterator[Block]:
    say = words(names.language)
    yield Heading(say("certainty"))
    rows = []
    for response in last_of(analysis.responses):
        row = of(analysis.tables["noise"], response).to_dict("records")[0]
        whole = row["between"] + row["common"] + row["left"]
        parts = [share(row[part] / whole) if whole else "—" for part in ("between", "common", "left")]
        verdict = say(f"verdict.{row['verdict']}")
        luck = "—" if isnan(row["share"]) else share(row["share"])
        rows.append((names.response(response), *parts, luck, str(row["runs"]), verdict))
    widths = (0.34, 0.11, 0.12, 0.11, 0.12, 0.08, 0.12)
    yield Table(say("certainty.table"), tuple(say("certainty.header").split("|")), tuple(rows), widths)
    yield Paragraph(say("certainty.how"), small=True)


def _limits(analysis: Analysis, names: Names) -> Iterator[str]:
    manifest, say = names.manifest, words(names.language)
    yield say("limits.model")
    yield say("limits.span")
    yield say("limits.luck", seed=manifest["seed"])
    sets = manifest["uncertainty"]
    yield say("limits.sets", sets=sets) if sets else say("limits.values")
    yield say("limits.many")
    for method in LIMITED:
        if method in analysis.tables and len(analysis.tables[method]):
            yield say(f"limits.{method}")
    if "effects" in analysis.tables and manifest["design"]["kind"] == "latin_hypercube":
        yield say("limits.slope")
