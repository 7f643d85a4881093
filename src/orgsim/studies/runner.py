"""Runs what a study's plan has and its store has not: the first time everything, later whatever is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import Event

import pyarrow as pa

from orgsim.ensembles.burn_in import WORLDS
from orgsim.ensembles.run import Report, ready
from orgsim.errors import InputError, MachineError
from orgsim.studies.chunks import Chunk, Finished, Pace, missing_chunks, worlds_are_shared
from orgsim.studies.engines import Engine, Inline, Threads
from orgsim.studies.layout import is_store, locked, shards_at_work
from orgsim.studies.matching import check_environment, check_same
from orgsim.studies.measure import Cases
from orgsim.studies.parts import stem_of
from orgsim.studies.plan import Plan, make_plan, points_of
from orgsim.studies.reading import finish
from orgsim.studies.refusals import COMPLETE, INTERRUPTED, TOO_MANY_FAILURES, WITH_FAILURES, Locked
from orgsim.studies.shards import Shard
from orgsim.studies.store import Store, check_place, create
from orgsim.studies.study import Study, grown

COMMIT_EVERY = 3.0
"""Seconds a chunk is to take: about what is lost when everything stops at once."""
MakeEngine = Callable[[Cases, tuple[str, ...], Event], Engine]


@dataclass(frozen=True)
class Ended:
    """How a call of `run_study` ended: `done` and `failed` of `runs` are in the store, `reused` were there before.

    Of a shard these are the runs of its part. `aside` are parts that did not hold and were put aside; their runs were
    made again.
    """

    store: Store
    runs: int
    done: int
    failed: int
    reused: int
    aside: tuple[Path, ...]
    interrupted: bool = False
    gave_up: bool = False

    @property
    def exit_code(self) -> int:
        if self.interrupted:
            return INTERRUPTED
        if self.gave_up:
            return TOO_MANY_FAILURES
        return WITH_FAILURES if self.failed else COMPLETE


def run_study(
    study: Study,
    folder: Path,
    *,
    replications: int | None = None,
    n: int | None = None,
    plan: Plan | None = None,
    shard: Shard | None = None,
    retry: bool = False,
    workers: int | None = None,
    timeout: float | None = None,
    engine: MakeEngine | None = None,
    commit_every: float = COMMIT_EVERY,
    accept_environment: bool = False,
    stop: Event | None = None,
    report: Report | None = None,
) -> Ended:
    """Run a study into a store, or go on with it there.

    `replications` and `n` extend it; rows that are there are not made again. `plan` is that of the study as large as it
    will be, if the caller has made it. `shard` runs a part of it, beside other shards that may be at work on the same
    store; whichever comes last writes the final table. `retry` runs failed runs once more. A run that takes longer than
    `timeout` seconds, or that the study gives it, fails; runs are made in processes of their own then (an `engine`
    brings its own limit).
    Once `stop` is set what is in flight is committed and the call returns. Raises `InputError` where the store is of
    another study, `Locked` where another runner is at work, `OtherEnvironment` where code or libraries are others than
    those of its rows, `MachineError` where the disk refuses; what was committed before is safe then.
    """
    stop = stop or Event()
    if not is_store(folder):
        check_place(folder)
    with locked(folder, shard.name if shard else None) as let_others_in:
        alone = not shard or set(shards_at_work(folder)) <= {shard.name}
        store, plan, study = _opened(study, folder, replications, n, plan, accept_environment, alone)
        aside = tuple(store.repair(alone))
        if retry:
            store.retry()
        part = shard.part(study, plan) if shard else plan
        session = store.begin(shard=shard.name if shard else None)
        let_others_in()
        ready(report)
        cases = Cases(study, points_of(study, plan.design))
        make = engine or _here(workers, timeout or study.timeout)
        with _closing(make(cases, study.columns, stop), stop) as made:
            return _run(study, store, part, made, session, aside, Pace(commit_every), stop, report)


def _here(workers: int | None, timeout: float | None) -> MakeEngine:
    if workers == 1 and timeout is None:
        return Inline
    return lambda cases, columns, stop: Threads(cases, columns, stop, workers, timeout)


def _opened(
    study: Study, folder: Path, replications: int | None, n: int | None, plan: Plan | None, accept: bool, alone: bool
) -> tuple[Store, Plan, Study]:
    """The store, made or found, its plan, and the study as large as it is there."""
    if not is_store(folder):
        study = grown(study, replications=replications, n=n)
        plan = plan or make_plan(study)
        return create(folder, study, plan), plan, study
    store = Store(folder)
    check_same(study, store)
    check_environment(store, accept)
    stored = store.study()
    if study.file != stored.file:
        _check_size(study, stored, replications, n, folder)
    larger = grown(stored, replications=replications, n=n)
    if larger != stored:
        if not alone:
            raise Locked(f"other shards are at work on {folder}; it can be extended once they have ended")
        store.grow(larger, plan or make_plan(larger))
    return store, store.plan(), replace(larger, max_failures=study.max_failures, timeout=study.timeout)


def _check_size(study: Study, stored: Study, replications: int | None, n: int | None, folder: Path) -> None:
    """A file that asks for more than the store has is no mistake, but it has to be said."""
    asked = [
        f"--extend {name}={wanted}"
        for name, wanted, has, said in (
            ("replications", study.replications, stored.replications, replications),
            ("n", study.design.n, stored.design.n, n),
        )
        if said is None and wanted > has
    ]
    if asked:
        raise InputError(f"is larger than its store {folder}; add to it with {' '.join(asked)}", file=study.file)


def _run(
    study: Study,
    store: Store,
    plan: Plan,
    engine: Engine,
    session: int,
    aside: tuple[Path, ...],
    pace: Pace,
    stop: Event,
    report: Report | None,
) -> Ended:
    have, failures = set(store.finished()["run"]), set(store.failed()["run"])
    names = plan.names
    done, failed = len(have & names), len((failures - have) & names)
    reused, total = done, len(names)
    limit = study.max_failures + failed
    store.say(session=session, event="start", engine=engine.name, workers=engine.workers, done=done, failed=failed)
    memory = nullcontext() if worlds_are_shared(plan) else WORLDS.limited(0)
    if report:
        report(study.name, done + failed, total)
    exit_code = 1
    try:
        with memory:
            chunks = missing_chunks(study, plan, have | failures, pace, lambda: engine.workers)
            for number, finished in enumerate(_windowed(chunks, engine, stop), 1):
                pace.learn(finished.jobs, finished.seconds)
                store.commit(stem_of(session, number), *_stamped(finished, session))
                done += finished.rows.num_rows
                failed += finished.failures.num_rows
                if report:
                    report(study.name, done + failed, total)
                if failed > limit:
                    stop.set()
        gave_up = failed > limit
        interrupted = stop.is_set() and not gave_up and done + failed < total
        if done + failed == total:
            finish(store)
        ended = Ended(store, total, done, failed, reused, aside, interrupted, gave_up)
        exit_code = ended.exit_code
        return ended
    finally:
        with suppress(MachineError):  # what went wrong with the disk has been said
            store.say(session=session, event="end", done=done, failed=failed, exit=exit_code)


def _windowed(chunks: Iterator[Chunk], engine: Engine, stop: Event) -> Iterator[Finished]:
    """Submit chunks, two a worker at a time, and give what is finished; nothing is kept longer than that."""
    while True:
        if not stop.is_set():
            for chunk in islice(chunks, max(0, 2 * engine.workers - engine.waiting)):
                engine.submit(chunk)
        if not engine.waiting:
            return
        yield from engine.wait()


@contextmanager
def _closing(engine: Engine, stop: Event) -> Iterator[Engine]:
    """Close the engine, at once where something went wrong."""
    try:
        yield engine
    except BaseException:
        stop.set()
        raise
    finally:
        engine.close()


def _stamped(finished: Finished, session: int) -> tuple[pa.Table, pa.Table, pa.Table | None]:
    """Rows and failures with the session they were made in."""
    rows, failures = (
        table.append_column("session", pa.array([session] * table.num_rows, pa.int64()))
        for table in (finished.rows, finished.failures)
    )
    return rows, failures, finished.series
