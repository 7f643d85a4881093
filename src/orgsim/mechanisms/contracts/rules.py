"""Contracts: calls, applications, awards, delivery, late payment, and what communities buy themselves.

Money awarded is a backlog, worked off over the contract's duration; what has been delivered is paid at once or
late. A funder keeps commitments in step with its budget: longer contracts mean fewer, larger awards for the same
yearly payments, and a budget cut that bites more slowly.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from orgsim.core.declare import allocation
from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip, innovation, normal, power
from orgsim.core.rule import initial, rule
from orgsim.core.units import (
    SD,
    Code,
    Count,
    Flag,
    Index,
    LogRatio,
    Money,
    Months,
    Points,
    Ratio,
    Share,
    Uniform,
    YearlyRate,
)


@initial("funder")
def starting_budget_share(is_bureau: Flag, sector__funders: Count, bureau_share: Share) -> Share:
    """Share of the contract budget a funder holds; the street and town offices share alike what the bureau leaves."""
    if is_bureau:
        return bureau_share if sector__funders > 1.0 else 1.0
    return (1.0 - bureau_share) / (sector__funders - 1.0)


@rule("funder")
def budget_shock(
    budget_shock: LogRatio, volatility: YearlyRate, shock_persistence: Ratio, u_shock: Uniform
) -> LogRatio:
    """Log deviation of a funder's budget from plan; `volatility` is the SD of its change over a year."""
    spread = volatility / sqrt(2.0 * (1.0 - power(shock_persistence, 12.0)))
    return shock_persistence * budget_shock + spread * sqrt(1.0 - shock_persistence * shock_persistence) * innovation(
        u_shock
    )


@rule("funder")
def budget(
    budget_share: Share, budget_shock: LogRatio, sector__price_index: Ratio, yearly_budget: Money, indexation: Share
) -> Money:
    """Yearly contract money of a funder at this month's level."""
    index = 1.0 + indexation * (sector__price_index - 1.0)
    return yearly_budget * budget_share * index * exp(budget_shock)


@initial("organization")
def starting_backlog(scale: Money, maturity: Ratio, capacity: Ratio, duration: Months) -> Money:
    """Contracts under way when an organization enters the model; a newborn one has none to speak of."""
    return 0.75 * capacity * scale * duration / 24.0 * maturity if maturity > 0.7 else 0.0


@rule("organization")
def contract_need(
    active: Flag,
    scale: Money,
    maturity: Ratio,
    backlog: Money,
    sector__price_index: Ratio,
    extra_contracts: Ratio,
    capacity: Ratio,
    duration: Months,
) -> Money:
    """Contract money the organization could still take on, given its scale and kind and what is under way."""
    if not active:
        return 0.0
    yearly = max(0.0, capacity + extra_contracts) * scale
    room = yearly * maturity * sector__price_index * (duration / 24.0 + 1.0 / 12.0)
    return max(0.0, room - backlog)


@rule("organization")
def eligible(active: Flag, listed: Flag, rating: Count, registered: Flag, minimum_rating: Count) -> Flag:
    """May answer a call: active, not on the abnormal list and, if registered, rated high enough."""
    return active and not listed and (not registered or rating >= minimum_rating)


@rule("organization")
def considers(eligible: Flag, contract_need: Money, month: int, smallest_grant: Money) -> Flag:
    """Could answer a call that is open: there is one each quarter."""
    return month % 3 == 0 and eligible and contract_need >= smallest_grant


@rule("organization", when="considers")
def applies(months_of_cash: Months, readiness: Ratio, comfort: Ratio, u_applies: Uniform) -> Flag:
    """Answers this quarter's call; a full purse makes less eager."""
    return u_applies < readiness * exp(-comfort * clip(months_of_cash, 0.0, 12.0))


@rule("organization", when="applies")
def asked_amount(
    contract_need: Money,
    scale: Money,
    small_grant: Money,
    purchase: Money,
    purchase_scale: Money,
    amount_spread: LogRatio,
    party_function: Share,
    party_building__funding_effect: LogRatio,
    u_amount: Uniform,
) -> Money:
    """Sum asked for: a micro grant or a purchase contract by size, log-normal, a third of
    the need for those who need much more, never more than could be delivered."""
    typical = small_grant if scale < purchase_scale else purchase
    lean = amount_spread * normal(u_amount) + party_building__funding_effect * party_function
    return min(contract_need, max(contract_need / 3.0, typical) * exp(lean))


@rule("organization", when="applies")
def proposal_score(
    quality: Index,
    archive_score: Points,
    rating: Count,
    political: Index,
    credibility: Index,
    certified_staff: Count,
    headcount: Count,
    weight_quality: Ratio,
    weight_rating: LogRatio,
    weight_ties: Ratio,
    weight_credibility: Ratio,
    weight_certificates: Ratio,
    noise: Ratio,
    supervision__credit_archive: Share,
    u_score: Uniform,
) -> SD:
    """How a proposal fares: quality, archive and rating as far as they bind, credibility, ties, papers, and luck."""
    certified = certified_staff / headcount if headcount > 0.0 else 0.0
    bound = weight_rating * (1.0 if rating >= 3.0 else 0.0) + 0.5 * (archive_score - 500.0) / 150.0
    return (
        weight_quality * (quality - 0.5) / 0.15
        + supervision__credit_archive * bound
        + weight_credibility * (credibility - 0.5) / 0.15
        + weight_ties * (political - 0.5) / 0.15
        + weight_certificates * certified
        + noise * log(u_score / (1.0 - u_score))
    )


