"""What peers of one kind can do, to be learnt from."""

from orgsim.core.declare import Total

TOTALS = (
    Total("kind", "quality_sum", of="organization", via="kind", value="quality", where="active", unit="index"),
    Total("kind", "peers", of="organization", via="kind", where="active"),
)
