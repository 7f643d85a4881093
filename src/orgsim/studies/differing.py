"""Two stores of a study – two versions of the model, two machines – row by row: what differs, and by how much.

Points are the same if their values are, to the last bit; runs have other names where the model is another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgsim.errors import InputError
from orgsim.outcomes.recorder import Floats
from orgsim.studies.manifest import changed_versions, different_parts
from orgsim.studies.reading import OK, results_table
from orgsim.studies.store import Store

KEYS = ("name", "scenario", "set", "replication")


@dataclass(frozen=True)
class Differences:
    """`same` of `both` rows that are finished in both agree in every bit; `only_first` and `only_second` are finished
    in one alone. `causes` says what else differs between the stores.

    `outcomes` has a row an outcome that both measured: outcome, unit, differ (rows), mean, largest, relative. `rows`
    has a row for each row and outcome that differ: row (of the first store), point, name, factors, scenario, set,
    replication, outcome, first, second, difference. Differences are second less first; relative ones are the largest
    share of the larger of the two values; NaN where one of them cannot be told.
    """

    both: int
    same: int
    only_first: int
    only_second: int
    causes: tuple[str, ...]
    outcomes: pd.DataFrame
    rows: pd.DataFrame


def differ(first: Store, second: Store) -> Differences:
    """Compare two stores. InputError if they move other factors, or measure no outcome in common."""
    factors = [each["name"] for each in first.manifest["factors"]]
    others = {each["name"] for each in second.manifest["factors"]}
    if set(factors) != others:
        odd = sorted(set(factors) ^ others)
        raise InputError(f"moves other factors than {first.folder}: {', '.join(odd)}", file=second.folder)
    units = {each["column"]: each["unit"] for each in first.manifest["outcomes"]}
    theirs = {each["column"] for each in second.manifest["outcomes"]}
    common = [name for name in units if name in theirs]
    if not common:
        raise InputError(f"measures no outcome that {first.folder} measures", file=second.folder)
    keys = [*factors, *KEYS]
    left, right = (_finished(store, keys) for store in (first, second))
    joined = left.merge(right, on=[*keys, "occurrence"], how="outer", suffixes=("", " of second"), indicator=True)
    both = joined[joined["_merge"] == "both"].sort_values("row", ignore_index=True)
    before = both[common].to_numpy(np.float64)
    after = both[[f"{name} of second" for name in common]].to_numpy(np.float64)
    unequal = (before != after) & ~(np.isnan(before) & np.isnan(after))
    counts = joined["_merge"].value_counts()
    return Differences(
        both=len(both),
        same=int((~unequal.any(axis=1)).sum()),
        only_first=int(counts["left_only"]),
        only_second=int(counts["right_only"]),
        causes=tuple(_causes(first, second)),
        outcomes=_by_outcome(common, units, before, after, unequal),
        rows=_by_row(both, ["row", "point", *keys], common, before, after, unequal),
    )


def _finished(store: Store, keys: list[str]) -> pd.DataFrame:
    """Finished rows; a point that the design has twice is told by its `occurrence`."""
    table = results_table(store)
    table = table[table["status"] == OK].copy()
    table["occurrence"] = table.groupby(keys, dropna=False, sort=False).cumcount()
    return table


def _causes(first: Store, second: Store) -> list[str]:
    before, now = first.manifest, second.manifest
    causes = different_parts(before, now["fingerprints"])
    if before["code"] != now["code"]:
        causes.append(f"code {before['code'][:8]} → {now['code'][:8]}")
    return causes + changed_versions(before["environment"], now["environment"])


def _by_outcome(
    names: list[str], units: dict[str, str], before: Floats, after: Floats, unequal: np.ndarray
) -> pd.DataFrame:
    gap = after - before
    scale = np.maximum(np.abs(before), np.abs(after))
    share = np.divide(np.abs(gap), scale, out=np.zeros_like(gap), where=scale > 0.0)
    rows = []
    for place, name in enumerate(names):
        known = ~np.isnan(gap[:, place])
        some = bool(known.any())
        rows.append(
            {
                "outcome": name,
                "unit": units[name],
                "differ": int(unequal[:, place].sum()),
                "mean": float(gap[known, place].mean()) if some else np.nan,
                "largest": float(np.abs(gap[known, place]).max()) if some else np.nan,
                "relative": float(share[known, place].max()) if some else np.nan,
            }
        )
    return pd.DataFrame(rows)


def _by_row(
    both: pd.DataFrame, keys: list[str], names: list[str], before: Floats, after: Floats, unequal: np.ndarray
) -> pd.DataFrame:
    row, column = np.nonzero(unequal)
    whole = dict.fromkeys(("row", "point", "set", "replication"), np.int64)
    table = both[keys].iloc[row].reset_index(drop=True).astype(whole)
    table["outcome"] = np.array(names, dtype=object)[column]
    table["first"], table["second"] = before[row, column], after[row, column]
    table["difference"] = table["second"] - table["first"]
    return table
