"""What may be fitted: uncertain values of grades B and C, with what is believed of each before any target is seen.

A belief is triangular: from the low end of the range over the present value, which is the likeliest, to the high end.
A value that differs by kind of organization is moved by one factor for all kinds, since its range is common to all of
them and their order is what is known best.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from orgsim.core.parameters import Parameter, ParameterSpace
from orgsim.outcomes.recorder import Floats
from orgsim.scenarios.scenario import Scenario, label

FACTOR = 0.4
"""How far the factor of values by kind may lie from one, as far as ranges let it."""
DIGITS = 4
"""Digits that count in a value: what is written is exactly what was run."""
Values = Mapping[str, float]
"""Values by label, as `ParameterSpace.with_defaults` takes them."""


@dataclass(frozen=True)
class Free:
    """One number to be fitted: a value, or the factor of one that differs by kind; in its unit, or a ratio."""

    parameter: Parameter
    low: float
    likeliest: float
    high: float

    @property
    def name(self) -> str:
        return self.parameter.name

    def values(self, number: float) -> dict[str, float]:
        """What the number means for the model, by label."""
        known = self.parameter.value
        if not isinstance(known, dict):
            return {self.name: self._rounded(number)}
        return {label(self.name, kind): self._rounded(number * value) for kind, value in known.items()}

    def _rounded(self, value: float) -> float:
        low, high = self.parameter.range
        return min(max(float(f"{value:.{DIGITS}g}"), low), high)


def free_parameters(space: ParameterSpace, scenario: Scenario | None = None) -> tuple[Free, ...]:
    """All that may be fitted, in the order of the catalogue; what `scenario` sets itself is left as it is."""
    taken = {setting.parameter for setting in (*scenario.assumptions, *scenario.today)} if scenario else set()
    return tuple(_free(p) for p in space.values() if p.name not in taken and _is_free(p))


def chosen(free: Sequence[Free], names: Collection[str]) -> tuple[Free, ...]:
    """Those of some names."""
    return tuple(one for one in free if one.name in names)


def _is_free(parameter: Parameter) -> bool:
    open_range = parameter.range[0] < parameter.range[1]
    return parameter.role == "uncertainty" and parameter.source.grade != "A" and not parameter.choices and open_range


def _free(parameter: Parameter) -> Free:
    if not parameter.by_kind:
        return Free(parameter, parameter.range[0], parameter.values[0], parameter.range[1])
    positive = [value for value in parameter.values if value > 0.0]
    low = max([1.0 - FACTOR, *(parameter.range[0] / value for value in positive)])
    high = min([1.0 + FACTOR, *(parameter.range[1] / value for value in positive)])
    return Free(parameter, low, 1.0, high)


@dataclass(frozen=True)
class Prior:
    """The beliefs about all free numbers, independent of each other.

    Points are given by their `ranks`, shares of belief below them, shape (points, numbers): under the prior they are
    uniform from 0 to 1.
    """

    free: tuple[Free, ...]

    def __len__(self) -> int:
        return len(self.free)

    @cached_property
    def bounds(self) -> tuple[Floats, Floats, Floats]:
        """Low ends, likeliest numbers, high ends, each of shape (numbers,)."""
        low, likeliest, high = np.array([(f.low, f.likeliest, f.high) for f in self.free]).reshape(-1, 3).T
        return low, likeliest, high

    def numbers(self, ranks: Floats) -> Floats:
        """The numbers at these ranks, same shape."""
        low, likeliest, high = self.bounds
        rising = low + np.sqrt(ranks * (high - low) * (likeliest - low))
        falling = high - np.sqrt((1.0 - ranks) * (high - low) * (high - likeliest))
        found: Floats = np.where(ranks * (high - low) < likeliest - low, rising, falling)
        return found

    def ranks(self, numbers: Floats) -> Floats:
        """The ranks of these numbers, same shape."""
        low, likeliest, high = self.bounds
        return np.asarray(stats.triang.cdf(numbers, (likeliest - low) / (high - low), low, high - low))

    def places(self, ranks: Floats) -> Floats:
        """Where the numbers lie in their ranges, from -1 at the low to 1 at the high end: what emulators read."""
        low, _, high = self.bounds
        placed: Floats = 2.0 * (self.numbers(ranks) - low) / (high - low) - 1.0
        return placed

    def present(self) -> Floats:
        """The ranks of the values as they stand, shape (numbers,)."""
        return self.ranks(self.bounds[1])

    def values(self, ranks: NDArray[np.float64]) -> dict[str, float]:
        """Values by label of one point, shape (numbers,), as they are run and written."""
        found: dict[str, float] = {}
        for one, number in zip(self.free, self.numbers(ranks), strict=True):
            found |= one.values(float(number))
        return found
