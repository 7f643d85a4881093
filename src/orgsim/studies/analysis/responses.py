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
LEVELS = "none"
"""What differences are from where values themselves are asked for."""


@dataclass(frozen=True)
class Response:
    """An outcome at every point: `values` has shape (points, runs), a run being a parameter set and a replication.

    They are of `scenario`, or paired differences of it from `against`. `sets` says which parameter set each run belongs
    to, None where there is one; `month` is that of a monthly sum, `WHOLE` of other outcomes. Runs are paired: column r
    met the same luck and values at every point.
    """

    outcome: str
    month: int
    values: Floats
    sets: NDArray[np.int64] | None
    scenario: str
    against: str | None

    @property
    def means(self) -> Floats:
        """The mean over runs at each point, shape (points,)."""
        found: Floats = self.values.mean(axis=1)
        return found

    @property
    def independent(self) -> Floats:
        """Values of what is independent, shape (points, runs), or (points, sets) where parameter sets vary."""
        if self.sets is None:
            return self.values
        return np.stack([self.values[:, self.sets == one].mean(axis=1) for one in np.unique(self.sets)], axis=1)


def responses(
    design: pd.DataFrame,
    results: pd.DataFrame,
    manifest: Manifest,
    *,
    outcomes: Sequence[str] | None = None,
    scenario: str | None = None,
    against: str | None = None,
    month: int | None = None,
    monthly: pd.DataFrame | None = None,
) -> tuple[list[Response], list[InputError]]:
    """The responses of some outcomes, and why others of them cannot be analysed.

    Without further words they are of every outcome: paired differences of every other scenario from the first, or, in
    a study of one scenario, its values. `scenario` chooses one; `against` names what differences are from, `LEVELS` for
    values themselves. `monthly` are the sums of `Store.monthly`: those of every twelfth month and of the last, or of
    `month` alone, are responses of their own.

    Raises InputError for names that are not in the study, for rows that are missing, failed or twice there, and for
    outcomes asked for by name that cannot be told in some row.
    """
    if design["point"].tolist() != list(range(manifest["points"])):
        raise InputError(f"the design has {len(design)} points in another order than the {manifest['points']} planned")
    columns = _columns(manifest, month, monthly)
    for name in outcomes or ():
        if name not in columns:
            hint = nearest(name, columns) or f" ({', '.join(columns)})"
            raise InputError(f"the study has no outcome '{name}'{hint}")
    sets = np.repeat(np.arange(manifest["uncertainty"]), manifest["replications"]) if manifest["uncertainty"] else None
    found: list[Response] = []
    refused: list[InputError] = []
    for one, other in compared(manifest, scenario, against):
        rows = _ordered(results, manifest, one)
        reference = None if other is None else _ordered(results, manifest, other)
        for name in outcomes or columns:
            for at in columns[name]:
                try:
                    values = _values(rows, name, at, monthly, manifest)
                    if reference is not None:
                        values = values - _values(reference, name, at, monthly, manifest)
                except InputError as error:
                    refused.append(error)
                else:
                    found.append(Response(name, at, values, sets, one, other))
    if refused and (outcomes or not found):
        raise refused[0]
    return found, refused


def compared(manifest: Manifest, scenario: str | None, against: str | None) -> list[tuple[str, str | None]]:
    """Which scenarios are analysed, each with the one that it is compared with, None for its own values."""
    names = [each["name"] for each in manifest["scenarios"]]
    for name in (scenario, against):
        if name is not None and name not in (*names, LEVELS):
            raise InputError(f"the study has no scenario '{name}'{nearest(name, names)} ({', '.join(names)})")
    if against == LEVELS or (against is None and (len(names) == 1 or scenario == names[0])):
        return [(name, None) for name in ([scenario] if scenario else names)]
    base = against or names[0]
    others = [scenario] if scenario else [name for name in names if name != base]
    if base in others or not others:
        raise InputError(f"differences are from {base}; name another scenario of the study with --scenario")
    return [(name, base) for name in others]


def _columns(manifest: Manifest, month: int | None, monthly: pd.DataFrame | None) -> dict[str, tuple[int, ...]]:
    """The months of everything that can be analysed, by name."""
    kept = monthly is not None and len(monthly.columns) and len(monthly)
    last = manifest["months"] - 1
    if month is not None:
        if not kept or not manifest["series"]:
            raise InputError("the study keeps no monthly sums, so --month has none to choose; see series in its file")
        if not 0 <= month <= last:
            raise InputError(f"--month is a whole number from 0 to {last}, not {month}")
    months = tuple(dict.fromkeys((*range(EVERY - 1, last, EVERY), last))) if month is None else (month,)
    found: dict[str, tuple[int, ...]] = {each["column"]: (WHOLE,) for each in manifest["outcomes"] if month is None}
    if kept:
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
