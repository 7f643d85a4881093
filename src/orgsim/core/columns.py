"""The state of a block of replications: for each entity a table of columns shaped (replication, row)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from orgsim.core.registry import Model

Array = NDArray[np.generic]
SPECIAL = ("present", "newborn", "id", "top")


@dataclass
class Table:
    """Rows of one entity. `present` tells which rows are taken, `id` their lasting ids, `newborn` who just came.

    `top`, shape (replications,), is a row number that no taken row reaches: loops need not look further.
    """

    present: NDArray[np.bool_]
    newborn: NDArray[np.bool_]
    id: NDArray[np.uint64]
    top: NDArray[np.int64]
    columns: dict[str, Array] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Array:
        if name in SPECIAL:
            return getattr(self, name)  # type: ignore[no-any-return]
        return self.columns[name]

    @property
    def rows(self) -> int:
        return int(self.present.shape[1])

    def find_top(self) -> None:
        """Set `top` to just above the last row that is taken."""
        taken = self.present.any(axis=1)
        self.top[:] = np.where(taken, self.rows - self.present[:, ::-1].argmax(axis=1), 0)


@dataclass
class World:
    """A block of replications of the whole state, at the end of `month`."""

    model: Model
    seed: int
    replications: NDArray[np.uint64]
    tables: dict[str, Table]
    month: int

    def __getitem__(self, entity: str) -> Table:
        return self.tables[entity]

    def column(self, entity: str, name: str) -> Array:
        """Column of all rows, shape (replications, rows); rows that are not `present` hold leftovers."""
        return self.tables[entity][name]

    def copy(self) -> World:
        """An independent copy, so that one burn-in can serve many policies."""
        tables = {
            name: Table(
                t.present.copy(),
                t.newborn.copy(),
                t.id.copy(),
                t.top.copy(),
                {c: a.copy() for c, a in t.columns.items()},
            )
            for name, t in self.tables.items()
        }
        return World(self.model, self.seed, self.replications, tables, self.month)

    @property
    def nbytes(self) -> int:
        return sum(
            t.present.nbytes + t.newborn.nbytes + t.id.nbytes + sum(a.nbytes for a in t.columns.values())
            for t in self.tables.values()
        )

    def grow(self, entity: str, rows: int) -> None:
        """Make room for at least `rows` rows; new rows are absent. Every array of the table is replaced."""
        table = self.tables[entity]
        if rows > table.rows:
            wider = empty_table(self.model, entity, len(self.replications), rows)
            for name in ("present", "newborn", "id", *table.columns):
                wider[name][:, : table.rows] = table[name]
            wider.top[:] = table.top
            self.tables[entity] = wider


def empty_table(model: Model, entity: str, replications: int, rows: int) -> Table:
    """A table of absent rows, all columns zero."""
    shape = (replications, rows)
    return Table(
        np.zeros(shape, np.bool_),
        np.zeros(shape, np.bool_),
        np.zeros(shape, np.uint64),
        np.zeros(replications, np.int64),
        {name: np.zeros(shape, column.dtype) for name, column in model.columns[entity].items()},
    )
