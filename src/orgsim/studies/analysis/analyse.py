"""Which analysis fits which design, and all of it for some outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from orgsim.errors import InputError
from orgsim.studies.analysis import effects, indices
from orgsim.studies.analysis.responses import responses
from orgsim.studies.analysis.tables import Row, table
from orgsim.studies.layout import Manifest

METHODS: Mapping[str, tuple[str, ...]] = {
    "sobol": ("sobol",),
    "morris": ("morris",),
    "tornado": ("one_at_a_time",),
    "effects": ("grid", "list", "latin_hypercube"),
    "ranks": ("grid", "list", "latin_hypercube"),
}
"""Kinds of design that a method fits."""


@dataclass(frozen=True)
class Analysis:
    """What a study shows.

    `tables` are by method, with the columns of `tables.COLUMNS`; `fits` is how much of the variance between points
    main effects and interactions explain, by outcome and month. `baseline` is what differences are from, or None.
    """

    scenario: str
    baseline: str | None
    tables: Mapping[str, pd.DataFrame]
    fits: Mapping[tuple[str, int], float]


def analyse(
    design: pd.DataFrame,
    results: pd.DataFrame,
    manifest: Manifest,
    *,
    outcomes: Sequence[str] | None = None,
    scenario: str | None = None,
    difference: bool = False,
    method: str | None = None,
    monthly: pd.DataFrame | None = None,
) -> Analysis:
    """Every analysis that fits the design, or one of `METHODS`; see `responses` for what is analysed.

    Rank correlations of fewer than 20 points, or of choices alone, are left out unless they are asked for. InputError
    where a method does not fit the design, where nothing is moved, and for what `responses` refuses.
    """
    if not manifest["factors"]:
        raise InputError("the study moves no factor, so there is none to analyse; see orgsim experiment results")
    kind = manifest["design"]["kind"]
    fitting = [name for name, kinds in METHODS.items() if kind in kinds]
    if method is not None and method not in fitting:
        raise InputError(
            f"a design of kind {kind} does not give {method}; it gives {', '.join(fitting)}, "
            f"and {method} takes a design of kind {', '.join(METHODS[method])}"
        )
    chosen = [method] if method else [n for n in fitting if n != "ranks" or effects.can_rank(design, manifest)]
    found = responses(
        design, results, manifest, outcomes=outcomes, scenario=scenario, difference=difference, monthly=monthly
    )
    names = [each["name"] for each in manifest["scenarios"]]
    of = scenario or names[-1 if difference and len(names) == 2 else 0]
    first = of == names[0]
    rows: dict[str, list[Row]] = {name: [] for name in chosen}
    fits = {}
    for response in found:
        for name in chosen:
            if name == "sobol":
                new = indices.sobol(response, design, manifest)
            elif name == "morris":
                new = indices.morris(response, design, manifest)
            elif name == "tornado":
                new = effects.tornado(response, design, manifest)
            elif name == "effects":
                new = effects.effects(response, design, manifest, first)
                fits[response.outcome, response.month] = effects.fit(response, design, manifest, first)
            else:
                new = effects.rank_correlations(response, design, manifest, first)
            rows[name] += new
    tables = {name: table(each) for name, each in rows.items()}
    return Analysis(of, names[0] if difference else None, tables, fits)
