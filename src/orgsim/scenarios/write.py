"""A scenario as the text of a file: what differs from the parent, in the parameter's own units, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from orgsim.core.calendar import date_of
from orgsim.core.parameters import KINDS, ParameterSpace, Text
from orgsim.scenarios.load import default_space
from orgsim.scenarios.resolve import resolve
from orgsim.scenarios.scenario import Scenario, Setting, Step
from orgsim.scenarios.values import value_text

Key = tuple[str, str | None]
"""A parameter and, where it differs by kind of organization, the kind."""


@dataclass(frozen=True)
class Draft:
    """What a person changes in a shipped scenario: levers from month 0 on or at dates, and assumptions.

    `steps` count months from the start of `parent`, which is empty for a file that extends nothing. `frame` holds whole
    lines about time and people that are carried along as they are, such as `months: 60`.
    """

    parent: str = "baseline"
    title: Text | None = None
    levers: Mapping[Key, float] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    assumptions: Mapping[Key, float] = field(default_factory=dict)
    frame: tuple[str, ...] = ()


def scenario_text(draft: Draft, start: str, space: ParameterSpace | None = None) -> str:
    """The file's text; `start` is the month from which the steps are counted.

    `load_text` of it gives the scenario back, and `orgsim check` accepts it.
    """
    space = default_space() if space is None else space
    lines = [f"extends: {draft.parent}"] if draft.parent else []
    if draft.title is not None:
        title = {"en": draft.title.en, "zh": draft.title.zh}
        lines.append("title: {" + ", ".join(f"{key}: {_quoted(text)}" for key, text in title.items()) + "}")
    lines += draft.frame
    lines += _section("set", draft.levers, space)
    lines += _schedule(draft.steps, start, space)
    lines += _section("assumptions", draft.assumptions, space)
    return "\n".join(lines) + "\n"


def drafted(scenario: Scenario, space: ParameterSpace | None = None) -> Draft:
    """The draft that says of a scenario what it says itself, beside its parent, as far as values go.

    `parent` is the scenario that it extends, or "baseline"; register and horizon are not told.
    """
    space = default_space() if space is None else space
    return Draft(
        parent=scenario.lineage[-2] if len(scenario.lineage) > 1 else scenario.lineage[0],
        title=scenario.title,
        levers=_own(scenario.levers, scenario.file),
        steps=tuple(step for step in scenario.schedule if step.origin.file == scenario.file),
        assumptions=_own(scenario.assumptions, scenario.file),
    )


def at_start(scenario: Scenario, space: ParameterSpace | None = None) -> dict[Key, float]:
    """Every lever and assumption as it stands in month 0, before what the schedule does in that month."""
    table = resolve(scenario, space)
    return {
        (name, kind): [since for since in table.history(name, kind) if since.month <= 0 and not since.over][-1].value
        for name in table.space
        for kind in (KINDS if table.space[name].by_kind else (None,))
    }


def _own(settings: Iterable[Setting], file: str) -> dict[Key, float]:
    return {(s.parameter, s.kind): s.value for s in settings if s.origin.file == file}


def _section(name: str, values: Mapping[Key, float], space: ParameterSpace) -> list[str]:
    by_parameter: dict[str, list[tuple[str | None, float]]] = {}
    for (parameter, kind), value in values.items():
        by_parameter.setdefault(parameter, []).append((kind, value))
    lines = [f"  {parameter}: {_value(parameter, some, space)}" for parameter, some in by_parameter.items()]
    return [f"{name}:", *lines] if lines else []


def _value(parameter: str, values: Sequence[tuple[str | None, float]], space: ParameterSpace) -> str:
    if values[0][0] is None:
        return _one(parameter, values[0][1], space)
    return "{" + ", ".join(f"{kind}: {_one(parameter, value, space)}" for kind, value in values) + "}"


def _one(parameter: str, value: float, space: ParameterSpace) -> str:
    text = value_text(space[parameter], value)
    return _quoted(text) if space[parameter].choices else text


def _schedule(steps: Iterable[Step], start: str, space: ParameterSpace) -> list[str]:
    by_parameter: dict[str, dict[int, list[Step]]] = {}
    for step in sorted(steps, key=lambda one: one.month):
        by_parameter.setdefault(step.parameter, {}).setdefault(step.month, []).append(step)
    lines = []
    for parameter, months in by_parameter.items():
        lines.append(f"  {parameter}:")
        for month, some in months.items():
            value = _value(parameter, [(step.kind, step.value) for step in some], space)
            over = some[0].over
            change = f"{{to: {value}, over: {over} months}}" if over else value
            lines.append(f"    {date_of(month, start)}: {change}")
    return ["schedule:", *lines] if lines else []


def _quoted(text: str) -> str:
    """Text between quotation marks, as YAML and JSON agree to read it."""
    return json.dumps(text, ensure_ascii=False)
