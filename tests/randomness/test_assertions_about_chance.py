"""The assertions about chance pass what is right, and fail what is decisively wrong, and only that."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from orgsim.testing import assert_counts, assert_distribution, assert_mean, assert_proportion

LUCK = np.random.default_rng(1)
NORMAL = stats.norm.ppf((np.arange(400) + 0.5) / 400)


@pytest.mark.parametrize(
    "right",
    [
        lambda: assert_proportion(30, 100, 0.3),
        lambda: assert_proportion(0, 100, 0.0),
        lambda: assert_proportion(0, 0, 0.5),
        lambda: assert_counts([10, 20, 30], [1 / 6, 1 / 3, 1 / 2]),
        lambda: assert_mean(NORMAL + 5.0, 5.0),
        lambda: assert_mean([2.0, 2.0], 2.0),
        lambda: assert_distribution(NORMAL, stats.norm.cdf),
    ],
)
def test_what_is_right_passes(right: Callable[[], None]) -> None:
    right()


@pytest.mark.parametrize(
    "unlikely",
    [
        lambda: assert_proportion(39, 100, 0.3),  # p = .04
        lambda: assert_mean(NORMAL + 0.1, 0.0),  # p = .05
        lambda: assert_counts([5, 20, 35], [1 / 6, 1 / 3, 1 / 2]),
    ],
)
def test_what_is_merely_unlikely_passes(unlikely: Callable[[], None]) -> None:
    unlikely()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: assert_proportion(50, 100, 0.3),
        lambda: assert_proportion(1, 100, 0.0),
        lambda: assert_counts([60, 20, 20], [1 / 6, 1 / 3, 1 / 2]),
        lambda: assert_mean(NORMAL + 0.3, 0.0),
        lambda: assert_mean([2.0, 2.0], 3.0),
        lambda: assert_distribution(NORMAL * 2.0, stats.norm.cdf),
    ],
)
def test_what_is_decisively_wrong_fails(wrong: Callable[[], None]) -> None:
    with pytest.raises(AssertionError, match="expected"):
        wrong()


def test_a_true_proportion_is_called_wrong_less_than_once_in_a_hundred_times() -> None:
    failures = 0
    for hits in LUCK.binomial(200, 0.2, 2000):
        try:
            assert_proportion(int(hits), 200, 0.2)
        except AssertionError:
            failures += 1
    assert failures <= 20
