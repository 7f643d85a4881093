"""The one form of every table of an analysis, and factors as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from orgsim.errors import InputError
from orgsim.outcomes.recorder import Floats
from orgsim.studies.analysis.responses import Response
from orgsim.studies.layout import Manifest

COLUMNS = (
    "scenario", "against", "outcome", "month", "measure", "factor", "start", "end", "other", "other_start", "other_end",
    "value", "low", "high", "p", "verdict",
)  # fmt: skip
"""`start` and `end` are the values between which a factor is moved, `other` one it is moved with; `low` and `high` are
the ends of a 95 % interval; `month` is -1 for the whole run; `against` is what differences are from. Empty where a
method has no such thing."""
Row = dict[str, Any]


def row(response: Response, measure: str, factor: str, value: float, low: float, high: float, **more: object) -> Row:
    """A row of a table."""
    return {
        **named(response),
        "measure": measure,
        "factor": factor,
        "value": float(value),
        "low": float(low),
        "high": float(high),
        "verdict": "",
        **more,
    }


def named(response: Response) -> Row:
    """What a row is of."""
    return {
        "scenario": response.scenario,
        "against": response.against or "",
        "outcome": response.outcome,
        "month": response.month,
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


def known(design: pd.DataFrame, factor: Mapping[str, Any], first: bool) -> Floats:
    """A factor's value at every point; what a point leaves as it is has the first scenario's present value."""
    values = design[factor["name"]].to_numpy(np.float64)
    present = factor["present"] if first else None
    if np.isnan(values).any() and present is None:
        raise InputError(
            f"some points leave {factor['name']} as each scenario has it, which is not one known value; "
            "an effect needs a value at every point"
        )
    found: Floats = np.where(np.isnan(values), np.nan if present is None else present, values)
    return found


def _along(values: Floats, factor: Mapping[str, Any]) -> Floats:
    listed = factor.get("values")
    if not listed:
        return values
    return np.array([listed.index(value) for value in values.tolist()], np.float64)
