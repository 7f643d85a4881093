"""exp, log and rounding are right to the last place or next to it, and the same interpreted and compiled."""

from __future__ import annotations

import math
from collections.abc import Callable

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.core.elementary import exp, log, nearest
from orgsim.core.numerics import anniversary

BITS = {function: numba.njit(function) for function in (exp, log, nearest)}
WITHIN = {
    exp: st.floats(-708.0, 709.0),
    log: st.floats(2.3e-308, 1.7e308),
    nearest: st.floats(-(2.0**50), 2.0**50),
}
TRUTH: dict[Callable[[float], float], Callable[[float], float]] = {exp: math.exp, log: math.log, nearest: round}


@pytest.mark.parametrize("function", list(WITHIN), ids=lambda function: function.__name__)
def test_what_is_interpreted_and_what_is_compiled_have_the_same_bits(function: Callable[[float], float]) -> None:
    compiled = BITS[function]

    @settings(deadline=None, max_examples=500)
    @given(WITHIN[function])
    def holds(x: float) -> None:
        assert compiled(x).hex() == function(x).hex()

    holds()


@pytest.mark.parametrize("function", list(WITHIN), ids=lambda function: function.__name__)
def test_an_answer_is_the_nearest_double_or_its_neighbour(function: Callable[[float], float]) -> None:
    @settings(deadline=None, max_examples=500)
    @given(WITHIN[function])
    def holds(x: float) -> None:
        truth = TRUTH[function](x)
        assert abs(function(x) - truth) <= math.ulp(truth)

    holds()


def test_a_loop_over_many_numbers_gives_each_the_bits_it_has_alone() -> None:
    @numba.njit
    def many(numbers: np.ndarray, out: np.ndarray) -> None:
        for i in range(numbers.shape[0]):
            out[i] = 1.0 - exp(-exp(numbers[i]))

    numbers = np.linspace(-20.0, 2.0, 4001)
    out = np.empty_like(numbers)
    many(numbers, out)
    assert [1.0 - exp(-exp(float(x))) for x in numbers] == out.tolist()


@pytest.mark.parametrize("far", [709.5, 1e6, math.inf])
def test_far_out_exp_stays_as_it_is_at_the_ends(far: float) -> None:
    assert (exp(far), exp(-far)) == (exp(709.0), exp(-708.0 if far > 708.0 else -far))


@pytest.mark.parametrize("x", [0.0, -0.0, -3.0, -math.inf, 5e-324])
def test_log_below_the_smallest_normal_number_is_that_of_the_smallest(x: float) -> None:
    assert log(x) == pytest.approx(-708.396, abs=1e-3)


def test_log_of_infinity_is_that_of_the_largest_number() -> None:
    assert (log(math.inf), BITS[log](math.inf)) == (log(1.7976931348623157e308),) * 2


def test_a_year_is_complete_every_twelve_months_and_not_on_the_first_day() -> None:
    assert [months for months in range(61) if anniversary(float(months))] == [12, 24, 36, 48, 60]


def test_half_a_month_over_is_no_anniversary() -> None:
    assert not anniversary(12.5)
