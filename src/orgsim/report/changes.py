"""What one scenario changes in another, in rows that people read: for `orgsim diff` and for the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from orgsim.core.parameters import KINDS, Parameter, ParameterSpace
from orgsim.report.amounts import amount
from orgsim.report.bibliography import READINGS
from orgsim.report.texts import say
from orgsim.scenarios import Change
from orgsim.scenarios.values import number_text

EVERY = "*"
"""The kind of a change that is the same for all kinds."""


def folded(changes: Iterable[Change]) -> Iterator[Change]:
    """Five kinds that change alike become one change."""
    alike: dict[Change, list[Change]] = {}
    for change in changes:
        alike.setdefault(replace(change, kind=None), []).append(change)
    for shared, members in alike.items():
        yield from [replace(shared, kind=EVERY)] if len(members) == len(KINDS) else members


def change_title(change: Change, space: ParameterSpace, language: str) -> str:
    """What is changed: a parameter by its title, the frame of a scenario by its word."""
    if change.parameter in space:
        return space[change.parameter].title(language)
    return say(f"frame.{change.parameter}", language)


def over_text(months: int, language: str) -> str:
    """The words that follow a value which a ramp leads to; nothing for a jump."""
    return "" if months == 0 else say("change.over", language, months=months)


def basis(parameter: Parameter, language: str) -> str:
    """Grade of a value and how it was come by: 'C, assumed'."""
    source = parameter.source
    return f"{source.grade}，{READINGS[source.reading]}" if language == "zh" else f"{source.grade}, {source.reading}"


def change_row(change: Change, space: ParameterSpace, language: str) -> tuple[str, ...]:
    """Title, value before, value after, from when on, and what the value departed from rests on."""
    title = change_title(change, space, language)
    if change.kind:
        kind = say("change.all" if change.kind == EVERY else f"stratum.kind={change.kind}", language)
        title = say("change.of", language, title=title, kind=kind)
    named = change.when in ("always", "burn-in")
    return (
        title,
        _value(change, change.before, space, language) + over_text(change.over_before, language),
        _value(change, change.after, space, language) + over_text(change.over_after, language),
        say(f"change.{change.when}", language) if named else change.when,
        basis(space[change.parameter], language) if change.parameter in space else "",
    )


def _value(change: Change, value: float | str, space: ParameterSpace, language: str) -> str:
    if isinstance(value, str):  # a date, or a register's file, whose folder is nobody's business
        return say("change.none", language) if value == "none" else PurePath(value).name
    if change.parameter in space:
        return amount(space[change.parameter], value, language)
    number = number_text(value)
    return say("change.months", language, months=number) if change.unit == "months" else number
