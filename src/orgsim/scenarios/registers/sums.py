"""What the money in a register means beside a scenario's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from orgsim.core.parameters import KINDS
from orgsim.register import PAY_RANGE, Register

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


def underpaid(register: Register, table: ParameterTable) -> int:
    """How many organizations list more staff than their income can pay, even at the lowest pay the model knows."""

    def value(name: str) -> float:
        return table.since(name).value

    known = register.columns
    people = np.where(np.isnan(known["staff"]), known["full_time"] + known["part_time"], known["staff"])
    wage = value("pay.outside_wage_start") * (1.0 + value("pay.outside_wage_growth")) ** (table.burn_in / 12.0)
    post = 12.0 * PAY_RANGE[0] * wage * value("hiring.hours_per_head") * value("pay.on_cost")
    return int(((people - 0.5) * post > value("pay.staff_share") * known["income"]).sum())


def _by_kind(table: ParameterTable, name: str) -> np.ndarray:
    return np.array([table.since(name, kind).value for kind in KINDS])
