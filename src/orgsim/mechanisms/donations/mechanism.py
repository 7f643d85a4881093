"""The match that all gifts together would earn."""

from orgsim.core.declare import Total

TOTALS = (Total("sector", "match_claims", of="organization", via="sector", value="match_claim", unit="CNY"),)
