"""Worlds simple enough to be solved by hand; the model must find the same solution."""

from __future__ import annotations

from math import ceil, exp, log

import numpy as np
import pytest
from scipy import stats

from orgsim.testing import TinyWorld, Values, assert_counts, assert_mean, assert_proportion, same_bits, tiny_world

# They count the months, or tell the month's place in the year or its luck.
CLOCKS = {
    "sector": set(),
    "kind": set(),
    "funder": set(),
    "organization": {"age", "age_bin", "entered", "tenure_sum", "year_result", "in_deficit", "leader_age", "led_for"},
    "staff": {"tenure", "experience", "spell_bin", "earliness", "newness", "rawness", "luck"},
    "stratum": {"tenure_sum", "in_deficit"},
}
NO_STAFF: Values = {"pay.staff_share": 0.0, "accounts.overhead_share": 0.0}


@pytest.fixture(scope="module")
def settled(quiet: Values) -> TinyWorld:
    """A quiet world once what it began with has died away: smoothed columns need some centuries of halving."""
    spend_what_is_left = {"accounts.trend_months": 1.0, "accounts.spending_rate": 1.0}
    # Nobody lives beyond their means, be it by a post rounded up: debts would grow for ever.
    well_off = {"accounts.mean_income": 2e6, "accounts.income_spread": 0.3, "pay.staff_share": 0.4}
    world = tiny_world(values={**quiet, **spend_what_is_left, **well_off}, replications=2)
    world.step(400)
    return world


def test_a_settled_world_has_people_money_and_services(settled: TinyWorld) -> None:
    assert (len(settled.column("staff", "id")) > 50, settled.column("organization", "services").sum() > 0.0) == (
        True,
        True,
    )


@pytest.mark.parametrize("entity", list(CLOCKS))
def test_a_steady_world_does_not_move(entity: str, settled: TinyWorld) -> None:
    before = settled.world.copy()
    settled.step(12)
    columns = {"id": settled[entity].id, "present": settled[entity].present, **settled[entity].columns}
    moved = [n for n, values in columns.items() if n not in CLOCKS[entity] and not same_bits(values, before[entity][n])]
    assert moved == []


def cash_path(values: Values, months: int) -> tuple[TinyWorld, np.ndarray]:
    """One organization and its cash at the start and after each month, shape (months + 1,)."""
    world = tiny_world({"service": 1}, values=values)
    path = [world.column("organization", "cash")[0]]
    for _ in range(months):
        world.step()
        path.append(world.column("organization", "cash")[0])
    return world, np.array(path)


@pytest.mark.parametrize("cost", [0.0, 0.4, 1.0, 1.7])
def test_cash_grows_in_a_straight_line_when_nothing_is_spent_of_it(cost: float, quiet: Values) -> None:
    values = {**quiet, **NO_STAFF, "accounts.material_share": cost, "accounts.spending_rate": 0.0}
    world, path = cash_path(values, 60)
    income = world.column("organization", "income")[0]
    np.testing.assert_allclose(path, path[0] + (1.0 - cost) * income * np.arange(61), rtol=1e-12)


@pytest.mark.parametrize("rate", [0.02, 0.15, 0.5])
def test_cash_nears_what_spending_leaves_of_it_geometrically(rate: float, quiet: Values) -> None:
    cost = 0.6
    values = {**quiet, **NO_STAFF, "accounts.material_share": cost, "accounts.spending_rate": rate}
    world, path = cash_path({**values, "accounts.trend_months": 1.0}, 61)
    income, target = (world.column("organization", name)[0] for name in ("income", "reserve_target"))
    rest = target * cost * income + (1.0 - cost) * income / rate
    # From the first month on cost is known to be `cost * income`; before, income was the guess.
    expected = rest + (path[1] - rest) * (1.0 - rate) ** np.arange(61)
    np.testing.assert_allclose(path[1:], expected, rtol=1e-10)


@pytest.mark.parametrize("staff_share", [0.3, 0.65])
def test_wages_are_paid_out_of_cash_month_by_month(staff_share: float, quiet: Values) -> None:
    values = {**quiet, "pay.staff_share": staff_share, "accounts.spending_rate": 0.0, "accounts.overhead_share": 0.0}
    world, path = cash_path({**values, "accounts.material_share": 0.0}, 24)
    wages = world.column("staff", "wage_cost").sum() * 1.3
    income = world.column("organization", "income")[0]
    np.testing.assert_allclose(path, path[0] + (income - wages) * np.arange(25), rtol=1e-9)


def employed(values: Values, months: int) -> list[int]:
    """People in post at the start and after each month, over four replications."""
    world = tiny_world({"service": 60}, values=values, replications=4)
    counts = [int(world["staff"].present.sum())]
    for _ in range(months):
        world.step()
        counts.append(int(world["staff"].present.sum()))
    return counts


ALIKE: Values = {
    "turnover.shock_spread": 0.0,
    "turnover.satisfaction_effect": 0.0,
    "turnover.burnout_effect": 0.0,
    "turnover.part_time_effect": 0.0,
    "turnover.certificate_effect": 0.0,
    "turnover.skill_effect": 0.0,
    "turnover.contagion": 0.0,
    "turnover.credibility_effect": 0.0,
}


