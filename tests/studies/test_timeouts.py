"""Runs that hang or take their process with them become failed rows, and everything else is as if they were not."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import psutil
import pytest
from numba import njit

from orgsim.errors import InputError, MachineError
from orgsim.studies import Study, children, results_table, run_study
from orgsim.studies.chunks import Chunk, Job
from orgsim.studies.engines import Threads
from orgsim.studies.measure import Case, Cases
from orgsim.studies.runner import MakeEngine
from tests.studies.conftest import SHORT, alive, until

Make = Callable[..., Study]


@njit(nogil=True)  # type: ignore[misc]
def forever(seed: int) -> int:
    while seed >= 0:
        seed = (seed * 31 + 7) % 1000
    return seed


class Ill(Cases):
    """At point 1 replication 0 hangs in compiled code; at point 3 replication 2 takes its process with it."""

    def run(self, case: Case, replications: Sequence[int]) -> Any:
        if case.point == 1 and 0 in replications:
            forever(1)
        if case.point == 3 and 2 in replications:
            os._exit(9)
        return super().run(case, replications)


def ill(workers: int) -> MakeEngine:
    """An engine whose runs are ill in this way, and have a second each."""

    def make(cases: Cases, columns: tuple[str, ...], stop: Event) -> Threads:
        cases.__class__ = Ill
        return Threads(cases, columns, stop, workers, 1.0)

    return make


def busy(process: int) -> bool:
    """Whether a process has used processor time for more than what loading the model takes."""
    return alive(process) and psutil.Process(process).cpu_times().user > 2.5


def test_a_run_that_hangs_is_a_failed_row_and_the_others_are_as_if_it_were_not(
    make_study: Make, tmp_path: Path
) -> None:
    study = make_study(SHORT.replace("[0, 1, 2, 3, 4]", "[0, 1, 2]").replace("replications: 3", "replications: 1"))
    ended = run_study(study, tmp_path / "s", engine=ill(1))
    assert (ended.exit_code, ended.done, ended.failed) == (5, 2, 1)
    failed = results_table(ended.store).query("status == 'failed'")
    assert failed[["point", "error"]].to_numpy().tolist() == [[1, "timed out: not finished after 1 seconds"]]
    again = run_study(study, tmp_path / "s", retry=True)
    undisturbed = run_study(study, tmp_path / "undisturbed")
    assert (again.exit_code, again.reused) == (0, 2)
    tables = [(one.store.folder / "results.parquet").read_bytes() for one in (again, undisturbed)]
    assert tables[0] == tables[1]


@pytest.mark.soak
def test_a_run_that_hangs_or_kills_its_process_is_a_failed_row_and_all_others_are_right(
    make_study: Make, tmp_path: Path
) -> None:
    study = make_study(SHORT)
    ended = run_study(study, tmp_path / "s", engine=ill(2))
    assert (ended.exit_code, ended.done, ended.failed) == (5, 13, 2)
    failed = results_table(ended.store).query("status == 'failed'")
    assert dict(zip(zip(failed["point"], failed["replication"], strict=True), failed["error"], strict=True)) == {
        (1, 0): "timed out: not finished after 1 seconds",
        (3, 2): "the process that ran it died",
    }


@pytest.mark.soak
def test_a_child_ends_with_its_parent_also_in_the_middle_of_a_run(make_study: Make, tmp_path: Path) -> None:
    study = make_study(SHORT)
    cases = Ill(study, np.arange(5.0)[:, None])
    parent = os.fork()
    if not parent:  # a runner that will be killed while its child hangs
        child = children.Child(pickle.dumps((cases, study.columns)))
        (tmp_path / "child.txt").write_text(str(child._process.pid), encoding="utf-8")
        with contextlib.suppress(children.Lost):
            child.run(Chunk((Job(Case(1, 0), (0,), ("a",)),)), 60.0)
        os._exit(0)
    try:
        until(lambda: (tmp_path / "child.txt").exists() and busy(int((tmp_path / "child.txt").read_text())))
    finally:
        os.kill(parent, signal.SIGKILL)
        os.waitpid(parent, 0)
    child = int((tmp_path / "child.txt").read_text())
    until(lambda: not alive(child), 5.0)


def test_a_child_that_cannot_be_started_is_said(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "SERVE", "raise SystemExit")
    with pytest.raises(MachineError, match="could not be started"):
        run_study(make_study(SHORT), tmp_path / "s", timeout=5, workers=1)


@pytest.mark.parametrize("limit", ["0", "-1", "soon"])
def test_a_time_limit_is_whole_seconds_from_one(make_study: Make, limit: str) -> None:
    with pytest.raises(InputError, match=r"study\.yaml:7: timeout takes a whole number from 1"):
        make_study(f"{SHORT}timeout: {limit}\n")


def test_a_time_limit_does_not_name_runs_and_may_change(make_study: Make, tmp_path: Path) -> None:
    study = make_study(SHORT)
    run_study(study, tmp_path / "s", workers=1)
    limited = make_study(f"{SHORT}timeout: 60\n")
    assert (limited.timeout, study.timeout) == (60, None)
    assert run_study(limited, tmp_path / "s").reused == 15
