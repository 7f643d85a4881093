"""`orgsim show`: what does a scenario assume, and which line said so?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

import typer

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
from orgsim.core.calendar import month_index
from orgsim.core.parameters import KINDS, ParameterSpace
from orgsim.errors import InputError, unit_name
from orgsim.report.changes import over_text
from orgsim.report.texts import say
from orgsim.scenarios import Origin, ParameterTable, Scenario, Setting, Step, load, resolve
from orgsim.scenarios.resolve import place_of
from orgsim.scenarios.values import value_text


@dataclass(frozen=True)
class _Line:
    parameter: str
    kind: str | None
    value: float
    month: int
    over: int
    origin: Origin


def show(
    scenario: Annotated[str, typer.Argument(help=SCENARIO_HELP, show_default=False)],
    everything: Annotated[bool, typer.Option("--all", help="Show defaults too, not only what the files set.")] = False,
    at: Annotated[
        str | None,
        typer.Option(
            "--at", metavar="YYYY-MM", help="Show the values of one month, ramps worked out.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Show what a scenario assumes, and which line said so.

    By default what its files set; a value that changes has one line for each change.

    \b
    orgsim show baseline --all
    orgsim show steady-contracts --at 2028-06
    """
    space = catalogue()
    loaded = load(scenario, space)
    table = resolve(loaded, space)
    month = None if at is None else _month(at, loaded)
    lines = list(_lines(loaded, table, everything, month))
    if as_json:
        print_json(_tree(loaded, table, lines, space))
        return
    print_text(_head(loaded, lang) + "\n")
    if not lines:
        print_text(
            lang.say("Its files set nothing: every value is the default.", "各文件未设定任何取值：全部为默认值。")
        )
        return
    headers = lang.say("name,title,kind,value,unit,from,set by", "名称,标题,类别,取值,单位,自,设定处").split(",")
    print_table(headers, (_row(line, loaded, space, lang) for line in _folded(lines)))


def _month(at: str, scenario: Scenario) -> int:
    month = month_index(at, scenario.start)
    if not -scenario.burn_in <= month < scenario.months:
        first, last = scenario.date(-scenario.burn_in), scenario.date(scenario.months - 1)
        raise InputError(f"--at {at} is outside this scenario, which runs from {first} to {last}")
    return month


def _lines(scenario: Scenario, table: ParameterTable, everything: bool, month: int | None) -> Iterator[_Line]:
    told: tuple[Setting | Step, ...] = (*scenario.today, *scenario.levers, *scenario.assumptions, *scenario.schedule)
    named = {(item.parameter, item.kind) for item in told}
    for name, parameter in table.space.items():
        for kind in KINDS if parameter.by_kind else (None,):
            if not everything and (name, kind) not in named:
                continue
            if month is not None:
                since = table.since(name, kind, month)
                value = float(table.at(month)[place_of(table.space, name, kind)])
                yield _Line(name, kind, value, since.month, 0, since.origin)
                continue
            for since in table.history(name, kind):
                yield _Line(name, kind, since.value, since.month, since.over, since.origin)


def _folded(lines: list[_Line]) -> Iterator[_Line]:
    """Five kinds that say the same become one line."""
    alike: dict[_Line, list[_Line]] = {}
    order = {name: place for place, name in enumerate(dict.fromkeys(line.parameter for line in lines))}
    for line in sorted(lines, key=lambda each: (order[each.parameter], each.month, each.over > 0)):
        alike.setdefault(replace(line, kind=None), []).append(line)
    for shared, members in alike.items():
        yield from [replace(shared, kind="*")] if len(members) == len(KINDS) else members


def _row(line: _Line, scenario: Scenario, space: ParameterSpace, lang: Language) -> tuple[str, ...]:
    parameter = space[line.parameter]
    all_kinds = lang.say("all", "全部")
    value = value_text(parameter, line.value) + over_text(line.over, lang)
    since = lang.say("all along", "始终") if line.month == -scenario.burn_in else date_text(scenario, line.month, lang)
    kind = all_kinds if line.kind == "*" else line.kind or ""
    unit = unit_name(parameter.unit, lang)
    return (line.parameter, parameter.title(lang), kind, value, unit, since, str(line.origin))


def _head(scenario: Scenario, lang: Language) -> str:
    people = scenario.population
    last = scenario.date(scenario.months - 1)
    total = sum(people.organizations.values())
    called = {kind: lang.say(kind, say(f"stratum.kind={kind}", lang)) for kind in people.organizations}
    kinds = lang.say(", ", "，").join(f"{called[kind]} {number}" for kind, number in people.organizations.items())
    lines = [scenario.title(lang)]
    if scenario.question is not None:
        lines.append(scenario.question(lang))
    lines += [
        lang.say("lineage: ", "继承：") + " → ".join(scenario.lineage),
        lang.say(
            f"time: {scenario.start} to {last}, {scenario.months} months after {scenario.burn_in} of burn-in",
            f"时间：{scenario.start} 至 {last}，共 {scenario.months} 个月，此前预热 {scenario.burn_in} 个月",
        ),
        lang.say(
            f"population: {people.funders} funders, {total} organizations ({kinds})",
            f"主体：{people.funders} 个资助方，{total} 家组织（{kinds}）",
        ),
    ]
    if people.register is not None:
        listed, file = len(people.register), people.register.file
        lines.append(lang.say(f"register: {file}, {listed} organizations", f"登记册：{file}，{listed} 家组织"))
    return "\n".join(lines)


def _tree(scenario: Scenario, table: ParameterTable, lines: list[_Line], space: ParameterSpace) -> dict[str, object]:
    register = scenario.population.register
    return {
        "name": scenario.name,
        "file": scenario.file,
        "title": scenario.title.model_dump(),
        "question": None if scenario.question is None else scenario.question.model_dump(),
        "lineage": list(scenario.lineage),
        "start": scenario.start,
        "months": scenario.months,
        "burn_in": scenario.burn_in,
        "population": {
            "funders": scenario.population.funders,
            "organizations": dict(scenario.population.organizations),
            "register": None if register is None else {"file": register.file, "fingerprint": register.fingerprint},
        },
        "fingerprint": table.fingerprint(),
        "values": [
            {
                "parameter": line.parameter,
                "kind": line.kind,
                "value": line.value,
                "text": value_text(space[line.parameter], line.value),
                "unit": space[line.parameter].unit,
                "from": scenario.date(line.month),
                "over": line.over,
                "file": line.origin.file,
                "line": line.origin.line or None,
            }
            for line in lines
        ],
    }
