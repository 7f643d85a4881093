"""How many keep the rules."""

from orgsim.core.declare import Total

TOTALS = (
    Total("sector", "breaching", of="organization", via="sector", where="procedural_breach"),
    Total("sector", "compliance_stock", of="organization", via="sector", where="active"),
)
