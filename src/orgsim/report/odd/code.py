"""What a rule says, taken from its source: its arithmetic as written, and whence and when it reads what."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from textwrap import dedent
from typing import Any

from orgsim.core.registry import Draw, Linked, Model, Month, Own, Reading, Value
from orgsim.core.rule import Rule

Place = tuple[int, int]
"""Phase of the month, from 0, and place within the phase."""


def writers(model: Model) -> dict[tuple[str, str], Place]:
    """Where in the month each column is written, by (entity, column); columns that are lasting are not there."""
    found: dict[tuple[str, str], Place] = {}
    for number, phase in enumerate(model.schedule):
        for entity, names in phase.rules.items():
            found |= {(entity, name): (number, place) for place, name in enumerate(names)}
        found |= dict.fromkeys(phase.totals, (number, 0))
        if phase.allocate:
            columns = (written.partition("__") for written in model.allocations[phase.allocate].writes)
            found |= {(entity, name): (number, 0) for entity, _, name in columns}
    return found


def arithmetic(function: Callable[..., Any]) -> str:
    """The statements of a function as they stand in its source, comments included, its docstring left out.

    Numbers that it takes from its module come first, with their values.
    """
    source, definition = _source(function)
    first = definition.body[0]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    begin = first.end_lineno if told else first.lineno - 1
    body = dedent("\n".join(source[begin : definition.end_lineno])).strip("\n")
    return "\n".join([*constants(function), body])


def whole(function: Callable[..., Any]) -> str:
    """A function as it stands in its source, without what decorates it."""
    source, definition = _source(function)
    return "\n".join(source[definition.lineno - 1 : definition.end_lineno])


def block(functions: Sequence[Callable[..., Any]]) -> list[str]:
    """A block of Markdown that holds whole functions, the numbers they take from their modules first."""
    numbers = "\n".join(dict.fromkeys(line for function in functions for line in constants(function)))
    texts = [text for text in (numbers, *map(whole, functions)) if text]
    return ["```python", "\n\n\n".join(texts), "```"]


def constants(function: Callable[..., Any]) -> list[str]:
    """Numbers that a function takes from its module, each as a line that gives its value."""
    plain: Any = inspect.unwrap(function)
    known = {name: plain.__globals__.get(name) for name in plain.__code__.co_names}
    return [f"{name} = {value!r}" for name, value in known.items() if isinstance(value, (int, float))]


def _source(function: Callable[..., Any]) -> tuple[list[str], ast.FunctionDef]:
    source = dedent(inspect.getsource(function))
    definition = ast.parse(source).body[0]
    assert isinstance(definition, ast.FunctionDef)
    return source.splitlines(), definition


def sources(model: Model, rule: Rule, places: Mapping[tuple[str, str], Place]) -> dict[str, list[str]]:
    """What a rule reads, by where and when it is from; arguments are named as its arithmetic names them."""
    here = places.get((rule.entity, rule.name), (0, 0))
    found: dict[str, list[str]] = {}
    for argument, reading in model.reads(rule).items():
        found.setdefault(_origin(model, rule, reading, places, here), []).append(f"`{_named(rule, argument, reading)}`")
    return found


def _named(rule: Rule, argument: str, reading: Reading) -> str:
    match reading:
        case Draw(key, 0):
            return f"{argument} = draw({key:#010x})"
        case Draw(key, word):
            return f"{argument} = draw({key:#010x}, word {word + 1})"
        case Value() if "__" not in argument:
            return f"{argument} = {rule.mechanism}.{argument}"
    return argument


def _origin(model: Model, rule: Rule, reading: Reading, places: Mapping[tuple[str, str], Place], here: Place) -> str:
    match reading:
        case Month():
            return "the month"
        case Draw():
            return "luck"
        case Value(_, by_kind):
            return "parameter of its kind" if by_kind else "parameter"
        case Own(column) if rule.kind == "initial":
            if column in model.given.get(rule.entity, ()):
                return "own, given"
            first = any(column == other.name for other in model.initials[rule.entity])
            return "own first value" if first or column in model.entities[rule.entity].links else "own, still nought"
        case Own(column):
            written = places.get((rule.entity, column))
            return f"own, {_when(written, written is not None and written < here)}"
        case Linked(link, target, column):
            written = places.get((target, column))
            whose = f"of `{link}` ({target})" if link and link != target else f"of `{target}`"
            if rule.kind == "initial" and written is not None:
                return f"{whose}, as it stands when the row comes to be"
            return f"{whose}, {_when(written, written is not None and written[0] < here[0])}"
    raise AssertionError(reading)


def _when(written: Place | None, fresh: bool) -> str:
    if written is None:
        return "lasting"
    return f"this month's ({written[0] + 1})" if fresh else f"last month's ({written[0] + 1})"
