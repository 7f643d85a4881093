"""Draws what a register leaves out, given what it says: pure functions of arrays, NaN where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from orgsim.register import PAY_RANGE

Floats = NDArray[np.float64]


def scale_of_staff(
    people: Floats, rounding: Floats, income_per_post: Floats, mean: Floats, spread: Floats, luck: Floats
) -> Floats:
    """Scale of an organization that is known to have `people` posts, CNY a year.

    Posts are floor(scale / income_per_post + rounding). Scale is log-normal with `mean` and `spread` of its logarithm,
    given that it lies where this gives the number known; `luck` is uniform. Where the interval lies so far out that
    its probability vanishes, the answer lies on its nearer end.
    """
    from scipy.stats import truncnorm  # takes half a second, which no other command should wait for

    low = np.maximum((people - rounding) * income_per_post, 1e-9)
    high = (people + 1.0 - rounding) * income_per_post
    with np.errstate(all="ignore"):
        a, b = (np.log(low) - mean) / spread, (np.log(high) - mean) / spread
        drawn = np.exp(truncnorm.ppf(luck, a, b, loc=mean, scale=spread))
    inside: Floats = np.clip(np.where(np.isnan(drawn), low, drawn), low, high * (1.0 - 1e-12))
    return inside


def pay_of_staff(people: Floats, rounding: Floats, posts_at_outside_wage: Floats) -> Floats:
    """Usual pay, against the outside wage, at which a known income carries just the `people` known."""
    pay: Floats = np.clip(posts_at_outside_wage / np.maximum(people + 0.5 - rounding, 0.5), *PAY_RANGE)
    return pay


def missing_staff(counted: Floats, share: Floats, luck: Floats) -> Floats:
    """How many others there are where `counted` are of a sort whose share is `share`: negative binomial."""
    from scipy.stats import nbinom

    return np.asarray(nbinom.ppf(luck, np.nan_to_num(counted) + 1.0, share), np.float64)


def income_mix(
    usual: Floats, grant: Floats, known: Mapping[str, Floats], shares: Mapping[str, Floats]
) -> tuple[NDArray[np.bool_], dict[str, Floats]]:
    """Yearly income by channel, CNY, and where it is the organization's own rather than its kind's.

    What is left of the `usual` income after the known channels is split over the others as is usual in the kind
    (`shares`); an unknown subsidy is today's `grant`. If all are known they stand as they are.
    """
    own = np.logical_or.reduce([~np.isnan(values) for values in known.values()])
    subsidy = np.where(np.isnan(known["subsidy"]), np.minimum(grant, usual), known["subsidy"])
    left = usual - subsidy - sum(np.nan_to_num(known[name]) for name in shares)
    open_shares = sum(np.where(np.isnan(known[name]), share, 0.0) for name, share in shares.items())
    per_share = np.maximum(left, 0.0) / np.maximum(open_shares, 1e-9)
    mix = {
        name: np.where(np.isnan(known[name]), np.where(open_shares > 0.0, share * per_share, 0.0), known[name])
        for name, share in shares.items()
    }
    return own, {**mix, "subsidy": subsidy}
