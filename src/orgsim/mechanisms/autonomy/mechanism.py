"""What a register shows of an organization's own dependence."""

from orgsim.core.declare import Given
from orgsim.core.units import Ratio

GIVEN = (Given("organization", "extra_dependence", Ratio, "public share beyond its kind's, as a register shows it"),)
