"""What each measure says of small worlds made by hand, whose answer is plain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from orgsim.analysis import funding, further, governance, staff
from orgsim.analysis.facts import FACTS, Quantities
from orgsim.analysis.observe import Span
from orgsim.core.parameters import KINDS
from orgsim.outcomes.recorder import Recording

Make = Callable[..., Span]
Record = Callable[..., Recording]
SERVICE = KINDS.index("service") * 6


def told(row: str, *years: Span) -> list[float]:
    """What the fact of a row says of one replication that shows these spans."""
    fact = FACTS[row]
    assert fact.look
    assert fact.finish
    seen = np.array([[np.asarray(fact.look.function(year), float) for year in years]])
    return [float(values[0]) for values in fact.finish(seen)]


def first(quantities: Quantities) -> float:
    return float(quantities[0][0])


def test_turnover_counts_full_time_staff_of_service_organizations_only(recording: Record) -> None:
    inside = recording(SERVICE, full_time_leavers=2.0, full_time_staff=100.0)
    outside = recording(0, full_time_leavers=2.0, full_time_staff=100.0)
    assert first(staff.turnover(inside)) == pytest.approx(0.24)
    assert np.isnan(first(staff.turnover(outside)))


def test_spread_of_turnover_leaves_out_the_small_the_closed_and_the_unregistered(span: Make) -> None:
    """Of four that count, with 10 people each, 0, 1, 2 and 5 left: one below 10 %, one above 40 %."""
    people = [10, 10, 10, 10, 4, 10, 10]
    left = [0, 1, 2, 5, 4, 9, 9]
    year = span(
        organizations={"registered": [True] * 5 + [False, True], "active": [True] * 7},
        organizations_after={"active": [True] * 6 + [False]},
        flows={"headcount": [people] * 12, "leavers": [left] + [[0] * 7] * 11},
    )
    assert told("S2", year) == [0.25, 0.25]


def test_small_and_large_organizations_are_compared_by_rates(recording: Record) -> None:
    run = recording(0, leavers=3.0, headcount=100.0)
    for name, value in (("leavers", 1.0), ("headcount", 100.0)):
        run.measures[name][:, :, 4] = value
    assert first(staff.turnover_by_size(run)) == pytest.approx(3.0)


def test_the_peak_of_leaving_is_found_where_the_hazard_is_highest_not_where_most_leave(recording: Record) -> None:
    """Hazards .01 but .3 in months 5 to 7; in month 1 more leave, since more are there."""
    hazard = np.full(40, 0.01)
    hazard[5:8] = 0.3
    alive, ended = 10_000.0, []
    for risk in hazard:
        ended.append(alive * risk)
        alive -= ended[-1]
    run = recording(spells={"staff_ended": ended, "staff_open": [0.0] * 40 + [alive]})
    assert first(staff.peak_month(run)) == 6.0


def test_turnover_by_tenure_compares_monthly_rates_of_the_new_and_the_settled(span: Make) -> None:
    """4 of 10 new and 1 of 10 settled people leave; one more loses the employer and does not count."""
    month = span(
        {"tenure": [3] * 10 + [80] * 10 + [3], "employer": [0] * 20 + [1]},
        {"active": [True, True]},
        staff_after={"present": [False] * 4 + [True] * 6 + [False] + [True] * 9 + [False]},
        organizations_after={"active": [True, False]},
    )
    assert told("S6", month) == [pytest.approx(4.0)]


def test_strong_intention_keeps_the_threshold_of_the_first_year(span: Make) -> None:
    """Hazards twice as high in the second year: more people pass the threshold one in five passed at first."""
    chances = np.geomspace(0.001, 0.1, 2000)
    same = told("S8", span({"quit_probability": chances}), span({"quit_probability": chances}))
    worse = told("S8", span({"quit_probability": chances}), span({"quit_probability": np.minimum(2 * chances, 0.9)}))
    assert same == [pytest.approx(0.2, abs=0.01)]
    assert worse[0] > 0.3


def test_intention_tells_who_leaves_only_if_it_decides(span: Make) -> None:
    count = 2000
    chances = np.where(np.arange(count) % 2 == 0, 0.3, 0.001)
    base = {"quit_probability": chances, "employer": [0] * count}
    correlation, strong, other = told("S9", span(base, {"active": [True]}, staff_after={"present": chances < 0.1}))
    assert correlation > 0.9
    assert (strong, other) == (1.0, pytest.approx(0.375, abs=0.01))  # 400 strong, 600 of the other 1,600 gone too
    even = np.arange(count) % 4 < 2  # as many of either sort leave
    correlation, strong, other = told("S9", span(base, {"active": [True]}, staff_after={"present": even}))
    assert correlation == pytest.approx(0.0, abs=0.05)
    assert (strong, other) == (pytest.approx(0.5, abs=0.08), pytest.approx(0.5, abs=0.03))


def test_correlations_of_morale_with_exit_have_their_signs_and_sizes(span: Make) -> None:
    """Satisfaction decides who leaves, burnout is unrelated."""
    year = span(
        {"satisfaction": [1.0, 1.0, -1.0, -1.0], "burnout": [1.0, -1.0, 1.0, -1.0], "employer": [0] * 4},
        {"active": [True]},
        staff_after={"present": [True, True, False, False]},
    )
    assert told("S10", year) == [pytest.approx(-1.0), pytest.approx(0.0)]


def test_a_vacated_post_is_open_with_the_product_of_what_was_left_unfilled(span: Make) -> None:
    """One organization of ten posts: 4 vacated in month 0, half of the empty posts filled each month."""
    vacant = np.array([4, 2, 1, 0.5] + [0] * 8)[:, None]
    year = span(
        organizations={"active": [True]},
        flows={
            "vacancies": vacant,
            "hires": vacant / 2,
            "posts": np.full((12, 1), 10.0),
            "leavers": np.array([4] + [0] * 11)[:, None],
        },
    )
    rate, still = told("S22", year)
    assert rate == pytest.approx(3.75 / 120)
    assert still == pytest.approx(0.5**4)


def test_the_cost_of_a_departure_is_the_work_a_newcomer_does_not_do(span: Make) -> None:
    """Half of the work in each of 24 months is twelve months of pay, 52 weeks."""
    tenure = [*range(1, 25), 40, 50]
    people = {"tenure": tenure, "productivity": [0.5] * 24 + [1.0, 1.0]}
    assert told("S23", span(people)) == [pytest.approx(52.0)]


def test_hazards_of_stopping_count_those_who_close_and_those_who_turn_dormant(span: Make) -> None:
    """By scale: of the five smallest two stop, of the five largest one does; those between do not matter."""
    count = 25
    stopped = [0, 1, 24]
    year = span(
        organizations={"registered": [True] * count, "active": [True] * count, "scale": range(count)},
        organizations_after={
            "present": [place != 0 for place in range(count)],
            "active": [place not in stopped for place in range(count)],
        },
    )
    assert told("F9", year) == [pytest.approx(2.0)]


def test_a_row_taken_by_another_organization_counts_as_gone(span: Make) -> None:
    year = span(
        organizations={"registered": [True] * 2, "active": [True] * 2},
        organizations_after={"id": [1, 9]},
        flows={"income": [[1.0, 100.0]] * 12},
    )
    assert told("F10", year) == [1.0]


def test_incomes_are_those_of_a_whole_year(span: Make) -> None:
    year = span(
        organizations={"registered": [True] * 4, "active": [True] * 4},
        flows={"income": [[10_000, 20_000, 30_000, 500_000]] * 12},
    )
    assert told("F10", year) == [pytest.approx(140_000 / 25_000)]
    assert told("F12", year) == [0.75]


def test_staff_is_divided_by_the_whole_register_and_its_median_taken_of_the_active(span: Make) -> None:
    year = span(
        organizations={
            "registered": [True, True, True, True, False],
            "active": [True, True, True, False, True],
            "headcount": [2, 4, 18, 0, 99],
        }
    )
    assert told("F13", year) == [6.0, 4.0]


def test_one_late_month_makes_a_contract_holder_hit_for_the_year(span: Make) -> None:
    work, late = np.zeros((12, 3)), np.zeros((12, 3))
    work[:, :2] = 1.0
    late[7, 0] = 1.0
    year = span(organizations={"registered": [True] * 3}, flows={"delivered": work, "delayed": late})
    assert told("F19", year) == [0.5]


def test_swings_of_gifts_are_those_of_their_yearly_sums(recording: Record) -> None:
    """Gifts that double and halve in turn change by ±ln 2: SD √(4/3)·ln 2 of four changes, over c4(4) = .9213."""
    run = recording(0, donation_receipt=1.0)
    gifts = np.zeros((1, 61, 30))
    gifts[0, 1:, 0] = np.repeat([1.0, 2.0, 1.0, 2.0, 1.0], 12)
    long = Recording(run.replications, 60, {"donation_receipt": gifts}, run.cash, run.income, run.spells)
    assert first(funding.gift_swings(long)) == pytest.approx(np.sqrt(4 / 3) * np.log(2) / 0.9213, rel=1e-4)


def test_channels_are_shares_of_all_that_was_found(recording: Record) -> None:
    found = {"inspection": 1.0, "tip": 5.0, "press": 2.0, "books": 1.0, "evaluator": 1.0}
    run = recording(0, **{f"found_by_{name}": number for name, number in found.items()})
    assert [float(share[0]) for share in governance.channels(run)] == [0.5, 0.1]


def test_gifts_of_the_newly_rated_are_held_against_those_not_rated(span: Make) -> None:
    """3A: gifts grow by 20 %, 1A: by 5 %, unrated: by 5 %; one always rated does not count."""
    rating = np.zeros((12, 4))
    rating[6:, 0], rating[6:, 1], rating[:, 3] = 4.0, 1.0, 3.0
    gifts = np.ones((12, 4))
    gifts[6:] = [1.2, 1.05, 1.05, 9.0]
    year = span(
        organizations={"registered": [True] * 4, "active": [True] * 4},
        flows={"rating": rating, "donation_receipt": gifts},
    )
    assert told("G13", year) == [pytest.approx(1.2 / 1.05 - 1.0), pytest.approx(0.0)]


def test_trust_and_gifts_are_correlated_within_kinds(span: Make) -> None:
    """Within each kind trust and gifts go together; that one kind has little trust and many gifts is taken out."""
    year = span(
        organizations={
            "registered": [True] * 4,
            "active": [True] * 4,
            "kind": [0, 0, 1, 1],
            "scale": [1.0] * 4,
            "credibility": [0.4, 0.6, 0.1, 0.3],
        },
        flows={"donation_receipt": [[1.0, 2.0, 50.0, 100.0]] * 12},
    )
    assert told("G14", year) == [pytest.approx(1.0)]


def test_odds_of_misconduct_compare_the_best_with_the_worst_managed_quarter(span: Make) -> None:
    """Of 20 in each quarter, 5 of the best and 10 of the worst: (5/15) / (10/10)."""
    management = np.repeat([0.1, 0.4, 0.6, 0.9], 20)
    bad = [place < 10 for place in range(20)] + [False] * 40 + [place < 5 for place in range(20)]
    year = span(
        organizations={
            "registered": [True] * 80,
            "active": [True] * 80,
            "management": management,
            "serious_misconduct": bad,
        }
    )
    assert told("G22", year) == [pytest.approx(1 / 3)]


def test_ages_are_those_at_the_start(span: Make) -> None:
    year = span(organizations={"registered": [True] * 4, "age": [10, 70, 130, 200]})
    later = span(organizations={"registered": [True] * 4, "age": [999] * 4})
    assert told("F7", year, later) == [0.25, 0.25, 0.5]


def test_the_richest_tenth_has_its_share_of_income(span: Make) -> None:
    income = [1.0] * 9 + [11.0]
    year = span(organizations={"registered": [True] * 10, "active": [True] * 10}, flows={"income": [income] * 12})
    assert told("top_tenth", year) == [pytest.approx(0.55)]


def test_volatility_of_income_is_the_spread_of_its_log_changes(span: Make) -> None:
    year = span(
        organizations={"registered": [True] * 2, "active": [True] * 2, "income_trend": [10.0, 10.0]},
        organizations_after={"income_trend": [10.0 * np.e**0.3, 10.0 * np.e**-0.3]},
    )
    assert told("income_volatility", year) == [pytest.approx(0.3)]


def test_part_time_and_full_time_staff_are_compared_by_rates(span: Make) -> None:
    """Of 10 each, 4 and 2 leave."""
    month = span(
        {"full_time": [False] * 10 + [True] * 10, "employer": [0] * 20},
        {"active": [True]},
        staff_after={"present": [False] * 4 + [True] * 6 + [False] * 2 + [True] * 8},
    )
    assert told("turnover_part_time", month) == [pytest.approx(2.0)]


def test_spikes_stand_out_from_the_months_beside_them(recording: Record) -> None:
    hazard = np.full(30, 0.02)
    hazard[[12, 24]] = 0.05
    alive, ended = 1e6, []
    for risk in hazard:
        ended.append(alive * risk)
        alive -= ended[-1]
    run = recording(spells={"staff_ended": ended, "staff_open": [0.0] * 30 + [alive]})
    assert first(further.renewal_spikes(run)) == pytest.approx(2.5, rel=0.02)


def test_years_dormant_are_the_stock_over_its_yearly_outflow(recording: Record) -> None:
    run = recording(0, dormant_now=60.0, struck_off=0.2, deregistered=0.5, revived=0.3)
    assert first(further.years_dormant(run)) == pytest.approx(5.0)


def test_hazard_by_reserves_compares_the_poor_with_those_who_have_three_months(span: Make) -> None:
    """Of four each 2 and 1 stop; those between do not count."""
    year = span(
        organizations={
            "registered": [True] * 9,
            "active": [True] * 9,
            "months_of_cash": [0.5] * 4 + [3.0] * 4 + [2.0],
        },
        organizations_after={"active": [False, False, True, True, False, True, True, True, False]},
    )
    assert told("hazard_by_reserves", year) == [pytest.approx(2.0)]
