"""Tidy tables of a comparison as people and programs want them: headline outcomes first, unit costs beside cost."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from orgsim.ensembles import Comparison, Run
from orgsim.ensembles.comparison import SOURCES
from orgsim.outcomes.catalogue import BY_NAME, OUTCOMES
from orgsim.outcomes.recorder import Floats
from orgsim.report.texts import say
from orgsim.report.verdicts import UnitCost, unit_cost

EFFECTS = {"cost_per_organization_year": "organization_years", "cost_per_staff_year": "staff_years"}
"""Unit costs, and the outcome whose gain each divides the extra public cost by."""
HEADLINES = tuple(outcome.name for outcome in OUTCOMES if outcome.headline)
JSON_COLUMNS = (
    "scenario", "outcome", "unit", "stratum", "value", "low", "high", "difference", "difference_low", "difference_high"
)  # fmt: skip


def outcome_rows(comparison: Comparison) -> pd.DataFrame:
    """`comparison.table` with unit costs, headline outcomes first.

    The scenarios that are compared come before the baseline, in the order given, and `all` before other strata. A
    unit cost has the outcome `cost_per_organization_year` or `cost_per_staff_year`, unit CNY per year, and a value
    only where it can be told (see `verdicts.unit_cost`); `low` and `high` are Fieller's 95 % interval.
    """
    table = pd.concat([comparison.table, _unit_cost_rows(comparison)], ignore_index=True)
    names = [run.scenario.name for run in (*comparison.others, comparison.baseline)]
    rank = {name: place for place, name in enumerate(_outcome_order())}
    order = pd.DataFrame(
        {
            "outcome": table["outcome"].map(rank),
            "scenario": table["scenario"].map({name: place for place, name in enumerate(names)}),
            "stratum": table["stratum"].ne("all"),
        }
    )
    headline = table["outcome"].isin([*HEADLINES, *EFFECTS]) & table["stratum"].eq("all")
    order.insert(0, "detail", ~headline)
    return table.loc[order.sort_values(list(order.columns), kind="stable").index].reset_index(drop=True)


def json_rows(comparison: Comparison) -> list[dict[str, str | float | None]]:
    """`outcome_rows` for JSON: one mapping a row, numbers that are not known as None.

    With several parameter sets a row also has the standard deviations by source (`Comparison.table`).
    """
    columns = [*JSON_COLUMNS, *(SOURCES if comparison.sets is not None else ())]
    rows = outcome_rows(comparison)[columns].to_dict("records")
    return [{str(key): _known(value) for key, value in row.items()} for row in rows]


def paired(comparison: Comparison, run: Run, outcome: str, stratum: str = "all") -> Floats:
    """Scenario minus baseline in each replication, over everybody or one group, shape (replications,)."""
    difference: Floats = run.outcome(outcome, stratum) - comparison.baseline.outcome(outcome, stratum)
    return difference


def unit_costs(comparison: Comparison, run: Run) -> dict[str, UnitCost]:
    """What each extra organization-year and person-year costs under `run`, by name of the unit cost."""
    cost = paired(comparison, run, "public_cost")
    return {name: unit_cost(cost, paired(comparison, run, effect), comparison.sets) for name, effect in EFFECTS.items()}


def titles(comparison: Comparison, language: str) -> dict[str, str]:
    """What to call each scenario by name: its title, with the name after it where two share a title."""
    called = {run.scenario.name: run.scenario.title(language) for run in comparison.runs}
    texts = list(called.values())
    return {name: f"{text} ({name})" if texts.count(text) > 1 else text for name, text in called.items()}


def outcome_title(outcome: str, language: str) -> str:
    """The title of an outcome or a unit cost."""
    return BY_NAME[outcome].title(language) if outcome in BY_NAME else say(f"title.{outcome}", language)


def _unit_cost_rows(comparison: Comparison) -> pd.DataFrame:
    rows = [
        {
            "scenario": run.scenario.name,
            "outcome": name,
            "unit": "CNY per year",
            "stratum": "all",
            "value": cost.value,
            "low": cost.low,
            "high": cost.high,
            "replications": run.replications,
        }
        for run in comparison.others
        for name, cost in unit_costs(comparison, run).items()
    ]
    return pd.DataFrame(rows).reindex(columns=comparison.table.columns).astype(comparison.table.dtypes.to_dict())


@cache
def _outcome_order() -> tuple[str, ...]:
    """Headline outcomes, unit costs right after public cost, then the rest as the catalogue has them."""
    return (*HEADLINES, *EFFECTS, *(outcome.name for outcome in OUTCOMES if not outcome.headline))


def _known(value: object) -> str | float | None:
    if isinstance(value, str):
        return value
    number = float(value)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None
