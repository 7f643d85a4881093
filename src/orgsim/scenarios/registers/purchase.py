"""The purchase of services a register means, to be held against a scenario's budget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from orgsim.core.parameters import KINDS
from orgsim.register import Register

if TYPE_CHECKING:
    from orgsim.scenarios.resolve import ParameterTable


def usual_purchase(register: Register, organizations: Mapping[str, int], table: ParameterTable) -> float:
    """Yearly purchase of services, CNY, of the organizations at work: as known, else as is usual for their income.

    Income that is not known counts as its kind's mean. `organizations` are all, those the register lists included.
    """
    share, mean = _by_kind(table, "autonomy.usual_dependence"), _by_kind(table, "accounts.mean_income")
    known, income = register.columns["purchase"], register.columns["income"]
    usual = share[register.kinds] * np.where(np.isnan(income), mean[register.kinds], income)
    each = np.where(np.isnan(known), usual, known) * (register.columns["dormant"] != 1.0)
    drawn = np.array([organizations[kind] for kind in KINDS]) - np.bincount(register.kinds, minlength=len(KINDS))
    return float(each.sum() + (drawn * share * mean).sum())


def _by_kind(table: ParameterTable, name: str) -> np.ndarray:
    return np.array([table.since(name, kind).value for kind in KINDS])
