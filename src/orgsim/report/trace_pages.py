"""The pages about the report's claims: an overview, then each claim with its rules, evidence, trial and null."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from orgsim.core.parameters import Parameter
from orgsim.errors import unit_name
from orgsim.mechanisms import space
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.bibliography import OWN
from orgsim.report.changes import basis
from orgsim.report.claims import Claim, Doubt
from orgsim.report.expected import PUSH, ships
from orgsim.report.measures import measure
from orgsim.report.sections import one_line
from orgsim.report.sections import table as markdown_table
from orgsim.report.texts import say
from orgsim.report.trace_texts import HEAD, PLACES, word
from orgsim.scenarios import shipped
from orgsim.scenarios.values import value_text

Row = Mapping[str, Any]
Rows = Mapping[tuple[str, str], Sequence[Row]]
"""Rows of the stored table by claim and world, in order."""
ANSWERS = ("as_claimed", "partly", "mixed", "other_way", "no_difference", "cannot_tell", "open", "untold")
"""How a claim may be answered, as keys of `trace_texts.WORDS`."""
SIGN = {"more": 1, "less": -1, "none": 0}
TOLD = {
    "very_likely_more": 1, "likely_more": 1, "very_likely_less": -1, "likely_less": -1, "no_difference": 0
}  # fmt: skip


def page(table: pd.DataFrame, claims: Sequence[Claim], doubts: Sequence[Doubt], language: str) -> str:
    """The whole page as Markdown in one language; `table` is what `trace.measure` gives."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in table.to_dict("records"):
        named = {str(key): cell for key, cell in row.items()}
        rows.setdefault((named["claim"], named["world"]), []).append(named)
    head = HEAD(language).format(
        replications=table["replications"].max(), months=table["months"].max(), claims=len(claims)
    )
    lines = [head, *_tally(claims, rows, language)]
    lines += [word("overview", language), "", *_overview(claims, rows, language)]
    lines += [word("doubts", language), "", *_doubts(doubts, language)]
    for place, (title, scenario) in PLACES.items():
        lines += [f"## {title(language)}", ""]
        if scenario:
            lines += [word("whole", language, name=scenario), ""]
        for claim in claims:
            if claim.place == place:
                lines += _claim(claim, rows, language)
    return "\n".join(lines).rstrip() + "\n"


def summary(shown: Sequence[Row]) -> str:
    """How the model answers a claim, one of `ANSWERS`; `shown` are the rows of its trial.

    Outcomes whose verdict cannot tell neither agree nor disagree; those for which no way is claimed are passed over.
    """
    if not shown:
        return "untold"
    verdicts = [(SIGN[row["way"]], TOLD.get(row["verdict"])) for row in shown if row["way"] != "open"]
    if not verdicts:
        return "open"
    along = [told == claimed for claimed, told in verdicts]
    against = [told not in (None, 0, claimed) for claimed, told in verdicts]
    if all(along):
        return "as_claimed"
    if any(along):
        return "mixed" if any(against) else "partly"
    if any(against):
        return "other_way"
    return "no_difference" if any(told == 0 for _, told in verdicts) else "cannot_tell"


def _tally(claims: Sequence[Claim], rows: Rows, language: str) -> list[str]:
    """How many claims of each part of the report are answered how."""
    count = Counter((claim.place, summary(rows.get((claim.id, "trial"), ()))) for claim in claims)
    told = [key for key in ANSWERS if any(count[place, key] for place in PLACES)]
    lines = [
        (title(language), *(str(count[place, key] or "") for key in told)) for place, (title, _) in PLACES.items()
    ]
    return markdown_table([word("part", language), *(word(key, language) for key in told)], lines)


def _overview(claims: Iterable[Claim], rows: Rows, language: str) -> list[str]:
    lines = []
    for claim in claims:
        shown = rows.get((claim.id, "trial"), ())
        meaning = f"<br>{claim.meaning}" if language == "en" else ""
        sure = ""
        if shown:
            title = BY_NAME[shown[0]["outcome"]].title(language)
            verdict = say(f"verdict.{shown[0]['verdict']}", language)
            sure = word("main", language, title=title, verdict=verdict, difference=_difference(shown[0], language))
        linked = f"[{claim.phrase}](#{claim.id}){meaning}"
        direction = word(summary(shown), language)
        place, rests = PLACES[claim.place][0](language), _grades(claim, language)
        lines.append((place, linked, direction, sure or "–", rests or "–"))
    header = [word(key, language) for key in ("part", "claim", "direction", "sure", "rests_on")]
    return markdown_table(header, lines)


