"""What all organizations together are entitled to, and what a register shows of an organization's own subsidy."""

from orgsim.core.declare import Given, Total
from orgsim.core.units import Money

TOTALS = (Total("sector", "subsidy_claims", of="organization", via="sector", value="subsidy_claim", unit="CNY"),)
GIVEN = (
    Given("organization", "extra_subsidy", Money, "yearly subsidy beyond today's grant to all, as a register shows it"),
)
