"""Runs that grow: the same numbers as a run made at once, nothing made twice, the most urgent first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep
from typing import Any

import numpy as np
import pandas as pd
import pytest

from orgsim.ensembles import Comparison, Growing, compare, simulate
from orgsim.ensembles import growing as module
from orgsim.errors import InputError
from orgsim.report.curves import CURVES, curve_table
from orgsim.scenarios import Scenario, load, load_text

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


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The replications that are made, in order."""
    numbers: list[int] = []
    run_table = module.run_table

    def noted(*arguments: Any, **options: Any) -> Any:
        recording = run_table(*arguments, **options)
        numbers.extend(options["replications"])
        return recording

    monkeypatch.setattr(module, "run_table", noted)
    return numbers


def quiet(runs: Growing, scenario: Scenario) -> int:
    """How many replications there are once nothing more is made."""
    end = monotonic() + 30.0
    while monotonic() < end:
        before = runs.made
        sleep(0.5)
        if runs.made == before:
            return runs.known(scenario)
    pytest.fail("runs that nobody wants go on")


def same(one: Comparison, other: Comparison) -> None:
    """To the last bit: all that a report says of a comparison."""
    assert one.table.equals(other.table)
    assert one.values.equals(other.values)
    assert pd.DataFrame(one.levels).equals(pd.DataFrame(other.levels))
    assert curve_table(one).equals(curve_table(other))


def test_a_comparison_that_grew_is_the_comparison(tiny: Scenario, other: Scenario) -> None:
    runs = Growing()
    for size in (1, 3, 6):
        runs.compare(tiny, other, replications=size)
    same(runs.compare(tiny, other, replications=6), compare(tiny, other, replications=6))


def test_a_run_at_full_size_has_the_numbers_of_one_made_at_once() -> None:
    policy = load("pay-support")
    grown = Growing().compare(load("baseline"), policy, replications=2)
    same(grown, compare("baseline", policy, replications=2))


def test_fewer_replications_than_are_known_are_the_first_of_them(tiny: Scenario) -> None:
    runs = Growing()
    runs.run(tiny, 4)
    assert list(runs.run(tiny, 2).recording.replications) == [0, 1]
    assert np.array_equal(runs.run(tiny, 2).matrix, simulate(tiny, replications=2).matrix, equal_nan=True)


def test_what_is_kept_is_small_but_has_every_outcome_and_curve(tiny: Scenario) -> None:
    grown, whole = Growing().run(tiny, 3), simulate(tiny, replications=3)
    assert grown.reduced is not None
    assert 10 * grown.reduced.nbytes < whole.recording.nbytes
    assert grown.outcomes().equals(whole.outcomes())
    assert all(np.array_equal(grown.curve(name), whole.curve(name), equal_nan=True) for name in CURVES)


def test_nothing_is_made_twice_nor_for_nobody(tiny: Scenario, made: list[int]) -> None:
    runs = Growing(workers=1)
    runs.run(tiny, 2)
    with runs.wanted([tiny], 50) as asked:
        while asked.known() < 5:
            asked.wait(1.0)
    known = quiet(runs, tiny)
    runs.run(tiny, known)
    assert 5 <= known < 50
    assert made == list(range(len(made)))


def test_two_who_want_the_same_share_it(tiny: Scenario, made: list[int]) -> None:
    runs = Growing(workers=2)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: runs.run(tiny, 6), range(2))
    assert sorted(made) == list(range(6))
    assert np.array_equal(one.matrix, other.matrix, equal_nan=True)


def test_first_replications_of_a_newcomer_go_before_later_ones_of_others(
    tiny: Scenario, other: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[tuple[str, int]] = []
    run_table = module.run_table

    def noted(*arguments: Any, **options: Any) -> Any:
        order.extend((options["name"], number) for number in options["replications"])
        return run_table(*arguments, **options)

    monkeypatch.setattr(module, "run_table", noted)
    monkeypatch.setattr(module, "block_size", lambda _: 1)
    runs = Growing(workers=1)
    with runs.wanted([tiny], 12) as first:
        while first.known() < 5:
            first.wait(1.0)
        with runs.wanted([other], 12) as second:
            while min(first.known(), second.known()) < 12:
                second.wait(1.0)
    began = order.index(("other", 0))
    assert began <= 8
    assert order[began : began + 4] == [("other", number) for number in range(4)]
    assert order.index(("tiny", 8)) < order.index(("other", 8))


def test_a_guess_has_the_numbers_of_a_run_made_at_once_and_is_there_when_it_is_asked_for(tiny: Scenario) -> None:
    runs = Growing()
    runs.guess([tiny], 3)
    assert quiet(runs, tiny) == 3
    same(Comparison(runs.run(tiny, 3), ()), Comparison(simulate(tiny, replications=3), ()))
    assert runs.made == 3


def test_a_guess_waits_until_nobody_wants_anything_and_is_given_up_when_somebody_does(
    tiny: Scenario, other: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, begun = Growing(workers=1), Event()
    order: list[str] = []
    run_table = module.run_table

    def noted(*arguments: Any, **options: Any) -> Any:
        order.append(options["name"])
        begun.set()
        return run_table(*arguments, **options)

    monkeypatch.setattr(module, "run_table", noted)
    with runs.wanted([tiny], 5) as asked:
        runs.guess([other], 50)
        while asked.known() < 5:
            asked.wait(1.0)
    begun.clear()
    assert begun.wait(30.0)
    assert order.index("other") >= order.count("tiny")
    runs.run(tiny, 6)
    assert quiet(runs, other) < 50
    assert order[-1] == "tiny"


def test_what_goes_wrong_is_told_to_whoever_waits_for_it(tiny: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise InputError("no such world")

    runs = Growing()
    with monkeypatch.context() as patched:
        patched.setattr(module, "run_table", broken)
        with pytest.raises(InputError, match="no such world"):
            runs.run(tiny, 2)
    assert runs.run(tiny, 2).replications == 2


def test_titles_do_not_make_another_run(tiny: Scenario) -> None:
    runs = Growing()
    runs.run(tiny, 2)
    assert runs.known(load_text(f"{TINY}title: {{en: Else, zh: 别的}}\n", name="else")) == 2


def test_the_run_used_longest_ago_goes_first_when_memory_is_short(tiny: Scenario, other: Scenario) -> None:
    runs = Growing(limit=1)
    runs.run(tiny, 1)
    runs.run(other, 1)
    assert (runs.known(tiny), runs.known(other)) == (0, 1)
