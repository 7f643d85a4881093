"""Offices: how strictly those who supervise do so, if they too go by what it brings them.

    strict   loses the effort, and gains what fines it may keep
    lax      loses by the violations it will be held to account for

Fixed by default: every office inspects as it is to.
"""

from __future__ import annotations

from orgsim.core.numerics import fermi
from orgsim.core.rule import rule
from orgsim.core.units import SD, Code, Count, Flag, Money, Probability, Ratio, Share, Uniform


@rule("funder")
def strictness_gain(
    violating: Count,
    supervised: Count,
    laxity_loss: SD,
    strictness_cost: SD,
    fines_retained: Share,
    supervision__fine: Money,
    supervision__sanction_credibility: Probability,
    supervision__inspection_power: Probability,
    compliance__fine_weight: SD,
    compliance__fine_unit: Money,
) -> SD:
    """How much better off an office is that supervises strictly, in payoff SD.

    violating share x (loss by laxity + fines kept) - effort; with no fine kept, a heavier fine moves no office
    """
    share = min(1.0, violating / supervised) if supervised > 0.0 else 0.0
    found = supervision__inspection_power * supervision__sanction_credibility
    fine = compliance__fine_weight * supervision__fine / compliance__fine_unit
    return share * (laxity_loss + fines_retained * found * fine) - strictness_cost


@rule("funder")
def lax(
    lax: Flag,
    strictness_gain: SD,
    supervisors: Code,
    sector__lax_offices: Count,
    sector__funders: Count,
    compliance__revision: Probability,
    compliance__selection: Ratio,
    compliance__exploration: Probability,
    u_lax: Uniform,
) -> Flag:
    """Supervises laxly: adaptive offices look at another one now and then and copy what seems to pay (Fermi)."""
    if supervisors == 0 or sector__funders < 2.0:
        return False
    unlike = sector__funders - sector__lax_offices if lax else sector__lax_offices
    gain = strictness_gain if lax else -strictness_gain
    copies = unlike / (sector__funders - 1.0) * fermi(gain, compliance__selection)
    changes = compliance__exploration * 0.5 + (1.0 - compliance__exploration) * copies
    return (not lax) if u_lax < compliance__revision * changes else lax


@rule("funder")
def effort(lax: Flag, lax_effort: Share) -> Share:
    """Inspections an office carries out, as a share of those it is to."""
    return lax_effort if lax else 1.0


@rule("sector")
def mean_effort(lax_offices: Count, funders: Count, lax_effort: Share) -> Share:
    """Mean share of inspections that offices carry out."""
    return 1.0 - (1.0 - lax_effort) * min(1.0, lax_offices / max(funders, 1.0))
