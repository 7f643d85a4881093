"""Runs columns and agents side by side and stops at the first cell in which they differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled
from orgsim.engines.agents import AgentsEngine
from orgsim.engines.columns import ColumnsEngine


class EnginesDisagree(AssertionError):
    """The two engines differ; the message names mechanism, column, phase, month and entity."""


class BothEngines:
    """Steps a world of one replication with both engines, phase by phase; `world` is the columns engine's."""

    def __init__(self, world: World, compiled: Compiled) -> None:
        self.columns = ColumnsEngine(world, compiled)
        self.agents = AgentsEngine(world.copy(), compiled)
        self.world = world

    @property
    def parameters(self) -> NDArray[np.float64]:
        return self.columns.parameters

    def step(self) -> None:
        """One month, compared after every phase; raises `EnginesDisagree`."""
        self.agents.parameters[:] = self.columns.parameters
        self.columns.world.month += 1
        self.agents.world.month += 1
        for number, phase in enumerate(self.world.model.schedule):
            self.columns.run(number)
            self.agents.run(number)
            difference = first_difference(self.columns.world, self.agents.world)
            if difference:
                raise EnginesDisagree(f"phase {phase.name}, month {self.world.month}: {difference}")


def first_difference(a: World, b: World) -> str:
    """Where two worlds of the same shape differ first, bit for bit, or `''`; rows that are absent do not count."""
    for entity, table in a.tables.items():
        other = b.tables[entity]
        if not np.array_equal(table.present, other.present):
            return f"{entity}: other rows are present"
        for name, column in {"id": table.id, **table.columns}.items():
            left, right = column[table.present], other[name][table.present]
            same = left.view(np.int64) == right.view(np.int64) if left.dtype == np.float64 else left == right
            if not same.all():
                at = int(np.flatnonzero(~same)[0])
                known = a.model.columns[entity].get(name)
                owner = known.owner if known else "core"
                return (
                    f"{owner}: {entity}.{name} of id {table.id[table.present][at]}: {left[at]!r} against {right[at]!r}"
                )
    return ""
