"""Who breaks the rules, over the sector."""

from orgsim.core.declare import Total

TOTALS = (Total("sector", "violating", of="organization", via="sector", where="violates"),)
