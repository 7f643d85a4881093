"""Who runs chunks: the caller itself, or threads on all cores. All keep to one protocol."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from threading import Event
from typing import Protocol

from orgsim.studies.children import Children
from orgsim.studies.chunks import Chunk, Finished, run_chunk
from orgsim.studies.measure import Cases


class Engine(Protocol):
    """Takes chunks and gives back what came of them, in any order."""

    @property
    def name(self) -> str:
        """What sessions call it."""

    @property
    def workers(self) -> int:
        """How many chunks it can run at a time."""

    @property
    def waiting(self) -> int:
        """How many chunks it took and has not given back."""

    def submit(self, chunk: Chunk) -> None:
        """Take a chunk; it may wait for a worker."""

    def wait(self) -> list[Finished]:
        """What is finished and was not given back yet; waits until something is."""

    def close(self) -> None:
        """Let go of the workers."""


class Inline:
    """Runs each chunk as it is submitted, in the caller's thread."""

    name = "inline"
    workers = 1

    def __init__(self, cases: Cases, columns: tuple[str, ...], stop: Event) -> None:
        self._cases, self._columns, self._stop = cases, columns, stop
        self._finished: list[Finished] = []

    @property
    def waiting(self) -> int:
        return len(self._finished)

    def submit(self, chunk: Chunk) -> None:
        self._finished.append(run_chunk(self._cases, chunk, self._columns, self._stop))

    def wait(self) -> list[Finished]:
        finished, self._finished = self._finished, []
        return finished

    def close(self) -> None:
        self._finished.clear()


class Threads:
    """Runs chunks in threads: compiled months let go of the interpreter's lock, so every core is used.

    With a `timeout` of so many seconds a run each thread has a process of its own for them (see `children`).
    """

    name = "threads"

    def __init__(
        self,
        cases: Cases,
        columns: tuple[str, ...],
        stop: Event,
        workers: int | None = None,
        timeout: float | None = None,
    ) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self.workers, thread_name_prefix="study")
        self._waiting: set[Future[Finished]] = set()
        self._children = None if timeout is None else Children(cases, columns, timeout)
        if self._children is None:
            self._run = partial(run_chunk, cases, columns=columns, stop=stop)
        else:
            self._run = partial(self._children.run, stop=stop)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def submit(self, chunk: Chunk) -> None:
        self._waiting.add(self._pool.submit(self._run, chunk))

    def wait(self) -> list[Finished]:
        done, self._waiting = wait(self._waiting, return_when=FIRST_COMPLETED)
        return [future.result() for future in done]

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        if self._children is not None:
            self._children.close()
