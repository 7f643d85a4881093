"""The panel shows the same world as the outcomes do: its rows add up to what was recorded, cell by cell."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pandas as pd
import pytest

from orgsim.ensembles import simulate
from orgsim.ensembles.panel import record_panel
from orgsim.errors import InputError
from orgsim.outcomes.recorder import Recording
from orgsim.testing import tiny_scenario

Panel = dict[str, pd.DataFrame]
FOLLOWED = 2


@pytest.fixture(scope="module")
def panel() -> Panel:
    files = record_panel(tiny_scenario(), replication=FOLLOWED)
    tables = {name.split(".")[0]: pd.read_parquet(BytesIO(files[name])) for name in files if name.endswith(".parquet")}
    return tables | {"columns": pd.read_csv(BytesIO(files["columns.csv"]))}


@pytest.fixture(scope="module")
def recorded() -> Recording:
    """The run the panel belongs to, of which it follows the last replication."""
    return simulate(tiny_scenario(), replications=FOLLOWED + 1).recording


def flow(recorded: Recording, name: str) -> np.ndarray:
    return recorded.measures[name][FOLLOWED, 1:].sum(axis=1)


@pytest.mark.parametrize("name", ["income", "government_income", "public_outlay", "services"])
def test_organizations_add_up_to_the_recorded_flow(name: str, panel: Panel, recorded: Recording) -> None:
    table = panel["organizations"]
    months = table[(table.month >= 0) & ~table.gone].groupby("month")[name].sum()
    closing = table[table.gone].groupby("month")[name].sum().reindex(months.index, fill_value=0.0)
    np.testing.assert_allclose(months + closing, flow(recorded, name), rtol=1e-9, atol=0.01)


def test_people_who_quit_add_up_to_the_recorded_number(panel: Panel, recorded: Recording) -> None:
    staff = panel["staff"]
    quitting = staff[staff.gone & staff.quits & ~staff.displaced].groupby("month").size()
    assert quitting.reindex(range(recorded.months), fill_value=0).tolist() == flow(recorded, "quitters").tolist()


def test_people_present_add_up_to_the_recorded_headcount(panel: Panel, recorded: Recording) -> None:
    present = panel["staff"].query("month >= 0 and not gone").groupby("month").size()
    assert present.tolist() == flow(recorded, "headcount").tolist()


def test_nobody_is_seen_again_after_going(panel: Panel) -> None:
    for name in ("organizations", "staff"):
        table = panel[name]
        last = table[table.gone].set_index("id").month
        seen = table[~table.gone & table.id.isin(last.index)]
        assert (seen.month.to_numpy() < last.loc[seen.id].to_numpy()).all()


def test_everyone_appears_once_a_month(panel: Panel) -> None:
    assert [panel[name].duplicated(["month", "id"]).sum() for name in ("organizations", "staff")] == [0, 0]


def test_every_employer_is_an_organization_of_that_month(panel: Panel) -> None:
    present = pd.MultiIndex.from_frame(panel["organizations"][["month", "id"]])
    employed = panel["staff"].query("not gone")[["month", "employer_id"]]
    assert pd.MultiIndex.from_frame(employed).isin(present).all()


def test_every_column_is_explained(panel: Panel) -> None:
    told = panel["columns"]
    for name in ("organizations", "staff"):
        assert list(told[told.file == f"{name}.parquet"].column) == list(panel[name].columns)
    assert told.meaning.notna().all()


def test_a_replication_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="whole number from 0, not -1"):
        record_panel(tiny_scenario(), replication=-1)
