"""The organizations of a world beside what a register knows of them: how the two are read and written."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import Array
from orgsim.core.draws import draw_key, one_uniform
from orgsim.core.parameters import KINDS
from orgsim.engines.columns import ColumnsEngine
from orgsim.population import register_rows
from orgsim.register import KNOWN, Register

Floats = NDArray[np.float64]


class Known:
    """The organizations of `engine`'s world and, in `known`, what is known of them, NaN where nothing is.

    Arrays have shape (replications, organizations): what is drawn to match differs from one replication to the next.
    """

    def __init__(self, engine: ColumnsEngine, register: Register, organizations: Mapping[str, int]) -> None:
        self.engine = engine
        self.world = engine.world
        self.count = sum(organizations.values())
        self.shape = (len(self.world.replications), self.count)
        rows = register_rows(register, organizations)
        self.known: dict[str, Floats] = {name: np.full(self.shape, np.nan) for name in KNOWN}
        for name, values in register.columns.items():
            self.known[name][:, rows] = values
        self._drawn: dict[str, Floats] = {}

    def column(self, name: str) -> Array:
        """The organizations' part of a column, to read and to write."""
        column: Array = self.world["organization"].columns[name][:, : self.count]
        return column

    def value(self, name: str) -> Floats:
        """A parameter for each organization."""
        space = self.engine.model.space
        place = space.place[name]
        if not space[name].by_kind:
            return np.broadcast_to(self.engine.parameters[:, place, None], self.shape)
        return np.take_along_axis(self.engine.parameters[:, place : place + len(KINDS)], self.column("kind"), axis=1)

    def put(self, column: str, values: Floats | float, where: NDArray[np.bool_]) -> None:
        """Write values to a column of some organizations."""
        target = self.column(column)
        target[where] = np.broadcast_to(values, self.shape)[where]

    def put_known(self, column: str, name: str | None = None) -> None:
        """Write to a column what is known as `name`, by default its own, where it is known."""
        values = self.known[name or column]
        self.put(column, values, ~np.isnan(values))

    def age(self) -> Floats:
        """Ages at the end of the world's month; who is founded later is nought years old and already there."""
        ages: Floats = np.maximum(0.0, self.known["age"] + (self.world.month + 1))
        return ages

    def per_scale(self) -> Floats:
        """Usual yearly income for each unit of scale, at this month's prices."""
        ratio: Floats = self.column("maturity") * self.world["sector"]["price_index"]
        return ratio

    def uniform(self, what: str) -> Floats:
        """An own draw of each organization, the same in every month of the burn-in."""
        if what not in self._drawn:
            key, seed = draw_key(f"register.{what}"), self.world.seed
            ids = self.world["organization"].id[:, : self.count]
            rows = zip(self.world.replications, ids, strict=True)
            drawn = [[one_uniform(seed, int(r), key, -1, int(i)) for i in row] for r, row in rows]
            self._drawn[what] = np.array(drawn).reshape(self.shape)
        return self._drawn[what]

    def staff_count(self, which: NDArray[np.bool_]) -> Floats:
        """Number of each organization's people among `which` rows of staff."""
        employer = self.world["staff"]["employer"]
        counted = [
            np.bincount(row[chosen], minlength=self.count)[: self.count]
            for row, chosen in zip(employer, which, strict=True)
        ]
        return np.array(counted, np.float64)
