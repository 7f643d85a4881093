"""The best single set: present values with as few and as small changes as bring the model nearer to its targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from orgsim.analysis.bands import Band
from orgsim.analysis.calibration.emulator import Emulators
from orgsim.analysis.calibration.free import Prior, Values
from orgsim.analysis.calibration.misses import TOLERANCE, counted, misses
from orgsim.outcomes.recorder import Floats

GRID, TRIED, STEPS, DIGITS = 13, 6, 15, 2
"""Values looked at over a range; changes that are really run at each step; steps at most; digits of a value."""
PRICE, OUTSIDE = 0.5, 2.0
"""What each change costs beside what the prior says against it, and each band that is missed, in log likelihood."""
SEARCH = "single set"
Run = Callable[[Sequence[Values], str], Floats]
"""Runs sets and gives what they show, shape (sets, quantities)."""


@dataclass(frozen=True)
class Single:
    """What is changed: free numbers by name, and the values of the model by label; what the model shows then."""

    numbers: Mapping[str, float]
    values: Mapping[str, float]
    shown: Floats


def few_changes(prior: Prior, emulators: Emulators, bands: Sequence[Band], run: Run) -> Single:
    """Change one number at a time, the one that pays most, until none pays more than it costs.

    The emulators say which few are worth a try, counting from what the set reached so far really shows; runs decide.
    """
    likeliest = prior.bounds[1]
    now = likeliest.copy()
    reached = run([_values(prior, now)], SEARCH)[0]
    best = _loss(misses(reached, bands), now, prior, bands)
    for _ in range(STEPS):
        tries = _worth_trying(prior, emulators, bands, now, misses(reached, bands), best)
        if not tries:
            break
        shown = run([_values(prior, numbers) for numbers in tries], SEARCH)
        losses = np.array([_loss(m, n, prior, bands) for m, n in zip(misses(shown, bands), tries, strict=True)])
        if not losses.min() < best:
            break
        place = int(np.argmin(losses))
        best, reached, now = float(losses[place]), shown[place], tries[place]
    changed = {one.name: float(now[n]) for n, one in enumerate(prior.free) if now[n] != likeliest[n]}
    values = _values(prior, now)
    present = _values(prior, likeliest)
    return Single(changed, {name: v for name, v in values.items() if v != present[name]}, reached)


def _worth_trying(
    prior: Prior, emulators: Emulators, bands: Sequence[Band], now: Floats, miss: Floats, best: float
) -> list[Floats]:
    """The sets one change away that promise most and more than `best`, each by another number."""
    low, likeliest, high = prior.bounds
    here = emulators.mean(_places(prior, now)[None])
    promised: list[tuple[float, int, Floats]] = []
    for n in range(len(prior)):
        grid = [float(f"{value:.{DIGITS}g}") for value in np.linspace(low[n], high[n], GRID)]
        tries = np.tile(now, (GRID + 1, 1))
        tries[:, n] = [*np.clip(grid, low[n], high[n]), likeliest[n]]
        guess = miss + emulators.mean(_places(prior, tries)) - here
        losses = [_loss(g, numbers, prior, bands) for g, numbers in zip(guess, tries, strict=True)]
        place = int(np.argmin(losses))
        if losses[place] < best:
            promised.append((losses[place], n, tries[place]))
    return [numbers for _, _, numbers in sorted(promised, key=lambda one: one[:2])[:TRIED]]


def _loss(miss: Floats, numbers: Floats, prior: Prior, bands: Sequence[Band]) -> float:
    """Squared misses as a log likelihood, the price of bands missed and of changes, and what the prior says against."""
    low, likeliest, high = prior.bounds
    room = np.where(numbers < likeliest, likeliest - low, high - likeliest)
    away = np.divide(np.abs(numbers - likeliest), room, out=np.zeros_like(numbers), where=room > 0.0)
    with np.errstate(divide="ignore"):
        against = -np.log(np.maximum(1.0 - away, 0.0)).sum()  # a triangular density falls to nought at its ends
    missed = np.abs(counted(miss, bands))
    misfit = 0.5 * np.sum((missed / TOLERANCE) ** 2) + OUTSIDE * np.count_nonzero(missed > 1.0)
    return float(misfit + against + PRICE * np.count_nonzero(away))


def _places(prior: Prior, numbers: Floats) -> Floats:
    low, _, high = prior.bounds
    placed: Floats = 2.0 * (numbers - low) / (high - low) - 1.0
    return placed


def _values(prior: Prior, numbers: Floats) -> dict[str, float]:
    found: dict[str, float] = {}
    for one, number in zip(prior.free, numbers, strict=True):
        found |= one.values(float(number))
    return found
