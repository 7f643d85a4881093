"""The one form of every table of an analysis, and factors as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from orgsim.outcomes.recorder import Floats
from orgsim.studies.analysis.responses import Response
from orgsim.studies.layout import Manifest

COLUMNS = (
    "outcome", "month", "measure", "factor", "start", "end", "other", "other_start", "other_end",
    "value", "low", "high", "p", "verdict",
)  # fmt: skip
"""`start` and `end` are the values between which a factor is moved, `other` one it is moved with; `low` and `high` are
the ends of a 95 % interval; `month` is -1 for the whole run. Empty where a method has no such thing."""
Row = dict[str, Any]


def row(response: Response, measure: str, factor: str, value: float, low: float, high: float, **more: object) -> Row:
    """A row of a table."""
    return {
        "outcome": response.outcome,
        "month": response.month,
        "measure": measure,
        "factor": factor,
        "value": float(value),
        "low": float(low),
        "high": float(high),
        "verdict": "",
        **more,
    }


def table(rows: list[Row]) -> pd.DataFrame:
    """Rows as a table with every column."""
    return pd.DataFrame(rows, columns=list(COLUMNS))


def names(manifest: Manifest) -> list[str]:
    """The factors, in the order of the study."""
    return [each["name"] for each in manifest["factors"]]


def places(design: pd.DataFrame, manifest: Manifest) -> Floats:
    """Where each point lies along each factor, shape (points, factors): the value, or its place in a list."""
    return np.column_stack([_along(design[each["name"]].to_numpy(np.float64), each) for each in manifest["factors"]])


def _along(values: Floats, factor: Mapping[str, Any]) -> Floats:
    listed = factor.get("values")
    if not listed:
        return values
    return np.array([listed.index(value) for value in values.tolist()], np.float64)
