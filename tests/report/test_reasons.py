"""Which lever did it, whether a finding stands, one assumption at a time, and chance told from parameters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orgsim.core.parameters import KINDS
from orgsim.ensembles import Growing, compare
from orgsim.ensembles.measured import Measured, measured
from orgsim.ensembles.posterior import shipped_sets
from orgsim.ensembles.varied import Varied
from orgsim.report.contributions import changed_levers, contributions, missing_levers, only, without
from orgsim.report.standing import Standing, standing, worst
from orgsim.report.tornado import assuming, candidates, ends, swing, widest_first
from orgsim.report.verdicts import Judgement, Verdict, judge
from orgsim.scenarios import Scenario, load, load_text, resolve
from orgsim.scenarios.load import default_space

SMALL = """\
extends: {parent}
months: 24
population:
  funders: 2
  organizations: {{association: 20, service: 20, social_work: 20, foundation: 2, community: 30}}
"""
FINITE = st.floats(-1e6, 1e6)


def small(parent: str) -> Scenario:
    return load_text(SMALL.format(parent=parent), name=f"small-{parent}.yaml")


@given(arrays(float, (5, 6), elements=FINITE))
def test_contributions_and_remainder_add_up_to_the_total(values: np.ndarray) -> None:
    today, policy, *apart = values
    found = contributions(today, policy, {str(n): one for n, one in enumerate(apart)})
    parts = sum(one.difference for one in found.levers.values()) + found.remainder.difference
    assert parts == pytest.approx(found.total.difference, abs=1e-6)


def test_two_levers_that_only_work_together_leave_a_remainder() -> None:
    """Nought alone, ten together: each loses the whole ten, so that the parts say twenty and the remainder −10."""
    today = np.zeros(4)
    found = contributions(today, today + 10.0, {"a": today, "b": today})
    assert [one.difference for one in found.levers.values()] == [10.0, 10.0]
    assert found.remainder.difference == -10.0


def test_levers_stand_in_order_of_size() -> None:
    today, policy = np.zeros(3), np.full(3, 6.0)
    found = contributions(today, policy, {"a": policy - 1.0, "b": policy + 4.0, "c": policy - 2.0})
    assert list(found.levers) == ["b", "c", "a"]


def test_changed_levers_are_those_of_the_file_the_dated_ones_included() -> None:
    found = changed_levers(load("baseline"), load("balanced-package"))
    assert len(found) == 12
    assert "autonomy.social_support" in found
    assert changed_levers(load("baseline"), load("baseline")) == ()


@pytest.mark.parametrize("lever", changed_levers(load("baseline"), load("balanced-package")))
def test_without_a_lever_only_this_lever_stands_as_today_and_alone_all_others_do(lever: str) -> None:
    today, policy = load("baseline"), load("balanced-package")
    others = set(changed_levers(today, policy)) - {lever}
    assert set(changed_levers(today, without(policy, today, lever))) == others
    assert set(changed_levers(policy, without(policy, today, lever))) == {lever}
    assert set(changed_levers(today, only(policy, today, lever))) == {lever}
    assert set(changed_levers(policy, only(policy, today, lever))) == others


def test_a_lever_says_what_it_needs_that_is_missing() -> None:
    today = load("baseline")
    rated = load_text("extends: baseline\nset:\n  subsidy.minimum_rating: 3\n", name="rated.yaml")
    paid = load_text(
        "extends: baseline\nset:\n  subsidy.minimum_rating: 3\n  subsidy.core_grant: 20000\n", name="paid.yaml"
    )
    assert missing_levers(rated, "subsidy.minimum_rating") == ("subsidy.core_grant",)
    assert missing_levers(paid, "subsidy.minimum_rating") == ()
    assert missing_levers(today, "contracts.duration") == ()


def judged(difference: float, reach: float, margin: float = 0.1) -> Judgement:
    return judge(difference + reach * np.array([-1.0, 0.0, 1.0, -0.5, 0.5]), margin)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (judged(5.0, 1.0), judged(4.0, 1.0), Standing.stands),
        (judged(5.0, 1.0), judged(2.0, 1.0), Standing.weakens),
        (judged(5.0, 1.0), judged(4.0, 40.0), Standing.weakens),
        (judged(5.0, 1.0), judged(-1.0, 0.5), Standing.turns),
        (judged(-5.0, 1.0), judged(1.0, 0.5), Standing.turns),
        (judged(0.1, 9.0), judged(5.0, 1.0), Standing.appears),
        (judged(0.1, 9.0), judged(0.1, 9.0), Standing.open),
        (judged(0.0, 0.01), judged(0.01, 0.01), Standing.stands),
    ],
    ids=lambda one: one.value if isinstance(one, Standing) else "",
)
def test_a_finding_stands_weakens_or_turns(before: Judgement, after: Judgement, said: Standing) -> None:
    assert standing(before, after) is said


def test_of_several_findings_the_one_that_turns_is_told_first() -> None:
    assert worst([Standing.stands, Standing.turns, Standing.weakens]) is Standing.turns
    assert worst([Standing.stands, Standing.open]) is Standing.stands


def test_candidates_are_uncertain_grade_c_numbers_at_most_ten() -> None:
    space = default_space()
    found = candidates(space)
    assert len(found) == 10
    assert all(p.role == "uncertainty" and p.source.grade == "C" and not p.choices for p in found)
    assert candidates(["contracts.duration", "compliance.choice"]) == ()


def test_ends_lie_within_the_range_and_are_percentiles_of_the_shipped_sets() -> None:
    values = [one["contracts.readiness"] for one in shipped_sets()]
    low, high = ends(default_space()["contracts.readiness"])
    assert sum(value <= low["contracts.readiness", None] for value in values) == pytest.approx(len(values) / 20, abs=1)
    assert sum(value >= high["contracts.readiness", None] for value in values) == pytest.approx(len(values) / 20, abs=1)
    by_kind, _ = ends(default_space()["fees.fee_share"])
    assert {kind for _, kind in by_kind} == set(KINDS)
    unknown = default_space()["turnover.stay_share"]
    assert tuple(one["turnover.stay_share", None] for one in ends(unknown)) == unknown.range


def test_an_assumption_at_its_end_is_changed_in_today_and_policy_and_nothing_else_is() -> None:
    policy = load("people")
    changed = assuming(policy, {("contracts.readiness", None): 0.6}, "low")
    before, after = resolve(policy), resolve(changed)
    place = before.space.place["contracts.readiness"]
    assert (after.values[:, place] == 0.6).all()
    np.testing.assert_array_equal(np.delete(before.values, place, 1), np.delete(after.values, place, 1))


def test_a_tornado_begins_with_the_widest_swing() -> None:
    zero = np.zeros(3)
    narrow = swing("a", (zero, zero + 1.0), (zero, zero + 2.0))
    wide = swing("b", (zero, zero - 3.0), (zero, zero + 3.0))
    assert [one.parameter for one in widest_first([narrow, wide])] == ["b", "a"]
    assert wide.width == 6.0
    assert wide.low.verdict is Verdict.very_likely_less


def test_outcomes_measured_a_handful_at_a_time_are_those_of_the_whole_run() -> None:
    scenario = small("people")
    found = Measured(Growing(handful=2))
    assert list(found.reach(scenario, 3)) == [2, 3]
    whole = measured(Growing().run(scenario, 3).recording)
    for name, values in found.values(scenario, 3).items():
        np.testing.assert_array_equal(values, whole[name])
    assert list(found.reach(scenario, 3)) == []


def test_what_the_page_has_already_is_not_simulated_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, runs = small("people"), Growing()
    runs.run(scenario, 3)
    monkeypatch.setattr("orgsim.ensembles.measured.run_table", None)
    assert len(Measured(runs).values(scenario, 3)["public_cost"]) == 3


def test_parameter_sets_one_at_a_time_give_the_command_lines_numbers_to_the_last_bit() -> None:
    scenarios = [small("baseline"), small("people")]
    page = Varied(handful=1)
    counted = list(page.reach(scenarios, 3, 2))
    assert counted == sorted(counted)
    assert counted[-1] == 12
    command = compare(*scenarios, replications=2, uncertainty=3)
    pd.testing.assert_frame_equal(page.compare(scenarios, 3, 2).table, command.table, check_exact=True)
    assert page.known(scenarios, 3, 2)
    assert not page.known([replace(scenarios[0], months=25), scenarios[1]], 3, 2)


def test_what_was_pushed_out_meanwhile_is_made_again() -> None:
    scenarios = [small("baseline"), small("people")]
    command = compare(*scenarios, replications=2, uncertainty=2)
    table = Varied(limit=1).compare(scenarios, 2, 2).table
    pd.testing.assert_frame_equal(table, command.table, check_exact=True)
