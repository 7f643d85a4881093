"""The first month's world: how many rows of each entity there are, and what only the population can know."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World, empty_table
from orgsim.core.parameters import KINDS
from orgsim.core.registry import Model
from orgsim.register import Register

ROOM = 1.15
"""Rows kept per organization or person at the start, so that tables seldom grow."""


def blank_world(
    model: Model,
    funders: int,
    organizations: Mapping[str, int],
    seed: int,
    replications: NDArray[np.uint64],
    month: int,
    register: Register | None = None,
) -> World:
    """A world of present rows without values, except what is given: kinds, the bureau, the number of funders.

    Ids of the first organizations are their kind and number, so that more organizations of one kind rename none of
    another; those of a `register`, which are among `organizations` and come first in their kind, have the register's.
    `month` is the month before the first step.
    """
    count = len(replications)
    total = sum(organizations.values())
    tables = {}
    for name, entity in model.entities.items():
        rows = entity.rows or {
            "funder": funders,
            "organization": int(total * ROOM) + 16,
            "staff": 16,
        }.get(name, 1)
        table = empty_table(model, name, count, rows)
        if name not in ("organization", "staff"):
            table.present[:] = True
            table.newborn[:] = True
            table.id[:] = np.arange(1, rows + 1, dtype=np.uint64)
        tables[name] = table
    world = World(model, seed, replications, tables, month)
    tables["sector"].columns["funders"][:] = float(funders)
    tables["funder"].columns["is_bureau"][:, 0] = True
    _place_organizations(world, organizations, register)
    return world


def register_rows(register: Register, organizations: Mapping[str, int]) -> NDArray[np.int64]:
    """Rows of the world in which a register's organizations are placed, in the register's order."""
    counts = np.array([organizations.get(kind, 0) for kind in KINDS])
    first = np.cumsum(counts) - counts
    ordinal = np.arange(len(register)) - np.searchsorted(register.kinds, register.kinds)
    rows: NDArray[np.int64] = first[register.kinds] + ordinal
    return rows


def _place_organizations(world: World, organizations: Mapping[str, int], register: Register | None) -> None:
    table = world["organization"]
    at = 0
    for code, kind in enumerate(KINDS):
        rows = slice(at, at + organizations.get(kind, 0))
        number = np.arange(1, rows.stop - rows.start + 1, dtype=np.uint64)
        table.present[:, rows] = True
        table.newborn[:, rows] = True
        table.id[:, rows] = (np.uint64(code + 1) << np.uint64(32)) | number
        table.columns["kind"][:, rows] = code
        table.columns["from_the_start"][:, rows] = True
        at = rows.stop
    if register is not None:
        table.id[:, register_rows(register, organizations)] = register.ids


def mark_sizes(world: World) -> None:
    """Bounds of the size thirds among the first registered organizations, for each replication."""
    table = world["organization"]
    for r in range(len(world.replications)):
        chosen = table.present[r] & table["registered"][r]
        scales = np.sort(table["scale"][r, chosen if chosen.any() else table.present[r]])
        if scales.size:
            world["sector"].columns["small_below"][r] = scales[scales.size // 3]
            world["sector"].columns["large_from"][r] = scales[2 * scales.size // 3]
