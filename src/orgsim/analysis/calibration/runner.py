"""Runs parameter sets on all cores, asking the store first."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

import numpy as np

from orgsim.analysis.bands import Band
from orgsim.analysis.calibration.free import Values
from orgsim.analysis.calibration.misses import misses
from orgsim.analysis.calibration.store import Store
from orgsim.outcomes.recorder import Floats

Measure = Callable[[Values], Floats]
"""Runs one parameter set: values by label → quantities, shape (quantities, replications); called from threads."""
Report = Callable[[str, int, int], None]


class Runner:
    """Measures parameter sets; each finished one is kept before the next is waited for."""

    def __init__(
        self,
        measure: Measure,
        bands: Sequence[Band],
        store: Store,
        expected: int,
        workers: int | None = None,
        report: Report | None = None,
        shift: Floats | None = None,
    ) -> None:
        self.bands = bands
        self.done = 0
        self._shift = np.zeros(len(bands)) if shift is None else shift
        self._measure, self._store, self._expected, self._report = measure, store, expected, report
        self._workers = workers or os.cpu_count() or 1

    def __call__(self, sets: Sequence[Values], what: str) -> tuple[Floats, Floats]:
        """Means over replications, shifted, and variances of these means, both (sets, quantities); NaN if unknown."""
        results: dict[int, Floats] = {}
        for number, values in enumerate(sets):
            known = self._store.get(values)
            if known is not None:
                results[number] = known
        self._told(what, len(results))
        missing = [number for number in range(len(sets)) if number not in results]
        with ThreadPoolExecutor(self._workers) as pool:
            waiting = {pool.submit(self._measure, sets[number]): number for number in missing}
            try:
                for future in as_completed(waiting):
                    number = waiting[future]
                    results[number] = future.result()
                    self._store.put(sets[number], results[number])
                    self._told(what, 1)
            finally:
                pool.shutdown(cancel_futures=True)
        means, variances = summarized(np.array([results[number] for number in range(len(sets))]))
        return means + self._shift, variances

    def misses(self, means: Floats) -> Floats:
        """Means as places in their bands."""
        return misses(means, self.bands)

    def noise(self, variances: Floats) -> Floats:
        """The mean variance of means, in squared half widths, shape (quantities,)."""
        lengths = [float(b.standardized(1.0)) - float(b.standardized(0.0)) for b in self.bands]
        known = np.isfinite(variances)
        mean = np.where(known, variances, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        scaled: Floats = mean * np.square(lengths)
        return scaled

    def _told(self, what: str, more: int) -> None:
        self.done += more
        self._expected = max(self._expected, self.done)
        if self._report and more:
            self._report(what, self.done, self._expected)


def summarized(results: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of the mean over the last axis, what is not known left out."""
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)  # a quantity that no replication knows is NaN, which is meant
        count = np.isfinite(results).sum(axis=-1)
        means = np.nanmean(results, axis=-1)
        variances = np.where(count > 1, np.nanvar(results, axis=-1, ddof=1) / count, np.nan)
    return means, variances
