"""A scheduler and workers in processes of their own, as on a cluster, that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType

import distributed

from tests.studies.conftest import until

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]


class Machines:
    """A scheduler at `address` and its workers; all end with the `with` block."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._log = (folder / "log.txt").open("w", encoding="utf-8")
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", ROOT / "src", "--host", HOST, "--port", "0", "--no-dashboard")
        until(self._file.exists)
        self.address = str(self._file)

    def add_worker(self, source: Path = ROOT / "src") -> subprocess.Popen[bytes]:
        """Start a worker whose orgsim is that of a source folder."""
        place = ("--local-directory", str(self._folder), "--host", HOST, "--no-dashboard", "--no-nanny")
        self.workers.append(self._start("worker", source, *place, "--nthreads", "1"))
        return self.workers[-1]

    def wait(self, count: int) -> None:
        """Wait until so many workers have come."""
        with distributed.Client(scheduler_file=self.address, timeout=60) as client:
            client.wait_for_workers(count, timeout=60)

    def fill(self, count: int) -> None:
        """Let there be so many workers."""
        while len(self.workers) < count:
            self.add_worker()
        self.wait(count)

    def kill_worker(self) -> None:
        """`kill -9` the worker that has lived longest."""
        worker = self.workers.pop(0)
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def __enter__(self) -> Machines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        self._log.close()

    def _start(self, what: str, source: Path, *options: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + what, "--scheduler-file", str(self._file), *options],
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(source), str(ROOT)])},
            stdout=self._log,
            stderr=self._log,
        )
