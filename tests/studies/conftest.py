"""Studies of a district of two dozen organizations, small enough to be run many times, and processes to be killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from orgsim.studies import Study, load_study

TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
burn_in: 3
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""
LONGER = """\
extends: tiny
title: {en: Longer, zh: 更长}
set: {contracts.duration: 36 months}
"""
STUDY = """\
title: {en: Terms, zh: 条款}
scenarios: [tiny, longer]
factors:
  contracts.payment_delay: [0 months, 6 months]
  turnover.base_hazard: {low: 0.008, high: 0.017, scale: log}
design: {kind: grid, levels: 2}
replications: 3
months: 6
outcomes: [annual_turnover, public_cost]
strata: [all, kind=service]
series: [headcount]
"""
SHORT = """\
scenarios: [tiny]
factors: {contracts.payment_delay: [0, 1, 2, 3, 4]}
replications: 3
months: 2
outcomes: [public_cost]
max_failures: 2
"""
# One process that has loaded the model forks a runner for each line it is given: quick, and each can be killed.
DRIVER = """\
import os, sys
from orgsim.cli.main import main
from orgsim.ensembles.run import ready
import orgsim.studies, orgsim.cli.experiment
ready()
print("ready", flush=True)
for line in sys.stdin:
    runner = os.fork()
    if not runner:
        sys.argv = ["orgsim", "experiment", *line.split()]
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        os._exit(code)
    print(runner, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(runner, 0)[1]), flush=True)
"""


def write_study(folder: Path, text: str = STUDY) -> Path:
    """A study file with its scenarios beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.yaml").write_text(TINY, encoding="utf-8")
    (folder / "longer.yaml").write_text(LONGER, encoding="utf-8")
    file = folder / "study.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def make_study(tmp_path: Path) -> Callable[..., Study]:
    """Makes a study of some text, in a folder of its own."""

    def make(text: str = STUDY, folder: str = "terms") -> Study:
        return load_study(write_study(tmp_path / folder, text))

    return make


class Runners:
    """Runs `orgsim experiment …` in processes of their own, one at a time."""

    def __init__(self, errors: Path) -> None:
        self._errors = errors
        with errors.open("w", encoding="utf-8") as stderr:
            self._driver = subprocess.Popen(
                [sys.executable, "-c", DRIVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
            )
        assert self._line() == "ready"

    def start(self, arguments: str) -> int:
        """Start a runner and return its process id."""
        assert self._driver.stdin is not None
        self._driver.stdin.write(arguments + "\n")
        self._driver.stdin.flush()
        return int(self._line())

    def end(self) -> int:
        """Wait for the runner and return its exit code, negative for a signal."""
        return int(self._line())

    def kill(self, runner: int) -> bool:
        """`kill -9`; whether it came before the end."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(runner, signal.SIGKILL)
        return self.end() == -signal.SIGKILL

    def said(self) -> str:
        """What all of them have said on stderr."""
        return self._errors.read_text(encoding="utf-8")

    def close(self) -> None:
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.close()
        self._driver.wait(20)
        self._driver.stdout.close()

    def _line(self) -> str:
        assert self._driver.stdout is not None
        return self._driver.stdout.readline().strip()


@pytest.fixture(scope="module")
def runners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runners]:
    """One at a time, all forked from a process that has loaded the model."""
    found = Runners(tmp_path_factory.mktemp("runners") / "errors.txt")
    yield found
    found.close()


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for something to become true; a test that waits longer has failed."""
    end = monotonic() + seconds
    while not condition():
        assert monotonic() < end, "waited too long"
        sleep(0.005)


def alive(process: int) -> bool:
    """Whether a process of this machine still runs; needs /proc."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
