"""How income and gifts respond to public money and to a match: experiments against the baseline.

The model has no lever that gives to some organizations of a kind and not to others, so a grant lottery is done with
whole districts: one in which all registered organizations win against one in which none does.
"""

from __future__ import annotations

import numpy as np

from orgsim.analysis.experiments import REGISTERED, Laboratory, Trial
from orgsim.analysis.facts import Quantities, pooled, response
from orgsim.analysis.observe import Look, Span
from orgsim.analysis.statistics import divided, jackknife
from orgsim.outcomes.recorder import Floats
from orgsim.outcomes.reducers import cohort_survival
from orgsim.outcomes.strata import strata

NO_CAP = {"subsidy.yearly_cap": 400e6}
LOTTERY = 50_000.0
"""Yuan of the one-year grant: some 6 % of mean income, and a third of the median."""


@response(
    "F22",
    "一次性资助四年后的收入",
    ("income", "收入"),
    ("income, smallest third", "最小三分之一组织的收入"),
    ("on the register after five years", "五年后仍在册"),
)
def grant_lottery(laboratory: Laboratory) -> Quantities:
    """Relative change of registered organizations' income in year five after a grant of 50,000 yuan in year one only.

    A whole district that wins against one that does not: competition for contracts and gifts between winners and losers
    is not in it. Then the same for the smallest third, and the change in five-year survival, which have no bands.
    """
    grant = np.where(np.arange(60) < 12, LOTTERY, 0.0)
    before, after = laboratory.pair({"subsidy.core_grant": grant}, months=60, also=NO_CAP)
    late, small = slice(48, 60), strata()["size=small"]
    growth = [
        divided(after.flow("income", late, group), before.flow("income", late, group)) - 1.0
        for group in (REGISTERED, small)
    ]
    survival = [cohort_survival(arm.recording, REGISTERED)[:, 60] for arm in (before, after)]
    return growth[0], growth[1], survival[1] - survival[0]


def _effort(span: Span) -> Floats:
    """Sum of effort put into asking, and number of active registered organizations."""
    rows = span.after["organization"]
    chosen = rows["present"] & rows["registered"] & rows["active"]
    return np.array([rows["fundraising_effort"][chosen].sum(), chosen.sum()])


EFFORT = Look(_effort, 1, organizations=("registered", "active", "fundraising_effort"))


@response(
    "F23",
    "资助增加 1 元对捐赠的影响",
    ("gifts per yuan", "每元资助的捐赠变化"),
    ("fundraising effort", "筹资努力"),
)
def crowding_by_grants(laboratory: Laboratory) -> Quantities:
    """Change in gifts per yuan of change in public income over two years of a core grant of 20,000 yuan a year.

    Registered organizations. Then the relative change of the effort put into asking, which has no band.
    """
    arms = laboratory.pair({"subsidy.core_grant": 20_000.0}, also=NO_CAP, looks=[EFFORT])
    effort = [divided(*pooled(arm.seen[EFFORT]).T) for arm in arms]
    return _gifts_per_yuan(*arms), divided(effort[1], effort[0]) - 1.0


@response("F24", "配捐对捐赠的影响", ("1:1", "1:1 配捐"), ("3:1 against 1:1", "3:1 相对 1:1"))
def matching(laboratory: Laboratory) -> Quantities:
    """Relative change of gifts over two years under a match of 1:1; and what 3:1 adds to that, in points.

    The pot is large enough for every promise; the match itself is not counted among gifts. Registered organizations.
    """
    pot = {"donations.match_pot": 1e9}
    none, single, triple = (laboratory.run({**pot, "donations.match_rate": rate}) for rate in (0.0, 1.0, 3.0))
    gifts = [arm.flow("donation_receipt") for arm in (none, single, triple)]
    return divided(gifts[1], gifts[0]) - 1.0, divided(gifts[2] - gifts[1], gifts[0])


@response("G20", "财政资金对捐赠的挤出")
def crowding_by_contracts(laboratory: Laboratory) -> Quantities:
    """Change in gifts per yuan of change in public income over two years of a contract budget a quarter larger.

    Registered organizations.
    """
    budget = laboratory.value("contracts.yearly_budget")
    return (_gifts_per_yuan(*laboratory.pair({"contracts.yearly_budget": 1.25 * budget})),)


def _gifts_per_yuan(before: Trial, after: Trial) -> Floats:
    names = ("donation_receipt", "government_income")
    changes = np.array([after.flow(name) - before.flow(name) for name in names]).T
    return jackknife(changes, lambda sums: float(divided(sums[0], sums[1])))
