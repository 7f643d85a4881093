"""Supervision: who is found out and by whom, what follows, what is rewarded, and what the archive remembers."""

from __future__ import annotations

from math import floor

from orgsim.core.numerics import clip, power
from orgsim.core.rule import initial, rule
from orgsim.core.units import (
    SD,
    Code,
    Count,
    Flag,
    Hazard,
    Index,
    Money,
    Months,
    Points,
    Probability,
    Ratio,
    Share,
    Uniform,
)


@rule("sector")
def inspection_hazard(
    inspection_rate: Probability, daily_management: Share, dual_management: Code, daily_gain: Ratio, gate_cost: Ratio
) -> Hazard:
    """Chance of a random inspection this month: effort moves from the gate to daily life, or the other way."""
    monthly = 1.0 - power(1.0 - inspection_rate, 1.0 / 12.0)
    return monthly * (1.0 + daily_gain * daily_management) * (gate_cost if dual_management == 1 else 1.0)


@rule("sector")
def violator_hazard(
    inspection_hazard: Hazard, mean_effort: Share, targeting: Share, violating: Count, compliance_stock: Count
) -> Hazard:
    """Chance of a violator to be inspected this month: inspections that follow complaints go where they are needed.

    h (1 - t) + t min(1, h / violating share); as many inspections as at random, all of them at violators if t is 1
    """
    hazard = inspection_hazard * mean_effort
    share = violating / compliance_stock if compliance_stock > 0.0 else 1.0
    return hazard * (1.0 - targeting) + targeting * min(1.0, hazard / max(share, 0.01))


@rule("sector")
def other_detection(
    public_channel: Share,
    media: Share,
    third_party: Share,
    evaluator_paid_centrally: Code,
    tip_hazard: Hazard,
    media_hazard: Hazard,
    third_party_hazard: Hazard,
    internal_hazard: Hazard,
    truth_paid_by_auditee: Share,
    truth_paid_centrally: Share,
) -> Hazard:
    """Monthly hazard of a violator to be found by tips, press, third-party evaluation or its own books."""
    truth = truth_paid_centrally if evaluator_paid_centrally == 1 else truth_paid_by_auditee
    return (
        public_channel * tip_hazard + media * media_hazard + third_party * third_party_hazard * truth + internal_hazard
    )


@rule("sector")
def base_detection(violator_hazard: Hazard, other_detection: Hazard, inspection_power: Probability) -> Probability:
    """Chance of a violator to be found within a year, all channels together."""
    return 1.0 - power(max(0.0, 1.0 - violator_hazard * inspection_power - other_detection), 12.0)


@initial("organization")
def starting_perceived_detection(sector__base_detection: Probability) -> Probability:
    """Starts at the truth."""
    return sector__base_detection


@rule("organization")
def violates(active: Flag, procedural_breach: Flag, serious_misconduct: Flag) -> Flag:
    """Breaks a rule while at work."""
    return active and (procedural_breach or serious_misconduct)


@rule("organization")
def inspected(
    active: Flag,
    registered: Flag,
    violates: Flag,
    sector__inspection_hazard: Hazard,
    sector__mean_effort: Share,
    sector__violator_hazard: Hazard,
    funder__effort: Share,
    targeting: Share,
    u_inspected: Uniform,
) -> Flag:
    """Has the inspectors in this month; its own office may do more or less than the mean."""
    hazard = sector__violator_hazard
    if not violates:
        hazard = sector__inspection_hazard * sector__mean_effort * (1.0 - targeting)
    return active and registered and u_inspected < hazard * funder__effort / max(sector__mean_effort, 1e-9)


@rule("organization", when="violates")
def found_by(
    inspected: Flag,
    inspection_power: Probability,
    sector__other_detection: Hazard,
    public_channel: Share,
    media: Share,
    tip_hazard: Hazard,
    media_hazard: Hazard,
    internal_hazard: Hazard,
    u_inspection: Uniform,
    u_channel: Uniform,
) -> Code:
    """Channel that finds a violation this month: 0 none, 1 inspection, 2 tip, 3 press, 4 own books, 5 evaluator."""
    if inspected and u_inspection < inspection_power:
        return 1
    if u_channel >= sector__other_detection:
        return 0
    edge = public_channel * tip_hazard
    if u_channel < edge:
        return 2
    edge += media * media_hazard
    if u_channel < edge:
        return 3
    edge += internal_hazard
    return 4 if u_channel < edge else 5


@rule("organization")
def found(found_by: Code) -> Flag:
    """A violation is found out this month."""
    return found_by > 0


@rule("organization", when="found")
def sanctioned(sanction_credibility: Probability, u_sanctioned: Uniform) -> Flag:
    """A violation that was found is also sanctioned."""
    return u_sanctioned < sanction_credibility


@rule("organization")
def strikes(strikes: Ratio, sanctioned: Flag, strike_months: Months) -> Ratio:
    """Weight of past sanctions; it fades."""
    return strikes * (1.0 - 1.0 / strike_months) + (1.0 if sanctioned else 0.0)


@rule("organization")
def list_months(
    list_months: Months, sanctioned: Flag, violates: Flag, serious_misconduct: Flag, strikes: Ratio, list_term: Months
) -> Months:
    """Months left on the abnormal list: for serious misconduct or a repeated breach; nobody leaves it uncured."""
    if sanctioned and (serious_misconduct or strikes > 1.5):
        return list_term
    return max(1.0 if violates and list_months > 0.0 else 0.0, list_months - 1.0)


@rule("organization")
def listed(list_months: Months) -> Flag:
    """Stands on the abnormal list: no calls, no subsidy."""
    return list_months > 0.0


