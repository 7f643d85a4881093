"""Leavers by organization and destination."""

from orgsim.core.declare import Total

TOTALS = (
    Total("organization", "leavers", of="staff", via="employer", where="leaves"),
    Total("organization", "quitters", of="staff", via="employer", where="quits"),
    Total("organization", "full_time_leavers", of="staff", via="employer", where="leaves_full_time"),
    Total("organization", "movers", of="staff", via="employer", where="stays_in_sector"),
    Total("organization", "to_business", of="staff", via="employer", where="goes_to_business"),
)
