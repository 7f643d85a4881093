"""Scandals and standing, by kind and over the sector."""

from orgsim.core.declare import Total

TOTALS = (
    Total("kind", "scandal_sum", of="organization", via="kind", value="scandal_weight", unit="CNY"),
    Total("kind", "scale_sum", of="organization", via="kind", value="scale", where="active", unit="CNY"),
    Total("sector", "scandal_sum", of="organization", via="sector", value="scandal_weight", unit="CNY"),
    Total("sector", "scale_sum", of="organization", via="sector", value="scale", where="active", unit="CNY"),
    Total(
        "sector", "credibility_sum", of="organization", via="sector", value="credibility", where="active", unit="index"
    ),
    Total("sector", "trusted", of="organization", via="sector", where="active"),
)
