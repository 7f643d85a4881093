"""Emulators: what a run would show, guessed from the runs there are, with how far the guess is off.

One quantity depends on few of the many free numbers. A lasso finds them among slopes and curvatures; on those, and the
products of the strongest, lies a Bayesian ridge regression. Its variance is that of cross-validation, so it holds what
the other numbers and luck do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_selection import SelectKBest, f_regression
from sklearn.linear_model import BayesianRidge, LassoLarsIC
from sklearn.model_selection import cross_val_predict
from threadpoolctl import threadpool_limits

from orgsim.outcomes.recorder import Floats

CLIP = 5.0
"""Half widths of a band beyond which it does not matter how far off a value is."""
SCREENED, LONGEST_PATH, STRONGEST, FOLDS = 150, 80, 6, 5
FEWEST = 10


@dataclass(frozen=True)
class Emulators:
    """Emulators of all quantities, in half widths of their bands.

    `weights` has shape (terms, quantities), terms being slopes, curvatures and `pairs` of numbers; `variance` of shape
    (quantities,) is that of the error, `score` the share of variance explained, both where the run was left out.
    """

    pairs: NDArray[np.int64]
    weights: Floats
    constant: Floats
    variance: Floats
    score: Floats

    def mean(self, places: Floats) -> Floats:
        """The expected values, shape (points, quantities), at places in ranges (see `Prior.places`)."""
        found: Floats = _terms(places, self.pairs) @ self.weights + self.constant
        return found

    def active(self, names: list[str]) -> list[list[str]]:
        """Names of the numbers that each quantity depends on by a slope or curvature, the strongest first."""
        size = len(names)
        strength = np.abs(self.weights[:size]) + np.abs(self.weights[size : 2 * size])
        order = np.argsort(-strength, axis=0, kind="stable")
        return [[names[n] for n in order[:, q] if strength[n, q] > 0.0] for q in range(strength.shape[1])]


def fit(places: Floats, misses: Floats) -> Emulators:
    """Emulators from runs: places of shape (runs, numbers), standardized values of shape (runs, quantities).

    A value that is not known is left out; a quantity known in fewer than `FEWEST` runs is taken as its mean, with a
    variance of the squared clip. Uses one thread, so that the same runs give the same bits.
    """
    with threadpool_limits(1):
        single = np.hstack([places, places**2])
        screens = [_screen(single, misses[:, q]) for q in range(misses.shape[1])]
        size = places.shape[1]
        wanted = sorted({pair for _, pairs in screens for pair in pairs})
        pairs = np.array(wanted, np.int64).reshape(-1, 2)
        terms = _terms(places, pairs)
        number = {pair: 2 * size + place for place, pair in enumerate(wanted)}
        fits = [
            _ridge(terms, misses[:, q], [*linear, *(number[pair] for pair in own)])
            for q, (linear, own) in enumerate(screens)
        ]
    weights, constant, variance, score = (np.array(part) for part in zip(*fits, strict=True))
    return Emulators(pairs, weights.T, constant, variance, score)


def _terms(places: Floats, pairs: NDArray[np.int64]) -> Floats:
    return np.hstack([places, places**2, places[:, pairs[:, 0]] * places[:, pairs[:, 1]]])


def _screen(single: Floats, miss: Floats) -> tuple[list[int], list[tuple[int, int]]]:
    """Numbers of the terms that matter, and pairs of the strongest free numbers."""
    known, value = _known(miss)
    if known.sum() < FEWEST or np.ptp(value) == 0.0:
        return [], []
    features = single[known]
    screen = SelectKBest(f_regression, k=min(SCREENED, features.shape[1], len(value) // 3)).fit(features, value)
    chosen = np.flatnonzero(screen.get_support())
    lasso = LassoLarsIC(criterion="bic", max_iter=LONGEST_PATH).fit(features[:, chosen], value)
    linear = [int(n) for n in chosen[lasso.coef_ != 0.0]]
    size = single.shape[1] // 2
    strength: dict[int, float] = {}
    for place, weight in zip(chosen, np.abs(lasso.coef_), strict=True):
        strength[int(place) % size] = strength.get(int(place) % size, 0.0) + float(weight)
    strongest = sorted(sorted(strength, key=lambda n: -strength[n])[:STRONGEST])
    strongest = [n for n in strongest if strength[n] > 0.0]
    return linear, [(a, b) for at, a in enumerate(strongest) for b in strongest[at + 1 :]]


def _ridge(terms: Floats, miss: Floats, chosen: list[int]) -> tuple[Floats, float, float, float]:
    """Weights of all terms, constant, variance of the error and share explained."""
    known, value = _known(miss)
    weights = np.zeros(terms.shape[1])
    spread = float(value.var()) if len(value) else 0.0
    if not chosen:
        constant = float(value.mean()) if len(value) else 0.0
        return weights, constant, spread if known.sum() >= FEWEST else CLIP**2, 0.0
    features = terms[known][:, chosen]
    guessed = cross_val_predict(BayesianRidge(), features, value, cv=FOLDS)
    error = float(np.mean((guessed - value) ** 2))
    ridge = BayesianRidge().fit(features, value)
    weights[chosen] = ridge.coef_
    return weights, float(ridge.intercept_), error, 1.0 - error / spread


def _known(miss: Floats) -> tuple[NDArray[np.bool_], Floats]:
    known = np.isfinite(miss)
    return known, np.clip(miss[known], -CLIP, CLIP)
