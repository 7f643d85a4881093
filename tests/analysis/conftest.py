"""Spans and recordings made by hand, whose every number is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from orgsim.analysis.observe import Span
from orgsim.mechanisms.records.mechanism import CASH_BINS, INCOME_BINS, LONGEST, STRATA
from orgsim.outcomes.recorder import Recording

Columns = Mapping[str, Sequence[Any]]


def rows(columns: Columns, count: int) -> dict[str, np.ndarray]:
    """Columns as arrays; everybody is present and has an id of their own unless the columns say otherwise."""
    given = {"present": [True] * count, "id": range(1, count + 1), **columns}
    made = {name: np.array(values) for name, values in given.items()}
    return made | {"present": made["present"].astype(bool), "id": made["id"].astype(np.uint64)}


@pytest.fixture
def span() -> Callable[..., Span]:
    """Makes a span; a column of `after` is that of `before` unless given, flows are lists of months of rows."""

    def make(
        staff: Columns | None = None,
        organizations: Columns | None = None,
        *,
        staff_after: Columns | None = None,
        organizations_after: Columns | None = None,
        flows: Mapping[str, Any] | None = None,
    ) -> Span:
        before, after = {}, {}
        for entity, first, last in (
            ("staff", staff or {}, staff_after or {}),
            ("organization", organizations or {}, organizations_after or {}),
        ):
            count = len(next(iter(first.values()), []))
            before[entity] = rows(first, count)
            after[entity] = before[entity] | rows(last, count) if last else before[entity]
        return Span(before, after, {name: np.array(flow, float) for name, flow in (flows or {}).items()}, {})

    return make


@pytest.fixture
def recording() -> Callable[..., Recording]:
    """Makes a recording of 12 months and one replication: name → a month's value in stratum 0 (an association)."""

    def make(stratum: int = 0, spells: Mapping[str, Any] | None = None, **flows: float) -> Recording:
        measures = {name: np.zeros((1, 13, STRATA)) for name in flows}
        for name, value in flows.items():
            measures[name][:, :, stratum] = value
        counted = {name: np.zeros((1, LONGEST)) for name in ("staff_ended", "staff_open")}
        for name, lengths in (spells or {}).items():
            counted[name][0, : len(lengths)] = lengths
        cash, income = np.zeros((1, 2, STRATA, CASH_BINS)), np.zeros((1, 2, STRATA, INCOME_BINS))
        return Recording(np.arange(1, dtype=np.uint64), 12, measures, cash, income, counted)

    return make
