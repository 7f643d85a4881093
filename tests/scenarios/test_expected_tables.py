"""Every shipped scenario still gives what its expected table says, and the index lists them all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from orgsim.report import expected as module
from orgsim.report import trials
from orgsim.report.expected import EXPECTED, FIRST, compared_with, csv, expected, first, index, read_expected, ships
from orgsim.report.tables import HEADLINES
from orgsim.report.trials import Floats, measured
from orgsim.scenarios import Scenario, shipped, shipped_folder

CLOSE = 1e-9
"""Processors may differ in the last bits."""
RENEW = "if the model was meant to change, renew with `make expected`"
NULL_PUSHES = ("null-participation-push", "null-party-building-push")
"""Pairs in which the levers pulled act through nothing but the effect that is nulled."""
each_scenario = pytest.mark.parametrize("name", shipped())
Outcomes = Callable[[str], Mapping[str, Floats]]


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    """Outcomes of the first replications of a shipped scenario, simulated once for all tests here."""

    @cache
    def simulated(name: str) -> Mapping[str, Floats]:
        return measured(ships(name), FIRST, None, int(read_expected(name)["seed"][0]))

    return simulated


@each_scenario
def test_a_shipped_scenario_gives_what_its_table_says(name: str, outcomes: Outcomes) -> None:
    table = read_expected(name)
    other = compared_with(ships(name))
    here, there = outcomes(name), outcomes(other) if other else {}
    off = []
    for row in table.to_dict("records"):
        for column, value in first(here[row["outcome"]], there.get(row["outcome"])).items():
            scale = abs(row["first_value"])
            if not abs(value - row[column]) <= CLOSE * scale:
                off.append(f"{name}: {row['outcome']}: {column} is {value:.12g}, expected {row[column]:.12g}")
    assert not off, "\n".join([*off, RENEW])


@each_scenario
def test_a_table_holds_every_headline_of_one_run(name: str) -> None:
    table = read_expected(name)
    assert tuple(table["outcome"]) == HEADLINES, f"{name}: {RENEW}"
    assert set(table["compared_with"]) == {compared_with(ships(name))}, f"{name}: {RENEW}"
    assert set(table["months"]) == {ships(name).months}, f"{name}: {RENEW}"
    assert len(table[["replications", "seed"]].drop_duplicates()) == 1


def test_every_table_belongs_to_a_scenario() -> None:
    assert {file.stem for file in (shipped_folder() / EXPECTED).iterdir()} == set(shipped())


def test_all_tables_come_from_the_same_luck() -> None:
    assert len({(*read_expected(name).loc[0, ["replications", "seed"]],) for name in shipped()}) == 1


@pytest.mark.parametrize("name", NULL_PUSHES)
def test_where_an_effect_is_nulled_the_levers_move_no_headline_but_cost(name: str) -> None:
    table = read_expected(name)
    clear = (table["difference_low"] > 0.0) | (table["difference_high"] < 0.0)
    assert list(table.loc[clear, "outcome"]) == ["public_cost"]


@pytest.mark.parametrize("name", NULL_PUSHES)
def test_the_same_levers_cost_public_money_all_the_same(name: str) -> None:
    table = read_expected(name).set_index("outcome")
    assert table.loc["public_cost", "difference_low"] > 0.0


@pytest.mark.parametrize("name", [name for name in shipped() if name != "baseline"])
def test_a_scenario_file_is_short(name: str) -> None:
    assert len((shipped_folder() / f"{name}.yaml").read_text(encoding="utf-8").splitlines()) <= 25


@each_scenario
def test_a_scenario_has_a_title_and_asks_its_question_in_two_languages(name: str) -> None:
    scenario = ships(name)
    assert scenario.question is not None
    for text in (scenario.title, scenario.question):
        assert re.search(r"[一-鿿]", text.zh)
        assert not re.search(r"[一-鿿]", text.en)
    assert scenario.question.en.rstrip(".").endswith("?") or "?" in scenario.question.en


def test_the_index_is_made_of_the_scenarios() -> None:
    written = (shipped_folder() / "README.md").read_text(encoding="utf-8")
    assert written == index(), "out of date: run make expected ARGS=--index"


def test_a_push_is_compared_with_its_null_a_register_with_nothing_and_others_with_the_baseline() -> None:
    asked = ("null-participation-push", "null-participation", "pay-support", "baseline", "my-district-example")
    assert [compared_with(ships(name)) for name in asked] == ["null-participation", "baseline", "baseline", "", ""]


def test_differences_are_paired() -> None:
    noise = np.array([1.0, 5.0, 3.0, 9.0])

    def values(scenario: Scenario) -> dict[str, Floats]:
        gain = 0.5 if scenario.name == "pay-support" else 0.0
        return dict.fromkeys(HEADLINES, noise + gain)

    table = expected(ships("pay-support"), values, 1)
    assert set(table["difference_low"]) == set(table["difference_high"]) == {0.5}
    assert set(table["first_value"]) == {3.5}


def test_what_is_not_known_is_an_empty_cell() -> None:
    table = expected(ships("baseline"), lambda _: dict.fromkeys(HEADLINES, np.array([1.0, 2.0])), 1)
    assert ",1.5," in csv(table)
    assert "nan" not in csv(table).lower()


def test_the_command_writes_tables_and_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(module, "shipped", lambda: ("baseline", "pay-support"))
    monkeypatch.setattr(module, "outcome_values", lambda *_: dict.fromkeys(HEADLINES, np.array([1.0, 2.0])))
    assert module.main(["--folder", str(tmp_path)]) == 0
    assert sorted(file.name for file in (tmp_path / EXPECTED).iterdir()) == ["baseline.csv", "pay-support.csv"]
    assert "[pay-support](pay-support.yaml)" in (tmp_path / "README.md").read_text(encoding="utf-8")
