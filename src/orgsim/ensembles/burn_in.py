"""The world as policies find it: burnt in once, found again by content."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled
from orgsim.core.hashing import content_hash
from orgsim.core.registry import Model
from orgsim.engines.columns import ColumnsEngine
from orgsim.engines.start import first_world, held_world
from orgsim.scenarios import ParameterTable, Population


class Worlds:
    """Burnt-in worlds, the latest used kept up to `limit` bytes; safe to use from several threads."""

    def __init__(self, limit: int = 1 << 30) -> None:
        self.limit = limit
        self._kept: OrderedDict[str, World] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def limited(self, limit: int) -> Iterator[None]:
        """Keep at most so many bytes meanwhile: nought where no world will be asked for twice."""
        before, self.limit = self.limit, limit
        try:
            yield
        finally:
            self.limit = before

    def get(
        self,
        model: Model,
        compiled: Compiled,
        table: ParameterTable,
        population: Population,
        seed: int,
        replications: NDArray[np.uint64],
    ) -> World:
        """A world at the end of month -1 that the caller may step; the same key gives the same bits."""
        key = world_key(table, population, seed, replications)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None:
            found = burn_in(model, compiled, table, population, seed, replications)
            with self._lock:
                self._kept[key] = found
                while sum(world.nbytes for world in self._kept.values()) > self.limit and self._kept:
                    self._kept.popitem(last=False)
        return found.copy()


def world_key(table: ParameterTable, population: Population, seed: int, replications: NDArray[np.uint64]) -> str:
    """Content hash of all that determines the world at the end of the burn-in."""
    return content_hash(
        {
            "values": table.burn_in_fingerprint(),
            **population.content(),
            "seed": seed,
            "replications": [int(r) for r in replications],
        }
    )


def burn_in(
    model: Model,
    compiled: Compiled,
    table: ParameterTable,
    population: Population,
    seed: int,
    replications: NDArray[np.uint64],
) -> World:
    """Make the first world and step it to the end of month -1 under today's levers, held to its register if any."""
    before = -table.burn_in - 1
    first = table.at(-table.burn_in)
    funders, organizations = population.funders, population.organizations
    if population.register is not None:
        held = held_world(
            model, compiled, funders, organizations, population.register, seed, replications, first, before
        )
        for month in range(-table.burn_in, 0):
            held.month(table.at(month))
        held.end()
        held.world.close_ranks()
        return held.world
    world = first_world(model, compiled, funders, organizations, seed, replications, first, before)
    engine = ColumnsEngine(world, compiled)
    for month in range(-table.burn_in, 0):
        engine.parameters[:] = table.at(month)
        engine.step()
    world.close_ranks()
    return world


WORLDS = Worlds()
"""Shared by everything in this process."""
