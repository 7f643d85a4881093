"""How long a study will take and how large it will be, from a few runs of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from time import perf_counter

from orgsim.ensembles.run import Report, block_size, ready
from orgsim.studies.measure import Case, Cases
from orgsim.studies.plan import Plan, points_of
from orgsim.studies.study import Study

ROW_BYTES, MONTH_BYTES = 90, 6
"""Bytes of a row beside its outcomes, and of a month of a series beside its sums, as stored."""


@dataclass(frozen=True)
class Forecast:
    """What is expected of the runs that are missing; `seconds` on so many `workers`."""

    runs: int
    seconds: float
    megabytes: float
    workers: int


def forecast(
    study: Study, plan: Plan, have: int = 0, workers: int | None = None, report: Report | None = None
) -> Forecast:
    """Run a few replications of the first case and reckon; some tenths of a second once the model is compiled."""
    workers = workers or os.cpu_count() or 1
    names = len(plan.names)
    missing = max(0, names - have)
    ready(report)
    cases = Cases(study, points_of(study, plan.design))
    size = min(block_size(study.scenarios[0].population), study.replications)
    first = Case(0, 0, cases.sets[0])
    cases.run(first, range(size))  # the very first run of a process is slow
    start = perf_counter()
    cases.run(first, range(size, 2 * size))
    middle = perf_counter()
    cases.run(first, range(size, 2 * size))  # now the world is known
    with_burn_in, without = (middle - start) / size, (perf_counter() - middle) / size
    worlds = plan.runs["world"].nunique() * study.replications
    seconds = (names * without + min(worlds, names) * max(0.0, with_burn_in - without)) / workers
    row = ROW_BYTES + 8 * len(study.columns)
    months = (study.months + 1) * len(study.strata) * (MONTH_BYTES + 4 * len(study.series)) if study.series else 0
    return Forecast(missing, seconds * missing / max(1, names), missing * (row + months) / 1e6, workers)