@pytest.mark.parametrize("hazard", [0.02, 0.1])
def test_people_with_a_constant_hazard_leave_after_geometric_spells(hazard: float, quiet: Values) -> None:
    months = 24
    counts = employed({**quiet, **ALIKE, "turnover.base_hazard": hazard}, months)
    left = [*-np.diff(counts), counts[-1]]
    spells = stats.geom(1.0 - exp(-hazard))
    expected = [*spells.pmf(np.arange(1, months + 1)), spells.sf(months)]
    assert_counts(left, expected, f"spells of {counts[0]} people")


def test_the_first_month_is_as_risky_as_any(quiet: Values) -> None:
    before, after = employed({**quiet, **ALIKE, "turnover.base_hazard": 0.1}, 1)
    assert_proportion(before - after, before, 1.0 - exp(-0.1), "leavers of the first month")


def test_posts_that_open_at_random_stay_open_for_a_geometric_time(quiet: Values) -> None:
    chance = 0.3
    values = {**quiet, "hiring.base_fill": -log(1.0 - chance), "hiring.recruitment_elasticity": 0.0}
    world = tiny_world({"service": 40}, values={**values, "hiring.credibility_effect": 0.0}, replications=4)
    everybody = world["staff"].present.sum()
    world["staff"].present[:, ::2] = False
    empty = everybody - world["staff"].present.sum()
    world["organization"].columns["headcount"][:] = [
        np.bincount(table[p], minlength=world["organization"].rows)
        for table, p in zip(world["staff"]["employer"], world["staff"].present, strict=True)
    ]
    world.step()
    filled = world["staff"].present.sum() - everybody + empty
    assert_proportion(int(filled), int(empty), chance, "posts filled in a month")


def test_a_newcomer_learns_along_the_closed_curve(quiet: Values) -> None:
    curve = {"skills.newcomer_loss": 0.5, "skills.learning_months": 6.0, "skills.burnout_loss": 0.0}
    world = tiny_world({"service": 10}, values={**quiet, **curve, "skills.skill_output": 0.0})
    tenure = world.column("staff", "tenure")
    for month in range(1, 37):
        world.step()
        expected = 1.0 - 0.5 * np.exp(-(tenure + month) / 6.0)
        np.testing.assert_allclose(world.column("staff", "productivity"), expected, rtol=1e-12)


@pytest.mark.parametrize(("training", "decay"), [(0.0, 0.015), (1.0, 0.0), (0.5, 0.03)])
def test_skill_nears_what_training_and_disuse_allow_geometrically(training: float, decay: float, quiet: Values) -> None:
    learning, ceiling, months = 0.62, 3.0, 48
    world = tiny_world({"service": 10}, values={**quiet, "skills.training": training, "skills.decay": decay})
    start = world.column("staff", "skill")
    world.step(months)
    built = learning * training / 12.0
    speed = built / ceiling + decay
    expected = built / speed + (start - built / speed) * (1.0 - speed) ** months
    np.testing.assert_allclose(world.column("staff", "skill"), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("entity", "column"), [("sector", "public_trust"), ("kind", "trust")])
@pytest.mark.parametrize("recovery", [0.02, 0.034, 0.045])
def test_trust_heals_by_half_in_its_half_life(entity: str, column: str, recovery: float, quiet: Values) -> None:
    world = tiny_world({"service": 3}, values={**quiet, "credibility.recovery": recovery})
    world[entity].columns[column][:] = 0.3
    half_life = log(0.5) / log(1.0 - recovery)
    lost = []
    for month in range(1, 61):
        world.step()
        gap = 0.5 - world.column(entity, column)[0]
        assert gap == pytest.approx(0.2 * (1.0 - recovery) ** month, rel=1e-10)
        lost.append(gap)
    assert 1 + next(n for n, gap in enumerate(lost) if gap <= 0.1) == ceil(half_life)


@pytest.mark.parametrize(("delay", "duration"), [(3.0, 12.0), (6.0, 36.0), (2.0, 6.0)])
def test_bills_paid_late_pile_up_and_melt_along_the_closed_curve(delay: float, duration: float, quiet: Values) -> None:
    late = {"contracts.late_share": 1.0, "contracts.payment_delay": delay, "contracts.duration": duration}
    world = tiny_world({"service": 5}, values={**quiet, **late, "contracts.capacity": 0.5})
    start = world.column("organization", "backlog")
    kept, worked = 1.0 - 1.0 / delay, 2.0 / duration
    for month in range(1, 31):
        world.step()
        billed = worked * start * (kept**month - (1.0 - worked) ** month) / (kept - (1.0 - worked))
        np.testing.assert_allclose(world.column("organization", "receivable"), billed, rtol=1e-9)


def test_bills_paid_at_once_never_wait(quiet: Values) -> None:
    late = {"contracts.late_share": 1.0, "contracts.payment_delay": 0.0, "contracts.capacity": 0.5}
    world = tiny_world({"service": 5}, values={**quiet, **late})
    world.step()
    np.testing.assert_array_equal(
        world.column("organization", "contract_receipt"), world.column("organization", "delivered")
    )


def test_budgets_change_over_a_year_by_the_volatility_they_are_said_to_have(quiet: Values) -> None:
    world = tiny_world({"service": 1}, funders=400, values={**quiet, "contracts.volatility": 0.2}, replications=4)
    world.step(60)
    then = world["funder"]["budget_shock"].copy()
    world.step(12)
    change = world["funder"]["budget_shock"] - then
    assert_mean(change.ravel() ** 2, 0.2**2, "yearly variance of the log of a budget")
