"""Brings the first world to life: initial values, first staff, first sums."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled
from orgsim.core.registry import Model
from orgsim.engines.columns import ColumnsEngine, make_room
from orgsim.population import blank_world, mark_sizes


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
    engine = ColumnsEngine(world, compiled)
    engine.parameters[:] = parameters
    for entity in ("sector", "kind", "funder"):
        engine.begin(entity)
    engine.run(_phase(model, "watch"))  # organizations begin with a true idea of how likely they are found out
    engine.begin("organization")
    mark_sizes(world)
    _first_staff(engine)
    engine.run(_phase(model, "team"))
    for table in world.tables.values():
        table.newborn[:] = False
    return world


def _first_staff(engine: ColumnsEngine) -> None:
    """Every post that money carries is filled: the birth of the hiring phase, told who was there from the start."""
    number = _phase(engine.model, "hire")
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


def _phase(model: Model, name: str) -> int:
    return next(number for number, phase in enumerate(model.schedule) if phase.name == name)
