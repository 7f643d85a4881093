"""What reports ask of a recording, at a hundredth of its size: outcomes of every group, curves, lengths of spells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Self

import numpy as np

from orgsim.outcomes.catalogue import BY_NAME, outcome_keys, outcome_matrix
from orgsim.outcomes.recorder import Floats, Recording, first, join
from orgsim.outcomes.reducers import cohort_survival, staff_retention
from orgsim.outcomes.strata import strata
from orgsim.outcomes.survival import spell_survival

MONTHLY: Mapping[str, Callable[[Recording], Floats]] = MappingProxyType(
    {
        "registered": lambda recording: cohort_survival(recording, strata()["all"]),
        "working": lambda recording: cohort_survival(recording, strata()["all"], active=True),
        "in_post": lambda recording: staff_retention(recording, strata(people=True)["all"]),
    }
)
"""Curves that come from sums by month, each shaped (replications, months + 1)."""
SPELLS: Mapping[str, Callable[[Recording], Floats]] = MappingProxyType(
    {
        "hired": lambda recording: spell_survival(recording, "staff"),
        "founded": lambda recording: spell_survival(recording, "entrants"),
    }
)
"""Curves that come from lengths of spells."""


@dataclass(frozen=True)
class Reduced:
    """Outcomes and curves of some replications, and their recording without its sums by month.

    `values` has the rows of `outcome_keys`, shape (rows, replications); `curves` are those of `MONTHLY`.
    """

    recording: Recording
    values: Floats
    curves: Mapping[str, Floats]

    @classmethod
    def of(cls, recording: Recording) -> Self:
        """Reduce a recording; a replication's numbers are the same alone and in company."""
        curves = {name: draw(recording) for name, draw in MONTHLY.items()}
        return cls(recording.without_months(), outcome_matrix(recording), curves)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Several as one, in the order given; laid out as if made at once, so that means are the same to the bit."""
        return cls(
            join([part.recording for part in parts]),
            np.ascontiguousarray(np.concatenate([part.values for part in parts], axis=1)),
            {name: np.ascontiguousarray(np.concatenate([part.curves[name] for part in parts])) for name in MONTHLY},
        )

    def first(self, number: int) -> Self:
        """The first replications, without copying them."""
        curves = {name: curve[:number] for name, curve in self.curves.items()}
        return type(self)(first(self.recording, number), self.values[:, :number], curves)

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.recording.nbytes + self.values.nbytes + sum(curve.nbytes for curve in self.curves.values())

    def outcome(self, name: str, stratum: str = "all") -> Floats:
        """One value a replication, NaN where it cannot be told."""
        values: Floats = self.values[_rows()[name, stratum]]
        return values


@cache
def _rows() -> Mapping[tuple[str, str], int]:
    keys = outcome_keys()
    return {pair: row for row, pair in enumerate(zip(keys["outcome"], keys["stratum"], strict=True))}


def measured(recording: Recording, name: str, stratum: str = "all") -> Floats:
    """One outcome of a recording, shape (replications,), NaN where it cannot be told."""
    found = BY_NAME[name]
    values = found.measure(recording, strata(found.people)[stratum])
    return np.broadcast_to(values, (len(recording.replications),))
