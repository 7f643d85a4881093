"""From a scenario to a table of values by month: after this no one asks about files, dates or ramps again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from orgsim.core.hashing import content_hash
from orgsim.core.parameters import KINDS, ParameterSpace
from orgsim.errors import InputError
from orgsim.scenarios.document import LONGEST
from orgsim.scenarios.load import default_space
from orgsim.scenarios.scenario import Origin, Scenario, Setting, Step, label
from orgsim.scenarios.values import number_text, range_text


@dataclass(frozen=True)
class Since:
    """From month `month` on (−burn_in for all along) a value is, or ramps over `over` months to, `value`."""

    month: int
    value: float
    over: int
    origin: Origin


@dataclass(frozen=True, eq=False)
class ParameterTable:
    """The value of every parameter in every month, and what set it.

    `values` has shape (burn_in + months, space.size), float64, read-only: row `burn_in + t` is month t, columns
    are the places of `space`. `origins` maps a label (`label(parameter, kind)`) to what set it, in order of month;
    the first entry is always there.
    """

    space: ParameterSpace
    burn_in: int
    months: int
    values: NDArray[np.float64]
    origins: Mapping[str, tuple[Since, ...]]

    def at(self, month: int) -> NDArray[np.float64]:
        """Values of one month, shape (space.size,); IndexError outside −burn_in … months − 1."""
        if not -self.burn_in <= month < self.months:
            raise IndexError(f"month {month} is outside {-self.burn_in} to {self.months - 1}")
        row: NDArray[np.float64] = self.values[self.burn_in + month]
        return row

    def since(self, parameter: str, kind: str | None = None, month: int = 0) -> Since:
        """What set the value in force in a month; KeyError if the parameter, or its kind, is unknown."""
        return [s for s in self.history(parameter, kind) if s.month <= max(month, -self.burn_in)][-1]

    def history(self, parameter: str, kind: str | None = None) -> tuple[Since, ...]:
        """All that sets a value, in order of month; the first entry holds from the start of the burn-in."""
        return self.origins[label(parameter, kind)]

    def burn_in_fingerprint(self) -> str:
        """Content hash of the burn-in: tables that share it may share the state at month 0 (same population given)."""
        return content_hash({"names": list(self.origins), "burn_in": self.values[: self.burn_in]})

    def fingerprint(self) -> str:
        """Content hash of all values, names and lengths; population is the scenario's to add."""
        return content_hash({"names": list(self.origins), "burn_in": self.burn_in, "values": self.values})


def resolve(scenario: Scenario, space: ParameterSpace | None = None, months: int | None = None) -> ParameterTable:
    """The table of a scenario; `months` shortens or lengthens its horizon (1 to 600).

    Raises InputError for a name the catalogue does not have, or a horizon outside its limits.
    """
    space = default_space() if space is None else space
    months = scenario.months if months is None else months
    if not 1 <= months <= LONGEST:
        raise InputError(f"a run takes 1 to {LONGEST} months, not {months}")
    first = -scenario.burn_in
    values = np.tile(space.defaults(), (scenario.burn_in + months, 1))
    origins = {
        label(name, kind): [Since(first, float(values[0, place_of(space, name, kind)]), 0, _default_origin(name))]
        for name in space
        for kind in (KINDS if space[name].by_kind else (None,))
    }

    def put(setting: Setting, month: int) -> None:
        _check(space, setting)
        column = place_of(space, setting.parameter, setting.kind)
        values[scenario.burn_in + month :, column] = setting.value
        history = origins[label(setting.parameter, setting.kind)]
        if history[-1].origin != setting.origin:
            history.append(Since(month, setting.value, 0, setting.origin))

    for setting in (*scenario.assumptions, *scenario.today):
        put(setting, first)
    for setting in scenario.levers:
        put(setting, 0)
    for step in scenario.schedule:
        _check(space, step)
        if step.month < months:
            column = place_of(space, step.parameter, step.kind)
            _take(values[scenario.burn_in :, column], step)
            origins[label(step.parameter, step.kind)].append(Since(step.month, step.value, step.over, step.origin))
    values.setflags(write=False)
    return ParameterTable(space, scenario.burn_in, months, values, {k: _latest(v) for k, v in origins.items()})


def place_of(space: ParameterSpace, parameter: str, kind: str | None) -> int:
    """The place of one value in a row of the table; InputError for an unknown parameter or kind."""
    found = space.named(parameter)
    if not found.by_kind and kind is not None:
        raise InputError(f"'{parameter}' does not differ by kind of organization")
    if found.by_kind and kind not in KINDS:
        raise InputError(f"'{parameter}' differs by kind of organization; name one of {', '.join(KINDS)}")
    return space.place[parameter] + (KINDS.index(kind) if kind is not None else 0)


def _check(space: ParameterSpace, item: Setting | Step) -> None:
    """Files have been checked when they were read; a scenario made in code meets the same limits here."""
    parameter = space.named(item.parameter)
    low, high = parameter.range
    if not low <= item.value <= high:
        raise InputError(
            f"{item.parameter}: {number_text(item.value)} is outside its range, {range_text(parameter)}",
            file=item.origin.file,
            line=item.origin.line or None,
        )


def _take(path: NDArray[np.float64], step: Step) -> None:
    """Let a step change the path of one value, in place, shape (months,); later months keep what it reaches."""
    before = path[step.month]
    path[step.month :] = step.value
    for k in range(step.over - 1):  # the last month of a ramp is its end value itself, free of rounding
        if step.month + k < len(path):
            path[step.month + k] = before + (step.value - before) * (k + 1) / step.over


def _latest(history: list[Since]) -> tuple[Since, ...]:
    """Of two that speak for the same month, the later one; a ramp does not hide the value it leaves from."""
    return tuple(
        since
        for since, after in zip(history, [*history[1:], None], strict=True)
        if after is None or after.month != since.month or after.over > 0
    )


def _default_origin(name: str) -> Origin:
    mechanism, _, key = name.partition(".")
    return Origin(f"mechanisms/{mechanism}/parameters.yaml", _default_lines(mechanism).get(key, 0))


@cache
def _default_lines(mechanism: str) -> Mapping[str, int]:
    """The line of each parameter in its mechanism's file; empty for a mechanism that has none here."""
    file = Path(__file__).resolve().parents[1] / "mechanisms" / mechanism / "parameters.yaml"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    return {line.split(":", 1)[0]: number for number, line in enumerate(lines, 1) if line[:1].isalpha()}
