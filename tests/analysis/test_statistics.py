"""Statistics the measures share, against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orgsim.analysis.pay_responses import ratio_of_log_changes
from orgsim.analysis.statistics import correlation, divided, half_life, jackknife, moments, ratio_of_rates

VALUES = arrays(np.float64, st.integers(3, 20), elements=st.floats(-100, 100))


@given(VALUES)
def test_pseudo_values_of_a_mean_are_the_values(values: np.ndarray) -> None:
    found = jackknife(values[:, None], lambda mean: float(mean[0]))
    assert found == pytest.approx(values, abs=1e-9)


def test_the_jackknife_takes_the_bias_out_of_a_squared_mean() -> None:
    """The square of a mean is too large by s²/n; the jackknife takes out exactly that."""
    values = np.array([1.0, 2.0, 4.0, 9.0])
    found = jackknife(values[:, None], lambda mean: float(mean[0] ** 2)).mean()
    assert found == pytest.approx(values.mean() ** 2 - values.var(ddof=1) / 4)


def test_one_replication_has_the_statistic_itself() -> None:
    assert jackknife(np.array([[6.0, 2.0]]), lambda mean: float(mean[0] / mean[1])) == [3.0]


@given(VALUES, st.integers(0, 2**32 - 1))
def test_correlation_from_moments_is_that_of_numpy(x: np.ndarray, seed: int) -> None:
    x = x + np.random.default_rng(seed).normal(size=len(x))
    y = x + np.random.default_rng(seed + 1).normal(size=len(x))
    assert float(correlation(moments(x, y))) == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-6)


def test_moments_of_groups_add_up() -> None:
    x, y = np.arange(10.0), np.arange(10.0) ** 2
    assert moments(x[:4], y[:4]) + moments(x[4:], y[4:]) == pytest.approx(moments(x, y))


def test_dividing_by_nothing_is_not_known() -> None:
    assert np.isnan(divided(1.0, 0.0))


def test_the_ratio_of_rates_is_that_of_events_by_those_at_risk() -> None:
    assert ratio_of_rates(np.array([4.0, 10.0, 1.0, 10.0])) == pytest.approx(4.0)


def test_the_half_life_of_an_exponential_is_its_own() -> None:
    path = np.r_[0.0, 0.5, 2.0 ** (-np.arange(40) / 7.0)]
    assert half_life(path) == pytest.approx(7.0, abs=0.01)


def test_a_path_that_stays_has_no_half_life() -> None:
    assert np.isnan(half_life(np.ones(20)))


def test_log_changes_of_two_groups_are_divided() -> None:
    """.10 → .05 against .10 → .08."""
    sums = np.array([10.0, 100.0, 10.0, 100.0, 5.0, 100.0, 8.0, 100.0])
    assert ratio_of_log_changes(sums) == pytest.approx(np.log(0.5) / np.log(0.8))
