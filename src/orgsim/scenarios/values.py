"""One value of one parameter, as written and as said: choices by word, kinds by name, numbers inside their range."""

from __future__ import annotations

from orgsim.core.parameters import KINDS, Parameter
from orgsim.errors import InputError, nearest
from orgsim.scenarios.nodes import Node, Row, Table, Word, quoted
from orgsim.scenarios.units import read_quantity, wanted

_YES_NO = {"true", "false", "yes", "no", "on", "off"}


def read_values(node: Node, parameter: Parameter) -> list[tuple[str | None, float, int]]:
    """What a file gives a parameter: kind (None unless it differs by kind), value in its unit, line.

    One value for a parameter that differs by kind holds for every kind; a mapping may name only some of them.
    """
    if isinstance(node, Table):
        return _by_kind(node, parameter)
    value = read_value(node, parameter)
    return [(kind, value, node.line) for kind in (KINDS if parameter.by_kind else (None,))]


def _by_kind(table: Table, parameter: Parameter) -> list[tuple[str | None, float, int]]:
    if not parameter.by_kind:
        raise table.error(f"{parameter.name} takes one value, not one for each kind of organization")
    if not table.entries:
        raise table.error(f"{parameter.name} names no kind; give one value, or one for some of {', '.join(KINDS)}")
    found: list[tuple[str | None, float, int]] = []
    for key, node in table.entries:
        if key.text not in KINDS:
            known = ", ".join(KINDS)
            raise key.error(f"{quoted(key.text)} is no kind of organization ({known}){nearest(key.text, KINDS)}")
        found.append((key.text, read_value(node, parameter), key.line))
    return found


def read_value(node: Node, parameter: Parameter) -> float:
    """One value in the parameter's unit; InputError with file and line if it is not one, or outside the range."""
    if not isinstance(node, Word):
        what = "a list" if isinstance(node, Row) else "a mapping"
        raise node.error(f"{parameter.name} takes {_takes(parameter)}, not {what}")
    if node.empty:
        raise node.error(f"{parameter.name} has no value; it takes {_takes(parameter)}")
    return _choice(node, parameter) if parameter.choices else _number(node, parameter)


def _number(word: Word, parameter: Parameter) -> float:
    if word.text.lower() in _YES_NO:
        raise word.error(f"{parameter.name} takes {_takes(parameter)}, not {quoted(word.text)}")
    try:
        value = read_quantity(word.text, parameter.unit)
    except InputError as error:
        raise word.error(f"{parameter.name}: {error.problem}") from None
    low, high = parameter.range
    if not low <= value <= high:
        shown = number_text(value)
        meant = "" if word.text.strip().startswith(shown) else f" means {shown} and"
        raise word.error(f"{parameter.name}: {quoted(word.text)}{meant} is outside its range, {range_text(parameter)}")
    return value


def _choice(word: Word, parameter: Parameter) -> float:
    text = word.text.strip()
    choices = parameter.choices
    if set(choices) == {"off", "on"} and text.lower() in ("true", "false"):
        return float(choices.index("on" if text.lower() == "true" else "off"))
    if text in choices:
        return float(choices.index(text))
    if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(choices):
        return float(int(text))
    raise word.error(f"{parameter.name} takes {_takes(parameter)}, not {quoted(text)}{nearest(text, choices)}")


def _takes(parameter: Parameter) -> str:
    if parameter.choices:
        return f"one of {', '.join(parameter.choices)}"
    return f"{wanted(parameter.unit)} from {_span(parameter)}"


def _span(parameter: Parameter) -> str:
    return f"{number_text(parameter.range[0])} to {number_text(parameter.range[1])}"


def range_text(parameter: Parameter) -> str:
    """The legal values as people read them: '6 to 36 months', or the choices."""
    if parameter.choices:
        return ", ".join(parameter.choices)
    counted = parameter.unit in ("months", "years")
    return f"{_span(parameter)} {parameter.unit}" if counted else f"{_span(parameter)} ({parameter.unit})"


def number_text(value: float) -> str:
    """A number as a scenario file would hold it: no thousands separators, no trailing zeros."""
    return f"{value + 0.0:.12g}"


def value_text(parameter: Parameter, value: float) -> str:
    """A value as people read it: the choice's word, or the number without its unit."""
    if parameter.choices:
        return parameter.choices[round(value)]
    return number_text(value)


def read_whole(node: Node, what: str, low: int, high: int) -> int:
    """A whole number such as 18, from `low` to `high`; `what` names it in complaints."""
    return _whole(node, what, "count", f"a whole number from {low} to {high}", low, high)


def read_duration(node: Node, what: str, low: int, high: int) -> int:
    """Whole months, written as 24, '24 months' or '2 years', from `low` to `high`; `what` names them in complaints."""
    return _whole(node, what, "months", f"whole months from {low} to {high}", low, high)


def _whole(node: Node, what: str, unit: str, asked: str, low: int, high: int) -> int:
    if not isinstance(node, Word) or node.empty:
        raise node.error(f"{what} takes {asked}")
    try:
        value = read_quantity(node.text, unit)
    except InputError:
        value = float("inf")
    if not low <= value <= high or value != int(value):
        raise node.error(f"{what} takes {asked}, not {quoted(node.text)}")
    return int(value)