@rule("funder")
def call_pot(budget: Money, committed: Money, month: int, duration: Months, community_purchase_share: Share) -> Money:
    """Money a funder may newly commit at this quarter's call.

    Commitments under way are worked off at 2/duration a month, so payments equal the budget when commitments are
    budget x duration / 24 after the call has been averaged over its quarter.
    """
    if month % 3 != 0:
        return 0.0
    own = (1.0 - community_purchase_share) * budget
    return max(0.0, own * (duration / 24.0 + 1.0 / 12.0) - committed)


@rule("funder")
def community_rate(budget: Money, community_claims: Ratio, community_purchase_share: Share) -> Money:
    """Money communities spend this month for each unit of claim."""
    if community_claims <= 0.0:
        return 0.0
    return community_purchase_share * budget / 12.0 / community_claims


@rule("organization")
def community_claim(eligible: Flag, scale: Money, extra_contracts: Ratio, capacity: Ratio, credibility: Index) -> Ratio:
    """Weight of an organization among those its communities buy from: many small purchases, trust counts."""
    return sqrt(scale * max(0.0, capacity + extra_contracts)) * credibility if eligible else 0.0


@allocation(writes={"organization__award": Money})
def award(
    organization__present: Any,
    organization__id: Any,
    organization__applies: Any,
    organization__funder: Any,
    organization__asked_amount: Any,
    organization__proposal_score: Any,
    organization__award: Any,
    funder__call_pot: Any,
) -> None:
    """Each funder grants its proposals in order of score until its pot is spent; the last one gets what is left."""
    organization__award[:] = 0.0
    rows = np.flatnonzero(organization__present & organization__applies)
    if rows.size == 0:
        return
    rows = rows[np.argsort(organization__id[rows], kind="mergesort")]
    rows = rows[np.argsort(-organization__proposal_score[rows], kind="mergesort")]
    left = funder__call_pot.copy()
    for row in rows:
        funder = organization__funder[row]
        amount = min(organization__asked_amount[row], left[funder])
        organization__award[row] = amount
        left[funder] -= amount


@rule("organization")
def delivered(active: Flag, backlog: Money, award: Money, duration: Months) -> Money:
    """Contract work done and billed this month."""
    return (backlog + award) * min(1.0, 2.0 / duration) if active else 0.0


@rule("organization")
def backlog(backlog: Money, award: Money, delivered: Money, active: Flag) -> Money:
    """Contract money still to be earned; what a dormant organization had not earned lapses."""
    return backlog + award - delivered if active else 0.0


@rule("organization")
def new_payer(month: int, age: Months) -> Flag:
    """A year begins, or the organization does: how it is paid is settled anew."""
    return month % 12 == 0 or age <= 1.0


@rule("organization", when="new_payer", keep=True)
def pays_late(late_share: Share, sector__heard: Share, participation__late_relief: Share, u_late: Uniform) -> Flag:
    """Whether this organization's payments come late this year; less often where government hears of it."""
    return u_late < late_share * (1.0 - participation__late_relief * sector__heard)


@rule("organization")
def delayed(delivered: Money, pays_late: Flag, payment_delay: Months) -> Money:
    """Billed this month, to be paid later."""
    return delivered if pays_late and payment_delay > 0.0 else 0.0


@rule("organization")
def arrears_paid(receivable: Money, payment_delay: Months) -> Money:
    """Old bills that are paid this month; the mean wait is the lever's delay."""
    return receivable / max(1.0, payment_delay)


@rule("organization")
def contract_receipt(delivered: Money, delayed: Money, arrears_paid: Money) -> Money:
    """Contract money that arrives this month."""
    return delivered - delayed + arrears_paid


@rule("organization")
def receivable(receivable: Money, delayed: Money, arrears_paid: Money) -> Money:
    """Bills outstanding."""
    return receivable + delayed - arrears_paid


@rule("organization")
def community_receipt(community_claim: Ratio, funder__community_rate: Money) -> Money:
    """Money from community purchases; it comes at once and from many buyers."""
    return community_claim * funder__community_rate


@initial("organization")
def starting_funder(sector__funders: Count, bureau_share: Share, given_funder: Code, u_funder: Uniform) -> Code:
    """The funder whose calls an organization answers: given at the start, drawn by budget share for a newborn."""
    if given_funder > 0:
        return given_funder - 1
    if u_funder < bureau_share or sector__funders < 2.0:
        return 0
    return 1 + int((u_funder - bureau_share) / (1.0 - bureau_share) * (sector__funders - 1.0))
