"""The plan of a study: its points, and every run by name, in the order of the final table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgsim.studies.designs import design_points
from orgsim.studies.measure import Cases, run_ids
from orgsim.studies.study import Study


@dataclass(frozen=True)
class Plan:
    """What is to be run.

    `design` has a row a point: `point`, `name`, a column a factor. `runs` has a row a run: `run` (its name, a content
    hash), `point`, `scenario` (its name), `set` (-1 without uncertainty), `replication`, `world` (runs of one number
    begin in the same burnt-in worlds). Rows that are the same in all that decides them share a name and are run once.
    """

    design: pd.DataFrame
    runs: pd.DataFrame

    @property
    def names(self) -> set[str]:
        """The runs, each once."""
        return set(self.runs["run"])


def make_plan(study: Study) -> Plan:
    """The plan of a study; the same study and code give the same, anywhere."""
    design = design_points(study.design, study.factors, study.seed)
    cases = Cases(study, points_of(study, design))
    replications = range(study.replications)
    every = cases.all()
    worlds: dict[str, int] = {}
    names: list[str] = []
    world: list[int] = []
    for case in every:
        key, start = cases.identity(case)
        names += run_ids(key, replications)
        world.append(worlds.setdefault(start, len(worlds)))
    scenario = np.array([each.name for each in study.scenarios], dtype=object)
    count = study.replications
    runs = pd.DataFrame(
        {
            "run": names,
            "point": np.repeat(np.array([case.point for case in every], dtype=np.int64), count),
            "scenario": np.repeat(scenario[[case.scenario for case in every]], count),
            "set": np.repeat(np.array([case.set for case in every], dtype=np.int64), count),
            "replication": np.tile(np.arange(count, dtype=np.int64), len(every)),
            "world": np.repeat(np.array(world, dtype=np.int64), count),
        }
    )
    return Plan(design, runs)


def points_of(study: Study, design: pd.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The values of a design, shape (points, factors)."""
    return design[[factor.name for factor in study.factors]].to_numpy(dtype=np.float64)
