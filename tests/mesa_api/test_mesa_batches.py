"""Data collection and batch runs, as Mesa does them."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest

from orgsim.mesa_api import Funder, OrgModel

Make = Callable[..., OrgModel]
TINY = {"association": 2, "community": 2, "funders": 1}


def test_the_collector_keeps_a_row_a_month(make: Make) -> None:
    model = make(engine="columns")
    model.run_model()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame["date"]) == [f"2026-0{month}" for month in range(1, 7)]
    assert list(frame.columns) == [
        "date", "seed", "registered", "active", "dormant", "staff", "turnover", "public_outlay",
        "median_months_of_cash",
    ]  # fmt: skip


def test_the_collector_counts_what_the_agents_show(make: Make) -> None:
    model = make(engine="columns", months=1)
    model.step()
    seen = model.datacollector.get_model_vars_dataframe().iloc[-1]
    there = model.organizations.select(lambda o: o.registered and o.age > 0)
    active = there.select(lambda o: o.active)
    assert (seen["registered"], seen["active"], seen["staff"]) == (len(there), len(active), len(model.staff))
    assert seen["dormant"] == len(there) - len(active)
    assert seen["median_months_of_cash"] == np.median(active.get("months_of_cash"))
    assert seen["public_outlay"] == pytest.approx(model.organizations.agg("public_outlay", sum), rel=1e-6)


def test_turnover_is_the_months_leavers_a_year(make: Make) -> None:
    model = make(engine="columns")
    before = set(model.staff)
    model.step()
    seen = model.datacollector.get_model_vars_dataframe().iloc[-1]
    assert seen["turnover"] == pytest.approx(12.0 * len(before - set(model.staff)) / len(model.staff))


def test_a_collector_of_ones_own_follows_agents(make: Make) -> None:
    model = make(engine="columns", months=2)
    model.datacollector = mesa.DataCollector(agenttype_reporters={Funder: {"budget": "budget"}})
    model.run_model()
    assert len(model.datacollector.get_agenttype_vars_dataframe(Funder)) == 2 * len(model.funders)


def test_a_batch_on_two_processes_gives_what_single_models_give(make: Make) -> None:
    fixed: dict[str, Any] = {"months": 2, "engine": "columns"}
    make(population=TINY, **fixed)  # compiles here, so that the two processes need not
    varied = {"rng": [1], "contracts__duration": [12, 36], "population": [TINY]}
    rows = mesa.batch_run(OrgModel, fixed | varied, number_processes=2, display_progress=False)
    found = {row["contracts__duration"]: row["public_outlay"] for row in rows}
    for duration, outlay in found.items():
        alone = make(population=TINY, contracts__duration=duration, **fixed)
        alone.run_model()
        assert outlay == alone.datacollector.model_vars["public_outlay"][-1]
    assert sorted(found) == [12, 36]


def test_iterations_of_a_batch_without_a_seed_are_different_worlds() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # later Mesas would rather be given seeds
        rows = mesa.batch_run(
            OrgModel,
            {"population": [TINY], "months": 1, "engine": "columns"},
            iterations=2,
            number_processes=1,
            display_progress=False,
        )
    assert len({row["seed"] for row in rows}) == 2
