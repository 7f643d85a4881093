"""The difference of two scenarios names what differs, and only that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orgsim.core.parameters import ParameterSpace
from orgsim.scenarios import Change, difference, load

Write = Callable[[str, str], Path]


def _from_root(write: Write, text: str, space: ParameterSpace) -> list[Change]:
    return difference(load("root", space), load(write("my.yaml", f"extends: root\n{text}"), space), space)


def test_words_and_spelt_out_defaults_make_no_difference(write: Write, space: ParameterSpace) -> None:
    text = "title: Other\nquestion: Why?\nset:\n  contracts.duration: 1 year\n  learning.forums: 0\n"
    assert _from_root(write, text, space) == []


def test_a_lever_differs_from_the_start_on(write: Write, space: ParameterSpace) -> None:
    assert _from_root(write, "set:\n  contracts.duration: 24\n", space) == [
        Change("contracts.duration", None, 12, 24, "months", "2026-01")
    ]


def test_an_assumption_differs_always(write: Write, space: ParameterSpace) -> None:
    assert _from_root(write, "assumptions:\n  turnover.memory: 3\n", space) == [
        Change("turnover.memory", None, 2, 3, "years", "always")
    ]


def test_people_and_time_are_named_first(write: Write, space: ParameterSpace) -> None:
    text = "start: 2027-01\nmonths: 24\nburn_in: 6\npopulation: {funders: 3, organizations: {foundation: 0}}\n"
    assert _from_root(write, text, space) == [
        Change("start", None, "2026-01", "2027-01", "month", "always"),
        Change("months", None, 60, 24, "months", "always"),
        Change("burn_in", None, 12, 6, "months", "always"),
        Change("population.funders", None, 18, 3, "count", "always"),
        Change("population.organizations", "foundation", 5, 0, "count", "always"),
    ]


def test_each_date_that_sets_them_apart_has_a_row_until_they_agree_again(write: Write, space: ParameterSpace) -> None:
    text = "schedule:\n  contracts.duration: {2027-01: 24, 2028-01: {to: 36, over: 6}, 2029-01: 12}\n"
    assert _from_root(write, text, space) == [
        Change("contracts.duration", None, 12, 24, "months", "2027-01"),
        Change("contracts.duration", None, 12, 36, "months", "2028-01", 0, 6),
        Change("contracts.duration", None, 12, 12, "months", "2029-01"),
    ]


def test_two_ways_to_the_same_value_differ(write: Write, space: ParameterSpace) -> None:
    write("jump.yaml", "extends: root\nschedule:\n  contracts.duration: {2027-01: 24}\n")
    write("ramp.yaml", "extends: root\nschedule:\n  contracts.duration: {2027-01: {to: 24, over: 6}}\n")
    assert difference(load("jump", space), load("ramp", space), space) == [
        Change("contracts.duration", None, 24, 24, "months", "2027-01", 0, 6)
    ]


def test_different_todays_differ_in_the_burn_in(write: Write, space: ParameterSpace) -> None:
    write("one.yaml", "start: 2026-01\nset:\n  contracts.duration: 6\n")
    write("two.yaml", "start: 2026-01\nset:\n  contracts.duration: 24\n")
    write("three.yaml", "extends: two\nset:\n  contracts.duration: 6\n")
    one, two, three = (load(name, space) for name in ("one", "two", "three"))
    assert [c.when for c in difference(one, two, space)] == ["always"]
    assert [(c.when, c.before, c.after) for c in difference(one, three, space)] == [
        ("burn-in", 6, 24),
        ("2026-01", 6, 6),
    ]


def test_the_difference_turned_round_swaps_before_and_after(write: Write, space: ParameterSpace) -> None:
    write("my.yaml", "extends: root\nset:\n  fees.price: {service: 2}\nschedule:\n  learning.forums: {2027-01: 3}\n")
    root, mine = load("root", space), load("my", space)
    there, back = difference(root, mine, space), difference(mine, root, space)
    assert [(c.parameter, c.kind) for c in there] == [("fees.price", "service"), ("learning.forums", None)]
    assert [(c.before, c.after, c.when) for c in back] == [(c.after, c.before, c.when) for c in there]
