"""From paired differences to a judgement: which words the numbers can bear.

    the whole 95 % interval within ± the margin            no difference that matters (asked first)
    probability that the mean difference has its sign
        0.975 or more: the 95 % interval leaves nought out     very likely more, very likely less
        0.80 to 0.975                                          likely more, likely less
        below 0.80                                             cannot tell

So the words never contradict the range beside them. The probability is that of Student's t with one degree of freedom
less than there are replications. It speaks of the mean over all luck, not of one district's single future; in how many
replications the sign was the same is told apart. With several parameter sets interval and probability hold doubt about
the parameters too, degrees of freedom count sets (`ensembles.doubt`), and the probability is that of the sign under a
set of which nothing more is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from orgsim.ensembles.doubt import LEVEL, Sets, doubt

VERY_LIKELY, LIKELY = 0.975, 0.80

MARGINS: Mapping[str, float] = MappingProxyType({"share": 0.01, "rate per year": 0.001, "months": 0.25, "index": 0.01})
"""Differences that do not matter, by unit: one in a hundred; one in a thousand a year, as that is one in a hundred
over ten years; a week of cash."""
RELATIVE_MARGINS: Mapping[str, float] = MappingProxyType({"person-months": 0.01, "years": 0.01, "CNY": 0.001})
"""The same as shares of the baseline's value; a thousandth of the public budget already matters."""


class Verdict(StrEnum):
    """What can be said of a difference."""

    very_likely_more = "very_likely_more"
    likely_more = "likely_more"
    cannot_tell = "cannot_tell"
    likely_less = "likely_less"
    very_likely_less = "very_likely_less"
    no_difference = "no_difference"
    one_replication = "one_replication"
    unknown = "unknown"


@dataclass(frozen=True)
class Judgement:
    """A mean paired difference, its 95 % interval, and what may be said of it.

    `probability` is that of the sign of the mean; `same_sign` of `pairs` replications have that sign. NaN where
    there is nothing to say. `parameter_share` is the share of the doubt (as a variance) that comes from parameter
    values; NaN with a single set, or where nothing is in doubt.
    """

    verdict: Verdict
    difference: float
    low: float
    high: float
    probability: float
    same_sign: int
    pairs: int
    parameter_share: float = float("nan")


def margin_of(unit: str, baseline: float) -> float:
    """The difference below which nothing matters, in `unit`; `baseline` is the value compared with."""
    if unit in RELATIVE_MARGINS:
        return 0.0 if np.isnan(baseline) else RELATIVE_MARGINS[unit] * abs(baseline)
    return MARGINS.get(unit, 0.0)


def judge(differences: ArrayLike, margin: float = 0.0, sets: Sets | None = None) -> Judgement:
    """Judge paired differences, one a replication; NaN is left out. `sets` says whose parameters each one has."""
    values = np.asarray(differences, dtype=np.float64)
    known = ~np.isnan(values)
    values, sets = values[known], None if sets is None else sets[known]
    nan, count = float("nan"), len(values)
    if count == 0:
        return Judgement(Verdict.unknown, nan, nan, nan, nan, 0, 0)
    found = doubt(values, sets)
    mean = float(found.mean)
    same_sign = int((np.sign(values) == np.sign(mean)).sum())
    error, reach = float(np.sqrt(found.variance)), float(found.reach)
    if np.isnan(error):
        return Judgement(Verdict.one_replication, mean, nan, nan, nan, same_sign, count)
    low, high = mean - reach, mean + reach
    probability = float(stdtr(found.freedom, abs(mean) / error)) if error > 0.0 else float(mean != 0.0)
    if -margin <= low and high <= margin:
        verdict = Verdict.no_difference
    elif probability >= VERY_LIKELY:
        verdict = Verdict.very_likely_more if mean > 0.0 else Verdict.very_likely_less
    elif probability >= LIKELY:
        verdict = Verdict.likely_more if mean > 0.0 else Verdict.likely_less
    else:
        verdict = Verdict.cannot_tell
    share = nan if sets is None else float(found.parameter_share)
    return Judgement(verdict, mean, low, high, probability, same_sign, count, share)


@dataclass(frozen=True)
class UnitCost:
    """Extra public cost per extra unit of effect, with its 95 % interval; `reason` says why if it cannot be told.

    `reason` is "" where it can, "unclear" where the effect does not clearly rise, "free" where cost does not.
    """

    value: float
    low: float
    high: float
    reason: str


def unit_cost(costs: ArrayLike, effects: ArrayLike, sets: Sets | None = None) -> UnitCost:
    """Ratio of the mean paired differences of cost and effect, with Fieller's interval over replications.

    Fieller's interval is exact for two normal means that vary together, and needs no random numbers. It is bounded
    only if the effect differs clearly from nothing, which is also when a price makes sense. Both arguments have
    shape (replications,). With several parameter sets their means take the place of replications, and the interval
    holds the doubt about the set.
    """
    nan = float("nan")
    cost, effect = np.asarray(costs, np.float64), np.asarray(effects, np.float64)
    known = ~(np.isnan(cost) | np.isnan(effect))
    cost, effect, sets = cost[known], effect[known], None if sets is None else sets[known]
    gain, price = judge(effect, sets=sets), judge(cost, sets=sets)
    if not gain.low > 0.0:
        return UnitCost(nan, nan, nan, "unclear")
    if not price.low > 0.0:
        return UnitCost(nan, nan, nan, "free")
    widened = 0.0
    if sets is not None:
        cost, effect = (np.array([each[sets == one].mean() for one in np.unique(sets)]) for each in (cost, effect))
        widened = 1.0
    count = len(cost)
    squared = float(stdtrit(count - 1, 0.5 + LEVEL / 2.0)) ** 2
    ((cost_variance, together), (_, effect_variance)) = np.cov(cost, effect) * (1.0 / count + widened)
    # The ratios r that the data allow satisfy (cost − r·effect)² ≤ t²·variance(cost − r·effect), a quadratic in r.
    a = gain.difference**2 - squared * effect_variance
    b = gain.difference * price.difference - squared * together
    c = price.difference**2 - squared * cost_variance
    if not a > 0.0:  # luck left in the means of sets widens this interval, not that of `judge`
        return UnitCost(nan, nan, nan, "unclear")
    root = float(np.sqrt(max(b * b - a * c, 0.0)))
    return UnitCost(price.difference / gain.difference, float((b - root) / a), float((b + root) / a), "")
