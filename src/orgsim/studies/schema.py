"""JSON Schema of study files: a help for editors while writing; `load_study` stays the judge."""

from __future__ import annotations

from collections.abc import Sequence

from orgsim.core.parameters import KINDS, Parameter, ParameterSpace
from orgsim.ensembles.posterior import FEWEST, shipped_sets
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.outcomes.strata import strata
from orgsim.scenarios.document import LONGEST
from orgsim.scenarios.schema import Json, described, duration, one_value, words
from orgsim.studies.designs import KINDS as DESIGNS
from orgsim.studies.document import MAX_FAILURES, MAX_RUNS, MOST_SEEDS, REPLICATIONS, SERIES


def study_schema(space: ParameterSpace) -> Json:
    """The schema, draft 2020-12, of one study file over this catalogue: a tree ready for `json.dumps`."""
    titles = {outcome.name: f"{outcome.title.en} {outcome.title.zh}" for outcome in OUTCOMES}
    moved = {name: parameter.name for parameter in space.values() for name in _names(parameter)}
    values: Json = {name: {"$ref": f"#/$defs/{parameter}/properties/value"} for name, parameter in moved.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "orgsim study",
        "description": "A design over levers and assumptions. 对政策杠杆与假设的试验设计。",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "title": words("Title. 标题。"),
            "question": words("The question it asks. 要回答的问题。"),
            "scenarios": _several({"type": "string"}, "Scenarios; the first is what others are compared with. 情景。"),
            "uncertainty": _whole(FEWEST, len(shipped_sets()), "Parameter sets that come with orgsim. 参数组数。"),
            "factors": {
                "description": "What is moved. 变动的因素。",
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {name: {"$ref": f"#/$defs/{parameter}"} for name, parameter in moved.items()},
            },
            "design": {
                "description": "How points are chosen. 选点方式。",
                "type": ["object", "null"],
                "additionalProperties": False,
                "required": ["kind"],
                "properties": {
                    "kind": {"enum": list(DESIGNS)},
                    "n": _whole(2, 10_000_000, "Points, base samples or trajectories. 点数、基准样本数或轨迹数。"),
                    "levels": _whole(2, 10_000, "Levels of a range. 水平数。"),
                    "second_order": {"enum": [True, False, "on", "off", "yes", "no"]},
                    "points": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": values | {"name": {"type": "string"}},
                        },
                    },
                },
            },
            "replications": _whole(1, 1_000_000, "Each has its own luck. 重复次数。", REPLICATIONS),
            "months": duration(1, LONGEST, "Length of each run. 模拟月数。"),
            "seed": _whole(0, MOST_SEEDS, "The same seed gives the same luck. 随机种子。", 1),
            "outcomes": _several({"enum": list(titles)}, "What is measured. 结果：" + "; ".join(titles.values())),
            "strata": _several({"enum": list(strata())}, "Among whom. 分组。"),
            "series": _several({"enum": list(SERIES)}, "Monthly sums that are kept. 保存的逐月合计。"),
            "max_runs": _whole(1, 10_000_000, "More rows need --yes. 行数上限。", MAX_RUNS),
            "max_failures": _whole(0, 10_000_000, "More failed runs stop it. 失败次数上限。", MAX_FAILURES),
            "timeout": _whole(1, 10_000_000, "Seconds after which a run has failed. 单次运行的时限（秒）。"),
        },
        "$defs": {parameter.name: _factor(parameter) for parameter in space.values() if parameter.role != "fixed"},
    }


def _whole(low: int, high: int, description: str, usual: int | None = None) -> Json:
    default = {} if usual is None else {"default": usual}
    return {"type": "integer", "minimum": low, "maximum": high, "description": description, **default}


def _several(item: Json, description: str) -> Json:
    """A list, or one alone."""
    listed: Json = {"type": "array", "minItems": 1, "uniqueItems": True, "items": item}
    return {"description": description, "anyOf": [item, listed]}


def _names(parameter: Parameter) -> Sequence[str]:
    """What a factor over it may be called; nothing if it is fixed."""
    if parameter.role == "fixed":
        return []
    return [parameter.name, *(f"{parameter.name}[{kind}]" for kind in KINDS if parameter.by_kind)]


def _factor(parameter: Parameter) -> Json:
    """A list of values, or a range; one value alone lies at /properties/value, where points find it."""
    one: Json = {"$ref": f"#/$defs/{parameter.name}/properties/value"}
    listed: Json = {"type": "array", "minItems": 1, "items": one}
    span: Json = {
        "type": "object",
        "required": ["low", "high"],
        "properties": {"low": one, "high": one, "scale": {"enum": ["linear", "log"]}},
        "propertyNames": {"enum": ["low", "high", "scale"]},
    }
    forms = [listed] if parameter.choices else [listed, span]
    return described(parameter) | {"anyOf": forms, "properties": {"value": one_value(parameter)}}
