"""What all organizations together are entitled to."""

from orgsim.core.declare import Total

TOTALS = (Total("sector", "subsidy_claims", of="organization", via="sector", value="subsidy_claim", unit="CNY"),)
