"""Compares scenarios replication by replication: the same luck under each, so that what differs is policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from orgsim.ensembles.doubt import Sets, doubt
from orgsim.ensembles.posterior import ParameterSet
from orgsim.ensembles.run import EngineName, Report, Run, Settings, simulate_all
from orgsim.errors import InputError
from orgsim.outcomes.catalogue import outcome_keys
from orgsim.scenarios import Scenario, load

SOURCES = ["chance", "parameters", "difference_chance", "difference_parameters"]
"""Columns of a comparison under several parameter sets: standard deviations by source."""


@dataclass(frozen=True)
class Comparison:
    """A baseline and other scenarios, run on common random numbers."""

    baseline: Run
    others: tuple[Run, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        return (self.baseline, *self.others)

    @cached_property
    def values(self) -> pd.DataFrame:
        """One row a scenario, outcome, stratum and replication."""
        return pd.concat([run.outcomes().assign(scenario=run.scenario.name) for run in self.runs], ignore_index=True)

    @property
    def sets(self) -> Sets | None:
        """Which parameter set each row of every run's recording belongs to, if there are several."""
        return self.baseline.sets

    @cached_property
    def levels(self) -> dict[tuple[str, str], tuple[float, float, float]]:
        """Value, low and high of `table` over everybody, by scenario and outcome."""
        keys = outcome_keys()
        everybody = (keys["stratum"] == "all").to_numpy()
        found = {}
        for run in self.runs:
            level = doubt(run.matrix[everybody], self.sets)
            numbers = np.column_stack([level.mean, level.mean - level.reach, level.mean + level.reach]).tolist()
            for name, (value, low, high) in zip(keys["outcome"][everybody], numbers, strict=True):
                found[run.scenario.name, name] = (value, low, high)
        return found

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a scenario, outcome and stratum, differences against the baseline.

        Columns: scenario, outcome, unit, stratum, value, low, high, difference, difference_low, difference_high,
        unpaired_width, replications. `low` and `high` bound the mean with 95 % confidence over replications (t); the
        difference is paired: scenario minus baseline in the same replication. `unpaired_width` is how wide the
        interval of the difference would be without common random numbers.

        With several parameter sets the intervals hold doubt about the parameters too (see `doubt`), differences are
        paired within sets, and four more columns give the standard deviations of both sources: chance, parameters,
        difference_chance, difference_parameters.
        """
        keys, base = outcome_keys(), self.baseline.matrix
        frames = []
        for run in self.runs:
            here = run.matrix
            level = doubt(here, self.sets)
            frame = keys.assign(
                scenario=run.scenario.name,
                value=level.mean,
                low=level.mean - level.reach,
                high=level.mean + level.reach,
                replications=np.isfinite(here).sum(axis=1),
                chance=np.sqrt(level.chance),
                parameters=np.sqrt(level.parameters),
            )
            if run is not self.baseline:
                difference = doubt(here - base, self.sets)
                frame["difference"] = difference.mean
                frame["difference_low"] = difference.mean - difference.reach
                frame["difference_high"] = difference.mean + difference.reach
                frame["unpaired_width"] = 2.0 * np.hypot(level.reach, doubt(base, self.sets).reach)
                frame["difference_chance"] = np.sqrt(difference.chance)
                frame["difference_parameters"] = np.sqrt(difference.parameters)
            frames.append(frame)
        order = [
            "scenario", "outcome", "unit", "stratum", "value", "low", "high",
            "difference", "difference_low", "difference_high", "unpaired_width", "replications",
        ]  # fmt: skip
        if self.sets is not None:
            order += SOURCES
        return pd.concat(frames, ignore_index=True).reindex(columns=order)


def compare(
    baseline: Scenario | str | Path,
    *others: Scenario | str | Path,
    replications: int | Sequence[int] = 64,
    seed: int = 1,
    months: int | None = None,
    engine: EngineName = "columns",
    workers: int | None = None,
    report: Report | None = None,
    uncertainty: int | Sequence[ParameterSet] | None = None,
) -> Comparison:
    """Run a baseline and other scenarios on the same replications, and under the same parameter sets (see `simulate`).

    Raises `InputError` if two scenarios share a name or their horizons differ (give `months` to settle it).
    """
    chosen = [load(item) if isinstance(item, (str, Path)) else item for item in (baseline, *others)]
    names = [scenario.name for scenario in chosen]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(f"two scenarios are called '{twice}'; give each file its own name")
    horizons = {scenario.months for scenario in chosen}
    if months is None and len(horizons) > 1:
        raise InputError(
            f"the scenarios run for {' and '.join(map(str, sorted(horizons)))} months; choose with --months"
        )
    settings = Settings(replications, seed, months, engine, workers, report)
    runs = simulate_all(chosen, settings, uncertainty)
    return Comparison(runs[0], tuple(runs[1:]))
