"""What is drawn to match what is known: known answers and limits of the pure functions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from orgsim.engines.drawn import income_mix, missing_staff, pay_of_staff, scale_of_staff

UNIT = st.floats(0.001, 0.999)


def one(number: float) -> np.ndarray:
    return np.array([[number]])


@given(people=st.integers(0, 300), rounding=UNIT, per_post=st.floats(1e3, 1e6), luck=UNIT)
def test_a_drawn_scale_carries_just_the_people_known(
    people: int, rounding: float, per_post: float, luck: float
) -> None:
    scale = scale_of_staff(one(people), one(rounding), one(per_post), one(11.0), one(1.7), one(luck))
    assert np.floor(scale / per_post + rounding + 1e-9) == people or abs(scale / per_post + rounding - people) < 1e-6


def test_a_drawn_scale_is_the_log_normal_within_its_bounds() -> None:
    """Its median halves the probability between the bounds, e.g. of one to two posts at 50,000 each."""
    median = scale_of_staff(one(1.0), one(0.0), one(50_000.0), one(11.0), one(1.7), one(0.5))
    low, middle, high = (norm.cdf((np.log(x) - 11.0) / 1.7) for x in (50_000.0, median.item(), 100_000.0))
    assert np.isclose(middle, (low + high) / 2)


def test_pay_is_such_that_income_carries_the_staff() -> None:
    """10 posts at the outside wage shared by 12 people, rounding half: 10/12."""
    assert pay_of_staff(one(12.0), one(0.5), one(10.0)).item() == 10.0 / 12.0


def test_pay_stays_within_what_the_model_knows() -> None:
    assert pay_of_staff(one(50.0), one(0.5), one(1.0)).item() == 0.45


def test_the_others_are_drawn_around_what_the_share_says() -> None:
    """Given 8 of a share of .8, the number of others has the mean (8 + 1)(1 - .8)/.8 = 2.25."""
    luck = (np.arange(20_000) + 0.5)[None] / 20_000
    assert abs(missing_staff(one(8.0), one(0.8), luck).mean() - 2.25) < 0.01


def mix(usual: float, **known: float) -> dict[str, float]:
    names = ("purchase", "subsidy", "fees", "trading", "gifts")
    shares = {"purchase": 0.2, "fees": 0.6, "trading": 0.1, "gifts": 0.1}
    _, found = income_mix(
        one(usual),
        one(0.0),
        {name: one(known.get(name, np.nan)) for name in names},
        {name: one(share) for name, share in shares.items()},
    )
    return {name: round(values.item(), 6) for name, values in found.items()}


def test_what_is_left_is_split_over_the_other_channels_as_usual() -> None:
    assert mix(100.0, purchase=80.0) == {"purchase": 80, "subsidy": 0, "fees": 15, "trading": 2.5, "gifts": 2.5}


def test_a_mix_that_is_known_whole_stands() -> None:
    known = {"purchase": 1.0, "subsidy": 2.0, "fees": 3.0, "trading": 4.0, "gifts": 90.0}
    assert mix(100.0, **known) == known


@given(usual=st.floats(1e3, 1e8), share=st.floats(0.0, 1.0))
def test_the_mix_adds_up_to_the_income(usual: float, share: float) -> None:
    assert np.isclose(sum(mix(usual, gifts=share * usual).values()), usual, rtol=1e-6)
