"""Compares scenarios replication by replication: the same luck under each, so that what differs is policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from orgsim.ensembles.run import EngineName, Report, Run, simulate
from orgsim.errors import InputError
from orgsim.outcomes.catalogue import outcome_matrix
from orgsim.outcomes.recorder import Floats
from orgsim.scenarios import Scenario, load

LEVEL = 0.95


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

    @cached_property
    def levels(self) -> dict[tuple[str, str], tuple[float, float, float]]:
        """Value, low and high of `table` over everybody, by scenario and outcome."""
        rows = self.table[self.table["stratum"] == "all"]
        keys = zip(rows["scenario"], rows["outcome"], strict=True)
        numbers = rows[["value", "low", "high"]].to_numpy(dtype=float).tolist()
        return {key: (value, low, high) for key, (value, low, high) in zip(keys, numbers, strict=True)}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a scenario, outcome and stratum, differences against the baseline.

        Columns: scenario, outcome, unit, stratum, value, low, high, difference, difference_low, difference_high,
        unpaired_width, replications. `low` and `high` bound the mean with 95 % confidence over replications (t); the
        difference is paired: scenario minus baseline in the same replication. `unpaired_width` is how wide the
        interval of the difference would be without common random numbers.
        """
        keys, base = outcome_matrix(self.baseline.recording)
        frames = []
        for run in self.runs:
            here = base if run is self.baseline else outcome_matrix(run.recording)[1]
            value, half = _mean_and_half(here)
            frame = keys.assign(
                scenario=run.scenario.name,
                value=value,
                low=value - half,
                high=value + half,
                replications=np.isfinite(here).sum(axis=1),
            )
            if run is not self.baseline:
                difference, reach = _mean_and_half(here - base)
                frame["difference"] = difference
                frame["difference_low"] = difference - reach
                frame["difference_high"] = difference + reach
                frame["unpaired_width"] = 2.0 * np.hypot(half, _mean_and_half(base)[1])
            frames.append(frame)
        order = [
            "scenario", "outcome", "unit", "stratum", "value", "low", "high",
            "difference", "difference_low", "difference_high", "unpaired_width", "replications",
        ]  # fmt: skip
        return pd.concat(frames, ignore_index=True).reindex(columns=order)


def _mean_and_half(values: Floats) -> tuple[Floats, Floats]:
    """Mean over replications and half the width of its confidence interval; NaN where fewer than two are known."""
    known = np.isfinite(values)
    count = known.sum(axis=1)
    filled = np.where(known, values, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(count > 0, filled.sum(axis=1) / count, np.nan)
        squares = np.where(known, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.where(count > 1, np.sqrt(squares / (count - 1) / count), np.nan)
    return mean, error * stdtrit(np.maximum(count - 1, 1), 0.5 + LEVEL / 2.0)


def compare(
    baseline: Scenario | str | Path,
    *others: Scenario | str | Path,
    replications: int | Sequence[int] = 64,
    seed: int = 1,
    months: int | None = None,
    engine: EngineName = "columns",
    workers: int | None = None,
    report: Report | None = None,
) -> Comparison:
    """Run a baseline and other scenarios on the same replications.

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
    runs = [
        simulate(
            scenario, replications=replications, seed=seed, months=months, engine=engine, workers=workers, report=report
        )
        for scenario in chosen
    ]
    return Comparison(runs[0], tuple(runs[1:]))
