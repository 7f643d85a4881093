"""What OrgModel takes and what it refuses, each refusal in one sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from orgsim.errors import InputError
from orgsim.mesa_api import Organization, OrgModel
from orgsim.mesa_api.settings import scenario_of, seed_of
from orgsim.scenarios import load, load_text, resolve

Make = Callable[..., OrgModel]


def value(parameter: str, month: int = 0, **levers: Any) -> list[float]:
    """Values of a parameter in a month, one a kind if it differs by kind, once keywords have spoken."""
    table = resolve(scenario_of("baseline", None, levers))
    first = table.space.place[parameter]
    return list(table.at(month)[first : first + len(table.space[parameter].values)])


@pytest.mark.parametrize(
    ("rng", "seed", "expected"), [(7, None, 7), (None, 7, 7), (np.int64(7), None, 7), (7.0, None, 7)]
)
def test_the_seed_is_what_mesa_calls_rng_or_seed(rng: Any, seed: Any, expected: int) -> None:
    assert seed_of(rng, seed) == expected


def test_without_a_seed_each_model_has_its_own() -> None:
    assert seed_of(None, None) != seed_of(None, None)


def test_a_generator_gives_the_same_seed_when_it_starts_the_same() -> None:
    assert seed_of(np.random.default_rng(3), None) == seed_of(np.random.default_rng(3), None)


@pytest.mark.parametrize(("rng", "seed"), [(1, 1), (-1, None), (2**32, None), (1.5, None), ("one", None)])
def test_what_is_no_seed_is_refused(rng: Any, seed: Any) -> None:
    with pytest.raises(InputError, match="seed"):
        seed_of(rng, seed)


@pytest.mark.parametrize("given", [36, 36.0, np.int64(36), "36 months", "3 years"])
def test_a_lever_is_given_as_a_number_or_in_words(given: Any) -> None:
    assert value("contracts.duration", contracts__duration=given) == [36.0]


def test_a_lever_acts_from_the_first_month_and_not_in_the_burn_in() -> None:
    assert value("contracts.duration", month=-1, contracts__duration=36) == [12.0]


def test_an_assumption_holds_from_the_start_of_the_burn_in() -> None:
    assert value("entry_exit.patience", month=-24, entry_exit__patience=5) == [5.0]


def test_a_choice_is_given_by_its_word_or_as_true() -> None:
    assert value("compliance.penalty", compliance__penalty="dynamic") == [1.0]
    assert value("supervision.dual_management", supervision__dual_management=True) == [1.0]


def test_a_value_that_differs_by_kind_is_set_for_all_or_for_one() -> None:
    usual = value("fees.trading_share")
    assert value("fees.trading_share", fees__trading_share=0.1) == [0.1] * 5
    assert value("fees.trading_share", fees__trading_share__service=0.1) == [usual[0], 0.1, *usual[2:]]


def test_a_lever_that_is_set_no_longer_follows_the_scenarios_dates() -> None:
    dated = load_text("extends: baseline\nschedule:\n  contracts.duration: {2026-03: 36}\n")
    assert scenario_of(dated, None, {"contracts__duration": 24}).schedule == ()


@pytest.mark.parametrize(
    ("levers", "complaint"),
    [
        ({"contracts__durations": 36}, "did you mean 'contracts.duration'"),
        ({"contracts__duration": 99}, "contracts__duration: .*6 to 36 months"),
        ({"contracts__duration": "36 yuan"}, "not in the right unit"),
        ({"contracts__duration": None}, "takes a number or words"),
        ({"contracts__duration": float("nan")}, "not a"),
        ({"contracts__duration__service": 36}, "has no part 'service'"),
        ({"duration": 36}, "did you mean 'contracts__duration'"),
        ({"entry_exit__idle_limit": 6}, "fixed by definition"),
    ],
)
def test_a_lever_that_cannot_be_is_refused(levers: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        scenario_of("baseline", None, levers)


def test_a_population_names_its_kinds_and_leaves_the_others_out() -> None:
    people = scenario_of("baseline", {"association": 5}, {}).population
    assert dict(people.organizations) == {
        "association": 5, "service": 0, "social_work": 0, "foundation": 0, "community": 0
    }  # fmt: skip
    assert people.funders == load("baseline").population.funders


@pytest.mark.parametrize(
    ("population", "complaint"),
    [
        ("association", "for batch_run, put it in a list"),
        ({"associations": 5}, "did you mean 'association'"),
        ({"association": -1}, "whole number from 0"),
        ({"association": 1.5}, "whole number from 0"),
        ({"funders": 0}, "whole number from 1"),
    ],
)
def test_a_population_that_cannot_be_is_refused(population: Any, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        scenario_of("baseline", population, {})


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"engine": "rows"}, "the engine is one of"),
        ({"replication": 0.5}, "replication is a whole number"),
        ({"months": 0}, "months is a whole number from 1"),
        ({"organization_class": dict}, "a subclass of Organization"),
        ({"staff_class": Organization}, "a subclass of Staff"),
        ({"monhts": 3}, "OrgModel takes no 'monhts'"),
    ],
)
def test_a_keyword_that_cannot_be_is_refused(make: Make, changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        make(**changes)


def test_importing_the_mesa_face_does_not_bring_the_compiler_along() -> None:
    code = "import sys, orgsim.mesa_api; print(*{'numba'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert shown.strip() == ""
