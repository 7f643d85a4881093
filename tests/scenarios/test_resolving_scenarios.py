"""A scenario becomes a table of values by month, and each value knows the line that set it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from orgsim.core.parameters import ParameterSpace
from orgsim.errors import InputError
from orgsim.scenarios import Origin, ParameterTable, Setting, load, load_text, resolve

Write = Callable[[str, str], Path]


@pytest.fixture
def table(write: Write, space: ParameterSpace) -> ParameterTable:
    write(
        "my.yaml",
        "extends: root\nset:\n  contracts.duration: 24\n  fees.price: {service: 2}\n"
        "schedule:\n  contracts.duration: {2026-03: 36}\n"
        "  contracts.payment_delay: {2026-04: {to: 0 months, over: 3 months}}\n"
        "assumptions:\n  turnover.memory: 4\n",
    )
    return resolve(load("my", space), space)


def _path(table: ParameterTable, name: str, kind_place: int = 0) -> list[float]:
    return [float(v) for v in table.values[:, table.space.place[name] + kind_place]]


def test_the_table_has_a_row_a_month_and_a_column_a_place(table: ParameterTable, space: ParameterSpace) -> None:
    assert table.values.shape == (12 + 60, space.size)
    assert table.values.dtype == np.float64
    assert (table.burn_in, table.months) == (12, 60)


def test_the_burn_in_runs_with_the_roots_levers_and_the_scenarios_own_assumptions(table: ParameterTable) -> None:
    assert set(_path(table, "contracts.duration")[:12]) == {12.0}
    assert set(_path(table, "turnover.memory")) == {4.0}
    assert set(_path(table, "turnover.base_hazard")) == {0.012}


def test_what_a_child_sets_takes_force_at_month_0_and_its_schedule_at_its_dates(table: ParameterTable) -> None:
    assert _path(table, "contracts.duration")[10:16] == [12, 12, 24, 24, 36, 36]
    assert _path(table, "contracts.duration")[-1] == 36


def test_a_ramp_moves_in_equal_steps_and_reaches_its_end_in_its_last_month(table: ParameterTable) -> None:
    assert _path(table, "contracts.payment_delay")[12:20] == [3, 3, 3, 2, 1, 0, 0, 0]


def test_a_ramp_in_the_first_month_leaves_from_what_is_set(space: ParameterSpace) -> None:
    text = "start: 2026-01\nburn_in: 2\nmonths: 5\nset:\n  contracts.duration: 12\n"
    table = resolve(
        load_text(f"{text}schedule:\n  contracts.duration: {{2026-01: {{to: 36, over: 4}}}}\n", space), space
    )
    assert _path(table, "contracts.duration") == [12, 12, 18, 24, 30, 36, 36]


def test_a_ramp_is_cut_by_the_end_of_the_horizon(space: ParameterSpace) -> None:
    text = "start: 2026-01\nburn_in: 0\nmonths: 3\nschedule:\n  learning.forums: {2026-02: {to: 12, over: 4}}\n"
    table = resolve(load_text(text, space), space)
    assert _path(table, "learning.forums") == [0, 3, 6]


def test_a_kind_changes_alone(table: ParameterTable) -> None:
    assert _path(table, "fees.price", 1)[11:14] == [1, 2, 2]
    assert set(_path(table, "fees.price", 0)) == {1.0}


def test_each_value_knows_the_line_that_set_it(table: ParameterTable) -> None:
    assert table.since("contracts.duration", month=-1).origin == Origin("root.yaml", 6)
    assert table.since("contracts.duration", month=0).origin == Origin("my.yaml", 3)
    assert table.since("contracts.duration", month=5).origin == Origin("my.yaml", 6)
    assert [s.month for s in table.history("contracts.duration")] == [-12, 0, 2]
    assert table.since("contracts.payment_delay", month=3).over == 3
    assert table.since("turnover.memory").origin == Origin("my.yaml", 9)
    assert table.since("fees.price", "service").origin == Origin("my.yaml", 4)


def test_a_default_points_to_its_mechanism(table: ParameterTable) -> None:
    assert table.since("learning.forums").origin.file == "mechanisms/learning/parameters.yaml"
    assert table.origins["fees.price[association]"][0].origin.file == "mechanisms/fees/parameters.yaml"


def test_a_row_is_had_by_its_month(table: ParameterTable, space: ParameterSpace) -> None:
    assert table.at(-12)[space.place["contracts.duration"]] == 12
    assert table.at(2)[space.place["contracts.duration"]] == 36
    for beyond in (-13, 60):
        with pytest.raises(IndexError):
            table.at(beyond)


def test_the_table_cannot_be_written_to(table: ParameterTable) -> None:
    with pytest.raises(ValueError, match="read-only"):
        table.values[0, 0] = 1.0


def test_the_horizon_can_be_given_for_one_run(write: Write, space: ParameterSpace) -> None:
    scenario = load("root", space)
    assert resolve(scenario, space, months=3).values.shape == (15, space.size)
    assert resolve(scenario, space, months=600).values.shape == (612, space.size)
    with pytest.raises(InputError, match="1 to 600 months, not 601"):
        resolve(scenario, space, months=601)


@pytest.mark.parametrize(
    ("setting", "fragment"),
    [
        (Setting("contracts.duraton", None, 12, Origin("code", 0)), "did you mean 'contracts.duration'"),
        (Setting("contracts.duration", None, 99, Origin("code", 0)), "code: contracts.duration: 99 is outside"),
        (Setting("contracts.duration", "service", 12, Origin("code", 0)), "does not differ by kind"),
        (Setting("fees.price", None, 1, Origin("code", 0)), "differs by kind"),
        (Setting("fees.price", "services", 1, Origin("code", 0)), "differs by kind"),
    ],
)
def test_a_scenario_made_in_code_is_checked_too(
    setting: Setting, fragment: str, write: Write, space: ParameterSpace
) -> None:
    scenario = replace(load("root", space), levers=(setting,))
    with pytest.raises(InputError, match=fragment):
        resolve(scenario, space)


def test_fingerprints_tell_values_apart_and_nothing_else(write: Write, space: ParameterSpace) -> None:
    root = resolve(load("root", space), space)
    same = resolve(load(write("same.yaml", "extends: root\ntitle: X\nset:\n  learning.forums: 0\n"), space), space)
    other = resolve(load(write("other.yaml", "extends: root\nset:\n  learning.forums: 1\n"), space), space)
    assert root.fingerprint() == same.fingerprint() != other.fingerprint()
    assert root.burn_in_fingerprint() == other.burn_in_fingerprint()
    assumed = load(write("assumed.yaml", "extends: root\nassumptions:\n  turnover.memory: 4\n"), space)
    assert resolve(assumed, space).burn_in_fingerprint() != root.burn_in_fingerprint()
    assert resolve(load("root", space), space, months=30).fingerprint() != root.fingerprint()
    assert resolve(load("root", space), space, months=30).burn_in_fingerprint() == root.burn_in_fingerprint()
