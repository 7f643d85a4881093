"""Where every effect of a mechanism is zero, its levers change nothing but what they cost and what they count."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.testing import TinyWorld, tiny_world

COUNTED = {"programme_cost", "public_outlay"}
NULLS = {
    "party_building": (
        {
            f"party_building.{what}_effect": 0.0
            for what in ("funding", "donation", "misconduct", "autonomy", "trust", "tie", "time")
        },
        {
            "party_building.register_push": 1.0,
            "party_building.annual_report_push": 1.0,
            "party_building.instructors": 20.0,
        },
        {"party_branch", "party_function", "party_cost"},
    ),
    "participation": (
        {"participation.mismatch_relief": 0.0, "participation.late_relief": 0.0},
        {"participation.channel": 1.0},
        {"heard", "channel_cost"},
    ),
    "innovation": (
        {
            "innovation.quality_gain": 0.0,
            "innovation.lesson": 0.0,
            "innovation.contact": 0.0,
            "innovation.link_effect": 0.0,
            "innovation.experience_links": 0.0,
            "hiring.university_skill": 0.0,
        },
        {"innovation.forums": 12.0, "innovation.university_links": 1.0},
        {"links", "learning_cost"},
    ),
    "offices": (
        {"offices.lax_effort": 1.0},
        {"offices.supervisors": 1.0, "offices.fines_retained": 1.0, "offices.strictness_cost": 9.0},
        {"lax_offices"},
    ),
    "the balance of ties": ({"autonomy.balance_gain": 0.0}, {"autonomy.best_ties": 0.9}, {"balance"}),
    "the rating advantage": (
        {
            "contracts.weight_rating": 0.0,
            "donations.rating_effect": 0.0,
            "credibility.rating_weight": 0.0,
            "compliance.rating_effect": 0.0,
            "supervision.reward": 0.0,  # the reward is money for the rated, and no advantage of being rated
        },
        {"supervision.gaming": 1.0, "supervision.gaming_points": 300.0},
        {"flattery", "rating", "rated_well"},
    ),
    "the gate": (
        {"entry_exit.gate_delay": 0.0, "entry_exit.gate_effect": 0.0, "supervision.gate_cost": 1.0},
        {"supervision.dual_management": 1.0},
        set(),
    ),
    "certificates": (
        {"turnover.certificate_effect": 0.0, "pay.certificate_premium": 0.0},
        {"skills.certificate_drive": 0.5},
        {"certificate", "exam_hurdle", "preparing", "certified_staff", "training_cost"},
    ),
}
"""What is nulled: the values that null it, its levers at full, the columns of its own that may move."""


def run(mechanism: str, *, full: bool, null: bool = True) -> TinyWorld:
    effects, levers, _ = NULLS[mechanism]
    values = (effects if null else {}) | (levers if full else {})
    world = tiny_world(values=values, replications=3, funders=120)  # of few offices none would ever try to be lax
    world.step(36)
    return world


def moved(mechanism: str, *, null: bool = True) -> set[str]:
    """Columns of organizations, staff and the sector that differ between levers at full and levers as today."""
    today, full = (run(mechanism, full=full, null=null) for full in (False, True))
    return {
        name
        for entity in ("organization", "staff", "sector")
        for name, values in today[entity].columns.items()
        if not np.array_equal(values[today[entity].present], full[entity][name][full[entity].present])
    }


@pytest.mark.parametrize("mechanism", list(NULLS))
def test_without_effects_a_lever_moves_only_its_own_counts_and_costs(mechanism: str) -> None:
    assert moved(mechanism) - COUNTED <= NULLS[mechanism][2]


@pytest.mark.parametrize("mechanism", list(NULLS))
def test_with_its_effects_the_same_lever_moves_what_organizations_do(mechanism: str) -> None:
    today, full = (run(mechanism, full=full, null=False) for full in (False, True))
    moves = "perceived_detection" if mechanism == "offices" else "quality"
    assert not np.array_equal(today["organization"][moves], full["organization"][moves])


def test_where_public_money_crowds_out_nothing_nobody_asks_for_gifts_less_or_more() -> None:
    grants = {"subsidy.core_grant": 200_000.0, "subsidy.yearly_cap": 400e6}
    worlds = [tiny_world(values=grants | {"donations.crowd_out": effect}, replications=3) for effect in (0.0, -0.05)]
    efforts = []
    for world in worlds:
        world.step(12)
        table = world["organization"]
        efforts.append(table["fundraising_effort"][table.present])
    assert set(efforts[0]) == {1.0}
    assert efforts[1].min() < 1.0
