"""Points of the prior where a criterion is small enough: subset simulation (Au & Beck 2001).

A rare region is reached through a row of wider ones, each holding the best part of the one before; within a region
points move by a Metropolis walk that knows nothing but the prior and the border. So they spread over it as the prior
does.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from orgsim.outcomes.recorder import Floats

KEPT = 0.3
"""Share of points that the next region holds."""
MOVES, LAST_MOVES, LEVELS = 12, 200, 40
LARGEST_STEP = 0.2
"""Standard deviation of the longest local steps, in ranks."""
Criterion = Callable[[Floats], Floats]
"""From ranks, shape (points, numbers), to what is to be small, shape (points,)."""


def below(criterion: Criterion, limit: float, dimension: int, count: int, rng: np.random.Generator) -> Floats:
    """`count` points, shape (count, dimension), at which the criterion is at most `limit`.

    Where the walk finds no such point, those of the smallest region that it does find.
    """
    points = rng.random((max(count, 100), dimension))
    height = criterion(points)
    border = np.inf
    for _ in range(LEVELS):
        if height.max() <= limit:
            break
        narrower = max(limit, float(np.quantile(height, KEPT)))
        if not narrower < border:
            break
        border = narrower
        inside = np.flatnonzero(height <= border)
        again = inside[np.arange(len(points)) % len(inside)]
        points, height = points[again], height[again]
        for _ in range(MOVES):
            points, height = _moved(criterion, border, points, height, rng)
    for _ in range(LAST_MOVES):
        points, height = _moved(criterion, max(limit, float(height.max())), points, height, rng)
    return points[:count] if len(points) == count else points[rng.permutation(len(points))[:count]]


def _moved(
    criterion: Criterion, border: float, points: Floats, height: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """One step of each point: some of its numbers drawn anew or shifted a little, taken if it stays inside."""
    dimension = points.shape[1]
    number = np.minimum(dimension, np.exp(rng.uniform(0.0, np.log(dimension + 1.0), (len(points), 1))))
    touched = rng.random(points.shape) < number / dimension
    size = LARGEST_STEP * rng.random((len(points), 1))
    shifted = np.abs(points + size * rng.standard_normal(points.shape)) % 2.0
    shifted = np.where(shifted > 1.0, 2.0 - shifted, shifted)  # reflected at both ends, which keeps the walk even
    anew = rng.random((len(points), 1)) < 0.5
    tried = np.where(touched, np.where(anew, rng.random(points.shape), shifted), points)
    reached = criterion(tried)
    taken = reached <= border
    return np.where(taken[:, None], tried, points), np.where(taken, reached, height)
