"""Means over replications, and paired differences, with their intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgsim.ensembles.doubt import Doubt, Sets, doubt
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
    known = results[outcomes].where(results["status"] == OK).to_numpy(dtype=np.float64)
    cube = known.reshape(len(design), len(scenarios), -1, len(outcomes))  # rows are in plan order, and all are there
    values = np.ascontiguousarray(np.moveaxis(cube, 3, 0))  # (outcomes, points, scenarios, runs)
    groups = results["set"].to_numpy(np.int64)[: values.shape[-1]] if manifest["uncertainty"] else None
    level = doubt(values, groups)
    gap, compared = _differences(values, _reference(design, manifest), groups)
    frame = {
        "point": np.broadcast_to(design["point"].to_numpy()[None, :, None], level.mean.shape),
        "scenario": np.broadcast_to(np.array(scenarios, dtype=object), level.mean.shape),
        "outcome": np.broadcast_to(np.array(outcomes, dtype=object)[:, None, None], level.mean.shape),
        "unit": np.broadcast_to(
            np.array([units[name] for name in outcomes], dtype=object)[:, None, None], level.mean.shape
        ),
        "runs": np.isfinite(values).sum(axis=-1),
        "value": level.mean,
        "low": level.mean - level.reach,
        "high": level.mean + level.reach,
        "difference": np.where(compared, gap.mean, np.nan),
        "difference_low": np.where(compared, gap.mean - gap.reach, np.nan),
        "difference_high": np.where(compared, gap.mean + gap.reach, np.nan),
    }
    return pd.DataFrame({name: column.ravel() for name, column in frame.items()})


def _differences(values: Floats, reference: int, groups: Sets | None) -> tuple[Doubt, NDArray[np.bool_]]:
    """Paired differences, and where there is something to compare with, shape (outcomes, points, scenarios)."""
    compared = np.ones(values.shape[:-1], dtype=np.bool_)
    if values.shape[2] > 1:
        base, compared[:, :, 0] = values[:, :, :1], False
    elif reference >= 0:
        base, compared[:, reference] = values[:, reference : reference + 1], False
    else:
        base, compared[:] = values, False
    return doubt(values - base, groups), compared


def _reference(design: pd.DataFrame, manifest: Manifest) -> int:
    """The point that others are compared with; -1 if there is none."""
    if len(manifest["scenarios"]) > 1:
        return -1
    if manifest["design"]["kind"] in ("list", "one_at_a_time"):
        return 0
    present = {factor["name"]: factor["present"] for factor in manifest["factors"]}
    same = design[list(present)].eq(pd.Series(present, dtype=np.float64)).all(axis=1)
    return int(design.loc[same, "point"].iloc[0]) if same.any() else -1
