"""What each office sees of its organizations, and how many offices look away."""

from orgsim.core.declare import Total

TOTALS = (
    Total("sector", "lax_offices", of="funder", via="sector", where="lax"),
    Total("funder", "violating", of="organization", via="funder", where="violates"),
    Total("funder", "supervised", of="organization", via="funder", where="active"),
)
