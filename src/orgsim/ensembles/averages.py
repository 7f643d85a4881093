"""What every column is on average, under each luck: seen month by month while a scenario is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import SPECIAL, World, packing
from orgsim.ensembles.run import run_table
from orgsim.outcomes.recorder import Recording, join
from orgsim.scenarios import Scenario, resolve

ENTITIES = ("sector", "kind", "funder", "organization", "staff")
"""Entities that are looked at; the others only count."""
YEARLY = 12
"""Months between two looks at how far rows lie apart."""
Floats = NDArray[np.float64]
Column = tuple[str, str]
"""Entity and name."""


@dataclass(frozen=True)
class Averages:
    """Means over the rows there at a month's end, averaged over the months 0 to the last.

    `means[entity, column]` has shape (replications,); `spread` is the standard deviation over rows, months and
    replications, by which a difference can be called large or small. `recording` is what the runs recorded.
    """

    means: Mapping[Column, Floats]
    spread: Mapping[Column, float]
    recording: Recording


def averages(scenario: Scenario, replications: Sequence[int], *, seed: int = 1, months: int | None = None) -> Averages:
    """Run a scenario and average every column; the runs are those of `simulate` with these numbers."""
    eye = _Eye()
    table = resolve(scenario, months=months)
    recording = run_table(table, scenario.population, replications=list(replications), seed=seed, watch=eye)
    return eye.averages(replications, recording)


def joined(parts: Sequence[Averages]) -> Averages:
    """Averages of several groups of replications as one, in the order given."""
    first = parts[0]
    return Averages(
        {key: np.concatenate([part.means[key] for part in parts]) for key in first.means},
        {key: float(np.sqrt(np.mean([part.spread[key] ** 2 for part in parts]))) for key in first.spread},
        join([part.recording for part in parts]),
    )


@dataclass
class _Eye:
    """Called with the world month by month, from several threads; each replication has its own list of months."""

    seen: dict[int, list[Floats]] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)

    def __call__(self, world: World) -> None:
        if world.month < 0:
            return
        self.columns = [
            (entity, name) for entity in ENTITIES for names in _packed(world, entity).values() for name in names
        ]
        for place, replication in enumerate(world.replications):
            month = np.concatenate([_moments(world, entity, place) for entity in ENTITIES])
            self.seen.setdefault(int(replication), []).append(month)

    def averages(self, replications: Sequence[int], recording: Recording) -> Averages:
        """What was seen of these; a column is left out in months in which its entity has no row."""
        moments = np.array([self.seen[number] for number in replications])  # (replications, months, columns, 2)
        known = np.isfinite(moments).sum(axis=1)
        first, second = (np.nansum(moments, axis=1) / np.maximum(known, 1)).transpose(2, 1, 0)
        spread = np.sqrt(np.maximum(second.mean(axis=1) - first.mean(axis=1) ** 2, 0.0))
        return Averages(
            {column: values for column, values in zip(self.columns, first, strict=True) if _told(column)},
            {column: float(value) for column, value in zip(self.columns, spread, strict=True) if _told(column)},
            recording,
        )


def _packed(world: World, entity: str) -> dict[type[np.generic], list[str]]:
    """Names of an entity's columns in the order in which they lie, by type; ids are no amounts."""
    return {kind: names for kind, names in packing(world[entity].types).items() if kind is not np.uint64}


def _told(column: Column) -> bool:
    """Whether a column is one of the model's, not of those that keep the rows."""
    return column[1] not in SPECIAL


def _moments(world: World, entity: str, place: int) -> Floats:
    """Mean and mean square of every column over the rows that are there, shape (columns, 2); NaN if there is none.

    Squares are taken once a year. Whole stretches of rows are multiplied by who is there, which is ten times as quick
    as taking them out; where a row that is not there holds no finite number, they are taken out after all.
    """
    table, parts = world[entity], []
    there = table.present[place]
    number, squared = int(there.sum()), world.month % YEARLY == 0
    for kind, names in _packed(world, entity).items():
        found = np.full((len(names), 2), np.nan)
        if number:
            values = table.packed[kind][:, place]
            weights = there.astype(np.float32 if kind is np.bool_ else np.float64)
            sums = values.astype(weights.dtype) @ weights
            if not np.isfinite(sums).all():
                values, weights = values[:, there].astype(np.float64), np.ones(number)
                sums = values @ weights
            found[:, 0] = sums / number
            if squared:
                found[:, 1] = values.astype(np.float64) ** 2 @ weights / number
        parts.append(found)
    return np.concatenate(parts)
