"""Means over replications, and paired differences, with their intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgsim.ensembles.doubt import doubt
from orgsim.outcomes.recorder import Floats
from orgsim.studies.layout import Manifest
from orgsim.studies.reading import OK


def summary(results: pd.DataFrame, design: pd.DataFrame, manifest: Manifest) -> pd.DataFrame:
    """A row an outcome, point and scenario, outcomes in the order of the study, then in that of the plan.

    Columns: point, scenario, outcome (its column), unit, runs, value, low, high, difference, difference_low,
    difference_high. Intervals are of 95 % over replications (t), and over parameter sets where there are several (see
    `ensembles.doubt`). Differences are paired by replication and set: from the first scenario at the same point; with
    one scenario from the first point of a list or of a design one at a time, in other designs from the point at which
    every factor has its present value. NaN where there is no such point.
    """
    outcomes = [each["column"] for each in manifest["outcomes"]]
    units = {each["column"]: each["unit"] for each in manifest["outcomes"]}
    scenarios = [each["name"] for each in manifest["scenarios"]]
    reference = _reference(design, manifest)
    blocks: dict[tuple[int, str], Floats] = {}
    for (point, scenario), rows in results.groupby(["point", "scenario"], sort=False):
        known = rows[outcomes].where(rows["status"] == OK)
        blocks[int(str(point)), str(scenario)] = known.to_numpy(dtype=np.float64).T
    sets = results.loc[(results["point"] == 0) & (results["scenario"] == scenarios[0]), "set"].to_numpy(np.int64)
    groups = sets if manifest["uncertainty"] else None
    frames = []
    for (point, scenario), values in blocks.items():
        level = doubt(values, groups)
        frame = {
            "point": point,
            "scenario": scenario,
            "outcome": outcomes,
            "unit": [units[name] for name in outcomes],
            "runs": np.isfinite(values).sum(axis=1),
            "value": level.mean,
            "low": level.mean - level.reach,
            "high": level.mean + level.reach,
            "difference": np.nan,
            "difference_low": np.nan,
            "difference_high": np.nan,
        }
        base = (point, scenarios[0]) if scenario != scenarios[0] else (reference, scenario)
        if base in blocks and base != (point, scenario):
            gap = doubt(values - blocks[base], groups)
            frame["difference"] = gap.mean
            frame["difference_low"], frame["difference_high"] = gap.mean - gap.reach, gap.mean + gap.reach
        frames.append(pd.DataFrame(frame))
    table = pd.concat(frames, ignore_index=True)
    return table.sort_values("outcome", key=lambda names: names.map(outcomes.index), kind="stable", ignore_index=True)


def _reference(design: pd.DataFrame, manifest: Manifest) -> int:
    """The point that others are compared with; -1 if there is none."""
    if len(manifest["scenarios"]) > 1:
        return -1
    if manifest["design"]["kind"] in ("list", "one_at_a_time"):
        return 0
    present = {factor["name"]: factor["present"] for factor in manifest["factors"]}
    same = design[list(present)].eq(pd.Series(present, dtype=np.float64)).all(axis=1)
    return int(design.loc[same, "point"].iloc[0]) if same.any() else -1
