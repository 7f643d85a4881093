"""Runs chunks on the workers of a Dask scheduler, on this machine or a cluster; needs the extra `cluster`.

Workers run orgsim as installed there. Each says with its rows which code made them, so that a worker of another version
is refused, also one that joins late. A worker that dies takes nothing with it but the chunk it had: Dask gives that to
another; a chunk that kills whoever takes it is halved until the run that does it is alone, and that becomes a failed
row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from orgsim.errors import InputError, MachineError
from orgsim.studies.children import children_of
from orgsim.studies.chunks import Chunk, Finished, Job, failures_table, run_chunk
from orgsim.studies.measure import Cases, code_hash
from orgsim.studies.refusals import OtherEnvironment

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 60
"""Seconds to wait for a scheduler, and for the first worker."""


class Cluster:
    """An engine (see `engines.Engine`) over a scheduler's address, or the scheduler file that Dask writes."""

    name = "dask"

    def __init__(
        self, cases: Cases, columns: tuple[str, ...], stop: Event, scheduler: str, timeout: float | None = None
    ) -> None:
        self._scheduler, self._columns, self._stop, self._timeout = scheduler, columns, stop, timeout
        self._client = _client(scheduler)
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            for worker, code in self._client.run(code_hash).items():
                _check(worker, code)
            # A task, not scattered data: where every worker that held it has died, the scheduler makes it anew.
            self._cases = self._client.submit(_same, cases, pure=False)
        except (OSError, TimeoutError) as error:
            self._client.close()
            raise MachineError(f"the scheduler {scheduler} has no worker: {error}") from error
        except OtherEnvironment:
            self._client.close()
            raise
        self._waiting: dict[Future, Chunk] = {}

    @property
    def workers(self) -> int:
        """Threads of all workers there are now."""
        with self._reached():
            return max(1, int(sum(self._client.nthreads().values())))

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def submit(self, chunk: Chunk) -> None:
        with self._reached():
            future = self._client.submit(_run, self._cases, chunk, self._columns, self._timeout, pure=False)
        self._waiting[future] = chunk

    def wait(self) -> list[Finished]:
        from distributed import KilledWorker, wait

        found: list[Finished] = []
        while not found:
            with self._reached(), self._client.as_current():
                done = wait(list(self._waiting), return_when="FIRST_COMPLETED").done
            for future in done:
                chunk = self._waiting.pop(future)
                try:
                    with self._reached():
                        worker, code, finished = future.result()
                except KilledWorker:
                    found += self._halved(chunk)
                else:
                    _check(worker, code)
                    found.append(finished)
        return found

    def close(self) -> None:
        self._client.cancel(list(self._waiting))
        self._client.close()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """MachineError where the scheduler cannot be reached any more."""
        from distributed import CancelledError
        from distributed.comm import CommClosedError

        try:
            yield
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise MachineError(
                f"the scheduler {self._scheduler} has gone; what was finished is kept, so run the command again"
            ) from error

    def _halved(self, chunk: Chunk) -> list[Finished]:
        """Submit the halves of a chunk that killed its workers; a single run that did is a failure."""
        for part in halves(chunk):
            self.submit(part)
        if len(chunk.jobs) > 1 or len(chunk.jobs[0].replications) > 1:
            return []
        lost = failures_table([chunk.jobs[0].runs[0]], ["the worker that ran it died"], [""], [0.0])
        return [Finished(0, 0.0, pa.table({}), lost, None)]


def halves(chunk: Chunk) -> list[Chunk]:
    """The two halves of a chunk: of its jobs, or of the replications of its only job; none of a single run."""
    jobs = chunk.jobs
    if len(jobs) > 1:
        middle = len(jobs) // 2
        return [Chunk(jobs[:middle]), Chunk(jobs[middle:])]
    job = jobs[0]
    middle = len(job.replications) // 2
    if not middle:
        return []
    return [Chunk((_part(job, slice(None, middle)),)), Chunk((_part(job, slice(middle, None)),))]


def _part(job: Job, some: slice) -> Job:
    return replace(job, replications=job.replications[some], runs=job.runs[some])


def _same(cases: Cases) -> Cases:
    return cases


def _run(cases: Cases, chunk: Chunk, columns: tuple[str, ...], timeout: float | None) -> tuple[str, str, Finished]:
    """On the worker: its address, its code, and what came of the chunk."""
    from distributed import get_worker

    finished = run_chunk(cases, chunk, columns) if timeout is None else children_of(cases, columns, timeout).run(chunk)
    return get_worker().address, code_hash(), finished


def _check(worker: Any, code: str) -> None:
    if code != code_hash():
        raise OtherEnvironment(
            f"the worker {worker} has other code than this machine ({code[:8]}, here {code_hash()[:8]}); "
            "install the same version there"
        )


def _client(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--scheduler needs Dask; install orgsim with the extra 'cluster'") from None
    try:
        if Path(scheduler).is_file():
            return Client(scheduler_file=scheduler, timeout=PATIENCE)
        return Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise MachineError(f"there is no scheduler at {scheduler}: {error}") from error
