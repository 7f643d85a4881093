"""What differs between two scenarios: for people who review files, and for the sentence "only this was changed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgsim.core.parameters import KINDS, ParameterSpace
from orgsim.scenarios.resolve import ParameterTable, resolve
from orgsim.scenarios.scenario import Scenario, label


@dataclass(frozen=True)
class Change:
    """One thing that differs: `before` in the first scenario, `after` in the second, in `unit`, from `when` on.

    `when` is 'always' (burn-in included), 'burn-in', or the date 'YYYY-MM' from which the two stand apart, or agree
    again (then `before` equals `after`); `over_before` and `over_after` are the months of a ramp that begins there,
    0 for a jump. What is no parameter has its key as name: 'start', 'months', 'burn_in', 'population.funders',
    'population.register', 'population.organizations' (with its kind).
    """

    parameter: str
    kind: str | None
    before: float | str
    after: float | str
    unit: str
    when: str
    over_before: int = 0
    over_after: int = 0


def difference(a: Scenario, b: Scenario, space: ParameterSpace | None = None) -> list[Change]:
    """All that differs in what two scenarios assume, in the order of the catalogue; titles and files do not count.

    A lever spelt out at its default equals a lever not named. Dates are those of `b`.
    """
    return [*_frame(a, b), *_parameters(a, b, space)]


def _frame(a: Scenario, b: Scenario) -> Iterator[Change]:
    if a.start != b.start:
        yield Change("start", None, a.start, b.start, "month", "always")
    for name, before, after, unit in (
        ("months", a.months, b.months, "months"),
        ("burn_in", a.burn_in, b.burn_in, "months"),
        ("population.funders", a.population.funders, b.population.funders, "count"),
    ):
        if before != after:
            yield Change(name, None, before, after, unit, "always")
    mine, yours = (one.population.register for one in (a, b))
    if (mine and mine.fingerprint) != (yours and yours.fingerprint):
        none = "none"
        before_file, after_file = (one.file if one else none for one in (mine, yours))
        yield Change("population.register", None, before_file, after_file, "file", "always")
    for kind in KINDS:
        before, after = a.population.organizations[kind], b.population.organizations[kind]
        if before != after:
            yield Change("population.organizations", kind, before, after, "count", "always")


def _parameters(a: Scenario, b: Scenario, space: ParameterSpace | None) -> Iterator[Change]:
    months = max(a.months, b.months)
    first, second = resolve(a, space, months), resolve(b, space, months)
    for name, parameter in first.space.items():
        for kind in KINDS if parameter.by_kind else (None,):
            key = label(name, kind)
            rows = _rows(_path(first, key), _path(second, key))
            for turn, mine, yours in rows:
                yield Change(
                    name,
                    kind,
                    mine.value,
                    yours.value,
                    parameter.unit,
                    _when(turn, b, alone=len(rows) == 1),
                    mine.over,
                    yours.over,
                )


@dataclass(frozen=True)
class _Stand:
    """Where a value stands from a turn on: its (end) value, and the months of the ramp if one begins there."""

    value: float
    over: int = 0


_BURN_IN, _START = -1.0, -0.5
"""Turns before month 0: the burn-in, and what is set at the start, from which a ramp in month 0 may leave."""


def _path(table: ParameterTable, key: str) -> dict[float, _Stand]:
    """The turns a value takes, in order; the first is the burn-in."""
    path: dict[float, _Stand] = {}
    for index, since in enumerate(table.origins[key]):
        turn = float(since.month) if since.month > 0 or since.over else _START
        path[_BURN_IN if index == 0 else turn] = _Stand(since.value, since.over)
    return path


def _rows(mine: dict[float, _Stand], yours: dict[float, _Stand]) -> list[tuple[float, _Stand, _Stand]]:
    """The turns at which two paths come to stand apart, differently apart, or together again."""
    rows: list[tuple[float, _Stand, _Stand]] = []
    one, other = mine[_BURN_IN], yours[_BURN_IN]
    apart: tuple[float, float] | None = None  # where the two have stood since the last row, if not together
    for turn in sorted(mine | yours):
        one, other = mine.get(turn, _Stand(one.value)), yours.get(turn, _Stand(other.value))
        now = None if one.value == other.value else (one.value, other.value)
        if now != apart or one.over != other.over:
            rows.append((turn, one, other))
        apart = now
    return rows


def _when(turn: float, scenario: Scenario, *, alone: bool) -> str:
    if turn == _BURN_IN:
        return "always" if alone else "burn-in"
    return scenario.date(max(0, int(turn)))
