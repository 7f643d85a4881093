"""The match that all gifts together would earn, and what a register shows of an organization's own gifts."""

from orgsim.core.declare import Given, Total
from orgsim.core.units import Ratio

TOTALS = (Total("sector", "match_claims", of="organization", via="sector", value="match_claim", unit="CNY"),)
GIVEN = (Given("organization", "extra_gifts", Ratio, "share from gifts beyond its kind's, as a register shows it"),)
