"""Experiments: both arms begin alike, differ in what was moved, and answer as they must in plain cases."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.analysis import pay_responses, supervision_responses  # noqa: F401
from orgsim.analysis.experiments import EVERYBODY, Laboratory, changed
from orgsim.analysis.facts import FACTS
from orgsim.analysis.pay_responses import pay_moved, start_of_pay
from orgsim.scenarios import resolve
from orgsim.testing import tiny_scenario


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    scenario = tiny_scenario({"association": 10, "service": 20, "social_work": 20, "foundation": 1, "community": 5})
    return Laboratory(resolve(scenario), scenario.population, replications=6, workers=2)


def test_changes_hold_from_month_0_on_and_leave_the_burn_in_alone() -> None:
    table = resolve(tiny_scenario())
    other = changed(table, {"contracts.duration": 36.0, "accounts.mean_income": 1.0}, months=30)
    place, kinds = table.space.place["contracts.duration"], table.space.place["accounts.mean_income"]
    assert other.burn_in_fingerprint() == table.burn_in_fingerprint()
    assert [float(other.at(month)[place]) for month in (-1, 0, 29)] == [12.0, 36.0, 36.0]
    assert np.all(other.at(0)[kinds : kinds + 5] == 1.0)
    assert np.sum(other.at(0) != table.at(0)) == 6


def test_a_path_gives_each_month_its_value() -> None:
    table = resolve(tiny_scenario())
    other = changed(table, {"innovation.forums": [12.0, 12.0, 0.0]}, months=3)
    place = table.space.place["innovation.forums"]
    assert [float(other.at(month)[place]) for month in range(3)] == [12.0, 12.0, 0.0]


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        changed(resolve(tiny_scenario()), {"contracts.no_such": 1.0})


def test_nothing_moved_changes_nothing(laboratory: Laboratory) -> None:
    found = laboratory.relative(lambda arm: arm.turnover(), {}, months=6)
    assert np.array_equal(found, np.zeros(6))


def test_an_arm_is_run_once(laboratory: Laboratory) -> None:
    assert laboratory.run(months=6) is laboratory.run({}, months=6)


def test_pay_moved_by_a_share_pays_that_share_of_mean_pay_for_each_full_time_post(laboratory: Laboratory) -> None:
    pay, _ = start_of_pay(laboratory)
    before, after = laboratory.pair(pay_moved(laboratory, 0.10, 1), months=1)
    posts = before.flow("full_time_staff", slice(0, 1), EVERYBODY)
    paid = after.flow("wage_subsidy_receipt", slice(0, 1), EVERYBODY)
    assert np.all(paid > 0.0)
    # What is paid rests on the posts of the month before, some of which were left or filled meanwhile.
    assert paid.mean() / posts.mean() == pytest.approx(0.10 * pay, rel=0.1)


def test_a_cut_in_pay_drives_people_out_and_a_rise_keeps_them(laboratory: Laboratory) -> None:
    usual, cut, rise = (
        laboratory.run(pay_moved(laboratory, share, 24)).turnover(full_time=True).mean() for share in (0.0, -0.2, 0.2)
    )
    assert rise < usual < cut


def test_audits_without_sanctions_move_conduct_less_than_audits_with_them(laboratory: Laboratory) -> None:
    toothless, credible = (FACTS[row].from_experiments for row in ("G9", "G8"))
    assert toothless
    assert credible
    assert credible(laboratory)[0].mean() < toothless(laboratory)[0].mean()
