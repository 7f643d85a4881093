"""Kaplan–Meier curves and intervals over replications, against numbers worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.survival import kaplan_meier, mean_interval, spell_survival


def counts(**at: int) -> Floats:
    """`counts(m1=2)`: two spells of length 1, of lengths 0 to 7."""
    made = np.zeros(8)
    for month, number in at.items():
        made[int(month[1:])] = number
    return made


def recorded(months: int, **spells: list[Floats]) -> Recording:
    """A recording of nothing but spells."""
    made = {name: np.array(rows) for name, rows in spells.items()}
    return cast(Recording, SimpleNamespace(months=months, spells=made))


def test_a_curve_is_the_product_of_the_shares_that_stay_at_each_end() -> None:
    # Six spells: two end at month 1, one at month 3; open at months 2, 3 and 5.
    # At month 1, 2 of 6 end: 4/6. At month 3, 1 of the 3 still watched ends: 4/6 · 2/3 = 4/9.
    curve = kaplan_meier(counts(m1=2, m3=1), counts(m2=1, m3=1, m5=1))
    assert curve[:6] == pytest.approx([1, 4 / 6, 4 / 6, 4 / 9, 4 / 9, 4 / 9])


def test_a_curve_is_unknown_where_nobody_was_watched_so_long() -> None:
    assert np.isnan(kaplan_meier(counts(m1=2), counts(m5=1))[6:]).all()


def test_spells_that_all_go_on_leave_the_curve_at_one() -> None:
    assert kaplan_meier(counts(), counts(m4=3))[:5].tolist() == [1.0] * 5


def test_no_spell_at_all_tells_nothing() -> None:
    assert np.isnan(kaplan_meier(counts(), counts())).all()


def test_leaving_open_spells_out_would_make_lives_look_shorter() -> None:
    ended = counts(m1=2, m3=2)
    assert kaplan_meier(ended, counts(m5=4))[3] > kaplan_meier(ended, counts())[3]


def test_each_replication_has_its_own_curve_as_long_as_the_run() -> None:
    recording = recorded(5, staff_ended=[counts(m1=1), counts()], staff_open=[counts(m2=1), counts(m5=2)])
    curves = spell_survival(recording, "staff")
    assert curves.shape == (2, 6)
    assert curves[:, 1].tolist() == [0.5, 1.0]


def test_entrants_are_counted_by_their_own_age() -> None:
    recording = recorded(3, entrants_closed=[counts(m2=1)], entrants_open=[counts(m3=3)])
    assert spell_survival(recording, "entrants")[0].tolist() == [1.0, 1.0, 0.75, 0.75]


def test_the_interval_of_a_mean_is_students() -> None:
    # 1, 2, 3: standard error 1/√3, and t of 2 degrees of freedom at 97.5 % is 4.302653.
    mean, low, high = (float(part) for part in mean_interval(np.array([1.0, 2.0, 3.0])))
    assert (mean, high - mean, mean - low) == pytest.approx((2.0, 2.484138, 2.484138), rel=1e-6)


@pytest.mark.parametrize(("values", "mean"), [([4.0], 4.0), ([4.0, np.nan], 4.0), ([np.nan, np.nan], np.nan)])
def test_fewer_than_two_known_values_have_no_interval(values: list[float], mean: float) -> None:
    told: tuple[Any, ...] = mean_interval(np.array(values))
    assert np.array(told, dtype=float) == pytest.approx([mean, np.nan, np.nan], nan_ok=True)
