"""Docking (Axtell, Axelrod, Epstein & Cohen 1996, Computational and Mathematical Organization Theory 1:123-141).

`plain` is the model written a second time from docs/odd.md and docs/odd-submodels.md alone, as plain Mesa agents with
ordinary attributes. With the same draws it has to live through the same months: every yes/no and count of every
sector, kind, funder, organization, person and stratum is the same, every amount and index to a relative 1e-9, where the
standard library's `exp`, `log` and normal quantile stand in for the document's. With its own random numbers it has to
tell the same story. Everything the document describes is docked but worlds made from a bureau's register.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from orgsim.core.parameters import KINDS, Parameter
from orgsim.ensembles import simulate
from orgsim.mechanisms import space
from orgsim.scenarios import Population, Scenario, load
from orgsim.scenarios.scenario import Origin, Step
from orgsim.testing import assert_distribution, assert_proportion
from tests.docking.plain import accounts
from tests.docking.plain.luck import SharedLuck
from tests.docking.plain.outcomes import outcomes
from tests.docking.plain.values import Number
from tests.docking.side_by_side import SEED, SideBySide, plain_district
from tests.docking.stories import distribution, engine_story, plain_story

FEW = {"association": 4, "service": 4, "social_work": 4, "foundation": 2, "community": 5}
MONTHS = 18
HERE = Origin("test_docking.py", 0)
EVENTFUL: dict[str, Number] = {
    "entry_exit.founding_hazard": 0.05,
    "entry_exit.cleanup_rate": 0.9,
    "compliance.revision": 0.3,
    "compliance.exploration": 0.5,
    "compliance.serious_start": 0.3,
    "supervision.inspection_rate": 0.9,
    "supervision.application": 0.3,
    "supervision.third_party_hazard": 0.2,
    "supervision.media_hazard": 0.2,
    "supervision.gaming": 0.6,
    "supervision.cure_limit": 3.0,
    "offices.supervisors": 1.0,
    "subsidy.yearly_cap": 20000.0,
    "subsidy.minimum_rating": 2.0,
    "donations.match_pot": 50000.0,
    "pay.pay_floor": 0.7,
    "donations.donation_share": {
        "association": 0.1,
        "service": 0.0,
        "social_work": 0.1,
        "foundation": 0.8,
        "community": 0.3,
    },
    "innovation.succession": 0.1,
    "innovation.base_hazard": 0.3,
    "innovation.age_effect": -0.8,
    "innovation.drift_effect": 5.0,
    "party_building.misconduct_effect": -2.0,
    "entry_exit.dissolution": 0.2,
    "entry_exit.leader_effect": -1.0,
    "management.missed_if_active": 0.3,
}
"""So that within two years everything happens that can happen."""


def district(name: str = "baseline", **changes: Any) -> Scenario:
    """A scenario over few organizations, with six months of burn-in and a year and a half of policy."""
    people = {"population": Population(3, FEW), "burn_in": 6, "months": MONTHS}
    return replace(load(name), **{**people, **changes})


def dated(funders: int) -> Scenario:
    """Nothing but dated changes: two at once, and a ramp that another overtakes."""
    steps = (
        Step("participation.channel", None, 1, 0.5, 0, HERE),
        Step("contracts.payment_delay", None, 2, 0.0, 0, HERE),
        Step("contracts.yearly_budget", None, 3, 2e7, 6, HERE),
        Step("contracts.yearly_budget", None, 6, 3e8, 4, HERE),
    )
    return district(population=Population(funders, FEW), today=(), levers=(), assumptions=(), schedule=steps)


def elsewhere(seed: int) -> dict[str, Number]:
    """Every value moved up to a third of the way to one end of its range, every choice drawn, much happening.

    Mean incomes stay as they are, for their ranges hold organizations of hundreds of people.
    """

    def move(parameter: Parameter, value: float, kind: str = "") -> float:
        low, high = parameter.range
        random = Random(f"{seed} {parameter.name} {kind}")
        if parameter.choices:
            return float(random.randint(0, len(parameter.choices) - 1))
        lower = max(low, value - 0.9 * abs(value))
        end = high if lower == value or random.random() < 0.5 else lower
        return value + (end - value) * random.random() / 3.0

    values: dict[str, Number] = {}
    for name, parameter in space().items():
        if parameter.by_kind:
            values[name] = {kind: move(parameter, v, kind) for kind, v in zip(KINDS, parameter.values, strict=True)}
        else:
            values[name] = move(parameter, parameter.values[0])
    return values | {"accounts.mean_income": space()["accounts.mean_income"].value} | EVENTFUL


def live_through(both: SideBySide, months: int) -> None:
    assert both.first_difference() == ""
    for _ in range(months):
        both.step()
        assert both.first_difference() == ""


@pytest.mark.parametrize("replication", [0, 7])
@pytest.mark.parametrize("name", ["baseline", "combined"])
def test_both_live_through_the_same_months(name: str, replication: int) -> None:
    live_through(SideBySide(district(name), replication), 6 + MONTHS)


@pytest.mark.parametrize(("seed", "funders"), [(4, 5), (5, 3), (8, 1), (10, 2)])
def test_both_live_through_the_same_months_with_every_value_moved(seed: int, funders: int) -> None:
    live_through(SideBySide(dated(funders), seed, elsewhere(seed)), 6 + MONTHS)


def test_outcomes_are_those_the_document_makes_of_the_months() -> None:
    scenario, replication = district("combined", months=61), 3
    said = simulate(scenario, replications=[replication], seed=SEED).outcomes()
    model, books = plain_district(scenario, SharedLuck(SEED, replication)), []
    while model.month < scenario.months - 1:
        model.step()
        books.append(model.books)
    told = outcomes(books[scenario.burn_in - 1 :])
    keys = zip(said.outcome, said.stratum, strict=True)
    assert told == pytest.approx(dict(zip(keys, said.value, strict=True)), rel=1e-9, abs=1e-9, nan_ok=True)


def test_the_second_implementation_imports_nothing_of_the_first() -> None:
    files = sorted(Path(accounts.__file__).parent.glob("*.py"))
    known = re.compile(r"^\s*(?:from|import) (?:orgsim|numpy|numba)\b", re.M)
    assert files
    assert [file.name for file in files if known.search(file.read_text(encoding="utf-8"))] == []


def test_a_difference_is_named_by_month_column_and_id(monkeypatch: pytest.MonkeyPatch) -> None:
    right = accounts.Organization._overhead
    both = SideBySide(district(), replication=0)
    victim = both.plain.organizations[0].id
    monkeypatch.setattr(
        accounts.Organization, "_overhead", lambda self: right(self) * (1.000001 if self.id == victim else 1.0)
    )
    both.step()
    assert both.first_difference().startswith(f"month -6: organization.overhead of {victim} is ")


def test_with_its_own_random_numbers_it_tells_the_same_story() -> None:
    scenario = district(months=12)
    expected = engine_story(scenario, replications=400)
    seen = [plain_story(scenario, seed) for seed in range(30)]
    for what in ("turnover", "months of cash", "quality"):
        assert_distribution([story[what] for story in seen], distribution(expected[what]), what)
    for what, of in (
        ("exits", "organization-months"),
        ("sanctions", "organization-months"),
        ("in breach", "organizations at work"),
    ):
        usual = expected[what].sum() / expected[of].sum()
        assert_proportion(sum(story[what] for story in seen), sum(story[of] for story in seen), usual, what)
