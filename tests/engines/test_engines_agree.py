"""Columns and agents are two readings of the same rules: they never differ, and a planted difference is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from orgsim.core.rule import Rule
from orgsim.engines.agents import AgentsEngine
from orgsim.engines.both import BothEngines, EnginesDisagree, first_difference
from orgsim.ensembles import simulate
from orgsim.mechanisms import space
from orgsim.testing import TinyWorld, same_bits, tiny_scenario, tiny_world

Answer = Callable[[Rule], Callable[..., Any]]


def test_both_engines_agree_from_the_burn_in_s_first_month_on() -> None:
    tiny_world(engine="both", month=-25).step(12)


def test_both_engines_agree_around_the_first_policy_month() -> None:
    world = tiny_world(engine="both", month=-4, replications=[3])
    world.step(4)
    world.set({"pay.wage_subsidy": 2000.0, "contracts.payment_delay": 6.0, "supervision.inspection_rate": 0.3})
    world.step(4)
    assert world.month == 4


@pytest.mark.parametrize("bound", [0, 1], ids=["lowest", "highest"])
def test_both_engines_agree_with_every_lever_at_its_bound(bound: int) -> None:
    few = {"association": 4, "service": 4, "social_work": 4, "foundation": 1, "community": 4}
    values = {name: parameter.range[bound] for name, parameter in space().items() if parameter.role == "lever"}
    values["entry_exit.founding_hazard"] = 0.2
    tiny_world(few, values=values, engine="both").step(6)


def test_a_run_of_both_engines_agrees_and_records_what_columns_record() -> None:
    scenario = tiny_scenario(months=6)
    both = simulate(scenario, replications=[2], engine="both").recording
    columns = simulate(scenario, replications=[2]).recording
    assert [n for n, values in both.measures.items() if not same_bits(values, columns.measures[n])] == []


def test_a_run_of_agents_records_what_columns_record() -> None:
    scenario = tiny_scenario(months=6)
    agents = simulate(scenario, replications=2, engine="agents").recording
    columns = simulate(scenario, replications=2).recording
    assert [n for n, values in agents.measures.items() if not same_bits(values, columns.measures[n])] == []


def test_the_agents_engine_steps_one_replication_only() -> None:
    with pytest.raises(ValueError, match="one replication at a time"):
        tiny_world(engine="agents", replications=2)


def planted(name: str, change: Callable[[Any], Any], victim: int) -> tuple[TinyWorld, int]:
    """Both engines, with one agent in present row `victim` of the rule's entity that answers `name` otherwise."""
    world = tiny_world(engine="both", month=-1)
    both = world.engine
    assert isinstance(both, BothEngines)
    agents: AgentsEngine = both.agents
    entity = next(e for e, rule in agents.model.rules if rule == name)
    row = int(np.flatnonzero(agents.world[entity].present[0])[victim])

    def rows(asked: str) -> Iterable[tuple[int, Answer]]:
        def stubborn(rule: Rule) -> Callable[..., Any]:
            if rule.name != name:
                return rule.function
            return lambda *arguments: change(rule.function(*arguments))

        for i in np.flatnonzero(agents.world[asked].present[0]):
            yield int(i), stubborn if asked == entity and int(i) == row else lambda rule: rule.function

    agents.rows = rows
    return world, int(agents.world[entity].id[0, row])


@pytest.mark.parametrize(
    ("column", "phase", "owner", "change"),
    [
        ("cash", "settle", "accounts: organization.cash", lambda x: np.nextafter(x, np.inf)),
        ("productivity", "earn", "skills: staff.productivity", lambda x: x * 1.0000001),
        ("dormant", "close", "entry_exit: organization.dormant", lambda x: not x),
        ("price_index", "open", "pay: sector.price_index", lambda x: x + 1e-12),
    ],
)
def test_a_planted_difference_is_found_and_named(
    column: str, phase: str, owner: str, change: Callable[[Any], Any]
) -> None:
    world, victim = planted(column, change, 0)
    with pytest.raises(EnginesDisagree) as found:
        world.step()
    assert str(found.value).startswith(f"phase {phase}, month 0: {owner} of id {victim}: ")


def test_a_difference_is_found_in_the_month_it_appears() -> None:
    world, _ = planted("cash", lambda x: x + (1.0 if world.month == 2 else 0.0), 5)
    with pytest.raises(EnginesDisagree, match="month 2"):
        world.step(4)


def test_rows_present_in_one_world_only_are_named() -> None:
    a = tiny_world().world
    b = a.copy()
    b["staff"].present[0, 0] = False
    assert first_difference(a, b) == "staff: other rows are present"


def test_what_absent_rows_hold_does_not_count() -> None:
    a = tiny_world().world
    b = a.copy()
    b["staff"].columns["skill"][~b["staff"].present] = 9.0
    assert first_difference(a, b) == ""


def test_minus_zero_is_not_zero() -> None:
    a = tiny_world().world
    a["organization"].columns["fine_due"][:] = 0.0
    b = a.copy()
    b["organization"].columns["fine_due"][:] = -0.0
    assert "organization.fine_due" in first_difference(a, b)
