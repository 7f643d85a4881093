"""The agent panel: every organization and every person of one replication, month by month.

Three files: `organizations.parquet`, `staff.parquet` and `columns.csv`, which says of each column what it means. One
row is an agent in a month, as it stands at the month's end; who leaves during a month has a last row, `gone` true, with
what was known at that moment. Month -1 is the month before the policy starts. Rows of one agent share its `id`; links
are given as ids (`employer_id`), kinds by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from orgsim.core.calendar import date_of
from orgsim.core.columns import World
from orgsim.core.parameters import KINDS
from orgsim.core.registry import Model
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles.burn_in import WORLDS
from orgsim.ensembles.run import Report, compiling, ready
from orgsim.errors import InputError
from orgsim.scenarios import Scenario, load, resolve

FILES = {"organization": "organizations.parquet", "staff": "staff.parquet"}
OWN = {
    "month": ("month", "months", "Month of the run; 0 is the first under the policy, -1 the one before."),
    "date": ("date", "", "Year and month."),
    "id": ("id", "", "Lasting number of the organization or person; never used twice."),
    "gone": ("gone", "yes or no", "Left this month: the row shows the last that was known."),
}
"""Columns that every table has besides those of the model: name, unit, meaning."""


def record_panel(
    scenario: Scenario | str | Path,
    *,
    replication: int = 0,
    seed: int = 1,
    months: int | None = None,
    report: Report | None = None,
) -> dict[str, bytes]:
    """The panel of one replication, file name → content; the same world as in `simulate` of that seed.

    Raises InputError for a replication that cannot be. The first call on a machine compiles the model phase by phase,
    which takes about a minute.
    """
    if not 0 <= replication < 2**32:
        raise InputError(f"a replication is a whole number from 0, not {replication}")
    chosen = load(scenario) if isinstance(scenario, (str, Path)) else scenario
    table = resolve(chosen, months=months)
    model, compiled = ready(report)
    compiled.every_phase(compiling(report))
    world = WORLDS.get(model, compiled, table, chosen.population, seed, np.array([replication], np.uint64))
    engine = ColumnsEngine(world, compiled)
    pages = {entity: _Page(model, entity, chosen.start) for entity in FILES}
    for page in pages.values():
        page.keep(world)
    for month in range(table.months):
        engine.parameters[:] = table.at(month)
        world.month = month
        for number, phase in enumerate(model.schedule):
            if phase.death and phase.death.entity in pages:
                pages[phase.death.entity].note(world, phase.death.when)
            engine.run(number)
        for page in pages.values():
            page.keep(world)
        if report:
            report(chosen.name, month + 1, table.months)
    return {
        **{FILES[entity]: page.content() for entity, page in pages.items()},
        "columns.csv": columns_of_panel(model).to_csv(index=False).encode("utf-8-sig"),
    }


def columns_of_panel(model: Model) -> pd.DataFrame:
    """What each column of the panel means: file, column, type, unit, mechanism, meaning."""
    rows = []
    for entity, file in FILES.items():
        rows += [(file, name, "", unit, "", meaning) for name, unit, meaning in OWN.values()]
        for name in _shown(model, entity):
            column, link = model.columns[entity][name], model.entities[entity].links.get(name)
            kind = "text" if link == "kind" else np.dtype(column.dtype).name
            title = name if link is None or link == "kind" else f"{name}_id"
            meaning = column.meaning or (f"The {link} it belongs to." if link else "")
            rows.append((file, title, kind, "" if link else column.unit, column.owner, meaning))
    return pd.DataFrame(rows, columns=["file", "column", "type", "unit", "mechanism", "meaning"])


def _shown(model: Model, entity: str) -> Iterator[str]:
    """Columns that mean something by themselves: not the bins that outcomes are counted in, nor whom one meets."""
    links = model.entities[entity].links
    for name in model.columns[entity]:
        if name not in links or links[name] in ("kind", "funder") or name == "employer":
            yield name


class _Page:
    """One table of the panel while it is written, a group of rows for each month."""

    def __init__(self, model: Model, entity: str, start: str) -> None:
        self.model, self.entity, self.start = model, entity, start
        self.shown = list(_shown(model, entity))
        self.leaving: list[pa.RecordBatch] = []
        self.out = BytesIO()
        self.writer: pq.ParquetWriter | None = None

    def note(self, world: World, when: str) -> None:
        """Keep the last rows of those who are about to go."""
        table = world[self.entity]
        self.leaving.append(self._batch(world, table.present[0] & table[when][0], gone=True))

    def keep(self, world: World) -> None:
        """Write the month: those who left during it, then those present at its end."""
        batches = [*self.leaving, self._batch(world, world[self.entity].present[0], gone=False)]
        month = pa.Table.from_batches(batches)
        if self.writer is None:
            self.writer = pq.ParquetWriter(self.out, month.schema, compression="zstd")
        self.writer.write_table(month)
        self.leaving.clear()

    def content(self) -> bytes:
        """The finished file."""
        assert self.writer is not None
        self.writer.close()
        return self.out.getvalue()

    def _batch(self, world: World, rows: NDArray[np.bool_], *, gone: bool) -> pa.RecordBatch:
        table, count = world[self.entity], int(rows.sum())
        columns: dict[str, pa.Array] = {
            "month": pa.array(np.full(count, world.month, np.int32)),
            "date": pa.array([date_of(world.month, self.start)] * count, pa.string()),
            "id": pa.array(table.id[0][rows]),
            "gone": pa.array(np.full(count, gone)),
        }
        for name in self.shown:
            values, link = table[name][0][rows], self.model.entities[self.entity].links.get(name)
            if link == "kind":
                columns[name] = pa.array(np.array(KINDS, object)[values], pa.string())
            elif link:
                columns[f"{name}_id"] = pa.array(world[link].id[0][values])
            else:
                columns[name] = pa.array(values)
        return pa.RecordBatch.from_pydict(columns)
