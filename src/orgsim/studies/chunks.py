"""Chunks: what one worker runs in one go and what is committed together, a few seconds' work.

Cases that begin in the same world and meet the same replications follow each other, so that a burn-in is made once and
found again (`ensembles.burn_in`). Replications of a case go together as far as the engine likes
(`ensembles.run.block_size`).
"""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice
from threading import Event
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from orgsim.ensembles.run import block_size
from orgsim.outcomes.recorder import Floats
from orgsim.studies.measure import Case, Cases
from orgsim.studies.plan import Plan
from orgsim.studies.study import Study

LARGEST = 2000
"""Jobs in a chunk at most, however quick they are."""
BOLDEST = 8.0
"""By how much a chunk may be larger than the one before."""
SMALLEST = 8.0
"""What part of its target a chunk takes at least, as a divisor: each is committed by itself."""
CASE = ("world", "point", "scenario", "set")
"""Columns of a plan that tell what is run, all replications of it."""

FAILURE = ("run", "error", "traceback", "seconds")


@dataclass(frozen=True)
class Job:
    """A case and some replications of it that are still to be run, with their names."""

    case: Case
    replications: tuple[int, ...]
    runs: tuple[str, ...]


@dataclass(frozen=True)
class Chunk:
    """What a worker takes at a time."""

    jobs: tuple[Job, ...]


@dataclass
class Finished:
    """What came of a chunk: tables of rows, of failures and of monthly sums (None if no sums are kept)."""

    jobs: int
    seconds: float
    rows: pa.Table
    failures: pa.Table
    series: pa.Table | None


@dataclass
class Pace:
    """How many jobs make a chunk of so many seconds, learnt from the chunks that are finished."""

    target: float
    _seconds: float = 0.0
    _size: float = 1.0

    def learn(self, jobs: int, seconds: float) -> None:
        if jobs:
            one = seconds / jobs
            self._seconds = one if not self._seconds else 0.5 * (self._seconds + one)
            wanted = self.target / max(self._seconds, 1e-9)
            self._size = max(1.0, min(wanted, BOLDEST * self._size, LARGEST))

    def size(self, left: int, workers: int) -> int:
        """Jobs of the next chunk, with `left` to be given out among so many workers.

        Towards the end chunks grow smaller, so that all workers end together: guided self-scheduling, Polychronopoulos
        and Kuck 1987, "Guided self-scheduling: a practical scheduling scheme for parallel supercomputers", IEEE
        Transactions on Computers C-36. A worker has a chunk at hand and one to come, hence half a share.
        """
        share = max(left / (2 * workers), self._size / SMALLEST)
        return max(1, int(min(self._size, share)))


def missing_chunks(
    study: Study, plan: Plan, have: Collection[str], pace: Pace, workers: Callable[[], int]
) -> Iterator[Chunk]:
    """Everything in the plan that is not in `have`, each run once.

    Sizes follow `pace` as it learns, and how many `workers` there are at the time.
    """
    missing = _missing(study, plan, have)
    left = len(missing[[*CASE, "block"]].drop_duplicates())
    jobs = _jobs(study, missing)
    while chunk := tuple(islice(jobs, pace.size(left, workers()))):
        left -= len(chunk)
        yield Chunk(chunk)


def missing_jobs(study: Study, plan: Plan, have: Collection[str]) -> Iterator[Job]:
    """The jobs, those that begin in the same worlds one after the other."""
    return _jobs(study, _missing(study, plan, have))


