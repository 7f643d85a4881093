"""Lives: what is followed is what was simulated, and pairs begin alike."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.ensembles import simulate
from orgsim.errors import InputError
from orgsim.explain import explain
from orgsim.explain.lives import Entity, Life, Lives, cases, events, lives
from orgsim.scenarios import Scenario, load_text

SMALL = """\
extends: {parent}
months: 36
population:
  funders: 2
  organizations: {{association: 30, service: 30, social_work: 30, foundation: 2, community: 30}}
"""
ENTITIES: tuple[Entity, ...] = ("organization", "staff")


def small(parent: str) -> Scenario:
    return load_text(SMALL.format(parent=parent), name=f"small-{parent}.yaml")


@pytest.fixture(scope="module")
def today() -> Lives:
    return lives(small("baseline"), replication=1)


@pytest.fixture(scope="module")
def policy() -> Lives:
    return lives(small("pay-support"), replication=1)


@pytest.mark.parametrize("entity", ENTITIES)
def test_both_lives_begin_alike(today: Lives, policy: Lives, entity: Entity) -> None:
    (ids, columns), (others, theirs) = today.first(entity), policy.first(entity)
    np.testing.assert_array_equal(ids, others)
    for name, values in columns.items():
        np.testing.assert_array_equal(values, theirs[name])


@pytest.mark.parametrize("entity", ENTITIES)
def test_everybody_has_one_fate_in_each_world(today: Lives, policy: Lives, entity: Entity) -> None:
    found = cases(today, policy, entity, 35)
    ids = np.concatenate(list(found.values()))
    assert len(np.unique(ids)) == len(ids)
    assert set(ids.tolist()) <= set(today.first(entity)[0].tolist())
    kept = found[True, True].size + found[True, False].size
    assert kept == np.isin(ids, today.well(entity, 35)).sum()


@pytest.mark.parametrize("entity", ENTITIES)
def test_a_life_has_no_gap_and_ends_where_it_is_said_to(today: Lives, entity: Entity) -> None:
    gone = 0
    for identity in today.first(entity)[0]:
        life = today.life(entity, int(identity))
        assert life.months[0] == -1
        assert (np.diff(life.months) == 1).all()
        assert life.gone == (life.months[-1] < 35 or not life.there(35))
        gone += life.gone
    assert gone


def test_those_who_are_followed_are_those_that_were_recorded(today: Lives) -> None:
    recording = simulate(small("baseline"), replications=[1]).recording
    still = recording.measures["cohort_staff"][0, -1].sum()
    assert len(today.well("staff", 35)) == still


def test_a_life_shows_what_explain_explains(today: Lives) -> None:
    identity = int(today.first("organization")[0][0])
    life = today.life("organization", identity)
    month = int(life.months[-1]) - 1
    told = explain(small("baseline"), "cash", month=month, replication=1, depth=0, organization=identity).tree.value
    assert life.columns["cash"][month + 1] == np.float32(told)


def test_who_leaves_is_told_why_in_the_last_month(today: Lives) -> None:
    ended = [today.life("staff", int(one)) for one in today.first("staff")[0]]
    for life in (one for one in ended if one.gone):
        last = events("staff", life)[-1]
        assert last.month == life.months[-1]
        assert last.what in ("displaced", "let_go", "quits_sector", "quits_business", "quits_elsewhere")


def test_who_leaves_the_register_is_told_how(today: Lives) -> None:
    ended = [today.life("organization", int(one)) for one in today.first("organization")[0]]
    told = [events("organization", life)[-1].what for life in ended if life.gone]
    assert told
    assert all(what.startswith("closing_") for what in told)


def organization(**columns: list[float]) -> Life:
    months = np.arange(-1, len(next(iter(columns.values()))) - 1)
    names = (
        "award inspected innovates leader_leaves sanctioned found found_by newly_rated rating listed pays_late "
        "months_of_cash active leavers headcount becomes_dormant revived closing"
    ).split()
    usual = {"months_of_cash": 3.0, "active": 1.0, "headcount": 5.0}
    made = {name: np.full(len(months), usual.get(name, 0.0), np.float32) for name in names}
    return Life(1, months, {**made, **{name: np.array(values, np.float32) for name, values in columns.items()}}, False)


def test_short_money_is_told_once_until_there_is_enough_again() -> None:
    life = organization(months_of_cash=[3.0, 0.9, 0.8, 1.5, 0.5, 2.5, 0.2])
    assert [(one.month, one.what) for one in events("organization", life)] == [
        (0, "short"), (4, "short_ends"), (5, "short"),
    ]  # fmt: skip


def test_contracts_of_a_year_are_told_together() -> None:
    life = organization(award=[0.0, 100.0, 0.0, 50.0, *([0.0] * 9), 25.0])
    found = events("organization", life)
    assert [(one.month, one.what, one.amount, one.times) for one in found] == [
        (0, "contract", 150.0, 2), (12, "contract", 25.0, 1),
    ]  # fmt: skip


def test_of_many_events_the_grave_ones_stay() -> None:
    life = organization(leader_leaves=[1.0] * 40, becomes_dormant=[0.0, 1.0, *([0.0] * 38)])
    found = events("organization", life, most=5)
    assert len(found) == 5
    assert found[0].what == "becomes_dormant"


def test_a_stranger_has_no_life(today: Lives) -> None:
    with pytest.raises(InputError, match="no staff of small-baseline"):
        today.life("staff", 12)
