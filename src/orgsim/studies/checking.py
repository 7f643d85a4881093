"""Does a store hold what it says? Its bytes are checked, and rows are made again and compared bit by bit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from orgsim.errors import InputError, MachineError
from orgsim.studies.matching import check_environment
from orgsim.studies.measure import Case, Cases, run_ids
from orgsim.studies.parts import put_aside
from orgsim.studies.plan import Plan, points_of
from orgsim.studies.reading import MISSING
from orgsim.studies.store import Store

SHORTEST = 6
"""Digits of a run's name that are enough to find it."""


@dataclass(frozen=True)
class Reproduced:
    """A row made again: its name, what it was of, and where the bits differ: outcome, stored, made now."""

    run: str
    row: int
    scenario: str
    point: int
    replication: int
    outcomes: int
    differences: tuple[tuple[str, float, float], ...]


def bad_parts(store: Store) -> list[Path]:
    """Put aside the parts whose bytes are not those that were written, and return where they were."""
    bad = [part for part in (*store.parts(), *store.failures()) if part.read() is None]
    for part in bad:
        put_aside(part.path, store.folder)
    return [part.path for part in bad]


def strange_runs(store: Store, plan: Plan) -> int:
    """How many finished runs are not in the plan: it was changed by hand."""
    return int((~store.finished()["run"].isin(plan.names)).sum())


def find_row(store: Store, word: str, plan: Plan) -> int:
    """The row of a number, or of the first digits of a run's name. InputError if there is none, or several runs."""
    runs = plan.runs["run"]
    if word.isdecimal() and len(word) < SHORTEST + 2:
        if int(word) < len(runs):
            return int(word)
        raise InputError(f"rows are numbered from 0 to {len(runs) - 1}; there is no row {word}", file=store.folder)
    found = runs.index[runs.str.startswith(word.lower())]
    if len(word) < SHORTEST or not len(found):
        raise InputError(
            f"no run of this study is called '{word}'; give a row from 0 to {len(runs) - 1}", file=store.folder
        )
    if runs[found].nunique() > 1:
        raise InputError(f"{runs[found].nunique()} runs begin with '{word}'; give more of the name", file=store.folder)
    return int(found[0])


def reproduce(store: Store, rows: list[int]) -> list[Reproduced]:
    """Make rows again, one replication at a time, and compare every bit with what is stored.

    Raises InputError for a row that has not been run or has failed, `OtherEnvironment` where the code is another,
    MachineError where the files in the store no longer give the run's name: they were changed.
    """
    check_environment(store, accept=True)
    study, plan = store.study(), store.plan()
    cases = Cases(study, points_of(study, plan.design))
    finished = store.finished().set_index("run")
    names = [scenario.name for scenario in study.scenarios]
    found = []
    for row in rows:
        asked = plan.runs.iloc[row]
        run, replication = str(asked["run"]), int(asked["replication"])
        if run not in finished.index:
            state = "has failed" if run in set(store.failed()["run"]) else MISSING
            state = "has not been run yet" if state == MISSING else state
            raise InputError(f"row {row} {state}; orgsim experiment run {store.folder}", file=store.folder)
        case = Case(int(asked["point"]), names.index(str(asked["scenario"])), int(asked["set"]))
        if run_ids(cases.identity(case)[0], [replication]) != [run]:
            raise MachineError(
                f"{store.folder}: scenarios or study.yaml in the store are not those that row {row} came from"
            )
        values, _ = cases.run(case, [replication])
        stored = finished.loc[run, list(study.columns)].to_numpy(dtype=np.float64)
        different = values[0].view(np.uint64) != stored.view(np.uint64)
        different &= ~(np.isnan(values[0]) & np.isnan(stored))
        gaps = tuple(
            (study.columns[place], float(stored[place]), float(values[0][place])) for place in np.flatnonzero(different)
        )
        found.append(Reproduced(run, row, str(asked["scenario"]), case.point, replication, len(study.columns), gaps))
    return found


def sample_rows(store: Store, count: int, seed: int = 1) -> list[int]:
    """Some finished rows, chosen by chance."""
    runs = store.plan().runs["run"]
    done = runs.index[runs.isin(store.finished()["run"])].to_numpy()
    chosen = np.random.default_rng(seed).permutation(done)[:count]
    return sorted(int(row) for row in chosen)
