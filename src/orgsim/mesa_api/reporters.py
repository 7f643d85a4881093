"""What `model.datacollector` takes down each month: district totals at the month's end.

Organizations are counted as in the outcomes: the registered ones. People and public money are everybody's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from orgsim.mechanisms.records.mechanism import STRATA

if TYPE_CHECKING:
    from orgsim.mesa_api.model import OrgModel

REGISTERED = slice(0, 24)
"""Strata of the four registered kinds; six strata a kind, community organizations last."""
EVERYBODY = slice(0, STRATA)


def recorded(model: OrgModel, name: str, strata: slice = EVERYBODY) -> float:
    """A sum of the month over strata, as the recorder keeps it."""
    return float(model.world["stratum"][name][0, strata].sum())


def registered(model: OrgModel) -> int:
    """Organizations on the register, dormant ones included."""
    return int(recorded(model, "remains", REGISTERED))


def active(model: OrgModel) -> int:
    """Registered organizations that work."""
    return int(recorded(model, "active_now", REGISTERED))


def dormant(model: OrgModel) -> int:
    """Registered organizations that exist on paper only."""
    return int(recorded(model, "dormant_now", REGISTERED))


def staff(model: OrgModel) -> int:
    """People in post."""
    return int(recorded(model, "headcount"))


def turnover(model: OrgModel) -> float:
    """The month's leavers over people in post, times twelve; NaN if nobody is left.

    A closure counts as its people leaving.
    """
    people = recorded(model, "headcount")
    gone = recorded(model, "leavers") + recorded(model, "displaced_staff")
    return 12.0 * gone / people if people else float("nan")


def public_outlay(model: OrgModel) -> float:
    """Public money of the month, CNY."""
    return recorded(model, "public_outlay")


def median_months_of_cash(model: OrgModel) -> float:
    """Median over active registered organizations; NaN if there is none."""
    table = model.world["organization"]
    counted = table.present[0] & ~table.newborn[0] & table["registered"][0] & table["active"][0]
    return float(np.median(table["months_of_cash"][0, counted])) if counted.any() else float("nan")


REPORTERS: dict[str, str | Callable[[Any], Any]] = {
    "date": "date",
    "seed": "seed",
    "registered": registered,
    "active": active,
    "dormant": dormant,
    "staff": staff,
    "turnover": turnover,
    "public_outlay": public_outlay,
    "median_months_of_cash": median_months_of_cash,
}
