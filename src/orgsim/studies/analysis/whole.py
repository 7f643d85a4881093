"""What of a study is whole: an extension not yet finished does not keep the design before it from being analysed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from orgsim.errors import InputError
from orgsim.studies.designs import Design
from orgsim.studies.layout import Manifest
from orgsim.studies.reading import FAILED, OK, results_table
from orgsim.studies.store import Store


def whole_study(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, Manifest]:
    """Design, results and manifest of the largest complete design in a store.

    That is all of it, or its first replications at every point, or, of a sampled design, its first base samples,
    trajectories or blocks, which are designs of their own. InputError, with counts and the command that helps, where a
    run has failed (which ones fail may depend on what they would have shown), and where no replication is whole.
    """
    results = results_table(store)
    counts, total = results["status"].value_counts(), len(results)
    failed = int(counts.get(FAILED, 0))
    if failed:
        raise InputError(
            f"{failed} of {total} rows of this study have failed, and half a design is not analysed; "
            f"orgsim experiment retry {store.folder}",
            file=store.folder,
        )
    manifest = store.manifest
    if int(counts.get(OK, 0)) == total:
        return store.plan().design, results, manifest
    parts = _parts(results, store)
    points, replications, n = max(parts, key=lambda part: part[0] * part[1], default=(0, 0, 0))
    if not points:
        raise InputError(
            f"{total - int(counts.get(OK, 0))} of {total} rows of this study have not been run; "
            f"orgsim experiment run {store.folder}",
            file=store.folder,
        )
    kept = results[(results["point"] < points) & (results["replication"] < replications)].reset_index(drop=True)
    design = store.plan().design.head(points)
    size = {"points": points, "replications": replications, "rows": len(kept)}
    return design, kept, manifest | size | {"design": manifest["design"] | {"n": n}}


def _parts(results: pd.DataFrame, store: Store) -> list[tuple[int, int, int]]:
    """Points, replications and n of the designs that are whole."""
    study = store.study()
    found = []
    for n in _sizes(study.design):
        points = Design(study.design.kind, (n,), study.design.levels, study.design.second_order).size(study.factors)
        points = points if n else len(store.plan().design)
        left = results.loc[(results["point"] < points) & (results["status"] != OK), "replication"]
        replications = int(left.min()) if len(left) else study.replications
        if replications:
            found.append((points, replications, n))
    return found


def _sizes(design: Design) -> list[int]:
    """The sizes at which a design was, or could have been, one of its own; 0 where it has but one."""
    if design.kind == "sobol":
        return [1 << power for power in range(1, design.n.bit_length())]
    if design.kind == "morris":
        return list(range(2, design.n + 1))
    return [sum(design.blocks[: place + 1]) for place in range(len(design.blocks))] or [0]


def folder_of(store: Store) -> Path:
    """Where the analysis of a store goes unless another folder is named."""
    return store.folder / "analysis"
