"""Small statistics the measures share; all leave out what cannot be told."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from orgsim.outcomes.recorder import Floats


def divided(top: Floats, bottom: Floats) -> Floats:
    """`top` over `bottom`, NaN where `bottom` is 0."""
    top, bottom = np.broadcast_arrays(np.asarray(top, np.float64), np.asarray(bottom, np.float64))
    quotient: Floats = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom != 0.0)
    return quotient


def moments(x: NDArray[np.generic], y: NDArray[np.generic]) -> Floats:
    """Count and sums n, x, y, xx, yy, xy, from which `correlation` follows; they add up over groups."""
    a, b = np.asarray(x, np.float64), np.asarray(y, np.float64)
    return np.array([len(a), a.sum(), b.sum(), (a * a).sum(), (b * b).sum(), (a * b).sum()])


def correlation(sums: Floats) -> Floats:
    """Pearson's r from `moments` along the last axis."""
    n, x, y, xx, yy, xy = np.moveaxis(np.asarray(sums, np.float64), -1, 0)
    spread = np.sqrt(np.maximum(n * xx - x * x, 0.0) * np.maximum(n * yy - y * y, 0.0))
    return divided(n * xy - x * y, spread)


def ratio_of_rates(counts: Floats) -> float:
    """Events over those at risk in one group, over the same in another; `counts`: events, at risk, events, at risk."""
    return float(divided(divided(counts[0], counts[1]), divided(counts[2], counts[3])))


def jackknife(sums: Floats, statistic: Callable[[Floats], float]) -> Floats:
    """Pseudo-values of a statistic of sums over replications, shape (replications,).

    `sums` has shape (replications, …); `statistic` takes their mean over replications. The pseudo-values' mean is the
    statistic with its bias of order 1/n removed, and their spread gives its interval (Tukey 1958), where a ratio taken
    in each replication alone would be too noisy. With one replication, the statistic itself.
    """
    count = len(sums)
    whole = statistic(sums.mean(axis=0))
    if count < 2:
        return np.array([whole])
    without = np.array([statistic((sums.sum(axis=0) - one) / (count - 1)) for one in sums])
    return np.asarray(count * whole - (count - 1) * without)


def half_life(path: Floats) -> float:
    """Months from the peak of a path, one value a month, to where it has first fallen to half of it; NaN if never.

    Between months the path is taken as straight.
    """
    peak = int(np.argmax(path))
    after = path[peak:] / path[peak]
    below = np.flatnonzero(after <= 0.5)
    if not below.size or path[peak] <= 0.0:
        return float("nan")
    month = int(below[0])
    return float(month - (0.5 - after[month]) / (after[month - 1] - after[month]))
