"""Options that are off by default do what they are said to do once they are on."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from orgsim.testing import TinyWorld, Values, assert_proportion, tiny_world

MANY = {"service": 60, "association": 60}


def pooled(world: TinyWorld, entity: str, *names: str) -> list[np.ndarray]:
    """Columns over the present rows of all replications, end to end."""
    table = world[entity]
    return [table[name][table.present] for name in names]


def test_a_certificate_drive_is_a_hazard() -> None:
    nobody_leaves: Values = {"turnover.base_hazard": 1e-300, "hiring.layoff_rate": 0.0, "hiring.base_fill": 0.0}
    survive: Values = {
        "entry_exit.dissolution": 0.0,
        "entry_exit.insolvent_below": -1e9,
        "entry_exit.founding_hazard": 0.0,
    }
    drive: Values = {"skills.certificate_drive": 0.3, "hiring.certified_share": 0.0}
    world = tiny_world(MANY, values={**nobody_leaves, **survive, **drive}, replications=2)
    world.step(24)
    (certified,) = pooled(world, "staff", "certificate")
    assert_proportion(int(certified.sum()), certified.size, 1.0 - exp(-0.3 * 2.0), "certified after two years")


def test_leavers_part_between_organizations_firms_and_elsewhere() -> None:
    alike: Values = {"turnover.pay_stay_effect": 0.0, "turnover.autonomy_stay_effect": 0.0}
    world = tiny_world(MANY, values={**alike, "turnover.business_share": 0.4}, replications=2)
    counts = np.zeros(3)
    for _ in range(24):
        world.step()
        table = world["organization"]
        counts += [table[name][table.present].sum() for name in ("leavers", "movers", "to_business")]
    leavers, movers, to_business = (int(count) for count in counts)
    assert leavers > 300
    assert_proportion(movers, leavers, 0.3, "to another organization")
    assert_proportion(to_business, leavers, 0.4 * 0.7, "to a firm")


def test_inspections_that_are_aimed_meet_nobody_who_complies_and_are_no_more_than_before() -> None:
    rate: Values = {
        "supervision.inspection_rate": 0.3,
        "supervision.targeting": 1.0,
        "compliance.procedural_start": 0.4,
    }
    world = tiny_world(MANY, values=rate, replications=4)
    inspections = looked_at = 0
    world.step()
    for _ in range(24):
        world.step()
        inspected, violates, active = pooled(world, "organization", "inspected", "violates", "active")
        assert not (inspected & ~violates).any()
        inspections += int(inspected.sum())
        looked_at += int(active.sum())
    assert_proportion(inspections, looked_at, 1.0 - 0.7 ** (1.0 / 12.0), "inspected in a month")


def test_one_in_ten_of_those_rated_makes_the_score_look_better() -> None:
    world = tiny_world(MANY, values={"supervision.application": 0.5}, replications=4)
    rated = flattered = 0
    for _ in range(24):
        world.step()
        newly, flattery = pooled(world, "organization", "newly_rated", "flattery")
        assert not flattery[~newly].any()
        rated += int(newly.sum())
        flattered += int((flattery > 0.0).sum())
    assert rated > 50
    assert_proportion(flattered, rated, 0.1, "flattered")


@pytest.mark.parametrize(("cost", "least", "most"), [(9.0, 0.9, 1.0), (-9.0, 0.0, 0.1)])
def test_offices_end_up_doing_what_pays(cost: float, least: float, most: float) -> None:
    adaptive: Values = {"offices.supervisors": 1.0, "offices.strictness_cost": cost, "compliance.revision": 0.5}
    world = tiny_world({"association": 30}, funders=40, values=adaptive, replications=2)
    world.step(120)
    (lax,) = pooled(world, "funder", "lax")
    assert least <= lax.mean() <= most


def test_fixed_offices_carry_out_every_inspection() -> None:
    world = tiny_world()
    world.step(24)
    assert not pooled(world, "funder", "lax")[0].any()
    assert set(pooled(world, "sector", "mean_effort")[0]) == {1.0}


def test_those_at_the_gate_wait_as_long_as_dual_management_says() -> None:
    gate: Values = {
        "supervision.dual_management": 1.0,
        "entry_exit.gate_delay": 5.0,
        "entry_exit.founding_hazard": 0.01,
    }
    world = tiny_world(MANY, values=gate, replications=1)
    world.step(60)
    waiting, admitted = pooled(world, "kind", "waiting", "admitted")
    assert waiting[:2] == pytest.approx(5.0 * admitted[:2], rel=1e-12)
