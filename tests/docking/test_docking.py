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
from random import Random
from typing import Any

import pytest

from orgsim.core.parameters import KINDS, Parameter
from orgsim.ensembles import simulate
from orgsim.mechanisms import space
from orgsim.scenarios import Population, Scenario, load
from orgsim.scenarios.scenario import Origin, Step
from orgsim.testing import assert_distribution, assert_proportion, tiny_world
from tests.docking.plain import accounts, arithmetic
from tests.docking.plain.district import District
from tests.docking.plain.luck import SharedLuck, key_of, philox
from tests.docking.plain.outcomes import outcomes
from tests.docking.plain.values import Number
from tests.docking.side_by_side import ODD, SEED, SideBySide, documented_columns, printed, values_of
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
    """Nothing but dated changes: one at once, and a ramp that another overtakes."""
    steps = (
        Step("participation.channel", None, 1, 0.5, 0, HERE),
        Step("contracts.payment_delay", None, 2, 0.0, 0, HERE),
        Step("contracts.yearly_budget", None, 3, 2e7, 6, HERE),
        Step("contracts.yearly_budget", None, 6, 3e8, 4, HERE),
    )
    return district(population=Population(funders, FEW), today=(), levers=(), assumptions=(), schedule=steps)


def elsewhere(seed: int) -> dict[str, Number]:
    """Every value moved up to a third of the way to one end of its range, every choice drawn, much happening."""
    random = Random(seed)

    def move(parameter: Parameter, value: float) -> float:
        low, high = parameter.range
        if parameter.choices:
            return float(random.randint(0, len(parameter.choices) - 1))
        lower = max(low, value - 0.9 * abs(value))
        end = high if lower == value or random.random() < 0.5 else lower
        return value + (end - value) * random.random() / 3.0

    values: dict[str, Number] = {}
    for name, parameter in space().items():
        if parameter.by_kind:
            values[name] = {kind: move(parameter, v) for kind, v in zip(KINDS, parameter.values, strict=True)}
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


@pytest.mark.parametrize(("seed", "funders"), [(2, 1), (4, 5), (8, 3)])
def test_both_live_through_the_same_months_with_every_value_moved(seed: int, funders: int) -> None:
    live_through(SideBySide(dated(funders), seed, elsewhere(seed)), 6 + MONTHS)


def test_outcomes_are_those_the_document_makes_of_the_months() -> None:
    scenario, replication = district("combined", months=61), 3
    said = simulate(scenario, replications=[replication], seed=SEED).outcomes()
    people = scenario.population
    model = District(
        people.organizations, people.funders, scenario.burn_in, values_of(scenario), SharedLuck(SEED, replication)
    )
    books = []
    while model.month < scenario.months - 1:
        model.step()
        books.append(model.books)
    told = outcomes(books[scenario.burn_in - 1 :])
    keys = zip(said.outcome, said.stratum, strict=True)
    assert told == pytest.approx(dict(zip(keys, said.value, strict=True)), rel=1e-9, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", ["exp", "log", "logistic", "logit", "power", "innovation", "normal", "on_grid"])
def test_arithmetic_gives_the_document_s_values(name: str) -> None:
    function = {"innovation": arithmetic.flat_shock, "on_grid": lambda x: arithmetic.total([x])}.get(
        name, getattr(arithmetic, name, None)
    )
    checks = re.findall(rf"^\| `{name}\((.*)\)` \| (\S+) \|$", ODD.read_text(encoding="utf-8"), re.M)
    assert checks
    for arguments, value in checks:
        assert function(*map(float, arguments.split(", "))) == pytest.approx(float(value), rel=1e-14)


def test_a_difference_is_named_by_month_column_and_id(monkeypatch: pytest.MonkeyPatch) -> None:
    right = accounts.Organization._overhead
    both = SideBySide(district(), replication=0)
    victim = both.plain.organizations[0].id
    monkeypatch.setattr(
        accounts.Organization, "_overhead", lambda self: right(self) * (1.000001 if self.id == victim else 1.0)
    )
    both.step()
    assert both.first_difference().startswith(f"month -6: organization.overhead of {victim} is ")


def test_the_document_names_every_column() -> None:
    engine = tiny_world(FEW).world
    assert {e: set(columns) for e, columns in documented_columns().items()} == {
        entity: {*table.columns} for entity, table in engine.tables.items()
    }


def test_the_printed_values_are_those_that_run() -> None:
    assert printed() == {name: p.value for name, p in space().items()}


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_gives_the_published_words(counter: str, key: str, words: str) -> None:
    """Known answers of Random123, the library of Salmon et al. 2011 (its file kat_vectors)."""
    c, k = (tuple(int(word, 16) for word in text.split()) for text in (counter, key))
    assert " ".join(f"{word:08x}" for word in philox(c, k)) == words


def test_luck_and_ids_are_those_of_the_document_s_tables() -> None:
    page = ODD.read_text(encoding="utf-8")
    draws = re.findall(r"^\| (\d+) \| (\d+) \| `(\S+)` \| (\w+) \| (-?\d+) \| (\d+) \| (\S+) \|$", page, re.M)
    births = re.findall(r"^\| `birth of (\w+)` \| (\w+) \| (\d+) \| (-?\d+) \| (\d+) \| (\d+) \|$", page, re.M)
    assert len(draws) == len(births) == 3
    for seed, replication, decision, key, month, who, uniform in draws:
        assert key_of(decision) == int(key, 16)
        assert SharedLuck(int(seed), int(replication)).uniform(decision, int(month), int(who)) == float(uniform)
    for entity, key, parent, month, ordinal, identity in births:
        assert key_of(f"birth of {entity}") == int(key, 16)
        assert SharedLuck(1, 0).newborn(entity, int(parent), int(month), int(ordinal)) == int(identity)


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
