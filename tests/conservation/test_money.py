"""Money comes from somewhere and goes somewhere: every month, in every organization, whatever the levers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from orgsim.core.elementary import GRID
from orgsim.outcomes.catalogue import PUBLIC_COSTS

Year = list[Any]
CLOSINGS = "own_wish deregistered struck_off revoked_for_cause".split()
EVENTS = [*CLOSINGS, "becomes_dormant", "revived", "applies", "sanctioned", "handled", "listed", "pays_late"]


def close(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Equal but for rounding: within a millionth of a yuan, or 1e-12 of the numbers."""
    result: np.ndarray = np.abs(a - b) <= 1e-6 + 1e-12 * (np.abs(a) + np.abs(b))
    return result


@pytest.mark.parametrize("event", EVENTS)
def test_the_year_is_turbulent(event: str, year: Year) -> None:
    tables = [month.recorded["organization"] for month in year]
    assert sum(int((table[event] & table.present).sum()) for table in tables) >= 10


def test_cash_changes_by_income_less_outlays(year: Year) -> None:
    wrong = []
    for month in year:
        before, now = month.before["organization"], month.recorded["organization"]
        change = now["cash"] - before["cash"]
        wrong += month.where(now.present & ~close(change, now["income"] - now["outlays"]))
    assert wrong == []


def test_income_is_the_sum_of_its_channels(year: Year) -> None:
    public = "subsidy contract community match wage_subsidy reward".split()
    channels = [f"{name}_receipt" for name in [*public, "fee", "trading", "donation"]] + ["rescue"]
    wrong = []
    for month in year:
        now = month.recorded["organization"]
        wrong += month.where(now.present & ~close(now["income"], sum(now[name] for name in channels)))
    assert wrong == []


def test_outlays_are_the_sum_of_what_is_paid_for_and_last_month_s_fine(year: Year) -> None:
    wrong = []
    for month in year:
        before, now = month.before["organization"], month.recorded["organization"]
        paid = sum(now[name] for name in ("payroll", "overhead", "delivery_cost", "programme_spending"))
        wrong += month.where(now.present & ~close(now["outlays"], paid + before["fine_due"]))
    assert wrong == []


def test_all_cash_together_changes_by_receipts_payments_founding_capital_and_liquidation(year: Year) -> None:
    wrong = []
    for month in year:
        tables = [w["organization"] for w in (month.before, month.recorded, month.after)]
        held = [np.where(table.present, table["cash"], 0.0).sum(axis=1) for table in (tables[0], tables[2])]
        now, after = tables[1], tables[2]
        flows = np.where(now.present, now["income"] - now["outlays"] - now["liquidation"], 0.0).sum(axis=1)
        founded = np.where(after.present & after.newborn, after["founding_capital"], 0.0).sum(axis=1)
        turnover = np.where(now.present, now["income"] + now["outlays"] + np.abs(now["cash"]), 0.0).sum(axis=1)
        wrong += month.where(np.abs(held[1] - held[0] - flows - founded) > 1e-12 * turnover + 1e-6)
    assert wrong == []


def test_what_the_closing_leave_is_all_they_had(year: Year) -> None:
    wrong = []
    for month in year:
        now = month.recorded["organization"]
        wrong += month.where(now.present & (now["liquidation"] != np.where(now["closes"], now["cash"], 0.0)))
    assert wrong == []


def test_public_outlay_is_the_sum_of_its_channels(year: Year) -> None:
    wrong = []
    for month in year:
        now = month.recorded["organization"]
        wrong += month.where(now.present & ~close(now["public_outlay"], sum(now[name] for name in PUBLIC_COSTS)))
    assert wrong == []


def test_recorded_public_outlay_is_what_all_organizations_cost(year: Year) -> None:
    wrong = []
    for month in year:
        now = month.recorded["organization"]
        recorded = month.recorded["stratum"]["public_outlay"].sum(axis=1)
        spent = np.where(now.present, now["public_outlay"], 0.0).sum(axis=1)
        wrong += month.where(np.abs(recorded - spent) > now.present.sum(axis=1) / GRID)
    assert wrong == []


def test_a_backlog_grows_by_awards_shrinks_by_delivery_and_lapses_with_dormancy(year: Year) -> None:
    wrong = []
    for month in year:
        before, now = month.before["organization"], month.recorded["organization"]
        due = np.where(before["active"], before["backlog"] + now["award"] - now["delivered"], 0.0)
        wrong += month.where(now.present & ~close(now["backlog"], due))
    assert wrong == []


def test_bills_outstanding_are_what_was_billed_and_not_yet_paid(year: Year) -> None:
    wrong = []
    for month in year:
        before, now = month.before["organization"], month.recorded["organization"]
        billed = now["delivered"] - (now["contract_receipt"] - now["arrears_paid"])
        wrong += month.where(
            now.present & ~close(now["receivable"] - before["receivable"], billed - now["arrears_paid"])
        )
    assert wrong == []


@pytest.mark.parametrize("stock", ["backlog", "receivable", "delivered", "award", "asked_amount", "delayed"])
def test_contract_money_is_never_negative(stock: str, year: Year) -> None:
    assert [
        w
        for m in year
        for w in m.where((m.recorded["organization"][stock] < -1e-6) & m.recorded["organization"].present)
    ] == []


def test_nobody_is_awarded_more_than_was_asked(year: Year) -> None:
    wrong = []
    for month in year:
        now = month.recorded["organization"]
        wrong += month.where(now.present & (now["award"] > np.where(now["applies"], now["asked_amount"], 0.0)))
    assert wrong == []


def test_no_funder_awards_more_than_its_pot(year: Year) -> None:
    wrong = []
    for month in year:
        spent = month.per("funder", "funder", month.recorded["organization"]["award"])
        wrong += month.where(spent > month.recorded["funder"]["call_pot"] * (1.0 + 1e-12) + 1e-6)
    assert wrong == []


def test_a_pot_is_spent_while_anybody_who_asked_goes_without(year: Year) -> None:
    wrong, ran_dry = [], 0
    for month in year:
        now, funder = month.recorded["organization"], month.recorded["funder"]
        short = month.per("funder", "funder", (now["applies"] & (now["award"] < now["asked_amount"])).astype(float))
        spent = month.per("funder", "funder", now["award"])
        ran_dry += int((short > 0.0).sum())
        wrong += month.where((short > 0.0) & ~close(spent, funder["call_pot"]))
    assert (ran_dry > 100, wrong) == (True, [])


def test_communities_spend_their_share_of_the_budget_and_no_more(year: Year) -> None:
    wrong = []
    for month in year:
        funder = month.recorded["funder"]
        spent = month.per("funder", "funder", month.recorded["organization"]["community_receipt"])
        meant = month.value("contracts.community_purchase_share") * funder["budget"] / 12.0
        # Claims are summed on a grid, so the shares add up to one only within it.
        wrong += month.where(np.abs(spent - np.where(funder["community_claims"] > 0.0, meant, 0.0)) > 1e-6 * meant)
    assert wrong == []


@pytest.mark.parametrize(
    ("receipt", "pot"), [("subsidy_receipt", "subsidy.yearly_cap"), ("match_receipt", "donations.match_pot")]
)
def test_no_pot_pays_more_than_it_holds(receipt: str, pot: str, year: Year) -> None:
    wrong = []
    for month in year:
        now = month.recorded["organization"]
        paid = np.where(now.present, now[receipt], 0.0).sum(axis=1, keepdims=True)
        wrong += month.where(paid > month.value(pot) / 12.0 * (1.0 + 1e-6) + 0.01)
    assert wrong == []
