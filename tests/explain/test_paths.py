"""From lever to outcome: arrows are what rules read, chains are made of arrows, shares add up."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.core.draws import one_uniform
from orgsim.core.registry import Draw, Linked, Own, Value
from orgsim.ensembles.averages import averages, joined
from orgsim.explain.film import History
from orgsim.explain.graph import (
    OUTCOME,
    PARAMETER,
    PRESENT,
    Item,
    dependencies,
    outcome_reads,
    parameters_of,
    readers,
    unsplit,
)
from orgsim.explain.paths import LONGEST, MOST, Change, Evidence, books, changes, cheapest, picture
from orgsim.explain.shares import Twins, chances, outcome_parts, sampled_months, shares
from orgsim.outcomes.catalogue import BY_NAME, OUTCOMES
from orgsim.scenarios import Scenario, load_text
from orgsim.schedule import model

SMALL = """\
extends: {parent}
months: 24
population:
  funders: 2
  organizations: {{association: 20, service: 20, social_work: 20, foundation: 2, community: 30}}
"""
LEVERS = sorted(name for name, parameter in model().space.items() if parameter.role == "lever")


def small(parent: str) -> Scenario:
    return load_text(SMALL.format(parent=parent), name=f"small-{parent}.yaml")


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    """A small district that was watched under today and a mixed policy."""
    today, policy = small("baseline"), small("balanced-package")
    before, after = (averages(one, range(3)) for one in (today, policy))
    twins = Twins(History(today, 1, 0), History(policy, 1, 0))
    parts = [twins.parts(month) for month in sampled_months(24, 2)]
    outcomes = outcome_parts(dependencies(), before.recording, after.recording)
    return Evidence(changes(before, after), {**shares(parts), **shares([outcomes])}, unsplit(model()), books(model()))


def test_every_argument_of_every_rule_is_an_arrow_and_no_other_parameter_is() -> None:
    reads, package = dependencies(), model()
    named = {place: name for name, place in package.space.place.items()}
    written: dict[Item, set[Item]] = defaultdict(set)
    for rule in package.written():
        if not hasattr(rule, "entity"):
            continue
        for reading in package.reads(rule).values():
            match reading:
                case Own(column):
                    source = Item(rule.entity, column)
                case Linked(_, entity, column):
                    source = Item(entity, column)
                case Value(place, _):
                    source = Item(PARAMETER, named[place])
                case _:
                    continue
            written[Item(rule.entity, rule.name)].add(source)
            assert source in reads[Item(rule.entity, rule.name)]
    shared = {Item(*one.split("__", 1)) for some in package.allocations.values() for one in some.writes}
    for item, some in reads.items():
        values = {source for source in some if source.entity == PARAMETER}
        assert values <= written[item] or item in shared


def test_parameters_of_a_column_are_those_its_rule_takes() -> None:
    assert "pay.wage_subsidy" in parameters_of(model(), Item("organization", "allowances"))
    assert "contracts.duration" in parameters_of(model(), Item("organization", "delivered"))
    assert parameters_of(model(), Item("organization", "leavers")) == ()
    assert "party_building.register_push" in parameters_of(model(), Item("organization", "party_branch"))


def test_only_what_no_monthly_rule_reads_is_left_unsplit() -> None:
    branch = Item("organization", "party_branch")
    arrows = unsplit(model())
    assert (Item(PARAMETER, "party_building.register_push"), branch) in arrows
    assert (Item(PARAMETER, "party_building.instructors"), branch) not in arrows
    assert (Item("organization", "proposal_score"), Item("organization", "award")) in arrows
    assert all(source in dependencies()[target] for source, target in arrows)


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda one: one.name)
def test_an_outcome_reads_recorded_sums_that_the_model_has(outcome) -> None:
    sums = outcome_reads(outcome)
    assert sums
    assert all(item.name in model().columns[item.entity] for item in sums)


def test_turnover_is_measured_from_leavers_displaced_and_posts() -> None:
    assert outcome_reads(BY_NAME["annual_turnover"]) == {
        Item("stratum", name) for name in ("leavers", "displaced_staff", "headcount")
    }


@pytest.mark.parametrize("lever", LEVERS)
def test_a_picture_has_at_most_twelve_items_and_every_step_of_it_is_an_arrow(lever: str, evidence: Evidence) -> None:
    reads = dependencies()
    found = picture(reads, lever, ("active_10y", "annual_turnover", "services_delivered"), evidence)
    assert 2 <= len(found.items) <= MOST
    assert found.items[0] == Item(PARAMETER, lever)
    for hop in found.hops:
        for source, target in pairwise(hop.items):
            assert source in reads[target]
        assert {hop.source, hop.target} <= set(found.items)
        assert not {item for item in (hop.source, hop.target) if item.entity == "stratum" or item.name == PRESENT}


def test_shares_of_what_a_column_reads_add_up_to_one_without_sign(evidence: Evidence) -> None:
    whole: dict[Item, float] = defaultdict(float)
    for (_, target), share in evidence.shares.items():
        whole[target] += abs(share)
    assert whole
    assert all(total == pytest.approx(1.0) for total in whole.values())


def test_a_lever_that_the_policy_leaves_carries_nothing(evidence: Evidence) -> None:
    assert evidence.part(Item(PARAMETER, "subsidy.core_grant"), Item("organization", "subsidy_claim")) == 0.0
    assert evidence.part(Item(PARAMETER, "pay.wage_subsidy"), Item("organization", "allowances")) > 0.9


def test_many_draws_at_once_are_the_draws_of_each() -> None:
    ids = np.array([0, 1, 2**32 + 5, 2**64 - 1], np.uint64)
    many = chances(7, 3, Draw(0xDEADBEEF, 2), 12, ids)
    assert many.tolist() == [one_uniform(7, 3, 0xDEADBEEF, 12, int(one), 2) for one in ids]


def test_the_same_scenario_twice_moves_nothing_at_all() -> None:
    today = small("baseline")
    twins = Twins(History(today, 1, 0), History(today, 1, 0))
    assert not any(twins.parts(12).values())
    before = averages(today, range(2))
    assert all(change.difference == 0.0 and not change.clear for change in changes(before, before).values())


def test_averages_are_those_of_the_world_and_join_in_order() -> None:
    today = small("baseline")
    whole = averages(today, range(3))
    parts = joined([averages(today, [number]) for number in range(3)])
    for column, values in whole.means.items():
        np.testing.assert_allclose(parts.means[column], values, rtol=1e-12)
    people = whole.recording.measures["headcount"][:, 1:].sum(axis=2).mean(axis=1)
    there = whole.recording.measures["remains"]
    assert (whole.means["organization", "headcount"] < people).all()
    assert there.shape[0] == 3


@given(st.lists(st.integers(0, 100), min_size=21, max_size=21))
def test_the_cheapest_chain_is_the_one_that_carries_most_for_its_length(percents: list[int]) -> None:
    pairs = [(a, b) for b in range(7) for a in range(b)]
    arrows = {pair: percent / 100.0 for pair, percent in zip(pairs, percents, strict=True) if percent > 30}
    items = [Item("organization", str(number)) for number in range(7)]
    known = {(items[a], items[b]): share for (a, b), share in arrows.items()}
    reads: dict[Item, frozenset[Item]] = {}
    for source, target in known:
        reads[target] = reads.get(target, frozenset()) | {source}
    change = Change(1.0, 2.0, 1.0, 0.5, 1.5, 1.0)
    seen = Evidence(dict.fromkeys(items, change), known)
    chain = cheapest(readers(reads), items[0], items[6], seen)

    def chains(at: int) -> list[list[int]]:
        if at == 6:
            return [[6]]
        return [[at, *rest] for a, b in arrows if a == at for rest in chains(b)]

    every = chains(0)
    if not every:
        assert chain is None
        return

    def price(one: list[int]) -> float:
        return sum(0.25 - math.log(arrows[pair]) for pair in pairwise(one))

    assert chain is not None
    numbers = [int(item.name) for item in chain]
    assert price(numbers) == pytest.approx(min(map(price, every)))


def test_long_chains_are_shown_in_few_boxes(evidence: Evidence) -> None:
    found = picture(dependencies(), "contracts.duration", ("active_10y",), evidence)
    first = [hop for hop in found.hops if hop.target == Item(OUTCOME, "active_10y")]
    assert first
    assert len(found.items) <= 2 * LONGEST + 2
