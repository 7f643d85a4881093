"""Curves over time as one tidy table: what charts are drawn from, and what others may redraw."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from orgsim.ensembles import Comparison, Run
from orgsim.ensembles.doubt import doubt
from orgsim.outcomes.recorder import Floats
from orgsim.outcomes.reduced import MONTHLY, SPELLS
from orgsim.outcomes.survival import mean_interval

CURVES = (*MONTHLY, *SPELLS)
"""Curves of `Run.curve`: shares by month.

registered: of the registered organizations at the start, still on the register; working: of those that worked then,
still working; in_post: of the people in post then, still in that post; hired and founded: Kaplan–Meier curves of the
spells of people hired, and of organizations founded, since the start, by months since then.
"""
RANGES = {"low_90": 0.05, "low_50": 0.25, "high_50": 0.75, "high_90": 0.95}


def curve_table(comparison: Comparison) -> pd.DataFrame:
    """One row a scenario, curve and month.

    Columns: scenario, curve, month, value (mean over replications), low_90, low_50, high_50, high_90 (the middle 90
    and 50 % of replications), difference, difference_low, difference_high (paired, with the 95 % interval of the
    mean). Ranges are NaN with one replication, differences for the baseline.
    """
    frames = [pd.DataFrame(part) for curve in CURVES for part in curve_parts(comparison, curve)]
    columns = ["scenario", "curve", "month", "value", *RANGES, "difference", "difference_low", "difference_high"]
    return pd.concat(frames, ignore_index=True).reindex(columns=columns)


def curve_parts(comparison: Comparison, curve: str) -> list[dict[str, Any]]:
    """One curve of every scenario in turn: the columns of `curve_table`, those of the baseline without differences."""
    parts = []
    base = comparison.baseline.curve(curve)
    for run in comparison.runs:
        values = run.curve(curve)
        part = {"scenario": run.scenario.name, "curve": curve, "month": np.arange(run.months + 1)}
        part |= {"value": mean_interval(values)[0], **_ranges(values)}
        if run is not comparison.baseline:
            found = doubt((values - base).T, comparison.sets)
            ends = (found.mean, found.mean - found.reach, found.mean + found.reach)
            part |= dict(zip(("difference", "difference_low", "difference_high"), ends, strict=True))
        parts.append(part)
    return parts


def final_differences(comparison: Comparison, run: Run, curve: str) -> Floats:
    """Paired differences of a curve at the last month, shape (replications,)."""
    difference: Floats = run.curve(curve)[:, -1] - comparison.baseline.curve(curve)[:, -1]
    return difference


def _ranges(values: Floats) -> dict[str, Floats]:
    months = values.shape[1]
    bounds = np.full((len(RANGES), months), np.nan)
    told = (~np.isnan(values)).sum(axis=0) > 1
    if told.any():
        shown = values[:, told]
        quantile = np.nanquantile if np.isnan(shown).any() else np.quantile  # the same numbers, many times faster
        bounds[:, told] = quantile(shown, list(RANGES.values()), axis=0)
    return dict(zip(RANGES, bounds, strict=True))
