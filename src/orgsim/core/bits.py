"""A double taken apart and put together: by `frexp` and `ldexp` in Python, by its bits once compiled.

Both ways give the same bits; the compiled one has no call and no branch, so that a loop can do four rows at a time.
"""

# ruff: noqa: ARG001, ARG005 - numba looks at the names of arguments
from __future__ import annotations

from math import frexp, ldexp
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

WHOLE = 6755399441055744.0
"""1.5 * 2^52: a number added to it is rounded to a whole one, which stands in the low bits."""
_WHOLE_BITS = 0x4338000000000000
_ONE = 0x3FF0000000000000
"""The double 1.0; with 52 bits below it, a number from 1 to 2."""
_ROOT_HALF, _ROOT_HALF_BITS = 0.7071067811865476, 0x3FE6A09E667F3BCD


def two_to_the(k: float) -> float:
    """2 to a whole power from -1022 to 1023."""
    return ldexp(1.0, int(k))


def fraction(bits: Any) -> float:
    """`bits` times 2^-52, for a whole number below 2^52."""
    return float(bits) * 2.220446049250313e-16


def split(x: float) -> tuple[float, float]:
    """(m, k) with x = m 2^k and m from the root of a half to the root of two, for a normal x > 0."""
    m, k = frexp(x)
    return (m, float(k)) if m >= _ROOT_HALF else (m + m, k - 1.0)


def _bits(typing: Any, x: Any) -> Any:
    """The 64 bits of a double as a whole number."""
    return types.int64(types.float64), lambda context, builder, signature, a: builder.bitcast(a[0], ir.IntType(64))


def _double(typing: Any, bits: Any) -> Any:
    """The double of 64 bits."""
    return types.float64(types.int64), lambda context, builder, signature, a: builder.bitcast(a[0], ir.DoubleType())


bits_of: Any = intrinsic(_bits)
double_of: Any = intrinsic(_double)


@overload(two_to_the)
def _two_to_the_by_bits(k: Any) -> Any:
    def by_bits(k: Any) -> Any:
        return double_of((bits_of(k + WHOLE) - (_WHOLE_BITS - 1023)) << 52)

    return by_bits


@overload(fraction, inline="always")
def _fraction_by_bits(bits: Any) -> Any:
    def by_bits(bits: Any) -> Any:
        return double_of(bits | _ONE) - 1.0  # vectors cannot turn a whole number into a double

    return by_bits


@overload(split)
def _split_by_bits(x: Any) -> Any:
    def by_bits(x: Any) -> Any:
        bits = bits_of(x)
        k = (bits - _ROOT_HALF_BITS) >> 52
        return double_of(bits - (k << 52)), double_of(k + _WHOLE_BITS) - WHOLE

    return by_bits
