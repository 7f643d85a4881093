"""The state of a block of replications: for each entity a table of columns shaped (replication, row)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.core.registry import Model

Array = NDArray[Any]
SPECIAL = ("present", "newborn", "id", "top")


def packing(types: Mapping[str, type[np.generic]]) -> dict[type[np.generic], list[str]]:
    """Names of the columns that lie in one array, in order, for each type; `types` leaves out the special ones."""
    every: dict[str, type[np.generic]] = {"present": np.bool_, "newborn": np.bool_, "id": np.uint64, **types}
    return {kind: [name for name, its in every.items() if its is kind] for kind in dict.fromkeys(every.values())}


class Table:
    """Rows of one entity. `present` tells which rows are taken, `id` their lasting ids, `newborn` who just came.

    `top`, shape (replications,), is a row number that no taken row reaches: loops need not look further.
    Columns of one type lie one after the other in one array, shape (columns, replications, rows), whatever their
    names: a table is copied in a few strokes, and the columns a rule reads do not fall onto each other in the cache.
    """

    def __init__(self, types: Mapping[str, type[np.generic]], replications: int, rows: int) -> None:
        """Absent rows only, all columns zero."""
        self.types = dict(types)
        places = packing(types)
        self.packed = {kind: np.zeros((len(names), replications, rows), kind) for kind, names in places.items()}
        self.columns = {name: self.packed[kind][n] for kind, names in places.items() for n, name in enumerate(names)}
        self.present: NDArray[np.bool_] = self.columns.pop("present")
        self.newborn: NDArray[np.bool_] = self.columns.pop("newborn")
        self.id: NDArray[np.uint64] = self.columns.pop("id")
        self.top: NDArray[np.int64] = np.zeros(replications, np.int64)

    def __getitem__(self, name: str) -> Array:
        column: Array = vars(self)[name] if name in SPECIAL else self.columns[name]
        return column

    def arrays(self) -> tuple[Array, ...]:
        """The packed arrays, a type at a time, and the tops."""
        return (*self.packed.values(), self.top)

    @property
    def rows(self) -> int:
        return int(self.present.shape[1])

    @property
    def nbytes(self) -> int:
        return sum(packed.nbytes for packed in self.packed.values())

    def wider(self, rows: int) -> Table:
        """A copy with `rows` rows, at least as many as now; those to come are absent.

        Rows above the last that is taken are not touched: a system gives memory only where something is written.
        """
        self.find_top()
        reach = int(self.top.max(initial=0))
        copied = Table(self.types, len(self.top), rows)
        for kind, packed in self.packed.items():
            copied.packed[kind][:, :, :reach] = packed[:, :, :reach]
        copied.top[:] = self.top
        return copied

    def close_ranks(self, gaps: float = 0.0) -> None:
        """Move the taken rows of each replication together, in the order they have; nothing may point at rows.

        Left alone where not more than a share of `gaps` of the rows below the top is free.
        """
        self.find_top()
        for replication, (present, top) in enumerate(zip(self.present, self.top, strict=True)):
            taken = np.flatnonzero(present[:top])
            if len(taken) >= (1.0 - gaps) * top:
                continue
            for packed in self.packed.values():
                packed[:, replication, : len(taken)] = packed[:, replication, taken]
            present[len(taken) :] = False
        self.find_top()

    def find_top(self) -> None:
        """Set `top` to just above the last row that is taken; needed after `present` was changed by hand."""
        for replication, taken in enumerate(self.present):
            self.top[replication] = taken.tobytes().rfind(b"\1") + 1


@dataclass
class World:
    """A block of replications of the whole state, at the end of `month`."""

    model: Model
    seed: int
    replications: NDArray[np.uint64]
    tables: dict[str, Table]
    month: int
    _packed_of: list[Table] = field(default_factory=list, repr=False)
    _packed: tuple[Array, ...] = field(default=(), repr=False)

    def __getitem__(self, entity: str) -> Table:
        return self.tables[entity]

    def column(self, entity: str, name: str) -> Array:
        """Column of all rows, shape (replications, rows); rows that are not `present` hold leftovers."""
        return self.tables[entity][name]

    def copy(self) -> World:
        """An independent copy, so that one burn-in can serve many policies."""
        tables = {name: table.wider(table.rows) for name, table in self.tables.items()}
        return World(self.model, self.seed, self.replications, tables, self.month)

    def arrays(self) -> tuple[Array, ...]:
        """All packed arrays and the tops, in the order compiled functions take them; new ones after a table grew."""
        tables = [self.tables[name] for name in self.model.entities]
        if tables != self._packed_of:
            self._packed_of, self._packed = tables, tuple(array for table in tables for array in table.arrays())
        return self._packed

    @property
    def nbytes(self) -> int:
        return sum(table.nbytes for table in self.tables.values())

    def close_ranks(self, gaps: float = 0.0) -> None:
        """Close the gaps that leavers left, in tables at whose rows nothing points: loops end at the last taken row.

        Left alone where not more than a share of `gaps` of the rows is free.
        """
        linked = {target for entity in self.model.entities.values() for target in entity.links.values()}
        for name, table in self.tables.items():
            if name not in linked:
                table.close_ranks(gaps)

    def grow(self, entity: str, rows: int) -> None:
        """Make room for at least `rows` rows; new rows are absent. Every array of the table is replaced."""
        table = self.tables[entity]
        if rows > table.rows:
            self.tables[entity] = table.wider(rows)


def empty_table(model: Model, entity: str, replications: int, rows: int) -> Table:
    """A table of absent rows, all columns zero."""
    types = {name: column.dtype for name, column in model.columns[entity].items()}
    return Table(types, replications, rows)
