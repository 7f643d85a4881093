"""The fast engine: each phase is a compiled loop over all replications and rows of a block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled
from orgsim.core.declare import Birth
from orgsim.core.draws import MONTH_ZERO
from orgsim.core.printing import Kernel
from orgsim.core.registry import Model

Call = tuple[Callable[..., None], tuple[Any, ...]]


class ColumnsEngine:
    """Steps one world. `parameters` is (replications, places) and may be changed between steps."""

    def __init__(self, world: World, compiled: Compiled) -> None:
        self.world = world
        self.model: Model = world.model
        self.compiled = compiled
        self.parameters: NDArray[np.float64] = np.zeros((len(world.replications), self.model.space.size))
        self.bind()

    def bind(self) -> None:
        """Look every array up once; arrays stay the same until a table grows."""
        self._phases = [[self._call(kernel) for kernel in kernels] for kernels in self.compiled.phases]
        self._initials = {
            entity: [self._call(kernel) for kernel in kernels] for entity, kernels in self.compiled.initials.items()
        }

    def _call(self, kernel: Kernel) -> Call:
        arrays = tuple(self.world[entity][column] for entity, column in kernel.arrays)
        return self.compiled.functions[kernel.name], arrays

    def _find_tops(self) -> None:
        for table in self.world.tables.values():
            table.find_top()

    def _head(self, month: int) -> tuple[Any, ...]:
        world = self.world
        return month, np.uint64(month + MONTH_ZERO), np.uint64(world.seed), world.replications, self.parameters

    def begin(self, entity: str) -> None:
        """Give the newborn rows of `entity` their first values, at the world's month."""
        self.world[entity].find_top()
        head = self._head(self.world.month)
        for function, arrays in self._initials.get(entity, ()):
            function(*head, *arrays)

    def step(self) -> None:
        """One month."""
        self.world.month += 1
        self._find_tops()
        head = self._head(self.world.month)
        for number in range(len(self.model.schedule)):
            self._run(number, head)

    def run(self, number: int) -> None:
        """Phase `number` of the world's month."""
        self._find_tops()
        self._run(number, self._head(self.world.month))

    def _run(self, number: int, head: tuple[Any, ...]) -> None:
        event = self.model.schedule[number].birth
        if event and make_room(self.world, event):
            self.bind()
        for function, arrays in self._phases[number]:
            function(*head, *arrays)
        if event:
            self.begin(event.entity)

    def change_rows(self, number: int) -> None:
        """Only the births or deaths of phase `number`, leaving newborn rows without their first values."""
        self._find_tops()
        for function, arrays in self._phases[number]:
            function(*self._head(self.world.month), *arrays)


def make_room(world: World, event: Birth) -> bool:
    """Grow the table in which rows will be born if some replication has too few free rows; True if it grew."""
    parent, child = world[event.parent], world[event.entity]
    coming = np.where(parent.present, parent[event.count], 0.0).sum(axis=1)
    taken = child.present.sum(axis=1)
    needed = int((coming + taken).max())
    if needed <= child.rows:
        return False
    world.grow(event.entity, needed + max(16, needed // 8))
    return True
