"""The stock foundings grow from, those who lose their post, and who was there when the model began."""

from orgsim.core.declare import Given, Total
from orgsim.core.units import Flag

TOTALS = (
    Total("kind", "stock", of="organization", via="kind"),
    Total("sector", "contract_budget", of="funder", via="sector", value="budget", unit="CNY per year"),
    Total("organization", "displaced_staff", of="staff", via="employer", where="displaced"),
)
GIVEN = (Given("organization", "from_the_start", Flag, "was there when the burn-in began"),)
