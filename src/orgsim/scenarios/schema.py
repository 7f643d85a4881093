"""JSON Schema of scenario files, so that an editor completes names, shows what they mean and marks mistakes.

The schema is a help while writing; `load` stays the judge. It knows no dates of the horizon, no parents and no units.
"""

from __future__ import annotations

from orgsim.core.parameters import KINDS, Parameter, ParameterSpace, Role
from orgsim.core.sources import in_language
from orgsim.errors import unit_name
from orgsim.scenarios.document import LONGEST, LONGEST_BURN_IN, MOST_FUNDERS, MOST_ORGANIZATIONS
from orgsim.scenarios.scenario import ORGANIZATIONS
from orgsim.scenarios.values import number_text, range_text

Json = dict[str, object]

_MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
_WITH_UNIT = r"^[-+0-9.０-９−]"


def json_schema(space: ParameterSpace) -> Json:
    """The schema, draft 2020-12, of one scenario file over this catalogue: a tree ready for `json.dumps`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "orgsim scenario",
        "description": "What is assumed in one run of the model. 一次模拟的政策情景。",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "extends": {"type": "string", "description": "The one parent this file changes. 所继承的唯一上级情景。"},
            "title": words("Title. 标题。"),
            "question": words("The question this scenario asks. 本情景要回答的问题。"),
            "start": {"type": "string", "pattern": _MONTH, "description": "Month 0, such as 2026-01. 起始年月。"},
            "months": duration(1, LONGEST, "Length of the run after the burn-in. 模拟月数（不含预热期）。"),
            "burn_in": duration(0, LONGEST_BURN_IN, "Months before month 0, with the root's levers. 预热月数。"),
            "population": _population(),
            "set": _section(space, "lever", "Levers from month 0 on. 自起始月生效的政策杠杆。"),
            "schedule": _schedule(space),
            "assumptions": _section(space, "uncertainty", "Assumptions that differ. 与默认不同的假设。"),
        },
    }


def words(description: str) -> Json:
    """Words in both languages, or plain words."""
    both: Json = {
        "type": "object",
        "additionalProperties": False,
        "required": ["en", "zh"],
        "properties": {"en": {"type": "string", "minLength": 1}, "zh": {"type": "string", "minLength": 1}},
    }
    return {"description": description, "anyOf": [{"type": "string", "minLength": 1}, both]}


def duration(low: int, high: int, description: str) -> Json:
    """Whole months, written as a number or with their unit."""
    number: Json = {"type": "integer", "minimum": low, "maximum": high}
    return {"description": description, "anyOf": [number, {"type": "string", "pattern": _WITH_UNIT}]}


def _population() -> Json:
    kinds: Json = {
        kind: {"type": "integer", "minimum": 0, "maximum": MOST_ORGANIZATIONS, "default": ORGANIZATIONS[kind]}
        for kind in KINDS
    }
    return {
        "description": "Who is there in the first month. 初始主体数量。",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {
            "funders": {"type": "integer", "minimum": 1, "maximum": MOST_FUNDERS, "default": 18},
            "organizations": {"type": ["object", "null"], "additionalProperties": False, "properties": kinds},
            "register": {"type": "string", "minLength": 1, "description": "A list of organizations. 登记册文件。"},
        },
    }


def _section(space: ParameterSpace, role: Role, description: str) -> Json:
    named = {name: described(p) | _value(p) for name, p in space.items() if p.role == role}
    return {
        "description": description,
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": named,
    }


def _schedule(space: ParameterSpace) -> Json:
    return {
        "description": "Levers that change at a date. 按日期变化的政策杠杆。",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {name: _dates(p) for name, p in space.items() if p.role == "lever"},
    }


def _dates(parameter: Parameter) -> Json:
    ramp: Json = {
        "type": "object",
        "additionalProperties": False,
        "required": ["to"],
        "properties": {
            "to": _value(parameter),
            "over": duration(1, LONGEST, "Months the change takes, evenly. 线性过渡的月数。"),
        },
    }
    return described(parameter) | {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": _MONTH},
        "additionalProperties": {"anyOf": [_value(parameter), ramp]},
    }


def described(parameter: Parameter) -> Json:
    """What an editor shows beside a name: title, meaning, unit, range, source and grade, in both languages."""
    source = parameter.source
    where, place = (", ".join(filter(None, (source.cite, in_language(source.where, one)))) for one in ("en", "zh"))
    description = (
        f"{parameter.meaning.en} Unit: {parameter.unit}. Range: {range_text(parameter)}. "
        f"Source: {where} (grade {source.grade}).\n"
        f"{parameter.meaning.zh} 单位：{unit_name(parameter.unit, 'zh')}。范围：{range_text(parameter)}。"
        f"来源：{place}（{source.grade} 级）。"
    )
    return {
        "title": f"{parameter.title.en} {parameter.title.zh}",
        "description": description,
        "default": _default(parameter),
    }


def _default(parameter: Parameter) -> object:
    if isinstance(parameter.value, dict):
        return dict(parameter.value)
    return parameter.choices[round(parameter.value)] if parameter.choices else parameter.value


def _value(parameter: Parameter) -> Json:
    one = one_value(parameter)
    if not parameter.by_kind:
        return one
    kinds: Json = dict.fromkeys(KINDS, one)
    each: Json = {"type": "object", "additionalProperties": False, "minProperties": 1, "properties": kinds}
    return {"anyOf": [one, each]}


def one_value(parameter: Parameter) -> Json:
    """One value of a parameter: a number in its range, a number with its unit, or a choice."""
    if parameter.choices:
        words: list[object] = [*parameter.choices, *range(len(parameter.choices))]
        return {"enum": [*words, True, False] if set(parameter.choices) == {"off", "on"} else words}
    low, high = parameter.range
    number: Json = {"type": "number", "minimum": low, "maximum": high}
    text: Json = {
        "type": "string",
        "pattern": _WITH_UNIT,
        "description": f"A number with its unit, such as '{number_text(parameter.values[0])} {parameter.unit}'.",
    }
    return {"anyOf": [number, text]}
