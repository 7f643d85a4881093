"""Every rule of every mechanism keeps the contract: documented, total, of its type, the same once compiled."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgsim.core.registry import Column
from orgsim.core.rule import Rule
from orgsim.core.units import storage_of
from orgsim.schedule import model
from orgsim.testing import tiny_world

Legal = Callable[[Rule], st.SearchStrategy[dict[str, Any]]]
RULES = [*model().rules.values(), *(r for rules in model().initials.values() for r in rules)]
KINDS_OF_NUMBER: dict[Any, tuple[type, ...]] = {np.bool_: (bool,), np.int64: (int,), np.float64: (float, int)}
# Within [0, 1] because what they are divides by what they could be, whatever is asked.
BOUNDED = {"probability": (0.0, 1.0), "index 0 to 1": (0.0, 1.0)}
LAST_BITS = {"exp", "log", "power", "normal", "logistic", "logit"}
"""Functions whose last bit may differ between the interpreter's library and the compiler's."""
ENTITIES = ("sector", "kind", "funder", "organization", "staff")
COMPILED = """
    organization.posts organization.hires organization.pay_ratio organization.closing organization.found_by
    organization.archive_score organization.months_of_cash organization.delivery_cost organization.rating
    organization.load organization.cash_bin staff.bonus staff.passion staff.satisfaction kind.trust
    staff.quit_probability staff.productivity organization.fill_probability organization.donations_before_match
    organization.proposal_score organization.serious_misconduct sector.donation_climate kind.foundings
""".split()
"""Rules that between them use everything rules use; compiling all would take minutes, and both engines compare them."""

calm = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def named(rule: Rule) -> str:
    return f"{rule.mechanism}.{'starting_' if rule.kind == 'initial' else ''}{rule.name} of {rule.entity}"


each_rule = pytest.mark.parametrize("rule", [pytest.param(r, id=named(r)) for r in RULES])


@each_rule
def test_a_rule_says_in_a_sentence_what_it_means(rule: Rule) -> None:
    first = rule.meaning.splitlines()[0]
    assert first[0].isupper() or first[0].isdigit()
    assert len(first.split()) >= 2


@each_rule
def test_a_rule_gives_a_finite_number_of_its_type_for_whatever_it_may_be_asked(rule: Rule, legal: Legal) -> None:
    kinds = KINDS_OF_NUMBER[storage_of(rule.result)]
    low, high = BOUNDED.get(rule.unit, (-np.inf, np.inf)) if rule.kind == "rule" else (-np.inf, np.inf)

    @calm
    @given(legal(rule))
    def holds(inputs: dict[str, Any]) -> None:
        result = rule.function(**inputs)
        assert type(result) in kinds
        assert isfinite(result)
        assert low <= result <= high

    holds()


@pytest.mark.parametrize("name", COMPILED)
def test_a_compiled_rule_gives_what_the_rule_gives(name: str, legal: Legal) -> None:
    entity, _, column = name.partition(".")
    rule = model().rules[entity, column]
    compiled = numba.njit(error_model="numpy")(rule.function)
    exact = not LAST_BITS & set(rule.function.__code__.co_names)

    @calm
    @given(legal(rule))
    def holds(inputs: dict[str, Any]) -> None:
        interpreted, fast = rule.function(**inputs), compiled(*[inputs[argument] for argument in rule.arguments])
        if exact:
            assert float(interpreted).hex() == float(fast).hex()
        else:
            assert fast == pytest.approx(interpreted, rel=1e-12, abs=1e-300)

    holds()


def test_some_compiled_rules_are_exact_and_some_are_not() -> None:
    exact = [not LAST_BITS & set(model().rules[tuple(name.split("."))].function.__code__.co_names) for name in COMPILED]
    assert {True, False} == set(exact)


def test_the_world_stays_within_what_rules_are_proven_on(domain: Callable[[Column], tuple[float, float]]) -> None:
    world = tiny_world(dict.fromkeys(("association", "service", "social_work", "community"), 40), replications=2)
    numbers = [
        column
        for entity, columns in model().columns.items()
        for name, column in columns.items()
        if name not in model().entities[entity].links and column.dtype is not np.bool_ and entity in ENTITIES
    ]
    outside = []
    for _ in range(60):
        world.step()
        for column in numbers:
            table = world[column.entity]
            # A newborn's blanks are filled before any rule reads them.
            values = table[column.name][table.present & ~table.newborn]
            low, high = domain(column)
            if values.size and not (low <= values.min() and values.max() <= high):
                outside.append(f"{column.entity}.{column.name}: {values.min()} to {values.max()}")
    assert (len(numbers) > 100, outside) == (True, [])
