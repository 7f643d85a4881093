"""Two sources of doubt told apart: chance within a parameter set, and the parameters between sets.

A one-way random-effects model: the value in replication r of set s is μ + a_s + e_sr. By the law of total variance what
is doubtful about the mean over all luck is the variance of a (whose set holds here is not known) plus that of the
estimated μ. Moments are those of the analysis of variance; a negative variance between sets is nought (Searle, Casella
and McCulloch 1992, chapter 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from orgsim.outcomes.recorder import Floats

LEVEL = 0.95
Sets = NDArray[np.int64]
"""Which parameter set each replication belongs to, shape (replications,)."""


@dataclass(frozen=True)
class Doubt:
    """A mean and how sure it is; arrays of the shape of the values without their last axis.

    `variance` is that of the mean's total doubt, the sum of `chance` (luck in an average over the replications there
    are) and `parameters`; `freedom` are Student's degrees. NaN where it cannot be told.
    """

    mean: Floats
    chance: Floats
    parameters: Floats
    freedom: Floats

    @property
    def variance(self) -> Floats:
        return self.chance + self.parameters

    @property
    def reach(self) -> Floats:
        """Half the width of the 95 % interval."""
        found: Floats = np.sqrt(self.variance) * stdtrit(np.maximum(self.freedom, 1.0), 0.5 + LEVEL / 2.0)
        return found

    @property
    def parameter_share(self) -> Floats:
        """Share of the variance that comes from parameters; NaN where nothing is in doubt."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.where(self.variance > 0.0, self.parameters / self.variance, np.nan)
        return found


def doubt(values: Floats, sets: Sets | None = None) -> Doubt:
    """Mean over the last axis and its doubt, NaN left out; without `sets` all replications share one set.

    With one set the interval is the usual one of a mean over replications. With several each set counts the same.
    """
    if sets is None:
        mean, variance, count = _moments(values)
        chance = np.where(count > 1, variance / np.maximum(count, 1), np.nan)
        return Doubt(mean, chance, np.zeros_like(chance), count - 1.0)
    groups = [_moments(values[..., sets == one]) for one in np.unique(sets)]
    means, variances, counts = (np.stack(part, axis=-1) for part in zip(*groups, strict=True))
    mean, between, known = _moments(means)
    free = np.maximum(counts - 1.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.where(free > 0.0, free * variances, 0.0).sum(axis=-1) / free.sum(axis=-1)
        share = np.where(counts > 0, 1.0 / counts, 0.0).sum(axis=-1) / known  # what luck is left in a set's mean
        parameters = np.maximum(between - within * share, 0.0) * (1.0 + 1.0 / known)
        chance = within * share / known
    told = (known > 1) & (free.sum(axis=-1) > 0)
    return Doubt(mean, np.where(told, chance, np.nan), np.where(told, parameters, np.nan), known - 1.0)


def _moments(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean, variance and number of what is known along the last axis."""
    known = np.isfinite(values)
    count = known.sum(axis=-1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=-1) / count
        squares = np.where(known, (values - mean[..., None]) ** 2, 0.0).sum(axis=-1)
        return mean, np.where(count > 1, squares / (count - 1.0), np.nan), count
