"""The page about levers: every lever is moved, and the direction logic says what the intervals can bear."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report import levers as module
from orgsim.report import trials
from orgsim.report.lever_pages import page
from orgsim.report.lever_trials import DIRECTIONS, TRIALS, Direction, Effect
from orgsim.report.levers import MEASURED, SHOWN, agreement, levers, main, measure, pairing_gain
from orgsim.report.trials import moved, value_in
from orgsim.scenarios import Population, Scenario, load

NAMES = {lever.name for lever in levers()}
RAISES = Direction("contracts.duration", "quality", 1, "it is said to")


def tiny() -> Scenario:
    organizations = {"association": 4, "service": 4, "social_work": 4, "foundation": 1, "community": 6}
    return replace(load("baseline"), population=Population(2, organizations), burn_in=1, months=2)


def effect(*, value: float = 24.0, low: float = 0.1, high: float = 0.3, outcome: str = "quality") -> Effect:
    middle = (low + high) / 2.0
    return Effect("contracts.duration", "high", value, 12.0, "", outcome, "index", 0.5, middle, low, high, 1.0, 8)


@pytest.fixture(scope="module")
def effects(tmp_path_factory: pytest.TempPathFactory) -> list[Effect]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setattr(trials, "cache_folder", lambda: folder)
        return measure(tiny(), levers(), replications=2)


def test_every_lever_is_moved_to_at_least_one_end(effects: list[Effect]) -> None:
    assert {e.lever for e in effects} == NAMES


def test_every_move_is_measured_on_every_outcome(effects: list[Effect]) -> None:
    moves = {(e.lever, e.end) for e in effects}
    assert len(effects) == len(moves) * len(MEASURED)


def test_no_lever_is_moved_to_where_it_stands(effects: list[Effect]) -> None:
    assert [e for e in effects if e.value == e.reference_value] == []


def test_the_contract_budget_moves_public_cost_its_own_way(effects: list[Effect]) -> None:
    cost = {e.end: e.difference for e in effects if (e.lever, e.outcome) == ("contracts.yearly_budget", "public_cost")}
    assert cost["low"] < 0.0 < cost["high"]


def test_what_five_years_would_tell_is_unknown_after_two_months(effects: list[Effect]) -> None:
    assert all(pd.isna(e.difference) for e in effects if e.outcome == "survival_5y")


def test_every_lever_has_its_line_on_the_page(effects: list[Effect]) -> None:
    verdicts = {direction: agreement(direction, effects) for direction in DIRECTIONS}
    text = page(effects, SHOWN, levers(), verdicts, [2.0], 2)
    shown = set(re.findall(r"^\| `([\w.]+)` \| [^|]+ → ", text, re.M))
    assert shown == NAMES


def test_every_row_of_the_page_shows_all_headline_differences(effects: list[Effect]) -> None:
    text = page(effects, SHOWN, levers(), {RAISES: "agree"}, [2.0], 2)
    rows = [line for line in text.splitlines() if re.match(r"\| `[\w.]+` \| [^|]+ → ", line)]
    assert {line.count("|") for line in rows} == {len(SHOWN) + 3}


def test_a_run_that_was_stopped_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "cache_folder", lambda: tmp_path)
    some = [lever for lever in levers() if lever.name == "contracts.duration"]
    first = measure(tiny(), some, replications=2)
    monkeypatch.setattr(trials, "simulate", lambda *_, **__: pytest.fail("simulated again"))
    assert [repr(e) for e in measure(tiny(), some, replications=2)] == [repr(e) for e in first]


def test_the_command_writes_a_page_and_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = [lever for lever in levers() if lever.name in ("contracts.duration", "contracts.yearly_budget")]
    monkeypatch.setattr(trials, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(module, "levers", lambda: some)
    monkeypatch.setattr(module, "load", lambda _: tiny())
    assert main(["--replications", "2", "--folder", str(tmp_path)]) == 0
    assert set(pd.read_csv(tmp_path / "levers.csv")["lever"]) == {lever.name for lever in some}
    assert (tmp_path / "levers.md").read_text(encoding="utf-8").startswith("# What each lever does alone")


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "agree"),
        ({"low": -0.1}, "cannot tell"),
        ({"low": -0.3, "high": -0.1}, "disagree"),
        ({"value": 6.0}, "disagree"),
        ({"value": 6.0, "low": -0.3, "high": -0.1}, "agree"),
        ({"low": float("nan"), "high": float("nan")}, "cannot tell"),
        ({"outcome": "autonomy"}, "cannot tell"),
    ],
)
def test_an_interval_agrees_only_if_it_lies_wholly_on_the_side_of_the_evidence(
    change: dict[str, float], verdict: str
) -> None:
    assert agreement(RAISES, [effect(**change)]) == verdict  # type: ignore[arg-type]


def test_a_lever_said_to_lower_an_outcome_disagrees_when_it_raises_it() -> None:
    assert agreement(replace(RAISES, sign=-1), [effect()]) == "disagree"


def test_one_end_clearly_the_other_way_is_enough_to_disagree() -> None:
    assert agreement(RAISES, [effect(), effect(value=6.0)]) == "disagree"


def test_where_no_evidence_speaks_there_is_nothing_to_agree_with() -> None:
    assert agreement(replace(RAISES, sign=0), [effect()]) == "–"


def test_the_gain_of_pairing_is_the_ratio_of_widths_of_shown_outcomes() -> None:
    still = effect(low=0.0, high=0.0, outcome="public_cost")
    assert pairing_gain([effect(outcome="public_cost"), still, effect()]) == [pytest.approx(5.0)]


def test_every_lever_has_exactly_one_direction_or_says_why_not() -> None:
    assert sorted(d.lever for d in DIRECTIONS) == sorted(NAMES)


def test_a_direction_names_a_known_outcome_and_a_source_or_neither() -> None:
    claims = {d.lever: (d.outcome in BY_NAME, d.cite != "") for d in DIRECTIONS}
    claimed = {d.lever: (d.sign != 0, d.sign != 0) for d in DIRECTIONS}
    assert claims == claimed


def test_every_trial_lies_in_the_legal_range_and_moves_the_lever() -> None:
    ranges = {lever.name: (lever.range, lever.values[0]) for lever in levers()}
    for name, trial in TRIALS.items():
        (low, high), stands = ranges[name]
        assert low <= trial.low <= trial.high <= high, name
        assert (trial.low, trial.high) != (stands, stands), name


def test_a_moved_lever_stands_where_it_was_moved_to() -> None:
    assert value_in(moved(tiny(), {"contracts.duration": 30.0}, "longer"), "contracts.duration") == 30.0
