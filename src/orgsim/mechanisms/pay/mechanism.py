"""Sums of what an employer's people are paid."""

from orgsim.core.declare import Total

TOTALS = (
    Total("organization", "wage_bill", of="staff", via="employer", value="wage_cost", unit="CNY"),
    Total("organization", "bonuses", of="staff", via="employer", value="bonus", unit="CNY"),
)
