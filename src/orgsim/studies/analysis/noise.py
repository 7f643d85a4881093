"""How much of what differs between points is luck: a two-way analysis of variance, points by runs.

All points share the luck of a run, so what a run moves everywhere cancels in comparisons; what is left after points and
runs is the luck that blurs them. The parts of the variance are those of the analysis of variance (Scheffé 1959, chapter
4). Its F test is not used: what a factor does differs from run to run, so what is left is not independent between
points. Instead the signs of whole runs are flipped (see `certainty`).
"""

from __future__ import annotations

import math

import numpy as np

from orgsim.studies.analysis.certainty import ALPHA, flipped
from orgsim.studies.analysis.responses import Response
from orgsim.studies.analysis.tables import Row, named

COLUMNS = (
    "scenario", "against", "outcome", "month", "points", "runs", "between", "common", "left", "p", "share",
    "runs_needed", "verdict",
)  # fmt: skip
"""`between`, `common` and `left` are variances: of points, of the luck that all points share, of what luck is left in
one run; `share` is that of the last in the variance of means of points, `runs_needed` how many runs a point bring it
below a tenth. With several parameter sets a run is the mean of one set, since only sets are independent, and luck
holds doubt about parameters. Empty with one run a point."""
TENTH, HALF = 0.1, 0.5
CLEAR, NOISY, DROWNED, SAME, ONE_RUN = "clear", "noisy", "drowned", "same", "one_run"
"""Little luck is left; more than half of what differs is luck; points cannot be told apart; they are all the same; one
run a point cannot tell."""


def noise(response: Response, seed: int) -> Row:
    """One row of the table; p is NaN with fewer than six runs."""
    values = response.independent
    points, runs = values.shape
    found: Row = {**named(response), "points": points, "runs": runs}
    if runs < 2 or points < 2:
        unknown = dict.fromkeys(COLUMNS[6:-1], math.nan)
        return {**found, **unknown, "verdict": ONE_RUN}
    by_point, by_run = values.mean(axis=1), values.mean(axis=0)
    rest = values - by_point[:, None] - by_run[None, :] + values.mean()
    freedom = (points - 1) * (runs - 1)
    within = _dusted(float((rest**2).sum()) / freedom, values)
    of_points = _dusted(runs * float(by_point.var(ddof=1)), values)
    of_runs = _dusted(points * float(by_run.var(ddof=1)), values)
    if of_points == 0.0 and within == 0.0:
        told = {"between": 0.0, "common": of_runs / points, "left": 0.0, "p": 1.0, "share": math.nan}
        return {**found, **told, "runs_needed": math.nan, "verdict": SAME}
    ratio = of_points / within if within else math.inf
    p = flipped(values - by_run[None, :], None, 2, np.random.default_rng([seed, 5]))
    between, share = max(0.0, of_points - within) / runs, min(1.0, 1.0 / ratio if ratio else 1.0)
    needed = math.ceil((1.0 / TENTH - 1.0) * within / between) if between else math.nan
    return {
        **found,
        "between": between,
        "common": max(0.0, of_runs - within) / points,
        "left": within,
        "p": p,
        "share": share,
        "runs_needed": max(needed, 1),
        "verdict": DROWNED if p >= ALPHA or share == 1.0 else NOISY if share > HALF else CLEAR,
    }


def _dusted(variance: float, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Nought where only rounding is left."""
    return variance if variance > (1e-13 * float(np.abs(values).max())) ** 2 else 0.0
