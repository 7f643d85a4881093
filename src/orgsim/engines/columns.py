"""The fast engine: a month is one compiled function over all replications of a block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import Array, World
from orgsim.core.compile import Compiled, Function
from orgsim.core.declare import Birth
from orgsim.core.draws import MONTH_ZERO
from orgsim.core.registry import Model


class ColumnsEngine:
    """Steps one world. `parameters` is (replications, places) and may be changed between steps."""

    def __init__(self, world: World, compiled: Compiled) -> None:
        self.world = world
        self.model: Model = world.model
        self.compiled = compiled
        self.parameters: NDArray[np.float64] = np.zeros((len(world.replications), self.model.space.size))
        self._at = np.zeros(len(world.replications), np.int64)
        self._find_tops()

    def step(self, before: Callable[[int], None] | None = None) -> None:
        """One month. `before` is called with the number of each phase in which rows are born, before it begins."""
        self.world.month += 1
        self._at[:] = 0
        for stretch, number in enumerate(self.compiled.cuts):
            if before and stretch:
                self._go_on(stretch)
                before(number)
        self._go_on(len(self.compiled.cuts))

    def _go_on(self, last: int) -> None:
        """All stretches of the month up to `last`, with rows made where they are wanting."""
        while not self._call(self.compiled.month, self._at, last):
            for stretch in set(self._at.tolist()) - {last}:
                event = self.model.schedule[self.compiled.cuts[stretch]].birth
                if event:
                    make_room(self.world, event)

    def run(self, number: int) -> None:
        """Phase `number` of the world's month."""
        self._find_tops()
        event = self.model.schedule[number].birth
        if event:
            make_room(self.world, event)
        self._call(self.compiled.phase(number))
        if event:
            self.begin(event.entity)

    def change_rows(self, number: int) -> None:
        """Only the births or deaths of phase `number`, leaving newborn rows without their first values."""
        self._find_tops()
        self._call(self.compiled.phase(number))

    def begin(self, entity: str, part: Literal["", "roots", "rest"] = "") -> None:
        """Give the newborn rows of `entity` their first values, or one part of them, at the world's month."""
        self.world[entity].find_top()
        function = self.compiled.begin(entity, part)
        if function:
            self._call(function)

    def _call(self, function: Function, *first: Array | int) -> Any:
        world = self.world
        moment = np.uint64(world.month + MONTH_ZERO)
        given = (world.month, moment, np.uint64(world.seed), world.replications, self.parameters)
        return function(*first, *given, *world.arrays())

    def _find_tops(self) -> None:
        for table in self.world.tables.values():
            table.find_top()


def make_room(world: World, event: Birth) -> bool:
    """Grow the table in which rows will be born if some replication has too few free rows; True if it grew."""
    parent, child = world[event.parent], world[event.entity]
    coming = np.where(parent.present, parent[event.count], 0.0).sum(axis=1)
    taken = [np.count_nonzero(present) for present in child.present]
    needed = int((coming + taken).max())
    if needed <= child.rows:
        return False
    world.grow(event.entity, needed + max(16, needed // 4))
    return True
