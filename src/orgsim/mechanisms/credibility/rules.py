"""Credibility: trust in an organization, its kind and the sector: slow to build, fast to lose."""

from __future__ import annotations

from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import Code, Count, Flag, Hazard, Index, Money, Ratio, Share, Uniform


@initial("organization")
def starting_credibility(credibility_spread: Index, u_credibility: Uniform) -> Index:
    """Trust in an organization on entering the model."""
    return clip(0.5 + credibility_spread * normal(u_credibility), 0.05, 0.95)


@rule("organization", when="found")
def scandal(
    found_by: Code, serious_misconduct: Flag, press_exposure: Share, quiet_exposure: Share, mild: Share
) -> Share:
    """How far a violation found this month becomes known: the press tells all, an inspection report tells few."""
    exposure = press_exposure if found_by == 3 else quiet_exposure
    return exposure if serious_misconduct else exposure * mild


@rule("organization")
def scandal_weight(scandal: Share, scale: Money) -> Money:
    """Scandal times size."""
    return scandal * scale


@rule("organization")
def credibility(
    credibility: Index,
    quality: Index,
    management: Index,
    rating: Count,
    scandal: Share,
    active: Flag,
    kind__trust: Index,
    building: Hazard,
    scandal_loss: Index,
    quality_weight: Ratio,
    transparency_weight: Ratio,
    rating_weight: Ratio,
    kind_weight: Ratio,
    party_function: Share,
    party_building__trust_effect: Index,
) -> Index:
    """Trust in an organization: it drifts towards what it deserves and falls with a scandal.

    T* = .5 + .2 (quality - .5) + .2 (transparency - .5) + .1 [3A or better] + kind's standing
    """
    deserved = (
        0.5
        + quality_weight * (quality - 0.5)
        + transparency_weight * (management - 0.5)
        + (rating_weight if rating >= 3.0 else 0.0)
        + kind_weight * (kind__trust - 0.5)
        + party_building__trust_effect * party_function
    )
    if not active:
        deserved = 0.4
    return clip(credibility + building * (deserved - credibility) - scandal_loss * scandal, 0.02, 0.98)


@initial("kind")
def starting_trust() -> Index:
    """Kinds start alike."""
    return 0.5


@rule("kind")
def trust(trust: Index, scandal_sum: Money, scale_sum: Money, recovery: Hazard, spillover: Ratio) -> Index:
    """Trust in a kind of organization: one's scandal is everybody's, then it heals."""
    share = scandal_sum / scale_sum if scale_sum > 0.0 else 0.0
    return clip(trust + recovery * (0.5 - trust) - spillover * share, 0.05, 0.95)


@initial("sector")
def starting_public_trust() -> Index:
    """Starts as usual."""
    return 0.5


@rule("sector")
def public_trust(
    public_trust: Index,
    scandal_sum: Money,
    scale_sum: Money,
    credibility_sum: Ratio,
    trusted: Count,
    recovery: Hazard,
    spillover: Ratio,
    usual_credibility: Index,
    pull: Ratio,
) -> Index:
    """Trust of the public in social organizations as a whole."""
    share = scandal_sum / scale_sum if scale_sum > 0.0 else 0.0
    mean = credibility_sum / trusted if trusted > 0.0 else usual_credibility
    goal = 0.5 + pull * (mean - usual_credibility)
    return clip(public_trust + recovery * (goal - public_trust) - spillover * share, 0.05, 0.95)
