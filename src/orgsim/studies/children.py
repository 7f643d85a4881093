"""Runs in processes of their own, which can be killed: for studies whose runs may hang or crash.

A thread cannot be stopped from outside, a process can. Each worker has a child, gives it one job at a time and waits so
many seconds. A child that is late is killed, one that died is replaced; the job's runs are then tried one by one, and
those that are late or die again by themselves become failed rows. A child ends with its parent, whatever ended that:
it hears its input close, also in the middle of a run.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from queue import SimpleQueue
from threading import Event, Lock, Thread, Timer, get_ident
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary, finalize

import pyarrow as pa

from orgsim.ensembles.run import ready
from orgsim.errors import MachineError
from orgsim.studies.chunks import Chunk, Finished, Job, failures_table, run_chunk
from orgsim.studies.measure import Cases

SERVE = """\
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from orgsim.studies.children import serve
serve()
"""
"""What a child runs: it looks for modules where its parent does."""
DIED = "the process that ran it died"


class Lost(Exception):
    """A child gave no answer; `why` is a sentence."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Child:
    """A process that runs chunks, one at a time."""

    def __init__(self, setting: bytes) -> None:
        self._process = subprocess.Popen(  # in a session of its own, so that Ctrl-C is the parent's to hear
            [sys.executable, "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._prepare(setting)

    def _prepare(self, setting: bytes) -> None:
        try:
            self._send(pickle.dumps(sys.path))
            self._send(setting)
            self._answer()
        except Lost as lost:
            self.close()
            raise MachineError("a process for runs with a time limit could not be started") from lost

    def run(self, chunk: Chunk, seconds: float) -> Finished:
        """What came of a chunk; `Lost` if it took longer, or the process died. It is of no use then."""
        late = Event()

        def kill() -> None:
            late.set()
            self._process.kill()

        timer = Timer(seconds, kill)
        timer.start()
        try:
            self._send(pickle.dumps(chunk))
            finished: Finished = self._answer()
        except Lost:
            self.close()
            if late.is_set():
                raise Lost(f"timed out: not finished after {seconds:g} seconds") from None
            raise
        finally:
            timer.cancel()
        return finished

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            try:
                stream.close()
            except OSError:  # what was still to be sent cannot be sent any more
                continue
        self._process.wait()

    def _send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError:
            raise Lost(DIED) from None

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            raise Lost(DIED) from None


class Children:
    """A child for each thread that asks, each run limited to so many `seconds`."""

    def __init__(self, cases: Cases, columns: tuple[str, ...], seconds: float) -> None:
        self._setting = pickle.dumps((cases, columns))
        self._seconds = seconds
        self._of_thread: dict[int, Child] = {}

    def run(self, chunk: Chunk, stop: Event | None = None) -> Finished:
        """What came of a chunk; `stop` ends it after the job at hand."""
        began, found, done = perf_counter(), [], 0
        for job in chunk.jobs:
            if stop is not None and stop.is_set():
                break
            found += self._tried(job)
            done += 1
        return _together(found, done, perf_counter() - began)

    def close(self) -> None:
        """End all of them."""
        while self._of_thread:
            self._of_thread.popitem()[1].close()

    def _tried(self, job: Job) -> list[Finished]:
        """A job, or if it is lost each of its runs, or if that is lost too a failure."""
        try:
            return [self._once(job)]
        except Lost as lost:
            if len(job.runs) > 1:
                pairs = zip(job.replications, job.runs, strict=True)
                return [
                    one
                    for number, run in pairs
                    for one in self._tried(replace(job, replications=(number,), runs=(run,)))
                ]
            began = perf_counter()
            try:
                if lost.why == DIED:  # perhaps of something else than the run
                    return [self._once(job)]
            except Lost as again:
                lost = again
            failures = failures_table(list(job.runs), [lost.why], [""], [perf_counter() - began])
            return [Finished(0, 0.0, pa.table({}), failures, None)]

    def _once(self, job: Job) -> Finished:
        thread = get_ident()
        child = self._of_thread.pop(thread, None) or Child(self._setting)
        finished = child.run(Chunk((job,)), self._seconds)
        self._of_thread[thread] = child
        return finished


_OF_CASES: WeakKeyDictionary[Cases, Children] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


def children_of(cases: Cases, columns: tuple[str, ...], seconds: float) -> Children:
    """The children for some cases in this process; they end when the cases are let go of."""
    with _ONE_AT_A_TIME:
        found = _OF_CASES.get(cases)
        if found is None:
            found = _OF_CASES[cases] = Children(cases, columns, seconds)
            finalize(cases, found.close)
        return found


def serve() -> None:
    """The child's side: runs what comes in until nothing can come any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints is not an answer
    cases, columns = pickle.load(sys.stdin.buffer)
    given: SimpleQueue[Chunk] = SimpleQueue()
    Thread(target=_listen, args=(given,), daemon=True).start()
    ready()
    answer: Finished | None = None
    while True:
        pickle.dump(answer, answers)
        answers.flush()
        answer = run_chunk(cases, given.get(), columns)


def _listen(given: SimpleQueue[Chunk]) -> None:
    """Take in what the parent sends, and end with it."""
    try:
        while True:
            given.put(pickle.load(sys.stdin.buffer))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


def _together(found: list[Finished], jobs: int, seconds: float) -> Finished:
    """What came of several chunks as if they had been one."""

    def joined(tables: list[pa.Table]) -> pa.Table:
        some = [table for table in tables if table.num_rows]
        return pa.concat_tables(some) if some else tables[0] if tables else pa.table({})

    series = [one.series for one in found if one.series is not None]
    failures = [one.failures for one in found] or [failures_table([], [], [], [])]
    return Finished(
        jobs, seconds, joined([one.rows for one in found]), joined(failures), joined(series) if series else None
    )
