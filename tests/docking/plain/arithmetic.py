"""Arithmetic by section 7 of the document, with the standard library's functions in place of the printed ones."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist

SMALLEST = 2.2250738585072014e-308
NORMAL = NormalDist()
normal = NORMAL.inv_cdf
"""Standard normal quantile; Python's is AS 241 too."""


def exp(x: float) -> float:
    return math.exp(clip(x, -708.0, 709.0))


def log(x: float) -> float:
    return math.log(max(x, SMALLEST))


def power(base: float, exponent: float) -> float:
    return exp(exponent * log(base)) if base > 0.0 else 0.0


def clip(x: float, low: float, high: float) -> float:
    return low if x < low else high if x > high else x


def share(x: float) -> float:
    return clip(x, 0.0, 1.0)


def logistic(x: float) -> float:
    small = exp(-abs(x))
    return (1.0 if x >= 0.0 else small) / (1.0 + small)


def logit(p: float) -> float:
    inner = clip(p, 1e-6, 1.0 - 1e-6)
    return log(inner / (1.0 - inner))


def flat_shock(u: float) -> float:
    """Mean 0 and SD 1 from one uniform (`innovation` in the document)."""
    return math.sqrt(12.0) * (u - 0.5)


def yearly_shock(before: float, persistence: float, yearly: float, u: float) -> float:
    """Next value of an autoregression whose change over twelve months has the SD `yearly`."""
    level = yearly / math.sqrt(2.0 * (1.0 - power(persistence, 12.0)))
    return persistence * before + level * math.sqrt(1.0 - persistence * persistence) * flat_shock(u)


def standard(index: float, spread: float = 0.15) -> float:
    """How far an index stands from the usual .5, in its spread."""
    return (index - 0.5) / spread


def total(numbers: Iterable[float]) -> float:
    """Sum of numbers, each rounded to the nearest multiple of 2^-16 (a half to the even one)."""
    return math.fsum(round(number * 65536.0) / 65536.0 for number in numbers)