def _missing(study: Study, plan: Plan, have: Collection[str]) -> pd.DataFrame:
    """Runs that are not in `have`, and which block of replications each belongs to: those are stepped together."""
    left = plan.runs.drop_duplicates("run")
    left = left[~left["run"].isin(have)]
    sizes = {scenario.name: block_size(scenario.population) for scenario in study.scenarios}
    return left.assign(block=left["replication"] // left["scenario"].map(sizes).astype(np.int64))


def _jobs(study: Study, missing: pd.DataFrame) -> Iterator[Job]:
    places = {scenario.name: place for place, scenario in enumerate(study.scenarios)}
    for _, world in missing.groupby("world", sort=False):
        blocks: dict[tuple[int, ...], list[Job]] = defaultdict(list)
        rows = zip(*(world[column].tolist() for column in (*CASE[1:], "block", "replication", "run")), strict=True)
        for (point, name, number, _), same in groupby(rows, key=lambda row: row[:4]):
            *_, replications, runs = zip(*same, strict=True)
            blocks[replications].append(Job(Case(point, places[name], number), replications, runs))
        for jobs in blocks.values():
            yield from jobs


def worlds_are_shared(plan: Plan) -> bool:
    """Whether any world is asked for by more than one case."""
    cases = plan.runs.drop_duplicates(["point", "scenario", "set"])
    return len(cases) > cases["world"].nunique()


@dataclass
class _Rows:
    """Rows as they come."""

    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    values: list[Floats] = field(default_factory=list)
    failures: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    series: list[pd.DataFrame] = field(default_factory=list)


def run_chunk(cases: Cases, chunk: Chunk, columns: tuple[str, ...], stop: Event | None = None) -> Finished:
    """Run a chunk; `stop` ends it after the case at hand, with what there is. A run that fails is told as a row."""
    began = perf_counter()
    found = _Rows()
    done = 0
    for job in chunk.jobs:
        if stop is not None and stop.is_set():
            break
        _run_job(cases, job, found)
        done += 1
    rows = {name: found.rows[name] for name in ("run", "scenario", "point", "set", "replication")}
    values = np.vstack(found.values) if found.values else np.empty((0, len(columns)))
    outcomes = {name: values[:, place] for place, name in enumerate(columns)}
    return Finished(
        jobs=done,
        seconds=perf_counter() - began,
        rows=pa.table({**_typed(rows), **outcomes, "seconds": pa.array(found.rows["seconds"], pa.float64())}),
        failures=failures_table(*(found.failures[name] for name in FAILURE)),
        series=pa.Table.from_pandas(pd.concat(found.series), preserve_index=False) if found.series else None,
    )


def failures_table(runs: list[str], errors: list[str], tracebacks: list[str], seconds: list[float]) -> pa.Table:
    """Failed runs as they are stored."""
    types = (pa.string(), pa.string(), pa.string(), pa.float64())
    columns = (runs, errors, tracebacks, seconds)
    return pa.table({name: pa.array(items, kind) for name, items, kind in zip(FAILURE, columns, types, strict=True)})


def _typed(rows: Mapping[str, list[Any]]) -> dict[str, pa.Array]:
    text = ("run", "scenario")
    return {name: pa.array(items, pa.string() if name in text else pa.int64()) for name, items in rows.items()}


def _run_job(cases: Cases, job: Job, found: _Rows) -> None:
    began = perf_counter()
    try:
        values, sums = cases.run(job.case, job.replications)
    except Exception as error:
        if len(job.replications) > 1:  # one of them it was: each by itself
            for replication, run in zip(job.replications, job.runs, strict=True):
                _run_job(cases, Job(job.case, (replication,), (run,)), found)
            return
        found.failures["run"].append(job.runs[0])
        found.failures["error"].append(" ".join(f"{type(error).__name__}: {error}".split()))
        found.failures["traceback"].append("".join(traceback.format_exception(error)))
        found.failures["seconds"].append(perf_counter() - began)
        return
    count = len(job.replications)
    found.rows["run"] += job.runs
    found.rows["scenario"] += [cases.scenarios[job.case.scenario].name] * count
    found.rows["point"] += [job.case.point] * count
    found.rows["set"] += [job.case.set] * count
    found.rows["replication"] += job.replications
    found.rows["seconds"] += [(perf_counter() - began) / count] * count
    found.values.append(values)
    if len(sums):
        sums.insert(0, "run", sums["replication"].map(dict(zip(job.replications, job.runs, strict=True))))
        found.series.append(sums.drop(columns="replication"))
