"""Compliance: whether an organization keeps the rules, in two layers, and whom it copies.

A breach of procedure is common and mild, serious misconduct rare and grave. Each month a few organizations think
again: they meet a peer of their kind and copy what seems to pay (Fermi imitation), or decide for themselves (logit).
"""

from __future__ import annotations

from math import floor
from typing import Any

import numpy as np

from orgsim.core.declare import allocation
from orgsim.core.numerics import clip, fermi, logistic, logit, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import SD, Code, Flag, Index, LogRatio, Probability, Ratio, Share, Uniform, YearlyRate


@initial("organization")
def starting_inclination(inclination_spread: SD, u_inclination: Uniform) -> SD:
    """Own leaning towards cutting corners; lasting."""
    return inclination_spread * normal(u_inclination)


@initial("organization")
def starting_circle(u_circle: Uniform) -> Uniform:
    """Where the organization stands among its peers; lasting. Who is met depends on nothing but such places."""
    return u_circle


@initial("organization")
def starting_procedural_breach(procedural_start: Share, u_start: Uniform) -> Flag:
    """In breach of procedure on entering the model."""
    return u_start < procedural_start


@initial("organization")
def starting_serious_misconduct(serious_start: Share, u_start: Uniform) -> Flag:
    """In serious misconduct on entering the model."""
    return u_start < serious_start


@rule("organization")
def reconsiders(
    active: Flag,
    revision: Probability,
    innovation__forums: YearlyRate,
    innovation__contact: Ratio,
    u_reconsiders: Uniform,
) -> Flag:
    """Thinks again this month about how it behaves; the oftener, the more it meets its peers."""
    return active and u_reconsiders < revision * (1.0 + innovation__contact * innovation__forums / 12.0)


@rule("organization")
def reviews(reconsiders: Flag, sanctioned: Flag) -> Flag:
    """Its conduct is in question this month: it thinks again, or was sanctioned last month."""
    return reconsiders or sanctioned


@rule("organization", when="reconsiders")
def meeting_point(u_meeting: Uniform) -> Uniform:
    """Where on the circle of its kind it looks for a peer."""
    return u_meeting


