"""One month of one replication, phase by phase: what every column was before and after each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import Array, World
from orgsim.core.declare import Phase
from orgsim.core.registry import Model
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles.burn_in import WORLDS
from orgsim.ensembles.run import Report, compiling, ready
from orgsim.errors import InputError
from orgsim.scenarios import Scenario, resolve

FILMS = 8
"""Months kept; a month of the default district takes some 20 MB, and a fifth of a second to film again."""
ROW = ("present", "newborn", "id")


@dataclass(frozen=True)
class Film:
    """A month: all columns as it began, and each column again after a phase that wrote it.

    Arrays are those of one replication, shape (rows,); rows may become more during the month.
    """

    month: int
    parameters: NDArray[np.float64]
    start: Mapping[tuple[str, str], Array]
    takes: Mapping[tuple[str, str], tuple[tuple[int, Array], ...]]

    def before(self, entity: str, column: str, phase: int) -> Array:
        """The column as it stood when phase number `phase` began."""
        for number, array in self.writings(entity, column, phase):
            if number < phase:
                return array
        return self.start[entity, column]

    def writings(self, entity: str, column: str, phase: int) -> Iterator[tuple[int, Array]]:
        """Phases before `phase` that wrote the column and what it was then, the latest first."""
        return ((n, array) for n, array in reversed(self.takes.get((entity, column), ())) if n < phase)


class History:
    """One replication of a scenario, any month of which can be looked at phase by phase."""

    def __init__(self, scenario: Scenario, seed: int, replication: int, report: Report | None = None) -> None:
        for what, number in (("seed", seed), ("replication", replication)):
            if not 0 <= number < 2**32:
                raise InputError(f"the {what} is a whole number from 0 to {2**32 - 1}, not {number}")
        self.scenario, self.seed, self.replication = scenario, seed, replication
        self.table = resolve(scenario)
        self.model, self._compiled = ready(report)
        self._compiled.every_phase(compiling(report))
        self._films: OrderedDict[int, Film] = OrderedDict()
        self._there: list[dict[str, NDArray[np.uint64]]] = []
        """Ids present at the end of each month, from month -1 on."""

    def film(self, month: int) -> Film:
        """The month, from 0 to the scenario's last."""
        if month not in self._films:
            self._films[month] = self._shoot(month)
            if len(self._films) > FILMS:
                self._films.popitem(last=False)
        self._films.move_to_end(month)
        return self._films[month]

    def months_of(self, entity: str, identity: int, until: int) -> list[int]:
        """Months at whose end, -1 to `until`, the row of this id was there."""
        if len(self._there) < until + 2:
            self._engine_at_end_of(until)
        return [n - 1 for n, there in enumerate(self._there[: until + 2]) if (there[entity] == identity).any()]

    def came(self, entity: str, identity: int, month: int) -> int:
        """The month in which a row that was there in `month` came to be; -1 if before month 0."""
        seen = self.months_of(entity, identity, month)
        return seen[0] if seen else month

    def _engine_at_end_of(self, month: int) -> ColumnsEngine:
        population, block = self.scenario.population, np.array([self.replication], np.uint64)
        world = WORLDS.get(self.model, self._compiled, self.table, population, self.seed, block)
        engine = ColumnsEngine(world, self._compiled)
        self._count(world)
        for number in range(month + 1):
            engine.parameters[:] = self.table.at(number)
            engine.step()
            self._count(world)
        return engine

    def _count(self, world: World) -> None:
        if len(self._there) == world.month + 1:
            self._there.append({name: table.id[0][table.present[0]] for name, table in world.tables.items()})

    def _shoot(self, month: int) -> Film:
        engine = self._engine_at_end_of(month - 1)
        world = engine.world
        start = {(entity, name): world[entity][name][0].copy() for entity, name in _everything(self.model)}
        takes: dict[tuple[str, str], list[tuple[int, Array]]] = {}
        engine.parameters[:] = self.table.at(month)
        world.month = month
        for number, phase in enumerate(self.model.schedule):
            engine.run(number)
            for entity, name in _written(self.model, phase):
                takes.setdefault((entity, name), []).append((number, world[entity][name][0].copy()))
        return Film(month, engine.parameters[0].copy(), start, {key: tuple(some) for key, some in takes.items()})


def _everything(model: Model) -> Iterator[tuple[str, str]]:
    for entity, columns in model.columns.items():
        yield from ((entity, name) for name in (*ROW, *columns))


def _written(model: Model, phase: Phase) -> Iterator[tuple[str, str]]:
    """Every column that a phase may change."""
    for entity, names in phase.rules.items():
        yield from ((entity, name) for name in names)
    yield from phase.totals
    if phase.allocate:
        for target in model.allocations[phase.allocate].writes:
            entity, _, name = target.partition("__")
            yield entity, name
    if phase.birth:
        yield from ((phase.birth.entity, name) for name in (*ROW, *model.columns[phase.birth.entity]))
    if phase.death:
        yield phase.death.entity, "present"
