"""Small functions that rules share; each runs the same interpreted and compiled."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import TypeVar

from numba.extending import register_jitable

from orgsim.core.elementary import exp, log, nearest

F = TypeVar("F", bound=Callable[..., object])


def shared(function: F) -> F:
    """Let compiled rules call `function`, which stays an ordinary Python function."""
    register_jitable(forceinline=True)(function)
    return function


@shared
def clip(x: float, low: float, high: float) -> float:
    """`x`, but not below `low` nor above `high`."""
    if x < low:
        return low
    if x > high:
        return high
    return x


@shared
def logistic(x: float) -> float:
    """1 / (1 + e^-x), safe at both ends."""
    e = exp(-abs(x))
    return (1.0 if x >= 0.0 else e) / (1.0 + e)


@shared
def fermi(gain: float, selection: float) -> float:
    """Chance to copy a peer who does better by `gain`: a coin's throw if selection is 0, certain as it grows.

    1 / (1 + e^(-selection gain)); Szabó & Tőke 1998, Physical Review E 58:69-73
    """
    return logistic(selection * gain)


@shared
def logit(p: float) -> float:
    """Log odds of a probability; the ends are cut at one in a million."""
    q = clip(p, 1e-6, 1.0 - 1e-6)
    return log(q / (1.0 - q))


@shared
def power(base: float, exponent: float) -> float:
    """`base` to the `exponent` for base > 0, else 0; `**` is avoided: it may differ in its last bit once compiled."""
    return exp(exponent * log(base)) if base > 0.0 else 0.0


@shared
def anniversary(months: float) -> bool:
    """Whether a whole number of months completes a year."""
    return months > 0.0 and 12.0 * nearest(months / 12.0) == months


@shared
def innovation(u: float) -> float:
    """Mean 0, SD 1, from one uniform: the shock of an autoregressive column.

    The shock itself is flat, not bell-shaped; summed by a persistence of .9 or more its stationary law is within
    .13 of a normal law's kurtosis, at a third of the cost of a normal quantile.
    """
    return 3.4641016151377544 * (u - 0.5)


@shared
def normal(u: float) -> float:
    """Standard normal quantile of `u` in (0, 1), to about 1e-16.

    Wichura 1988, algorithm AS 241 (PPND16), Applied Statistics 37:477-484.
    """
    q = u - 0.5
    if -0.425 <= q <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (
                (
                    (
                        (
                            (
                                ((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                                + 45921.953931549871457
                            )
                            * r
                            + 13731.693765509461125
                        )
                        * r
                        + 1971.5909503065514427
                    )
                    * r
                    + 133.14166789178437745
                )
                * r
                + 3.387132872796366608
            )
            / (
                (
                    (
                        (
                            (
                                ((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                                + 21213.794301586595867
                            )
                            * r
                            + 5394.1960214247511077
                        )
                        * r
                        + 687.1870074920579083
                    )
                    * r
                    + 42.313330701600911252
                )
                * r
                + 1.0
            )
        )
    r = sqrt(-log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r = r - 1.6
        tail = (
            (
                (
                    (
                        (
                            ((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                            + 1.27045825245236838258
                        )
                        * r
                        + 3.64784832476320460504
                    )
                    * r
                    + 5.7694972214606914055
                )
                * r
                + 4.6303378461565452959
            )
            * r
            + 1.42343711074968357734
        ) / (
            (
                (
                    (
                        (
                            ((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966)
                            * r
                            + 0.14810397642748007459
                        )
                        * r
                        + 0.68976733498510000455
                    )
                    * r
                    + 1.6763848301838038494
                )
                * r
                + 2.05319162663775882187
            )
            * r
            + 1.0
        )
    else:
        r = r - 5.0
        tail = (
            (
                (
                    (
                        (
                            ((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386)
                            * r
                            + 0.026532189526576123093
                        )
                        * r
                        + 0.29656057182850489123
                    )
                    * r
                    + 1.7848265399172913358
                )
                * r
                + 5.4637849111641143699
            )
            * r
            + 6.6579046435011037772
        ) / (
            (
                (
                    (
                        (
                            ((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5)
                            * r
                            + 7.868691311456132591e-4
                        )
                        * r
                        + 0.0148753612908506148525
                    )
                    * r
                    + 0.13692988092273580531
                )
                * r
                + 0.59983220655588793769
            )
            * r
            + 1.0
        )
    return -tail if q < 0.0 else tail
