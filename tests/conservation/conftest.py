"""A turbulent year in many small worlds at once, each with its levers at some extreme, kept month by month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from orgsim.core.columns import Table, World
from orgsim.engines.columns import ColumnsEngine
from orgsim.mechanisms import space
from orgsim.testing import put, tiny_world

PEOPLE = {"association": 6, "service": 6, "social_work": 6, "foundation": 1, "community": 8}
# Everything happens often: foundings, failures, clean-ups, revocations, layoffs.
TURBULENT = {
    "accounts.income_spread": 0.8,  # no giant among them, which would only cost memory
    "contracts.yearly_budget": 3e6,
    "subsidy.yearly_cap": 2e5,
    "donations.match_rate": 1.0,
    "donations.match_pot": 1e5,
    "entry_exit.founding_hazard": 0.03,
    "entry_exit.start_dormant": 0.3,
    "entry_exit.cleanup_rate": 0.6,
    "entry_exit.dissolution": 0.2,
    "entry_exit.insolvent_below": 0.0,
    "accounts.no_reserve_share": 0.6,
    "compliance.serious_start": 0.3,
    "supervision.revocation": 0.6,
    "supervision.inspection_rate": 0.3,
    "turnover.base_hazard": 0.03,
    "hiring.layoff_below": 2.0,
}
# Ends of money that is shared by all, for a district of a few dozen organizations instead of 1,570.
SCALED = {"contracts.yearly_budget": (0.0, 2e7), "subsidy.yearly_cap": (0.0, 1e7), "donations.match_pot": (0.0, 2e6)}
MONTHS = 12
TABLES = ("sector", "kind", "funder", "organization", "staff", "stratum")


@dataclass(frozen=True)
class Month:
    """A month's world before it, when it is recorded (the closing still have their rows) and after it.

    `parameters` has shape (replications, places); `labels` says what is extreme in each replication.
    """

    number: int
    before: dict[str, Table]
    recorded: dict[str, Table]
    after: dict[str, Table]
    parameters: NDArray[np.float64]
    labels: tuple[str, ...]

    def value(self, name: str) -> NDArray[np.float64]:
        """A parameter that does not differ by kind, shape (replications, 1)."""
        return self.parameters[:, space().place[name], None]

    def per(self, entity: str, link: str, values: NDArray[np.float64], of: str = "organization") -> NDArray[np.float64]:
        """Sums of `values` (of present rows of `of`) over the rows of `entity` they are linked to by `link`."""
        table = self.recorded[of]
        sums = np.zeros(self.recorded[entity].present.shape)
        for r in range(len(sums)):
            chosen = table.present[r]
            np.add.at(sums[r], table[link][r, chosen], values[r, chosen])
        return sums

    def where(self, wrong: NDArray[np.bool_]) -> list[str]:
        """The replications, by what is extreme in them, that have a wrong cell."""
        return [f"month {self.number}, {label}" for label, bad in zip(self.labels, wrong, strict=True) if bad.any()]


def extremes() -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Parameters, one row a world: each lever at either end, all levers at one end, and random corners."""
    base = space().defaults()
    put(base, TURBULENT)
    levers = {name: p.range for name, p in space().items() if p.role == "lever"} | SCALED
    chosen = [(f"{name} = {end}", {name: end}) for name, ends in levers.items() for end in ends]
    chosen += [
        (f"all levers {word}", {n: ends[at] for n, ends in levers.items()}) for at, word in ((0, "low"), (1, "high"))
    ]
    luck = np.random.default_rng(20260101)
    chosen += [(f"corner {k}", {n: ends[luck.integers(2)] for n, ends in levers.items()}) for k in range(10)]
    rows = np.tile(base, (len(chosen), 1))
    for row, (_, values) in zip(rows, chosen, strict=True):
        put(row, values)
    return rows, tuple(label for label, _ in chosen)


def kept(world: World) -> dict[str, Table]:
    copied = world.copy()
    return {name: copied[name] for name in TABLES}


@pytest.fixture(scope="session")
def year() -> list[Month]:
    """Twelve months of every world."""
    parameters, labels = extremes()
    tiny = tiny_world(PEOPLE, parameters=parameters, replications=len(labels))
    engine = tiny.engine
    assert isinstance(engine, ColumnsEngine)
    months = []
    after = kept(tiny.world)
    for _ in range(MONTHS):
        before = after
        tiny.world.month += 1
        recorded = before
        for number, phase in enumerate(tiny.world.model.schedule):
            if phase.name == "end":
                recorded = kept(tiny.world)
            engine.run(number)
        after = kept(tiny.world)
        months.append(Month(tiny.month, before, recorded, after, parameters, labels))
    return months
