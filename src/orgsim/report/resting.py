"""What a scenario rests on: its values by grade and reading, what it moves, and the publications behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orgsim.core.parameters import KINDS, Parameter
from orgsim.report.bibliography import OWN, Entry, entries
from orgsim.scenarios import ParameterTable, Scenario, Since, label, resolve
from orgsim.scenarios.resolve import place_of

Count = Counter[tuple[str, str]]
"""Number of parameters by (reading, grade)."""


@dataclass(frozen=True)
class Move:
    """A value that the scenario's files set to something else than it stood at: `before` until `since`."""

    parameter: Parameter
    kind: str | None
    before: float
    since: Since

    @property
    def name(self) -> str:
        return label(self.parameter.name, self.kind)


@dataclass(frozen=True)
class Use:
    """A publication, or own judgement (`entry` None), and the parameters that rest on it, moved ones first."""

    key: str
    entry: Entry | None
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Resting:
    """What a scenario rests on. A moved value is the scenario's own; grades are those of the values it departs from."""

    scenario: Scenario
    table: ParameterTable
    moves: tuple[Move, ...]
    uses: tuple[Use, ...]

    @property
    def moved(self) -> frozenset[str]:
        """Names of the parameters that are moved at some time."""
        return frozenset(move.parameter.name for move in self.moves)

    def counts(self, *, moved: bool) -> Count:
        """How many of the moved parameters, or of those left as they are, rest on what."""
        return counted(p for name, p in self.table.space.items() if (name in self.moved) is moved)


def resting(scenario: Scenario) -> Resting:
    """What every value of a run of the scenario rests on; publications with moved values come first."""
    table = resolve(scenario)
    moves = tuple(_moves(scenario, table))
    moved = {move.parameter.name for move in moves}
    by_key: dict[str, list[Parameter]] = {}
    for parameter in sorted(table.space.values(), key=lambda each: each.name not in moved):
        by_key.setdefault(parameter.source.cite, []).append(parameter)
    known = entries()
    uses = [Use(key, None if key == OWN else known[key], tuple(some)) for key, some in by_key.items()]
    uses.sort(key=lambda use: (use.key == OWN, use.parameters[0].name not in moved, use.key))
    return Resting(scenario, table, moves, tuple(uses))


def counted(parameters: Iterable[Parameter]) -> Count:
    """Parameters by reading and grade."""
    return Counter((p.source.reading, p.source.grade) for p in parameters)


def _moves(scenario: Scenario, table: ParameterTable) -> Iterator[Move]:
    default = table.space.defaults()
    for name, parameter in table.space.items():
        for kind in KINDS if parameter.by_kind else (None,):
            before = float(default[place_of(table.space, name, kind)])
            for since in table.history(name, kind):
                if since.value != before and since.origin.file in scenario.files:
                    yield Move(parameter, kind, before, since)
                before = since.value
