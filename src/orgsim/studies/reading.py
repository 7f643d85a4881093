"""Reads a store into tables: what analyses start from.

design, results = read("results/contract-terms")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from orgsim.errors import InputError
from orgsim.files import write_file
from orgsim.studies.layout import RESULTS
from orgsim.studies.parts import parquet
from orgsim.studies.store import Store

if TYPE_CHECKING:
    import duckdb

KEYS = ("row", "run", "point", "name", "scenario", "set", "replication")
OK, FAILED, MISSING = "ok", "failed", "missing"


def read(store: Store | Path | str, *, drop_failed: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The design and the results of a complete study.

    The design has a row a point, in design order: `point` (from 0), `name`, a column each factor, in the parameter's
    unit, a choice by its number, NaN where it was left as each scenario has it. Results have a row a run, in plan order
    – by point, scenario, parameter set, replication – with the columns of `results_table`. `Store(…).manifest` says of
    factors their ranges and of outcomes their units.

    Raises InputError, with counts and the command that helps, while rows are missing or failed: indices computed from
    half a design are wrong without looking wrong. With `drop_failed` a failed run may be NaN in all its outcomes; a
    missing one may not.
    """
    chosen = store if isinstance(store, Store) else Store(Path(store))
    results = results_table(chosen)
    counts = results["status"].value_counts()
    missing, failed = int(counts.get(MISSING, 0)), int(counts.get(FAILED, 0))
    if missing:
        raise InputError(
            f"{missing} of {len(results)} rows of this study have not been run; orgsim experiment run {chosen.folder}",
            file=chosen.folder,
        )
    if failed and not drop_failed:
        raise InputError(
            f"{failed} of {len(results)} rows of this study have failed; orgsim experiment retry {chosen.folder}",
            file=chosen.folder,
        )
    return chosen.plan().design, results


def results_table(store: Store) -> pd.DataFrame:
    """A row a run, in plan order, whether it was run or not.

    Columns: row (from 0), run, point, name (of the point), scenario, set (-1 without uncertainty), replication, one a
    factor, status ("ok", "failed", "missing"), error, one an outcome: 'annual_turnover', or
    'annual_turnover[kind=service]'. The same study gives the same table, whatever stopped it in between.
    """
    plan = store.plan()
    outcomes = [each["column"] for each in store.manifest["outcomes"]]
    finished, failed = store.finished(), store.failed()
    table = plan.runs.drop(columns="world").merge(plan.design, on="point", how="left", validate="many_to_one")
    table.insert(0, "row", np.arange(len(table), dtype=np.int64))
    done = table["run"].isin(finished["run"])
    broken = table["run"].isin(failed["run"]) & ~done
    table["status"] = np.where(done, OK, np.where(broken, FAILED, MISSING)).astype(object)
    errors = dict(zip(failed["run"], failed.get("error", ()), strict=True))
    table["error"] = np.where(broken, table["run"].map(errors), "").astype(object)
    values = finished.reindex(columns=["run", *outcomes]).set_index("run")
    table = table.join(values, on="run").astype(dict.fromkeys(outcomes, np.float64))
    factors = [column for column in plan.design.columns if column not in ("point", "name")]
    return table[[*KEYS, *factors, "status", "error", *outcomes]]


def final_bytes(results: pd.DataFrame) -> bytes:
    """The table of results as a Parquet file; the same rows give the same bytes."""
    return parquet(pa.Table.from_pandas(results, preserve_index=False).replace_schema_metadata(None))


def finish(store: Store) -> bool:
    """Write the final table if every run is finished or has failed; whether it was."""
    if sum(part.rows for part in (*store.parts(), *store.failures())) < store.runs:  # names alone may tell
        return False
    table = results_table(store)
    if (table["status"] == MISSING).any():
        return False
    write_file(store.folder / RESULTS, final_bytes(table))
    return True


def connect(store: Store) -> duckdb.DuckDBPyConnection:
    """A DuckDB database in memory over a store, also while it is being written: tables design, runs, results, series.

    `runs` is a view of the parts that hold now, with seconds and session of each run.
    """
    import duckdb

    connection = duckdb.connect()
    for name, frame in (
        ("design", store.plan().design),
        ("results", results_table(store)),
        ("series", store.monthly()),
    ):
        if len(frame.columns):
            connection.from_arrow(pa.Table.from_pandas(frame, preserve_index=False)).create(name)
    files = [str(path) for path in store.sound()]
    if files:
        connection.read_parquet(files, union_by_name=True).create_view("runs")
    return connection
