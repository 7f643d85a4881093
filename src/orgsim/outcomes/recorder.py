"""Keeps the month's sums over strata while a world is stepped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from orgsim.mechanisms.records.mechanism import CASH_BINS, INCOME_BINS, LONGEST, STRATA

if TYPE_CHECKING:
    from orgsim.core.columns import World

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Recording:
    """Sums of a block of replications.

    `measures[name]` has shape (replications, months + 1, strata): entry 0 is the month before the start, so a stock
    at the start is entry 0 and a flow of month t is entry t + 1. `cash` and `income` count organizations by bin at
    the start and each later year's end, shape (replications, years + 1, strata, bins). `spells` count by length:
    people's spells that ended or are open, entrants that closed or are open, shape (replications, lengths).
    """

    replications: NDArray[np.uint64]
    months: int
    measures: dict[str, Floats]
    cash: Floats
    income: Floats
    spells: dict[str, Floats]

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        many = (*self.measures.values(), self.cash, self.income, *self.spells.values())
        return sum(array.nbytes for array in many)

    def flow(self, name: str, strata: NDArray[np.bool_]) -> Floats:
        """Monthly values over chosen strata, months 0 to the end, shape (replications, months).

        `strata` says which ones, shape (strata,); of several groups at once, shape (groups, strata), the result has
        the groups first: (groups, replications, months).
        """
        return total_over(self.measures[name][:, 1:], strata)

    def stock(self, name: str, strata: NDArray[np.bool_]) -> Floats:
        """Like `flow`, with the month before the start first, shape (replications, months + 1)."""
        return total_over(self.measures[name], strata)

    def bins(self, name: Literal["cash", "income"], strata: NDArray[np.bool_]) -> Floats:
        """Organizations by bin over chosen strata, shape (replications, years + 1, bins), groups first as in `flow`.

        Laid out in one piece: floats made of it are added in the same order, however many replications there are.
        """
        counts = {"cash": self.cash, "income": self.income}[name]
        return np.ascontiguousarray(total_over(np.swapaxes(counts, -1, -2), strata))

    def without_months(self) -> Recording:
        """Only which replications it has and their spells, a hundredth of the size."""
        nothing = np.zeros((len(self.replications), 0, 0, 0))
        return replace(self, measures={}, cash=nothing, income=nothing)


def total_over(values: Floats, strata: NDArray[np.bool_]) -> Floats:
    """Sums over chosen strata, which are the last axis of `values`; several groups become the first axis.

    What is recorded lies on a grid on which sums are exact (decision 0003), so their order does not matter.
    """
    summed: Floats = values @ strata.T.astype(np.float64)
    return summed if strata.ndim == 1 else np.moveaxis(summed, -1, 0)


class Recorder:
    """Fills a `Recording`; call `keep` once before the first month and once after each."""

    def __init__(self, world: World, months: int) -> None:
        self.world = world
        self.months = months
        count = len(world.replications)
        self.names = list(world.model.columns["stratum"])
        self.sums = np.zeros((months + 1, len(self.names), count, STRATA))
        years = months // 12 + 1
        self.cash = np.zeros((years, count, STRATA * CASH_BINS))
        self.income = np.zeros((years, count, STRATA * INCOME_BINS))
        self.ended = np.zeros((count, LONGEST))
        self.closed = np.zeros((count, LONGEST))
        self.at = 0
        # Tables of a fixed number of rows never grow, so that their columns stay where they are.
        self._strata = world["stratum"].packed[np.float64]  # every one of its columns is a sum
        self._holders, self._earners = world["cash_bin"]["holders"], world["income_bin"]["earners"]
        spells, ages = world["spell_bin"], world["age_bin"]
        self._lengths = (
            (self.ended, spells["spells_ended"]),
            (self.ended, spells["spells_cut"]),
            (self.closed, ages["entrants_closed"]),
        )

    def keep(self) -> None:
        """Take down the world's current month."""
        self.sums[self.at] = self._strata
        if self.at % 12 == 0:
            self.cash[self.at // 12] = self._holders
            self.income[self.at // 12] = self._earners
        if self.at > 0:
            for lengths, counts in self._lengths:
                np.add(lengths, counts, out=lengths)
        self.at += 1

    def recording(self) -> Recording:
        """What was kept."""
        count = len(self.world.replications)
        return Recording(
            replications=self.world.replications,
            months=self.months,
            measures={name: self.sums[:, n].transpose(1, 0, 2) for n, name in enumerate(self.names)},
            cash=self.cash.transpose(1, 0, 2).reshape(count, -1, STRATA, CASH_BINS),
            income=self.income.transpose(1, 0, 2).reshape(count, -1, STRATA, INCOME_BINS),
            spells={
                "staff_ended": self.ended,
                "staff_open": np.asarray(self.world["spell_bin"]["spells_open"], np.float64).copy(),
                "entrants_closed": self.closed,
                "entrants_open": np.asarray(self.world["age_bin"]["entrants_open"], np.float64).copy(),
            },
        )


def join(parts: Sequence[Recording]) -> Recording:
    """Recordings of several blocks as one, in the order given."""
    first = parts[0]
    return Recording(
        replications=np.concatenate([p.replications for p in parts]),
        months=first.months,
        measures={name: np.concatenate([p.measures[name] for p in parts]) for name in first.measures},
        cash=np.concatenate([p.cash for p in parts]),
        income=np.concatenate([p.income for p in parts]),
        spells={name: np.concatenate([p.spells[name] for p in parts]) for name in first.spells},
    )


def first(recording: Recording, number: int) -> Recording:
    """The first replications of a recording, without copying them."""
    return Recording(
        replications=recording.replications[:number],
        months=recording.months,
        measures={name: values[:number] for name, values in recording.measures.items()},
        cash=recording.cash[:number],
        income=recording.income[:number],
        spells={name: values[:number] for name, values in recording.spells.items()},
    )
