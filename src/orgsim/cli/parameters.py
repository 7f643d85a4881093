"""`orgsim parameters`: which levers and assumptions are there, and what do they rest on?"""

from __future__ import annotations

from typing import Annotated

import typer

from orgsim.cli.shared import JsonOption, Language, LanguageOption, catalogue, print_json, print_table
from orgsim.core.parameters import Parameter
from orgsim.errors import InputError, nearest, unit_name
from orgsim.report.bibliography import OWN, OWN_CHINESE
from orgsim.scenarios.values import number_text, range_text, value_text

_ROLES = {"lever": "政策杠杆", "uncertainty": "假设", "fixed": "固定"}


def parameters(
    word: Annotated[
        str | None,
        typer.Argument(
            help="Show only those with this word in name, title or meaning, 中英文均可.", show_default=False
        ),
    ] = None,
    levers: Annotated[bool, typer.Option("--levers", help="Show levers only: what a policymaker sets.")] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """List levers and assumptions, with ranges and sources.

    A lever is what a policymaker sets; an uncertainty is an assumption that researchers vary; fixed is a definition.
    Grades: A is official or measured where it is used, B measured elsewhere or adapted, C weak or assumed.

    \b
    orgsim parameters --levers
    orgsim parameters contracts
    orgsim parameters 拨付 --lang zh
    """
    space = catalogue()
    found = [p for p in space.values() if _matches(p, word) and (not levers or p.role == "lever")]
    if not found:
        hint = nearest(word or "", [*space, *{p.mechanism for p in space.values()}])
        raise InputError(f"no {'lever' if levers else 'lever or assumption'} has '{word or ''}' in its words{hint}")
    if as_json:
        print_json([parameter.model_dump(mode="json") for parameter in found])
        return
    headers = (
        "name,title,value,unit,range,role,source,grade"
        if lang is Language.en
        else "名称,标题,默认值,单位,范围,性质,来源,等级"
    )
    print_table(headers.split(","), (_row(parameter, lang) for parameter in found))


def _matches(parameter: Parameter, word: str | None) -> bool:
    if word is None:
        return True
    texts = (parameter.name, parameter.title.en, parameter.title.zh, parameter.meaning.en, parameter.meaning.zh)
    return any(word.casefold() in text.casefold() for text in texts)


def _row(parameter: Parameter, lang: Language) -> tuple[str, ...]:
    values = parameter.values
    value = value_text(parameter, values[0])
    if isinstance(parameter.value, dict) and len(set(values)) > 1:
        value = ", ".join(f"{kind} {value_text(parameter, v)}" for kind, v in parameter.value.items())
    cite = parameter.source.cite
    low, high = (number_text(bound) for bound in parameter.range)
    return (
        parameter.name,
        parameter.title(lang),
        value,
        unit_name(parameter.unit, lang),
        range_text(parameter) if parameter.choices else f"{low}–{high}",
        lang.say(parameter.role, _ROLES[parameter.role]),
        lang.say(cite, OWN_CHINESE if cite == OWN else cite),
        parameter.source.grade,
    )
