"""What a register shows of an organization's own earnings."""

from orgsim.core.declare import Given
from orgsim.core.units import Ratio

GIVEN = (
    Given("organization", "extra_fees", Ratio, "share from fees beyond its kind's, as a register shows it"),
    Given("organization", "extra_trading", Ratio, "share from trading beyond its kind's, as a register shows it"),
)