@allocation(writes={"organization__peer": Code})
def meet(
    organization__present: Any,
    organization__id: Any,
    organization__active: Any,
    organization__kind: Any,
    organization__circle: Any,
    organization__reconsiders: Any,
    organization__meeting_point: Any,
    organization__peer: Any,
    kind__present: Any,
) -> None:
    """Each that thinks again meets the next active peer of its kind on the circle, itself left out.

    Places on the circle are lasting, so one organization more changes only the meetings within its own arc.
    """
    kinds = kind__present.shape[0]
    rows = np.flatnonzero(organization__present & organization__active)
    cells = max(1, rows.size // kinds)
    first = np.full(kinds * cells, -1, np.int64)
    following = np.full(organization__present.shape[0], -1, np.int64)
    for row in rows:
        cell = organization__kind[row] * cells + int(floor(organization__circle[row] * cells))
        following[row] = first[cell]
        first[cell] = row
    for row in rows:
        if not organization__reconsiders[row]:
            continue
        organization__peer[row] = row
        base = organization__kind[row] * cells
        point = organization__meeting_point[row]
        start = int(floor(point * cells))
        found = -1
        for step in range(cells + 1):
            cell = base + (start + step) % cells
            nearest = 2.0
            other = first[cell]
            while other >= 0:
                place = organization__circle[other]
                ahead = place if step > 0 else place - point if place >= point else 9.0
                if step == cells and place >= point:
                    ahead = 9.0
                tie = found >= 0 and ahead == nearest and organization__id[other] < organization__id[found]
                if other != row and (ahead < nearest or tie):
                    nearest = ahead
                    found = other
                other = following[other]
            if found >= 0:
                break
        if found >= 0:
            organization__peer[row] = found


@rule("organization", when="reconsiders")
def seen_procedural(peer__procedural_breach: Flag) -> Flag:
    """The peer met is in breach of procedure."""
    return peer__procedural_breach


@rule("organization", when="reconsiders")
def seen_serious(peer__serious_misconduct: Flag) -> Flag:
    """The peer met is in serious misconduct."""
    return peer__serious_misconduct


@rule("organization", when="reconsiders")
def seen_sanctioned(peer__strikes: Ratio) -> Flag:
    """The peer met was sanctioned within about the last year and a half."""
    return peer__strikes > 0.5


@rule("organization", when="reconsiders")
def expected_penalty(
    perceived_detection: Probability,
    fine_weight: SD,
    standing_weight: SD,
    sector__fine_factor: Ratio,
    supervision__sanction_credibility: Probability,
    supervision__fine: Ratio,
    fine_unit: Ratio,
) -> SD:
    """What a breach is expected to cost a year, in payoff SD: detection x credibility x (fine + standing lost).

    p cred (F + S T)
    """
    fine = sector__fine_factor * fine_weight * supervision__fine / fine_unit
    return perceived_detection * supervision__sanction_credibility * (fine + standing_weight)


@rule("organization", when="reconsiders")
def advantage(
    expected_penalty: SD,
    management: Index,
    inclination: SD,
    rating: Ratio,
    temptation: SD,
    management_weight: SD,
    reward_weight: SD,
    supervision__reward: Ratio,
    reward_unit: Ratio,
) -> SD:
    """How much better complying pays than a breach of procedure, in payoff SD."""
    reward = reward_weight * supervision__reward / reward_unit
    if rating >= 3.0:
        reward *= 1.5
    return expected_penalty + reward + management_weight * (management - 0.5) - temptation - inclination


@rule("organization", when="reconsiders")
def breach_probability(
    expected_penalty: SD,
    management: Index,
    inclination: SD,
    rating: Ratio,
    procedural_start: Share,
    penalty_effect: Ratio,
    usual_penalty: SD,
    management_effect: Ratio,
    rating_effect: Ratio,
    reward_effect: Ratio,
    supervision__reward: Ratio,
    reward_unit: Ratio,
) -> Probability:
    """Chance of a breach of procedure when an organization decides for itself (logit choice)."""
    lean = logit(procedural_start) - penalty_effect * (expected_penalty - usual_penalty)
    lean -= management_effect * (management - 0.5) + reward_effect * supervision__reward / reward_unit
    if rating >= 3.0:
        lean += rating_effect
    return logistic(lean + 2.0 * inclination)


@rule("organization", when="reviews", keep=True)
def procedural_breach(
    procedural_breach: Flag,
    reconsiders: Flag,
    seen_procedural: Flag,
    sanctioned: Flag,
    advantage: SD,
    breach_probability: Probability,
    choice: Code,
    selection: Ratio,
    exploration: Probability,
    cure: Probability,
    u_breach: Uniform,
) -> Flag:
    """In breach of procedure: a sanction cures most; else it changes when the organization thinks again.

    Who meets a peer of the other conduct copies it with chance 1/(1 + e^(-beta gain)); a few try either at random.
    """
    if sanctioned and procedural_breach:
        return u_breach >= cure
    if not reconsiders:
        return procedural_breach
    if choice == 1:
        return u_breach < breach_probability
    chance = 1.0 if procedural_breach else 0.0
    if seen_procedural != procedural_breach:
        chance = fermi(-advantage, selection)
    return u_breach < exploration * 0.5 + (1.0 - exploration) * chance


@rule("organization", when="reviews", keep=True)
def serious_misconduct(
    serious_misconduct: Flag,
    reconsiders: Flag,
    seen_serious: Flag,
    sanctioned: Flag,
    expected_penalty: SD,
    management: Index,
    party_function: Share,
    inclination: SD,
    serious_start: Share,
    usual_penalty: SD,
    penalty_effect: Ratio,
    management_effect: Ratio,
    contagion: Ratio,
    cure: Probability,
    party_building__misconduct_effect: LogRatio,
    u_misconduct: Uniform,
) -> Flag:
    """In serious misconduct: decided for oneself, a little likelier after meeting one who is."""
    if sanctioned and serious_misconduct:
        return u_misconduct >= cure
    if not reconsiders:
        return serious_misconduct
    lean = logit(serious_start) - penalty_effect * (expected_penalty - usual_penalty)
    lean += 2.0 * inclination - management_effect * (management - 0.5)
    lean += party_building__misconduct_effect * party_function
    if seen_serious:
        lean += contagion
    return u_misconduct < logistic(lean)


@rule("sector")
def breach_share(breaching: Ratio, compliance_stock: Ratio) -> Share:
    """Share of active organizations in breach of procedure at the end of last month."""
    return breaching / compliance_stock if compliance_stock > 0.0 else 0.0


@rule("sector")
def fine_factor(penalty: Code, breach_share: Share, dynamic_slope: Ratio, procedural_start: Share) -> Ratio:
    """Times the usual fine: 1, or with a rising penalty more, the larger the share in breach; both feared and paid."""
    if penalty == 0:
        return 1.0
    return clip(1.0 + dynamic_slope * (breach_share / procedural_start - 1.0), 0.0, 5.0)
