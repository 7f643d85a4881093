"""Brings the first world to life: initial values, first staff, first sums."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled
from orgsim.core.registry import Model
from orgsim.engines.columns import ColumnsEngine, make_room
from orgsim.engines.held import Held
from orgsim.population import blank_world, mark_sizes
from orgsim.register import Register


def first_world(
    model: Model,
    compiled: Compiled,
    funders: int,
    organizations: Mapping[str, int],
    seed: int,
    replications: NDArray[np.uint64],
    parameters: NDArray[np.float64],
    month: int,
) -> World:
    """The world at the end of `month`, before the first step.

    `parameters` are the values in force, shape (places,) or (replications, places).
    """
    world = blank_world(model, funders, organizations, seed, replications, month)
    engine = _surroundings(world, compiled, parameters)
    engine.begin("organization")
    mark_sizes(world)
    _first_staff(engine)
    _open_books(engine)
    return world


def held_world(
    model: Model,
    compiled: Compiled,
    funders: int,
    organizations: Mapping[str, int],
    register: Register,
    seed: int,
    replications: NDArray[np.uint64],
    parameters: NDArray[np.float64],
    month: int,
) -> Held:
    """Like `first_world`, with what a register knows of the organizations as it is known, and the rest drawn to match.

    The register's organizations are among those that `organizations` counts.
    """
    world = blank_world(model, funders, organizations, seed, replications, month, register)
    engine = _surroundings(world, compiled, parameters)
    held = Held(engine, register, organizations)
    held.begin()
    _open_books(engine)
    return held


def _surroundings(world: World, compiled: Compiled, parameters: NDArray[np.float64]) -> ColumnsEngine:
    engine = ColumnsEngine(world, compiled)
    engine.parameters[:] = parameters
    for entity in ("sector", "kind", "funder"):
        engine.begin(entity)
    engine.run(world.model.number("watch"))  # organizations begin with a true idea of how likely they are found out
    return engine


def _open_books(engine: ColumnsEngine) -> None:
    engine.run(engine.model.number("team"))
    for table in engine.world.tables.values():
        table.newborn[:] = False


def _first_staff(engine: ColumnsEngine) -> None:
    """Every post that money carries is filled: the birth of the hiring phase, told who was there from the start."""
    number = engine.model.number("hire")
    event = engine.model.schedule[number].birth
    assert event is not None
    organizations, staff = engine.world["organization"], event.entity
    organizations.columns["hires"][:] = organizations["posts"]
    make_room(engine.world, event)
    engine.change_rows(number)
    table = engine.world[staff]
    table.columns["from_the_start"][table.newborn] = True
    engine.begin(staff)
    organizations.columns["hires"][:] = 0.0
