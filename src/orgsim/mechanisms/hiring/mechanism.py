"""The team as it stands at the end of a month, and who was there when the model began."""

from orgsim.core.declare import Given, Total
from orgsim.core.units import Flag

TOTALS = (
    Total("organization", "headcount", of="staff", via="employer"),
    Total("organization", "full_time_staff", of="staff", via="employer", where="full_time"),
    Total("organization", "certified_staff", of="staff", via="employer", where="certificate"),
    Total("organization", "fte", of="staff", via="employer", value="hours", unit="full-time equivalents"),
    Total("organization", "effective_fte", of="staff", via="employer", value="output", unit="full-time equivalents"),
    Total("organization", "skill_sum", of="staff", via="employer", value="weighted_skill", unit="SD"),
    Total("organization", "cohort_staff", of="staff", via="employer", where="joined_before"),
    Total("organization", "tenure_sum", of="staff", via="employer", value="tenure", unit="months"),
)
GIVEN = (Given("staff", "from_the_start", Flag, "was in post when the burn-in began"),)
