"""`orgsim diff`: what exactly does one scenario change in another?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from orgsim.cli.shared import (
    SCENARIO_HELP,
    JsonOption,
    Language,
    LanguageOption,
    catalogue,
    print_json,
    print_table,
    print_text,
)
from orgsim.core.parameters import ParameterSpace
from orgsim.errors import unit_name
from orgsim.report.changes import EVERY, change_title, folded, over_text
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
    print_table([names.get(word, word) for word in words], (_row(change, space, lang) for change in folded(changes)))


def _row(change: Change, space: ParameterSpace, lang: Language) -> tuple[str, ...]:
    when = {"always": lang.say("always", "始终"), "burn-in": lang.say("burn-in", "预热期")}.get(
        change.when, change.when
    )
    return (
        change.parameter,
        change_title(change, space, lang),
        lang.say("all", "全部") if change.kind == EVERY else change.kind or "",
        _value(change.parameter, change.before, space) + over_text(change.over_before, lang),
        _value(change.parameter, change.after, space) + over_text(change.over_after, lang),
        unit_name(change.unit, lang),
        when,
    )


def _value(name: str, value: float | str, space: ParameterSpace) -> str:
    if isinstance(value, str):
        return value
    return value_text(space[name], value) if name in space else number_text(value)
