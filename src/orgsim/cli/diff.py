"""`orgsim diff`: what exactly does one scenario change in another?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Annotated

import typer

from orgsim.cli.shared import (
    SCENARIO_HELP,
    JsonOption,
    Language,
    LanguageOption,
    catalogue,
    over_text,
    print_json,
    print_table,
    print_text,
)
from orgsim.core.parameters import KINDS, ParameterSpace
from orgsim.scenarios import Change, difference, load
from orgsim.scenarios.values import number_text, value_text


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help=SCENARIO_HELP, show_default=False)],
    second: Annotated[str, typer.Argument(metavar="B", help="The scenario it is compared with.", show_default=False)],
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Show only what differs between two scenarios.

    Value in A, value in B, and from when on; titles and comments do not count.

    \b
    orgsim diff baseline steady-contracts
    """
    space = catalogue()
    a, b = load(first, space), load(second, space)
    changes = difference(a, b, space)
    if as_json:
        print_json({"a": a.file, "b": b.file, "changes": [asdict(change) for change in changes]})
        return
    if not changes:
        print_text(lang.say(f"{a.name} and {b.name} assume the same.", f"{a.name} 与 {b.name} 的设定相同。"))
        return
    words = lang.say("name,title,kind,{a},{b},unit,from", "名称,标题,类别,{a},{b},单位,自").split(",")
    names = {"{a}": a.name, "{b}": b.name} if a.name != b.name else {"{a}": a.file, "{b}": b.file}
    print_table([names.get(word, word) for word in words], (_row(change, space, lang) for change in _folded(changes)))


def _folded(changes: list[Change]) -> Iterator[Change]:
    """Five kinds that change alike become one line."""
    alike: dict[Change, list[Change]] = {}
    for change in changes:
        alike.setdefault(replace(change, kind=None), []).append(change)
    for shared, members in alike.items():
        yield from [replace(shared, kind="*")] if len(members) == len(KINDS) else members


_FRAME = {
    "start": ("start", "起始年月"),
    "months": ("months simulated", "模拟月数"),
    "burn_in": ("burn-in", "预热月数"),
    "population.funders": ("funders", "资助方数量"),
    "population.organizations": ("organizations", "组织数量"),
    "population.register": ("register", "登记册"),
}


def _row(change: Change, space: ParameterSpace, lang: Language) -> tuple[str, ...]:
    title = space[change.parameter].title(lang) if change.parameter in space else lang.say(*_FRAME[change.parameter])
    when = {"always": lang.say("always", "始终"), "burn-in": lang.say("burn-in", "预热期")}.get(
        change.when, change.when
    )
    return (
        change.parameter,
        title,
        lang.say("all", "全部") if change.kind == "*" else change.kind or "",
        _value(change.parameter, change.before, space) + over_text(change.over_before, lang),
        _value(change.parameter, change.after, space) + over_text(change.over_after, lang),
        change.unit,
        when,
    )


def _value(name: str, value: float | str, space: ParameterSpace) -> str:
    if isinstance(value, str):
        return value
    return value_text(space[name], value) if name in space else number_text(value)
