"""Looks at individuals while a world is stepped: what recorded sums cannot tell, seen month by month or year by year.

An observer only reads, so a run that is observed is the same to the last bit. It shows each replication to functions
as a `Span`: who was there when a month or year began, who is there when it ends, and the months between.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import Table, World
from orgsim.outcomes.recorder import Floats

Rows = Mapping[str, NDArray[Any]]
"""Columns of one entity and replication, one value a row; `present` and `id` among them."""


@dataclass(frozen=True)
class Span:
    """One replication over a month or a year.

    `before` and `after` map an entity to its rows as they stood at the end of the month before the span and at the end
    of its last month; a person or organization keeps its row. `flows[name]` is an organization's column at the end of
    each month of the span, shape (months, rows), `sector[name]` the same of the sector, shape (months,). Of who came
    and went within the span only those months tell.
    """

    before: Mapping[str, Rows]
    after: Mapping[str, Rows]
    flows: Mapping[str, NDArray[Any]]
    sector: Mapping[str, Floats]

    def stayed(self, entity: str) -> NDArray[np.bool_]:
        """Of the rows of `before`, those whose owner was there when the span began and still is."""
        before, after = self.before[entity], self.after[entity]
        count = len(before["id"])
        same: NDArray[np.bool_] = before["present"] & after["present"][:count] & (before["id"] == after["id"][:count])
        return same


@dataclass(frozen=True)
class Look:
    """A function of a span and what it needs to see; `months` is the length of its spans, 1 or 12.

    `function` returns the same number of values for every span. `staff`, `organizations`, `flows` and `sector` name
    the columns it reads.
    """

    function: Callable[[Span], Sequence[float] | Floats]
    months: int
    staff: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()


@dataclass
class _Block:
    """What has been seen of the replications that are stepped together."""

    replications: NDArray[np.uint64]
    before: dict[int, dict[str, dict[str, NDArray[Any]]]] = field(default_factory=dict)
    monthly: list[dict[str, NDArray[Any]]] = field(default_factory=list)
    sector: list[dict[str, NDArray[Any]]] = field(default_factory=list)
    seen: dict[Look, list[Floats]] = field(default_factory=dict)
    months: int = 0


class Observer:
    """Shows every span of a run to some looks; give it to `simulate(..., watch=observer)`."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self.looks = tuple(dict.fromkeys(looks))
        self._blocks: dict[int, _Block] = {}
        self._columns = {
            months: {
                "staff": _names(self.looks, months, "staff"),
                "organization": _names(self.looks, months, "organizations"),
            }
            for months in sorted({look.months for look in self.looks})
        }
        self._flows = tuple(dict.fromkeys(name for look in self.looks for name in look.flows))
        self._sector = tuple(dict.fromkeys(name for look in self.looks for name in look.sector))

    def __call__(self, world: World) -> None:
        """Look at a block's world at the end of a month; the first time is the month before the start."""
        key = int(world.replications[0])
        block = self._blocks.get(key)
        if block is None:
            self._blocks[key] = block = _Block(world.replications)
            for months in self._columns:
                block.before[months] = self._snapshot(world, months)
            return
        organizations = world["organization"]
        block.monthly = [*block.monthly[-11:], {name: organizations[name].copy() for name in self._flows}]
        block.sector = [*block.sector[-11:], {name: world["sector"][name][:, 0].copy() for name in self._sector}]
        block.months += 1
        for months in self._columns:
            if block.months % months == 0:
                after = self._snapshot(world, months)
                self._show(block, months, after)
                block.before[months] = after

    def seen(self, replications: NDArray[np.uint64]) -> dict[Look, Floats]:
        """What each look returned, shape (replications, spans, values); a look that saw no whole span has no spans."""
        place = {int(number): at for block in self._blocks.values() for at, number in enumerate(block.replications)}
        home = {int(number): block for block in self._blocks.values() for number in block.replications}
        found: dict[Look, Floats] = {}
        for look in self.looks:
            rows = [[span[place[int(n)]] for span in home[int(n)].seen.get(look, [])] for n in replications]
            found[look] = np.array(rows, np.float64)
        return found

    def _snapshot(self, world: World, months: int) -> dict[str, dict[str, NDArray[Any]]]:
        return {entity: _copied(world[entity], names) for entity, names in self._columns[months].items()}

    def _show(self, block: _Block, months: int, after: dict[str, dict[str, NDArray[Any]]]) -> None:
        rows = {name: max(month[name].shape[1] for month in block.monthly[-months:]) for name in self._flows}
        flows = {
            name: np.stack([_widened(month[name], rows[name]) for month in block.monthly[-months:]])
            for name in self._flows
        }
        for look in self.looks:
            if look.months != months:
                continue
            values = []
            for r in range(len(block.replications)):
                span = Span(
                    before=_of(block.before[months], r),
                    after=_of(after, r),
                    flows={name: flow[:, r] for name, flow in flows.items()},
                    sector={name: np.stack([m[name] for m in block.sector[-months:]])[:, r] for name in self._sector},
                )
                values.append(np.asarray(look.function(span), np.float64))
            block.seen.setdefault(look, []).append(np.array(values))


def _names(looks: Sequence[Look], months: int, entity: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for look in looks if look.months == months for name in getattr(look, entity)))


def _copied(table: Table, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    return {name: table[name].copy() for name in ("present", "id", *names)}


def _of(snapshot: Mapping[str, Rows], replication: int) -> dict[str, Rows]:
    return {entity: {name: column[replication] for name, column in rows.items()} for entity, rows in snapshot.items()}


def _widened(column: NDArray[Any], rows: int) -> NDArray[Any]:
    """The column with rows of nought added: those of organizations that were not there yet."""
    return np.pad(column, ((0, 0), (0, rows - column.shape[1]))) if column.shape[1] < rows else column
