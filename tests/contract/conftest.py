"""What a rule may legally be asked: bounds for every column, by its unit or, where that says too little, its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from orgsim.core.registry import Column, Draw, Linked, Month, Own, Reading
from orgsim.core.rule import Rule
from orgsim.schedule import model

Bounds = tuple[float, float]
Inputs = st.SearchStrategy[dict[str, Any]]

MONEY = 1e10
BY_UNIT: dict[str, Bounds] = {
    "CNY": (0.0, MONEY),
    "CNY per year": (0.0, 2e9),
    "months": (0.0, 700.0),
    "count": (0.0, 5000.0),
    "share": (0.0, 1.0),
    "probability": (0.0, 1.0),
    "index 0 to 1": (0.0, 1.0),
    "per month": (0.0, 1.0),
    "ratio": (0.0, 50.0),
    "log ratio": (-3.0, 3.0),
    "SD": (-8.0, 8.0),
    "full-time equivalents": (0.0, 5000.0),
    "person-months": (0.0, 1e7),
    "points 0 to 1000": (0.0, 1000.0),
    "uniform on (0, 1)": (0.0, 1.0),
    "years": (0.0, 150.0),
    "code": (0.0, 400.0),
    "row": (0.0, 4.0),
}
BY_NAME: dict[str, Bounds] = {
    # debts, deficits and what is left of them
    "cash": (-MONEY, MONEY),
    "year_result": (-MONEY, MONEY),
    "liquidation": (-MONEY, MONEY),
    "months_of_cash": (-24.0, 60.0),
    # sums over people or organizations, and what no proposal scores
    "skill_sum": (-5e4, 5e4),
    "weighted_skill": (-8.0, 8.0),
    "credibility_sum": (0.0, 5000.0),
    "quality_sum": (0.0, 5000.0),
    "tenure_sum": (0.0, 1e6),
    "proposal_score": (-99.0, 50.0),
    "community_claims": (0.0, 1e8),
    "community_claim": (0.0, 1e5),
    # never nothing
    "scale": (1.0, MONEY),
    "outside_wage": (1e3, 1e5),
    "pay": (100.0, 1e6),
    "price_index": (0.5, 20.0),
    "pay_ratio": (0.2, 3.0),
    "usual_pay_ratio": (0.45, 1.6),
    "quality": (0.05, 0.95),
    "credibility": (0.02, 0.98),
    "funders": (2.0, 50.0),  # one alone is the bureau, and its rule never divides
    # hazards and chances on a log scale
    "common_hazard": (-15.0, 3.0),
    "turnover_trend": (0.0, 12.0),
    "contagion_trend": (0.0, 3.0),
    # counted from a few
    "rating": (0.0, 5.0),
    "size_third": (0.0, 2.0),
    "found_by": (0.0, 5.0),
    "closing": (0.0, 4.0),
    "stratum": (0.0, 29.0),
    "given_funder": (0.0, 50.0),
    "kind": (0.0, 4.0),
}
WHOLE = {"count"}
"""Units whose floats are whole numbers."""
OPEN = st.floats(0.0, 1.0, exclude_min=True, exclude_max=True)


def bounds(column: Column) -> Bounds:
    """Least and greatest value a column can have."""
    return BY_NAME.get(column.name) or BY_UNIT[column.unit]


def values_of(column: Column) -> st.SearchStrategy[Any]:
    if column.dtype is np.bool_:
        return st.booleans()
    low, high = bounds(column)
    if column.dtype is np.int64:
        return st.integers(int(low), int(high))
    if column.unit in WHOLE:
        return st.integers(int(low), int(high)).map(float)
    return OPEN if column.unit.startswith("uniform") else st.floats(low, high)


def _input(rule: Rule, argument: str, reading: Reading) -> st.SearchStrategy[Any]:
    whole = model()
    match reading:
        case Month():
            return st.integers(-48, 600)
        case Draw(_):
            return OPEN
        case Own(column):
            return values_of(whole.columns[rule.entity][column])
        case Linked(_, entity, column):
            return values_of(whole.columns[entity][column])
    parameter = next(p for name, p in whole.space.items() if whole.space.place[name] == reading.place)
    if parameter.choices:
        return st.sampled_from([float(n) for n in range(len(parameter.choices))])
    return st.floats(*parameter.range)


def inputs_of(rule: Rule) -> Inputs:
    """Legal arguments of a rule, whichever the world might hand it."""
    asked = {rule.when: st.just(True)} if rule.when in rule.arguments else {}
    return st.fixed_dictionaries({name: _input(rule, name, r) for name, r in model().reads(rule).items()} | asked)


@pytest.fixture(scope="session")
def legal() -> Callable[[Rule], Inputs]:
    """`inputs_of`, for tests."""
    return inputs_of


@pytest.fixture(scope="session")
def domain() -> Callable[[Column], Bounds]:
    """`bounds`, for tests."""
    return bounds
