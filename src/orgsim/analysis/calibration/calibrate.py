"""The whole calibration: waves of history matching, then approximate Bayesian computation in what they leave.

A wave runs points of the region not yet ruled out, fits emulators to all runs so far and rules out what is implausible
by them (Vernon, Goldstein & Bower 2010). Then points are drawn from the prior where the emulators promise a small
distance, and run; those whose real distance is small are the posterior. Everything is decided by the seed and the
results of runs, so a calibration that is started again goes the same way and finds its runs in the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc

from orgsim.analysis.bands import Band
from orgsim.analysis.calibration.emulator import Emulators, fit
from orgsim.analysis.calibration.free import Prior
from orgsim.analysis.calibration.misses import CUTOFF, EVEN, distance, implausibility
from orgsim.analysis.calibration.runner import Measure, Report, Runner
from orgsim.analysis.calibration.sampling import below
from orgsim.analysis.calibration.single import Single, few_changes
from orgsim.analysis.calibration.store import Store
from orgsim.outcomes.recorder import Floats

ROUNDS = 6
"""Batches of points for the posterior at most, each half as many as sets are wanted or a bit more."""


@dataclass(frozen=True)
class Plan:
    """How much is run: waves, runs of each, sets of the posterior; the seed decides where."""

    waves: int = 3
    runs: int = 150
    sets: int = 200
    seed: int = 1

    @property
    def batch(self) -> int:
        return self.sets // 2 + 10


@dataclass(frozen=True)
class Wave:
    """What a wave found: share of the prior not ruled out by its emulators, and how well these guess (median R²)."""

    left: float
    score: float


@dataclass(frozen=True)
class Calibration:
    """The posterior and what led to it.

    `ranks` are the posterior's points, shape (sets, numbers); `fits`, shape (sets, quantities), is what they really
    show, `prior_fits` what points of the prior do, both means over replications. `distances` are root mean squared
    misses, all at most `tolerance`; `drawn` points were run to find them.
    """

    prior: Prior
    bands: tuple[Band, ...]
    ranks: Floats
    fits: Floats
    distances: Floats
    tolerance: float
    drawn: int
    prior_fits: Floats
    present: Floats
    waves: tuple[Wave, ...]
    emulators: Emulators
    single: Single
    runs: int

    @property
    def sets(self) -> list[dict[str, float]]:
        """Values by label of each set."""
        return [self.prior.values(ranks) for ranks in self.ranks]


def calibrate(
    prior: Prior,
    bands: Sequence[Band],
    measure: Measure,
    plan: Plan,
    store: Store | None = None,
    *,
    shift: Floats | None = None,
    workers: int | None = None,
    report: Report | None = None,
) -> Calibration:
    """Fit the free numbers of `prior` so that what `measure` gives lies in `bands`, one band a quantity.

    `shift`, shape (quantities,), is added to all means: what the luck of so few replications takes away or adds, as
    measured elsewhere. Since all sets meet the same luck, that is much the same for each.
    """
    expected = 1 + plan.waves * plan.runs + 3 * plan.batch + 40
    runner = Runner(measure, bands, Store() if store is None else store, expected, workers, report, shift)
    rng = np.random.default_rng(plan.seed)
    size = len(prior)

    def run(points: Floats, what: str) -> tuple[Floats, Floats]:
        return runner([prior.values(ranks) for ranks in points], what)

    design = qmc.LatinHypercube(size, rng=rng).random(plan.runs)
    ranks = np.vstack([prior.present(), design])
    means, variances = run(ranks, "wave 1")
    waves: list[Wave] = []
    for number in range(1, plan.waves + 1):
        emulators, noise = fit(prior.places(ranks), runner.misses(means)), runner.noise(variances)
        implausible = _implausible(prior, emulators, noise, bands)
        left = float(np.mean(implausible(rng.random((2000, size))) <= CUTOFF))
        waves.append(Wave(left, float(np.median(emulators.score))))
        if number < plan.waves:
            points = below(implausible, CUTOFF, size, plan.runs, rng)
            found = run(points, f"wave {number + 1}")
            ranks, means, variances = _joined((ranks, means, variances), (points, *found))

    first = len(ranks)
    for batch in range(ROUNDS):
        near = _near(prior, emulators, bands)
        points = below(near, _limit(emulators), size, plan.batch, rng)
        found = run(points, f"posterior {batch + 1}")
        ranks, means, variances = _joined((ranks, means, variances), (points, *found))
        emulators = fit(prior.places(ranks), runner.misses(means))
        distances = distance(runner.misses(means[first:]), bands)
        if np.count_nonzero(distances <= EVEN) >= plan.sets:
            break
    tolerance = max(EVEN, float(np.sort(distances)[plan.sets - 1]))
    kept = first + np.flatnonzero(distances <= tolerance)[: plan.sets]
    single = few_changes(prior, emulators, bands, lambda sets, what: runner(sets, what)[0])
    return Calibration(
        prior=prior,
        bands=tuple(bands),
        ranks=ranks[kept],
        fits=means[kept],
        distances=distances[kept - first],
        tolerance=tolerance,
        drawn=len(ranks) - first,
        prior_fits=means[1 : 1 + plan.runs],
        present=means[0],
        waves=tuple(waves),
        emulators=emulators,
        single=single,
        runs=runner.done,
    )


def _implausible(
    prior: Prior, emulators: Emulators, noise: Floats, bands: Sequence[Band]
) -> Callable[[Floats], Floats]:
    return lambda ranks: implausibility(emulators.mean(prior.places(ranks)), emulators, noise, bands)


def _near(prior: Prior, emulators: Emulators, bands: Sequence[Band]) -> Callable[[Floats], Floats]:
    """The distance that emulators promise; their error is told apart (`_limit`)."""
    return lambda ranks: distance(emulators.mean(prior.places(ranks)), bands)


def _limit(emulators: Emulators) -> float:
    """The promised distance at which a real one is as likely below `EVEN` as above, errors adding to it."""
    return float(np.sqrt(max(EVEN**2 - np.mean(emulators.variance), (EVEN / 2.0) ** 2)))


def _joined(one: tuple[Floats, ...], other: tuple[Floats, ...]) -> tuple[Floats, Floats, Floats]:
    ranks, means, variances = (np.vstack(pair) for pair in zip(one, other, strict=True))
    return ranks, means, variances