@rule("organization")
def listed_for(listed_for: Months, listed: Flag) -> Months:
    """Months in a row on the abnormal list."""
    return listed_for + 1.0 if listed else 0.0


@rule("organization", when="listed")
def revoked(
    sanctioned: Flag,
    violates: Flag,
    serious_misconduct: Flag,
    strikes: Ratio,
    registered: Flag,
    listed_for: Months,
    cure_limit: Months,
    revocation: Probability,
    u_revoked: Uniform,
) -> Flag:
    """Loses its registration: for serious misconduct found again, sometimes at the first time, or two years uncured."""
    if not registered or not violates:
        return False
    if listed_for >= cure_limit:
        return True
    return sanctioned and serious_misconduct and u_revoked < (1.0 if strikes > 2.2 else revocation)


@rule("organization", when="sanctioned")
def fine_due(serious_misconduct: Flag, fine: Money, mild_fine: Share, sector__fine_factor: Ratio) -> Money:
    """Fine to be paid next month; a mere breach of procedure costs a part of it, and a rising fine more of it."""
    return sector__fine_factor * (fine if serious_misconduct else fine * mild_fine)


@rule("organization")
def perceived_detection(
    perceived_detection: Probability,
    found_by: Code,
    seen_sanctioned: Flag,
    sector__base_detection: Probability,
    learning: Probability,
    peer_lesson: Share,
    forgetting: Hazard,
) -> Probability:
    """Chance per year of being found, as the organization sees it: being found teaches, a peer's fate a little.

    Time blurs. Being inspected and found clean teaches nothing (Advani et al. 2023).
    """
    lesson = learning if found_by > 0 else peer_lesson if seen_sanctioned else 0.0
    if lesson > 0.0:
        return perceived_detection + lesson * (1.0 - perceived_detection)
    return perceived_detection + forgetting * (sector__base_detection - perceived_detection)


@initial("organization")
def starting_archive_score(management: Index, quality: Index, credibility: Index, score_spread: Points) -> Points:
    """Starts at what the archive would say today."""
    return 600.0 + score_spread * (
        0.66 * (management - 0.5) / 0.15 + 0.73 * (quality - 0.5) / 0.15 + 0.2 * (credibility - 0.5) / 0.15
    )


@rule("organization")
def archive_score(
    archive_score: Points,
    management: Index,
    quality: Index,
    credibility: Index,
    sanctioned: Flag,
    score_spread: Points,
    memory: Months,
    sanction_points: Points,
) -> Points:
    """Score in the credit archive, 0 to 1,000: governance .39, performance .43, standing .12 of it; it remembers."""
    now = 600.0 + score_spread * (
        0.66 * (management - 0.5) / 0.15 + 0.73 * (quality - 0.5) / 0.15 + 0.2 * (credibility - 0.5) / 0.15
    )
    score = archive_score + (now - archive_score) / memory
    if sanctioned:
        score -= sanction_points
    return clip(score, 0.0, 1000.0)


@initial("organization")
def starting_rating_months(u_rating: Uniform, registered: Flag, rated_share: Share, age: Months) -> Months:
    """Months a rating has left on entering the model; most have none."""
    if not registered or age < 24.0 or u_rating >= rated_share:
        return 0.0
    return 60.0 * u_rating / rated_share


@initial("organization")
def starting_rating(rating_months: Months, archive_score: Points) -> Count:
    """Rating held on entering the model, 0 to 5 A."""
    return floor(clip((archive_score - 400.0) / 100.0, 1.0, 5.0)) if rating_months > 0.0 else 0.0


@rule("organization")
def rating_months(
    rating_months: Months,
    registered: Flag,
    active: Flag,
    listed: Flag,
    age: Months,
    application: Hazard,
    archive_score: Points,
    validity: Months,
    credit_archive: Share,
    archive_pull: Ratio,
    u_application: Uniform,
) -> Months:
    """Months until the rating lapses; who scores well enough applies, the more so as the archive binds."""
    if listed or not active:
        return 0.0
    if rating_months > 1.0:
        return rating_months - 1.0
    ready = registered and age >= 24.0 and archive_score >= 600.0
    return validity if ready and u_application < application * (1.0 + archive_pull * credit_archive) else 0.0


@rule("organization")
def newly_rated(rating_months: Months, validity: Months) -> Flag:
    """Is rated this month."""
    return rating_months == validity


@rule("organization", when="newly_rated")
def flattery(gaming: Probability, gaming_points: Points, u_gaming: Uniform) -> Points:
    """Points by which an organization makes its score look better; they matter only just below a threshold."""
    return gaming_points if u_gaming < gaming else 0.0


@rule("organization")
def rating(rating: Count, rating_months: Months, newly_rated: Flag, archive_score: Points, flattery: Points) -> Count:
    """Rating in A, 0 to 5: set when applied for, kept while valid."""
    if rating_months <= 0.0:
        return 0.0
    if newly_rated:
        return floor(clip((archive_score + flattery - 400.0) / 100.0, 1.0, 5.0))
    return rating


@rule("organization")
def reward_receipt(active: Flag, rating: Count, listed: Flag, reward: Money) -> Money:
    """Reward paid this month to organizations rated 3A or better and in good standing."""
    return reward / 12.0 if active and not listed and rating >= 3.0 else 0.0


@rule("organization")
def supervision_cost(
    active: Flag,
    inspected: Flag,
    headcount: Count,
    professional_supervision: SD,
    third_party: Share,
    inspection_price: Money,
    supervision_price: Money,
    evaluation_price: Money,
) -> Money:
    """Public cost of inspections, professional supervision and evaluation this month."""
    cost = inspection_price if inspected else 0.0
    if active:
        cost += (headcount * professional_supervision * supervision_price + third_party * evaluation_price) / 12.0
    return cost
