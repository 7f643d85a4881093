"""Cases that count the processor time their runs take, here and on Dask's workers."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from time import thread_time
from typing import Any

from orgsim.studies.measure import Case, Cases

_LOCK = Lock()
_SECONDS = [0.0]


class Clocked(Cases):
    """As `Cases`, and `spent` knows how long they ran."""

    def run(self, case: Case, replications: Sequence[int]) -> Any:
        start = thread_time()
        try:
            return super().run(case, replications)
        finally:
            with _LOCK:
                _SECONDS[0] += thread_time() - start


def clocked(cases: Cases) -> Cases:
    """The same cases, counted from now on."""
    cases.__class__ = Clocked
    return cases


def spent() -> float:
    """Seconds of processor time that runs have taken in this process."""
    return _SECONDS[0]
