"""What a column means and the formula behind it, taken from the docstring of whatever writes it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from orgsim.core.registry import Model
from orgsim.report.column_names import chinese
from orgsim.report.sections import docstring_parts, one_line

_FORMULA = re.compile(r"[=^]| x |\([^)]*[+/-][^)]*\)")
MEMBERS = {"organization": "组织", "staff": "员工", "funder": "资助方"}
"""Whose columns totals add up, in Chinese."""
PROSE = 70
"""A sign of arithmetic that comes later than this belongs to a sentence, not to a formula."""
_SOURCE = re.compile(r" {3,}|\n(?=[A-Z][^=\n]*\d{4})")


def meaning_of(model: Model, entity: str, column: str) -> str:
    """The first sentence on a column, in English."""
    for shared in model.allocations.values():
        if f"{entity}__{column}" in shared.writes:
            return _first_sentence(docstring_parts(shared.function)[0])
    rule = model.rules.get((entity, column)) or next((r for r in model.initials[entity] if r.name == column), None)
    if rule is not None:
        return _first_sentence(docstring_parts(rule.function)[0])
    known = model.columns[entity].get(column)
    if known is None:
        return "Whether it is there."
    return f"{known.meaning[:1].upper()}{known.meaning[1:].rstrip('.')}." if known.meaning else ""


def chinese_meaning_of(model: Model, entity: str, column: str) -> str:
    """The same in Chinese: from `meanings.zh.json`, for a total from the names of what it adds up; empty if unknown."""
    total = model.totals.get((entity, column))
    if total is None:
        return _meanings().get(f"{entity}.{column}", "")
    whose = MEMBERS[total.of]
    only = f"“{chinese(total.where)}”的" if total.where else ""
    return f"{only}各{whose}“{chinese(total.value)}”合计。" if total.value else f"{only}{whose}数。"


def formula_of(function: object) -> str:
    """The formula of a rule as its docstring writes it; empty if it has none."""
    for paragraph in docstring_parts(function)[1]:
        for part in map(one_line, _SOURCE.split(paragraph)):
            sign = _FORMULA.search(part)
            if sign and sign.start() < PROSE:
                return part.rstrip(",")
    return ""


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.)\s+(?=[A-Z])", text, maxsplit=1)[0]


@cache
def _meanings() -> dict[str, str]:
    texts: dict[str, str] = json.loads(Path(__file__).with_name("meanings.zh.json").read_text(encoding="utf-8"))
    return texts
