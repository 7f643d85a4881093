"""`orgsim cite`: what does a scenario rest on, and how is a run of it cited?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

import orgsim
from orgsim.cli.shared import (
    SCENARIO_HELP,
    JsonOption,
    Language,
    LanguageOption,
    catalogue,
    date_text,
    print_json,
    print_table,
    print_text,
)
from orgsim.cli.simulating import SeedOption
from orgsim.errors import InputError, unit_name
from orgsim.report.bibliography import OWN, OWN_CHINESE, READINGS, citation, run_words
from orgsim.report.changes import over_text
from orgsim.scenarios import load
from orgsim.scenarios.values import value_text

if TYPE_CHECKING:
    from orgsim.core.parameters import Parameter
    from orgsim.report.resting import Count, Move, Resting, Use

GRADES = ("A", "B", "C")
NAMED = 4
"""Parameters that are named in a line of the table of sources; --json names all."""


def cite(
    scenario: Annotated[str, typer.Argument(help=SCENARIO_HELP, show_default=False)],
    bibtex: Annotated[
        bool, typer.Option("--bibtex", help="Print BibTeX: what is rested on, and orgsim itself.")
    ] = False,
    seed: SeedOption = 1,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Say what a scenario rests on, and how to cite a run of it.

    What its files move comes first, then how many values rest on what, and the publications with the values that
    rest on each. A value the scenario moves is its own: the grade is that of the value it departs from.

    \b
    orgsim cite balanced-package
    orgsim cite baseline --bibtex > references.bib
    """
    if not 0 <= seed < 2**32:
        raise InputError(f"the seed is a whole number from 0 to {2**32 - 1}, not {seed}")
    if bibtex and as_json:
        raise InputError("--bibtex and --json are two forms of the same; give only one of the two")
    from orgsim.report.bibliography import software_entry
    from orgsim.report.resting import resting

    found = resting(load(scenario, catalogue()))
    run = run_words([found.scenario], seed, Language.en)
    if bibtex:
        texts = [use.entry.text for use in sorted(found.uses, key=lambda use: use.key) if use.entry is not None]
        print_text("\n\n".join([*texts, software_entry(orgsim.__version__, run)]))
        return
    if as_json:
        print_json(_tree(found, seed))
        return
    _tell(found, lang)
    cited = citation([found.scenario], seed, lang)
    print_text(lang.say("Cite a run of it as", "引用本情景的模拟结果时可写") + "\n  " + cited)
    assumed = sum(p.source.reading == "assumed" for p in found.table.space.values())
    print_text(
        lang.say(
            f"and say that {assumed} of its {len(found.table.space)} values are assumed: orgsim parameters lists them.",
            f"并说明其 {len(found.table.space)} 个取值中有 {assumed} 个属于假定：可用 orgsim parameters 查看。",
        )
    )


def _tell(found: Resting, lang: Language) -> None:
    scenario = found.scenario
    print_text(scenario.title(lang))
    print_text(lang.say("lineage: ", "继承：") + " → ".join(scenario.lineage) + "\n")
    if found.moves:
        print_text(lang.say("What its files move", "各文件改变的取值") + "\n")
        headers = lang.say(
            "name,title,before,after,unit,from,set by,before rests on", "名称,标题,原值,现值,单位,自,设定处,原值依据"
        )
        print_table(headers.split(","), (_move(move, found, lang) for move in found.moves))
        print_text("")
    else:
        print_text(
            lang.say("Its files move nothing: every value is the default.", "各文件未改变任何取值：全部为默认值。")
            + "\n"
        )
    for moved in (True, False):
        counts = found.counts(moved=moved)
        if counts.total():
            title = (
                lang.say("Moved: what the values departed from rest on", "被改变者：原值的依据")
                if moved
                else lang.say("Left as they are: what the values rest on", "未改变者：取值的依据")
            )
            print_text(title + "\n")
            print_table(*_counts(counts, lang))
            print_text("")
    print_text(
        lang.say("Publications, those behind moved values first (*)", "文献（与被改变取值有关者在先，标 *）") + "\n"
    )
    headers = lang.say("key,publication,values,which", "代号,文献,取值数,取值")
    print_table(headers.split(","), (_use(use, found, lang) for use in found.uses))
    print_text("")


def _move(move: Move, found: Resting, lang: Language) -> tuple[str, ...]:
    parameter, since = move.parameter, move.since
    return (
        move.name,
        parameter.title(lang),
        value_text(parameter, move.before),
        value_text(parameter, since.value) + over_text(since.over, lang),
        unit_name(parameter.unit, lang),
        date_text(found.scenario, since.month, lang),
        str(since.origin),
        _basis(parameter, lang),
    )


def _basis(parameter: Parameter, lang: Language) -> str:
    source = parameter.source
    where = lang.say("own judgement", OWN_CHINESE) if source.cite == OWN else source.cite
    return lang.say(", ", "，").join((source.grade, lang.say(source.reading, READINGS[source.reading]), where))


def _counts(counts: Count, lang: Language) -> tuple[list[str], Iterable[list[str]]]:
    every = lang.say("all", "合计")
    headers = ["", *(lang.say(f"grade {grade}", f"{grade} 级") for grade in GRADES), every]
    rows = {lang.say(r, zh): [counts[r, grade] for grade in GRADES] for r, zh in READINGS.items()}
    rows[every] = [sum(column) for column in zip(*rows.values(), strict=True)]
    return headers, ([name, *(str(n) for n in (*row, sum(row)))] for name, row in rows.items())


def _use(use: Use, found: Resting, lang: Language) -> tuple[str, ...]:
    names = [p.name + ("*" if p.name in found.moved else "") for p in use.parameters]
    shown = [name for name in names if name.endswith("*")] or names
    rest = len(names) - min(len(shown), NAMED)
    more = lang.say(f" and {rest} more", f" 等（另 {rest} 个）") if rest else ""
    own = lang.say("own judgement", OWN_CHINESE)
    return (
        use.key if use.entry else own,
        str(use.entry or lang.say("nobody but this project", "仅为本项目的判断")),
        str(len(names)),
        ", ".join(shown[:NAMED]) + more,
    )


def _tree(found: Resting, seed: int) -> dict[str, object]:
    from orgsim.report.manifest import model_hash

    def table(counts: Count) -> dict[str, dict[str, int]]:
        return {reading: {grade: counts[reading, grade] for grade in GRADES} for reading in READINGS}

    return {
        "scenario": found.scenario.name,
        "lineage": list(found.scenario.lineage),
        "moves": [
            {
                "parameter": move.parameter.name,
                "kind": move.kind,
                "before": move.before,
                "after": move.since.value,
                "unit": move.parameter.unit,
                "from": found.scenario.date(move.since.month),
                "over": move.since.over,
                "file": move.since.origin.file,
                "line": move.since.origin.line or None,
                "source": move.parameter.source.model_dump(),
            }
            for move in found.moves
        ],
        "moved": table(found.counts(moved=True)),
        "as_they_are": table(found.counts(moved=False)),
        "sources": [
            {
                "key": use.key,
                "publication": None if use.entry is None else str(use.entry),
                "parameters": [parameter.name for parameter in use.parameters],
            }
            for use in found.uses
        ],
        "cite": {
            "version": orgsim.__version__,
            "model": model_hash(),
            "fingerprint": found.scenario.fingerprint(),
            "seed": seed,
            "text": citation([found.scenario], seed, Language.en),
        },
    }
