"""Which words a difference can bear, and what an extra unit costs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from orgsim.report.verdicts import LIKELY, VERY_LIKELY, Verdict, judge, margin_of, unit_cost

COUNT = 10


def differences(probability: float, sign: float = 1.0) -> np.ndarray:
    """Ten differences whose mean has its sign with a chosen probability, by Student's t."""
    values = np.linspace(-1.0, 1.0, COUNT)
    error = values.std(ddof=1) / np.sqrt(COUNT)
    return sign * (values + stats.t.ppf(probability, COUNT - 1) * error)


@pytest.mark.parametrize(
    ("probability", "sign", "verdict"),
    [
        (VERY_LIKELY + 0.001, 1.0, Verdict.very_likely_more),
        (VERY_LIKELY + 0.001, -1.0, Verdict.very_likely_less),
        (VERY_LIKELY - 0.001, 1.0, Verdict.likely_more),
        (LIKELY + 0.001, -1.0, Verdict.likely_less),
        (LIKELY - 0.001, 1.0, Verdict.cannot_tell),
        (LIKELY - 0.001, -1.0, Verdict.cannot_tell),
    ],
)
def test_words_follow_the_probability_of_the_sign(probability: float, sign: float, verdict: Verdict) -> None:
    judgement = judge(differences(probability, sign))
    assert judgement.verdict is verdict
    assert judgement.probability == pytest.approx(probability)


@pytest.mark.parametrize("probability", [0.81, 0.96, 0.974, 0.976, 0.999])
def test_very_likely_says_exactly_that_the_interval_leaves_nought_out(probability: float) -> None:
    judgement = judge(differences(probability))
    assert (judgement.verdict is Verdict.very_likely_more) == (judgement.low > 0.0)


def test_a_difference_within_the_margin_does_not_matter_however_sure_it_is() -> None:
    sure = differences(0.9999)
    reach = max(abs(judge(sure).low), judge(sure).high)
    assert judge(sure, reach * 1.01).verdict is Verdict.no_difference
    assert judge(sure, reach * 0.99).verdict is Verdict.very_likely_more


def test_the_same_in_every_replication_is_no_difference() -> None:
    assert judge([0.0, 0.0, 0.0]).verdict is Verdict.no_difference


def test_a_difference_without_any_spread_is_very_likely() -> None:
    assert judge([2.0, 2.0, 2.0]).verdict is Verdict.very_likely_more


def test_one_replication_gives_a_difference_and_no_range() -> None:
    judgement = judge([3.0, np.nan])
    assert judgement.verdict is Verdict.one_replication
    assert judgement.difference == 3.0
    assert np.isnan([judgement.low, judgement.high]).all()


def test_nothing_known_is_unknown() -> None:
    assert judge([np.nan, np.nan]).verdict is Verdict.unknown


def test_replications_of_the_same_sign_are_counted() -> None:
    judgement = judge([1.0, 2.0, -0.5, 0.0])
    assert (judgement.same_sign, judgement.pairs) == (2, 4)


@pytest.mark.parametrize(("unit", "baseline", "margin"), [("share", 0.7, 0.01), ("CNY", -2e9, 2e6), ("CNY", np.nan, 0)])
def test_margins_are_fixed_or_a_part_of_the_baseline(unit: str, baseline: float, margin: float) -> None:
    assert margin_of(unit, baseline) == pytest.approx(margin)


def test_the_price_of_a_sure_gain_is_the_interval_of_the_cost_divided_by_it() -> None:
    costs = np.array([9.0, 10.0, 11.0, 14.0])
    judgement, price = judge(costs), unit_cost(costs, np.full(4, 2.0))
    assert (price.value, price.low, price.high) == pytest.approx(
        (judgement.difference / 2, judgement.low / 2, judgement.high / 2)
    )


def test_fiellers_limits_are_the_ratios_that_the_data_just_allow() -> None:
    random = np.random.default_rng(5)
    gains = 4.0 + random.normal(size=12)
    costs = 10.0 * gains + random.normal(size=12)
    price = unit_cost(costs, gains)
    allowed = stats.t.ppf(0.975, 11)
    for limit, sign in ((price.low, 1), (price.high, -1)):
        left = costs - limit * gains
        assert sign * left.mean() / (left.std(ddof=1) / np.sqrt(12)) == pytest.approx(allowed)


@pytest.mark.parametrize(
    ("costs", "gains", "reason"),
    [
        ([5.0, 6.0, 7.0], [-1.0, 1.0, 0.5], "unclear"),
        ([5.0, 6.0, 7.0], [-2.0, -2.1, -1.9], "unclear"),
        ([-1.0, 1.0, 0.5], [2.0, 2.1, 1.9], "free"),
        ([-5.0, -6.0, -7.0], [2.0, 2.1, 1.9], "free"),
        ([5.0], [2.0], "unclear"),
    ],
)
def test_no_price_is_given_where_gain_or_cost_is_not_clear(costs: list[float], gains: list[float], reason: str) -> None:
    price = unit_cost(costs, gains)
    assert price.reason == reason
    assert np.isnan([price.value, price.low, price.high]).all()
