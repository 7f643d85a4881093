"""exp, log and rounding in plain arithmetic: the same last bit on every machine, four rows at a time.

The reductions and coefficients are fdlibm's (Sun Microsystems 1993, e_exp.c and e_log.c); the error stays below one
unit in the last place. A system's own mathematics library rounds in its own way, and is called one row at a time.
exp and log stay within the range of normal doubles: no branch, no infinity, no exception.
"""

from __future__ import annotations

from numba.extending import register_jitable

from orgsim.core.bits import WHOLE, split, two_to_the

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_SMALLEST, _LARGEST = 2.2250738585072014e-308, 1.7976931348623157e308
"""The normal doubles' ends."""
GRID = 65536.0
_COARSE = 103079215104.0
"""1.5 * 2^36: doubles near it lie 1/GRID apart, so that adding it leaves no finer bits."""


@register_jitable(forceinline=True)
def exp(x: float) -> float:
    """e to the `x`; beyond -708 and 709 it stays as it is there."""
    near = min(max(x, -708.0), 709.0)
    k = (near * 1.44269504088896338700 + WHOLE) - WHOLE
    high = near - k * _LN2_HIGH
    low = k * _LN2_LOW
    r = high - low
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))
        )
    )
    return (1.0 - ((low - (r * c) / (2.0 - c)) - high)) * two_to_the(k)


@register_jitable(forceinline=True)
def log(x: float) -> float:
    """Natural logarithm of `x`; at 0 and below it is that of the smallest normal number, -708.4."""
    m, k = split(min(max(x, _SMALLEST), _LARGEST))
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    even = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + odd + even) + k * _LN2_LOW)) - f)


@register_jitable(forceinline=True)
def nearest(x: float) -> float:
    """The whole number nearest to `x`, the even one of two; for |x| below 2^51."""
    return (x + WHOLE) - WHOLE


@register_jitable(forceinline=True)
def on_grid(x: float) -> float:
    """The multiple of 2^-16 nearest to `x`, for |x| below 2^35: sums of such numbers below 2^37 have no rounding."""
    return (x + _COARSE) - _COARSE
