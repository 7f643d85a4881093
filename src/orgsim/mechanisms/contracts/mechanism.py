"""What a funder's organizations have under way and claim."""

from orgsim.core.declare import Given, Total
from orgsim.core.units import Code, Count, Flag, Ratio

TOTALS = (
    Total("funder", "committed", of="organization", via="funder", value="backlog", unit="CNY"),
    Total("funder", "community_claims", of="organization", via="funder", value="community_claim", unit="ratio"),
)
GIVEN = (
    Given("funder", "is_bureau", Flag, "the district bureau, not a street or town office"),
    Given("sector", "funders", Count, "number of funders"),
    Given("organization", "given_funder", Code, "1 + the funder's row, or 0 if it is to be drawn"),
    Given("organization", "extra_contracts", Ratio, "contract capacity beyond its kind's, as a register shows it"),
)
