"""Runs that grow a handful at a time: the same numbers as a run made at once, nothing made twice, stopped anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.ensembles import Growing, compare, simulate
from orgsim.ensembles import growing as module
from orgsim.scenarios import Scenario, load_text

TINY = """\
extends: baseline
months: 14
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return load_text(TINY, name="tiny")


@pytest.fixture(scope="module")
def other() -> Scenario:
    return load_text(f"{TINY}set:\n  contracts.duration: 36 months\n", name="other")


def test_what_has_grown_is_what_is_made_at_once(tiny: Scenario) -> None:
    runs = Growing(handful=2)
    for size in (1, 5):
        runs.run(tiny, size)
    grown, whole = runs.run(tiny, 5).recording, simulate(tiny, replications=5).recording
    assert np.array_equal(grown.replications, whole.replications)
    assert all(np.array_equal(grown.measures[name], values) for name, values in whole.measures.items())
    assert np.array_equal(grown.cash, whole.cash)
    assert all(np.array_equal(grown.spells[name], values) for name, values in whole.spells.items())


def test_fewer_replications_than_are_known_are_the_first_of_them(tiny: Scenario) -> None:
    runs = Growing(handful=3)
    runs.run(tiny, 4)
    assert list(runs.run(tiny, 2).recording.replications) == [0, 1]


def test_a_comparison_that_grew_is_the_comparison(tiny: Scenario, other: Scenario) -> None:
    grown = Growing().compare(tiny, other, replications=3).table
    assert grown.equals(compare(tiny, other, replications=3).table)


def test_who_stops_keeps_what_was_made_and_goes_on_from_there(tiny: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, made = Growing(handful=2), []
    run_table = module.run_table

    def counted(*arguments: object, **options: object) -> object:
        made.append(list(options["replications"]))  # type: ignore[call-overload]
        return run_table(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "run_table", counted)
    assert next(iter(runs.reach(tiny, 6))) == 2
    assert list(runs.reach(tiny, 5)) == [4, 5]
    assert made == [[0, 1], [2, 3], [4]]


def test_titles_do_not_make_another_run(tiny: Scenario) -> None:
    runs = Growing()
    runs.run(tiny, 2)
    assert runs.known(load_text(f"{TINY}title: {{en: Else, zh: 别的}}\n", name="else")) == 2


def test_the_run_used_longest_ago_goes_first_when_memory_is_short(tiny: Scenario, other: Scenario) -> None:
    runs = Growing(limit=1)
    runs.run(tiny, 1)
    runs.run(other, 1)
    assert (runs.known(tiny), runs.known(other)) == (0, 1)