def _grades(claim: Claim, language: str) -> str:
    """'B 2, C 3 (1 assumed)'."""
    sources = [space()[name].source for name in claim.rests]
    count = Counter(source.grade for source in sources)
    text = word("and", language).join(f"{grade} {count[grade]}" for grade in sorted(count))
    assumed = sum(source.reading == "assumed" for source in sources)
    return text + word("assumed", language, number=assumed) if assumed else text


def _doubts(doubts: Iterable[Doubt], language: str) -> Iterator[str]:
    for doubt in doubts:
        quoted = word("comma", language).join(f"“{phrase}”" for phrase in doubt.phrases)
        yield f"- {quoted} – {one_line(doubt.remark(language))}"
    yield ""


def _claim(claim: Claim, rows: Rows, language: str) -> Iterator[str]:
    yield f"### {claim.id}"
    yield ""
    yield f"> {claim.phrase}" + (f" – {claim.meaning}" if language == "en" else "")
    yield ""
    shown, null = rows.get((claim.id, "trial"), ()), rows.get((claim.id, "null"), ())
    rules = ", ".join(f"`{rule}`" for rule in claim.rules)
    parts = ", ".join(f"[{name}](model.md#{name})" for name in claim.mechanisms)
    yield _item("rules", f"{parts}: {rules}", language)
    if claim.trial:
        yield _item("moved", _moves(claim.trial, claim.beside, language), language)
        if claim.beside:
            yield _item("beside", _settings(claim.beside, language), language)
        rests = (_evidence(space()[name], language) for name in claim.rests)
        yield _item("evidence", word("comma", language).join(rests), language)
        yield _item("null", _null(claim, language), language)
    if claim.remark:
        yield _item("remark", one_line(claim.remark(language)), language)
    yield ""
    if shown:
        yield from _table(shown, null, language)


def _item(key: str, text: str, language: str) -> str:
    return word("item", language, title=word(key, language), text=text)


def _moves(values: Mapping[str, float], beside: Mapping[str, float], language: str) -> str:
    told = []
    for name, value in values.items():
        parameter = space()[name]
        role = word("lever" if parameter.role == "lever" else "assumption", language)
        before = beside.get(name, parameter.values[0])
        ends = f"{value_text(parameter, before)} → {value_text(parameter, value)}"
        unit = unit_name(parameter.unit, language)
        told.append(word("move", language, title=parameter.title(language), name=name, ends=ends, unit=unit, role=role))
    return word("comma", language).join(told)


def _settings(values: Mapping[str, float], language: str) -> str:
    told = ((space()[name], value) for name, value in values.items())
    texts = (f"{each.title(language)} `{each.name}` = {value_text(each, value)}" for each, value in told)
    return word("comma", language).join(texts)


def _evidence(parameter: Parameter, language: str) -> str:
    cite = parameter.source.cite
    cited = word("own", language) if cite == OWN else cite
    rests = word("pause", language).join((basis(parameter, language), cited))
    return f"{parameter.title(language)} `{parameter.name}` {rests}"


def _null(claim: Claim, language: str) -> str:
    if not claim.null:
        return word("no_null", language)
    named = null_scenario(claim)
    return _settings(claim.null, language) + (word("null_scenario", language, name=named) if named else "")


def null_scenario(claim: Claim) -> str:
    """The shipped scenario that makes just the assumptions of the claim's null, or nothing."""
    return next((name for name, assumed in _nulls() if assumed == claim.null), "")


@cache
def _nulls() -> tuple[tuple[str, Mapping[str, float]], ...]:
    named = (name for name in shipped() if name.startswith("null-") and not name.endswith(PUSH))
    found = ((name, ships(name).assumptions) for name in named)
    return tuple((name, {setting.parameter: setting.value for setting in settings}) for name, settings in found)


def _table(shown: Sequence[Row], null: Sequence[Row], language: str) -> list[str]:
    keys = ("outcome", "claimed", "today", "difference", "in_words")
    header = [word(key, language) for key in keys]
    if null:
        header += [word("without", language), word("in_words", language)]
    lines = []
    for number, row in enumerate(shown):
        way = "way_open" if row["way"] == "open" else row["way"]
        level = measure(row["unit"], (row["reference"],), language)
        cells = [BY_NAME[row["outcome"]].title(language), word(way, language), level.value(row["reference"])]
        for each in (row, *null[number : number + 1]):
            cells += [_difference(each, language), say("verdict." + each["verdict"], language)]
        lines.append(cells)
    return markdown_table(header, lines)


def _difference(row: Row, language: str) -> str:
    sizes = (row["difference"], row["low"], row["high"])
    written = measure(row["unit"], sizes, language)
    bounds = say("range", language, low=written.signed(row["low"]), high=written.signed(row["high"]))
    return word("bounds", language, change=written.change(row["difference"]), bounds=bounds)
