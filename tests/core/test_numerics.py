"""The functions that rules share give what mathematics says, interpreted and compiled."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, inf, isfinite, nextafter

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from orgsim.core import numerics
from orgsim.core.numerics import clip, innovation, logistic, logit, normal, power

TAILS = [10.0**-k for k in range(1, 301)]
UNIFORMS = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)
ANY = st.floats(allow_nan=False, allow_infinity=False)


def test_normal_agrees_with_scipy_in_the_middle() -> None:
    grid = np.linspace(0.0005, 0.9995, 1999)
    np.testing.assert_allclose([normal(float(u)) for u in grid], stats.norm.ppf(grid), rtol=1e-14, atol=1e-15)


def test_normal_agrees_with_scipy_far_out_in_the_lower_tail() -> None:
    np.testing.assert_allclose([normal(u) for u in TAILS], stats.norm.ppf(TAILS), rtol=4e-15)


def test_normal_agrees_with_scipy_in_the_upper_tail() -> None:
    upper = [1.0 - u for u in TAILS[:15]]
    np.testing.assert_allclose([normal(u) for u in upper], stats.norm.ppf(upper), rtol=4e-15)


@pytest.mark.parametrize("edge", [0.075, 0.925, exp(-25.0)])
def test_normal_is_smooth_where_its_pieces_meet(edge: float) -> None:
    assert normal(nextafter(edge, 0.0)) == pytest.approx(normal(nextafter(edge, 1.0)), rel=1e-12)


@settings(deadline=None)
@given(UNIFORMS)
def test_normal_is_finite_for_every_draw(u: float) -> None:
    assert isfinite(normal(u))


@settings(deadline=None)
@given(UNIFORMS, UNIFORMS)
def test_normal_rises_with_its_draw(a: float, b: float) -> None:
    low, high = sorted((a, b))
    # Neighbouring floats may fall into different pieces, which agree to about 1e-15.
    assert normal(low) <= normal(high) + 1e-14 * (1.0 + abs(normal(high)))


@settings(deadline=None)
@given(ANY)
def test_logistic_is_a_probability_whatever_it_is_asked(x: float) -> None:
    assert 0.0 <= logistic(x) <= 1.0


@settings(deadline=None)
@given(st.floats(-700.0, 700.0))
def test_logistic_agrees_with_scipy(x: float) -> None:
    assert logistic(x) == pytest.approx(special.expit(x), rel=1e-14)


@settings(deadline=None)
@given(st.floats(-13.0, 13.0))
def test_logit_undoes_logistic(x: float) -> None:
    assert logit(logistic(x)) == pytest.approx(x, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("p", "cut"), [(0.0, 1e-6), (1e-9, 1e-6), (1.0, 1.0 - 1e-6), (2.0, 1.0 - 1e-6)])
def test_logit_cuts_the_ends(p: float, cut: float) -> None:
    assert logit(p) == pytest.approx(special.logit(cut), rel=1e-12)


@settings(deadline=None)
@given(ANY, ANY, ANY)
def test_clip_gives_its_number_or_the_bound_it_passes(x: float, a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert clip(x, low, high) == min(max(x, low), high)


@settings(deadline=None)
@given(st.floats(1e-6, 1e6), st.floats(-5.0, 5.0))
def test_power_agrees_with_python(base: float, exponent: float) -> None:
    assert power(base, exponent) == pytest.approx(base**exponent, rel=1e-12)


@pytest.mark.parametrize("base", [0.0, -0.0, -3.0])
def test_power_of_nothing_is_nothing(base: float) -> None:
    assert power(base, 0.5) == 0.0


def test_innovations_have_mean_0_and_spread_1() -> None:
    drawn = [innovation((k + 0.5) / 10_000) for k in range(10_000)]
    assert (np.mean(drawn), np.std(drawn)) == (pytest.approx(0.0, abs=1e-12), pytest.approx(1.0, abs=1e-6))


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (clip, [(x, -1.0, 1.0) for x in (-inf, -1.0, -0.5, 0.0, 1.0, 7.0)]),
        (innovation, [(u,) for u in (1e-16, 0.25, 0.5, 1.0 - 1e-16)]),
    ],
)
def test_shared_functions_without_exp_compile_to_the_same_bits(
    function: Callable[..., float], arguments: list[tuple[float, ...]]
) -> None:
    compiled = numba.njit(function)
    assert [compiled(*a).hex() for a in arguments] == [float(function(*a)).hex() for a in arguments]


def test_shared_functions_with_exp_compile_to_the_same_but_for_the_last_bits() -> None:
    compiled = numba.njit(numerics.normal)
    grid = [*TAILS, *np.linspace(0.01, 0.99, 99).tolist()]
    np.testing.assert_allclose([compiled(u) for u in grid], [normal(u) for u in grid], rtol=1e-14)
