"""Runs that hang or take their process with them become failed rows, and everything else is as if they were not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from numba import njit

from orgsim.errors import InputError, MachineError
from orgsim.studies import Study, children, results_table, run_study
from orgsim.studies.chunks import Chunk, Job
from orgsim.studies.engines import Threads
from orgsim.studies.measure import Case, Cases
from orgsim.studies.runner import MakeEngine
from tests.studies.conftest import SHORT

Make = Callable[..., Study]


@njit(nogil=True)  # type: ignore[misc]
def forever(seed: int) -> int:
    while seed >= 0:
        seed = (seed * 31 + 7) % 1000
    return seed


class Ill(Cases):
    """Point 1 hangs in compiled code with replication 2; point 3 takes its process with it with replication 0."""

    def run(self, case: Case, replications: Sequence[int]) -> Any:
        if case.point == 1 and 2 in replications:
            forever(1)
        if case.point == 3 and 0 in replications:
            os._exit(9)
        return super().run(case, replications)


def ill(timeout: float, stop: Event | None = None) -> MakeEngine:
    """An engine whose runs are ill in this way."""

    def make(cases: Cases, columns: tuple[str, ...], stop: Event) -> Threads:
        cases.__class__ = Ill
        return Threads(cases, columns, stop, 2, timeout)

    return make


@pytest.mark.slow
def test_a_run_that_hangs_or_kills_its_process_is_a_failed_row_and_all_others_are_right(
    make_study: Make, tmp_path: Path
) -> None:
    study = make_study(SHORT)
    ended = run_study(study, tmp_path / "s", engine=ill(1.0))
    assert (ended.exit_code, ended.done, ended.failed) == (5, 13, 2)
    failed = results_table(ended.store).query("status == 'failed'")
    assert dict(zip(zip(failed["point"], failed["replication"], strict=True), failed["error"], strict=True)) == {
        (1, 2): "timed out: not finished after 1 seconds",
        (3, 0): "the process that ran it died",
    }
    again = run_study(study, tmp_path / "s", retry=True)
    undisturbed = run_study(study, tmp_path / "undisturbed")
    assert (again.exit_code, again.reused) == (0, 13)
    tables = [(one.store.folder / "results.parquet").read_bytes() for one in (again, undisturbed)]
    assert tables[0] == tables[1]
