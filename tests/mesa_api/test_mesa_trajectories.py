"""The Mesa model lives the very months that `orgsim.simulate` does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

import orgsim
from orgsim.core.parameters import KINDS
from orgsim.engines.both import EnginesDisagree
from orgsim.mesa_api import OrgModel
from orgsim.outcomes.recorder import Recorder, Recording
from orgsim.scenarios import Population

SMALL = {"association": 3, "service": 3, "social_work": 3, "community": 4, "funders": 2}
Make = Callable[..., OrgModel]


def lived(model: OrgModel) -> Recording:
    """What the recorder keeps of a model run to its horizon."""
    recorder = Recorder(model.world, model.months)
    recorder.keep()
    while model.running:
        model.step()
        recorder.keep()
    return recorder.recording()


@pytest.mark.parametrize("engine", ["agents", "columns", "both"])
def test_every_recorded_sum_equals_that_of_simulate_bit_for_bit(make: Make, engine: str) -> None:
    scenario = replace(orgsim.load("baseline"), population=Population(2, {kind: SMALL.get(kind, 0) for kind in KINDS}))
    expected = orgsim.simulate(scenario, replications=[0], seed=1, months=6).recording
    found = lived(make(engine=engine))
    different = [name for name, sums in expected.measures.items() if not np.array_equal(sums, found.measures[name])]
    assert different == []


def test_another_replication_is_another_world(make: Make) -> None:
    first, second = lived(make(engine="columns")), lived(make(engine="columns", replication=1))
    assert not np.array_equal(first.measures["cash"], second.measures["cash"])


def test_a_lever_given_by_keyword_acts_as_in_a_scenario_that_sets_it(make: Make) -> None:
    child = orgsim.scenarios.load_text("extends: baseline\nset:\n  subsidy.core_grant: 100000\n")
    by_file, by_keyword = lived(make(child, engine="columns")), lived(make(engine="columns", subsidy__core_grant=1e5))
    plain = lived(make(engine="columns"))
    assert np.array_equal(by_file.measures["cash"], by_keyword.measures["cash"])
    assert not np.array_equal(plain.measures["cash"], by_keyword.measures["cash"])


def test_what_is_written_between_months_reaches_both_engines(make: Make) -> None:
    model = make(engine="both", months=3)
    model.step()
    model.organizations.set("cash", -1e6)
    try:
        model.run_model()
    except EnginesDisagree as difference:
        pytest.fail(str(difference))
    assert model.organizations.agg("cash", min) < 0.0


def test_the_model_stops_running_at_its_horizon_and_refuses_to_go_beyond(make: Make) -> None:
    model = make(engine="columns", months=2)
    model.step()
    assert model.running
    model.step()
    assert not model.running
    for _ in range(2):
        with pytest.raises(orgsim.errors.InputError, match="ends with 2026-02"):
            model.step()


def test_months_are_dated_from_the_scenarios_start(make: Make) -> None:
    model = make(engine="columns")
    assert (model.month, model.date) == (-1, "2025-12")
    model.step()
    assert (model.month, model.date, model.steps) == (0, "2026-01", 1)
