"""What is analysed: one number a point and run, checked to be there and put in design order.

Indices from half a design, or from rows in another order, are wrong without looking wrong; so whatever is missing,
failed, twice there or not a number is refused here, with counts, before any library sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgsim.errors import InputError, nearest
from orgsim.outcomes.recorder import Floats
from orgsim.studies.layout import Manifest
from orgsim.studies.reading import OK
from orgsim.studies.study import column_of

WHOLE = -1
"""The month of what is measured over the whole run."""
EVERY = 12
"""Months between those of a monthly sum that are analysed; the last is always among them."""
KEYS = ["point", "set", "replication"]


@dataclass(frozen=True)
class Response:
    """An outcome at every point: `values` has shape (points, runs), a run being a parameter set and a replication.

    `sets` says which parameter set each run belongs to, None where there is one; `month` is that of a monthly sum,
    `WHOLE` of other outcomes. Runs are paired: column r met the same luck and values at every point.
    """

    outcome: str
    month: int
    values: Floats
    sets: NDArray[np.int64] | None

    @property
    def means(self) -> Floats:
        """The mean over runs at each point, shape (points,)."""
        found: Floats = self.values.mean(axis=1)
        return found


def responses(
    design: pd.DataFrame,
    results: pd.DataFrame,
    manifest: Manifest,
    *,
    outcomes: Sequence[str] | None = None,
    scenario: str | None = None,
    difference: bool = False,
    monthly: pd.DataFrame | None = None,
) -> list[Response]:
    """The responses of some outcomes (by default all) under a scenario (by default the first).

    With `difference` they are paired differences of the scenario from the first. `monthly` are the sums of
    `Store.monthly`; those of every twelfth month and of the last are responses of their own.

    Raises InputError for names that are not in the study, and for rows that are missing, failed, twice there or NaN.
    """
    names = [each["name"] for each in manifest["scenarios"]]
    chosen = scenario or names[-1 if difference and len(names) == 2 else 0]
    if chosen not in names:
        raise InputError(f"the study has no scenario '{chosen}'{nearest(chosen, names)} ({', '.join(names)})")
    if difference and chosen == names[0]:
        raise InputError(f"differences are from {names[0]}; name another scenario of the study with --of")
    if design["point"].tolist() != list(range(manifest["points"])):
        raise InputError(f"the design has {len(design)} points in another order than the {manifest['points']} planned")
    columns = _columns(manifest, monthly)
    for name in outcomes or ():
        if name not in columns:
            hint = nearest(name, columns) or f" ({', '.join(columns)})"
            raise InputError(f"the study has no outcome '{name}'{hint}")
    rows = _ordered(results, manifest, chosen)
    reference = _ordered(results, manifest, names[0]) if difference else None
    sets = np.repeat(np.arange(manifest["uncertainty"]), manifest["replications"]) if manifest["uncertainty"] else None
    found = []
    for name in outcomes or columns:
        for month in columns[name]:
            values = _values(rows, name, month, monthly, manifest)
            if reference is not None:
                values = values - _values(reference, name, month, monthly, manifest)
            found.append(Response(name, month, values, sets))
    return found


def _columns(manifest: Manifest, monthly: pd.DataFrame | None) -> dict[str, tuple[int, ...]]:
    """The months of everything that can be analysed, by name."""
    found: dict[str, tuple[int, ...]] = {each["column"]: (WHOLE,) for each in manifest["outcomes"]}
    if monthly is not None and len(monthly.columns):
        last = manifest["months"] - 1
        months = tuple(dict.fromkeys((*range(EVERY - 1, last, EVERY), last)))
        found |= {column_of(name, group): months for name in manifest["series"] for group in manifest["strata"]}
    return found


def _ordered(results: pd.DataFrame, manifest: Manifest, scenario: str) -> pd.DataFrame:
    """The rows of a scenario by point, set and replication, each once."""
    rows = results[results["scenario"] == scenario]
    sets = range(manifest["uncertainty"]) if manifest["uncertainty"] else (-1,)
    wanted = pd.MultiIndex.from_product([range(manifest["points"]), sets, range(manifest["replications"])], names=KEYS)
    there = pd.MultiIndex.from_frame(rows[KEYS])
    bad = len(wanted.difference(there)) + int((rows["status"] != OK).sum())
    if bad:
        raise InputError(f"{bad} of {len(wanted)} rows of {scenario} are missing or failed; an analysis needs all")
    if len(there) != len(wanted):
        raise InputError(f"{scenario} has {len(there)} rows where {len(wanted)} are planned; some are there twice")
    ordered: pd.DataFrame = rows.set_index(KEYS).loc[wanted]
    return ordered


def _values(rows: pd.DataFrame, name: str, month: int, monthly: pd.DataFrame | None, manifest: Manifest) -> Floats:
    """One outcome of ordered rows, shape (points, runs)."""
    if month == WHOLE or monthly is None:
        found = rows[name].to_numpy(np.float64)
    else:
        bare, _, rest = name.partition("[")
        at = monthly[(monthly["month"] == month) & (monthly["stratum"] == (rest.removesuffix("]") or "all"))]
        found = at.set_index("run")[bare].reindex(rows["run"]).to_numpy(np.float64)
    holes = np.flatnonzero(~np.isfinite(found))
    if len(holes):
        point, _, replication = rows.index[holes[0]]
        raise InputError(
            f"{name} cannot be told in {len(holes)} of {len(found)} rows, first at point {point}, replication "
            f"{replication}; an analysis needs all: choose other outcomes with --outcome"
        )
    return found.reshape(manifest["points"], -1)
