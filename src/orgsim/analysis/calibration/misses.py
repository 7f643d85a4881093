"""How far values lie from what the targets ask for, in half widths of their bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from orgsim.analysis.bands import Band
from orgsim.analysis.calibration.emulator import CLIP, Emulators
from orgsim.outcomes.recorder import Floats

TOLERANCE = 0.5
"""Standard deviation that a band stands for, in its half widths: its ends are two of them from its middle."""
CUTOFF = 3.0
"""Implausibility above which a point is ruled out: three standard deviations hold 95 % of any single-peaked law
(Pukelsheim 1994)."""
EVEN = 1.0 / np.sqrt(3.0)
"""Distance of values that lie evenly spread over their bands."""


def misses(values: Floats, bands: Sequence[Band]) -> Floats:
    """Values, shape (…, quantities), as places in bands that reach from -1 to 1; NaN stays."""
    return np.stack([band.standardized(values[..., q]) for q, band in enumerate(bands)], axis=-1)


def counted(missed: Floats, bands: Sequence[Band]) -> Floats:
    """Misses as they count: nothing towards an open end of a band, `CLIP` at most and where a value is unknown."""
    low = np.where([np.isneginf(band.low) for band in bands], 0.0, -CLIP)
    high = np.where([np.isposinf(band.high) for band in bands], 0.0, CLIP)
    return np.where(np.isnan(missed), CLIP, np.clip(missed, low, high))


def distance(missed: Floats, bands: Sequence[Band]) -> Floats:
    """Root mean square of the misses over quantities, shape (…,)."""
    found: Floats = np.sqrt(np.mean(counted(missed, bands) ** 2, axis=-1))
    return found


def implausibility(guess: Floats, emulators: Emulators, noise: Floats, bands: Sequence[Band]) -> Floats:
    """The largest of all quantities, shape (points,), for guessed misses of shape (points, quantities).

    A miss is divided by the standard deviation of all that may explain it: the band's tolerance, the emulator's error,
    and luck in the mean of a few replications (`noise`, a variance of shape (quantities,)).
    """
    explained = np.sqrt(TOLERANCE**2 + emulators.variance + noise)
    found: Floats = np.max(np.abs(counted(guess, bands)) / explained, axis=-1)
    return found
