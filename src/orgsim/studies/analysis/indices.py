"""Sobol indices and Morris' elementary effects, by SALib, over means of replications that met the same luck.

The verdict on a factor is not SALib's: total effects and mean absolute effects are never below nought, so luck alone
makes them larger than it. What is left after luck is told by flipping signs (see `certainty`).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from orgsim.errors import InputError
from orgsim.outcomes.recorder import Floats
from orgsim.studies.analysis.certainty import by_interval, by_test, flipped
from orgsim.studies.analysis.responses import Response
from orgsim.studies.analysis.tables import Row, names, places, row
from orgsim.studies.designs import MORRIS_LEVELS
from orgsim.studies.layout import Manifest

RESAMPLES = 1000


def sobol(response: Response, design: pd.DataFrame, manifest: Manifest) -> list[Row]:
    """First-order and total indices, and second-order ones where the design has them (Saltelli et al. 2010).

    Intervals are of 95 %, from 1000 seeded resamples of the base samples. Rows: S1 and ST of each factor, S2 of each
    pair. The verdict is on ST; on S2 it is whether its interval leaves nought out. InputError if the points are not a
    Sobol design in order, or the outcome never changes.
    """
    from SALib.analyze import sobol as salib

    factors, second = names(manifest), bool(manifest["design"]["second_order"])
    values = _blocks(response, len(factors) * (1 + second) + 2)
    points = places(design, manifest).reshape(values.shape[0], values.shape[1], len(factors))
    moved = points[:, 1 : len(factors) + 1] != points[:, :1]
    if (moved & ~np.eye(len(factors), dtype=bool)).any():
        raise InputError("the points are no Sobol design in its order: several factors move at once")
    _check_moves(response)
    found = salib.analyze(
        {"num_vars": len(factors), "names": factors, "bounds": [[0.0, 1.0]] * len(factors)},
        response.means,
        calc_second_order=second,
        num_resamples=RESAMPLES,
        seed=manifest["seed"] + 1,  # SALib takes a seed of 0 for none
    )
    rng = np.random.default_rng([manifest["seed"], 1])
    rows = []
    for n, factor in enumerate(factors):
        gaps = values[:, 1 + n] - values[:, 0]
        p = flipped(gaps, response.sets, 2, rng)
        rows.append(row(response, "S1", factor, *_around(found["S1"][n], found["S1_conf"][n])))
        told: Row = {"p": p, "verdict": by_test(gaps, p)}
        rows.append(row(response, "ST", factor, *_around(found["ST"][n], found["ST_conf"][n]), **told))
    for one, two in combinations(range(len(factors)), 2) if second else ():
        ends = _around(found["S2"][one, two], found["S2_conf"][one, two])
        rows.append(row(response, "S2", factors[one], *ends, other=factors[two], verdict=by_interval(*ends)))
    return rows


def morris(response: Response, design: pd.DataFrame, manifest: Manifest) -> list[Row]:
    """Elementary effects: their mean μ, mean size μ* and standard deviation σ (Morris 1991; Campolongo et al. 2007).

    An effect is of the whole way from a factor's low to its high end. Intervals are of 95 %, from 1000 seeded resamples
    of trajectories: SALib's for μ*, percentiles for μ and σ. The verdict on μ* is of signs flipped (see `certainty`),
    that on μ whether its interval leaves nought out. InputError if points are no trajectories.
    """
    from SALib.analyze import morris as salib

    factors = names(manifest)
    levels = int(manifest["design"]["levels"] or MORRIS_LEVELS)
    values = _blocks(response, len(factors) + 1)
    points = places(design, manifest)
    steps = np.diff(points.reshape(-1, len(factors) + 1, len(factors)), axis=1)
    if not ((steps != 0.0).sum(axis=1) == 1).all() or not ((steps != 0.0).sum(axis=2) == 1).all():
        raise InputError("the points are no Morris trajectories in their order: each factor moves once, by itself")
    _check_moves(response)
    found = salib.analyze(
        {"num_vars": len(factors), "names": factors, "bounds": [[0.0, 1.0]] * len(factors)},
        points,
        response.means,
        num_resamples=RESAMPLES,
        num_levels=levels,
        seed=manifest["seed"] + 1,
    )
    rng = np.random.default_rng([manifest["seed"], 2])
    trajectories = np.arange(len(values))
    again = rng.integers(len(values), size=(RESAMPLES, len(values)))
    rows = []
    for n, factor in enumerate(factors):
        place = (steps[:, :, n] != 0.0).argmax(axis=1)
        way = np.sign(steps[trajectories, place, n])[:, None] * levels / (2.0 * (levels - 1.0))
        effects = (values[trajectories, place + 1] - values[trajectories, place]) / way
        p = flipped(effects, response.sets, 1, rng)
        told: Row = {"p": p, "verdict": by_test(effects, p)}
        rows.append(row(response, "mu_star", factor, *_around(found["mu_star"][n], found["mu_star_conf"][n]), **told))
        drawn = effects.mean(axis=1)[again]
        ends = {"mu": drawn.mean(axis=1), "sigma": drawn.std(axis=1, ddof=1)}
        mean, spread = ((float(found[name][n]), *np.percentile(ends[name], (2.5, 97.5)).tolist()) for name in ends)
        rows.append(row(response, "mu", factor, *mean, verdict=by_interval(*mean)))
        rows.append(row(response, "sigma", factor, *spread))
    return rows


def _blocks(response: Response, size: int) -> Floats:
    """Values by base sample or trajectory, shape (blocks, size, runs)."""
    count = len(response.values)
    if count % size or count < 2 * size:
        raise InputError(f"{count} points are not whole blocks of {size}, which this kind of design consists of")
    return response.values.reshape(-1, size, response.values.shape[1])


def _check_moves(response: Response) -> None:
    if not np.ptp(response.means):
        raise InputError(f"{response.outcome} is the same at every point; there is nothing to divide among factors")


def _around(value: float, reach: float) -> tuple[float, float, float]:
    return float(value), float(value - reach), float(value + reach)
