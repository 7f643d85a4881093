"""What can be told from nothing: intervals and tests that tell an effect from chance.

Replications differ by luck, and all points share it. What a factor does in one replication is therefore a paired
difference; if it did nothing, these would be as likely to have the other sign.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgsim.outcomes.recorder import Floats

ALPHA = 0.05
FLIPS = 1999
"""Random assignments of signs."""
FEWEST = 6
"""Independent runs below which no assignment of signs is rare enough: 2 of 2⁶ give p = 0.03."""
MATTERS, UNCLEAR, NONE, ONE_LUCK = "matters", "unclear", "none", "one_luck"
"""Told from nothing; not told; exactly nothing in every run; too few replications to tell from luck."""


def flipped(gaps: Floats, sets: NDArray[np.int64] | None, power: int, rng: np.random.Generator) -> float:
    """p of the mean over pairs of |mean over runs|^power, by flipping signs of whole runs (Fisher 1935, chapter 21).

    `gaps` has shape (pairs, runs): what changing one factor did. Runs of one parameter set flip together. 1 where
    nothing ever changed, NaN with fewer than six independent runs.
    """
    if not gaps.any():
        return 1.0
    groups = gaps if sets is None else np.stack([gaps[:, sets == one].mean(axis=1) for one in np.unique(sets)], axis=1)
    if groups.shape[1] < FEWEST:
        return float("nan")
    signs = rng.choice((-1.0, 1.0), size=(groups.shape[1], FLIPS))
    observed = (np.abs(groups.sum(axis=1)) ** power).mean()
    chance = (np.abs(groups @ signs) ** power).mean(axis=0)
    return float((1 + (chance >= observed * (1.0 - 1e-9)).sum()) / (1 + FLIPS))


def by_test(gaps: Floats, p: float) -> str:
    """The verdict of `flipped`."""
    if not gaps.any():
        return NONE
    return ONE_LUCK if np.isnan(p) else MATTERS if p < ALPHA else UNCLEAR


def by_interval(value: float, low: float, high: float) -> str:
    """The verdict of an interval: does it hold nought?"""
    if np.isnan(low + high):
        return ONE_LUCK
    if value == low == high == 0.0:
        return NONE
    return MATTERS if low > 0.0 or high < 0.0 else UNCLEAR
