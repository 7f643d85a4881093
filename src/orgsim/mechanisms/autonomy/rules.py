"""Autonomy: dependence, embeddedness on three sides, the balance between them, and mission drift."""

from __future__ import annotations

from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import SD, Flag, Index, LogRatio, Money, Months, Ratio, Share, Uniform


@initial("organization")
def starting_government_trend(income_trend: Money, usual_dependence: Share) -> Money:
    """Starts at what is usual for the kind."""
    return usual_dependence * income_trend


@rule("organization")
def government_trend(government_trend: Money, government_income: Money, accounts__trend_months: Months) -> Money:
    """Smoothed monthly public money."""
    return government_trend + (government_income - government_trend) / accounts__trend_months


@rule("organization")
def dependence_norm(extra_dependence: Ratio, usual_dependence: Share) -> Share:
    """Public share of income that is usual for the kind, or for the organization where its own is known."""
    return clip(usual_dependence + extra_dependence, 0.0, 1.0)


@initial("organization")
def starting_gift_trend(income_trend: Money, donations__donation_share: Share) -> Money:
    """Starts at what is usual for the kind."""
    return donations__donation_share * income_trend


@rule("organization")
def gift_trend(gift_trend: Money, donation_receipt: Money, accounts__trend_months: Months) -> Money:
    """Smoothed monthly gifts."""
    return gift_trend + (donation_receipt - gift_trend) / accounts__trend_months


@initial("organization")
def starting_dependence(usual_dependence: Share) -> Share:
    """Starts at what is usual for the kind."""
    return usual_dependence


@rule("organization")
def dependence(government_trend: Money, income_trend: Money, dependence: Share) -> Share:
    """Public share of income over about a year."""
    return clip(government_trend / income_trend, 0.0, 1.0) if income_trend > 1.0 else dependence


@rule("organization")
def diversity(dependence: Share, gift_trend: Money, income_trend: Money) -> Index:
    """Evenness of income over public money, gifts and earnings: 0 one source, 1 all alike."""
    gifts = clip(gift_trend / income_trend, 0.0, 1.0) if income_trend > 1.0 else 0.0
    earned = max(0.0, 1.0 - dependence - gifts)
    return clip(1.5 * (1.0 - dependence * dependence - gifts * gifts - earned * earned), 0.0, 1.0)


@initial("organization")
def starting_political_root(tie_spread: Index, u_political: Uniform) -> Index:
    """Ties with government an organization has of its own; lasting."""
    return clip(0.5 + tie_spread * normal(u_political), 0.0, 1.0)


@initial("organization")
def starting_market_root(tie_spread: Index, u_market: Uniform) -> Index:
    """Ties with companies an organization has of its own; lasting."""
    return clip(0.5 + tie_spread * normal(u_market), 0.0, 1.0)


@initial("organization")
def starting_social_root(tie_spread: Index, u_social: Uniform) -> Index:
    """Ties with residents and professions an organization has of its own; lasting."""
    return clip(0.5 + tie_spread * normal(u_social), 0.0, 1.0)


@initial("organization")
def starting_political(political_root: Index) -> Index:
    """Starts at its root."""
    return political_root


@initial("organization")
def starting_market(market_root: Index) -> Index:
    """Starts at its root."""
    return market_root


@initial("organization")
def starting_social(social_root: Index) -> Index:
    """Starts at its root."""
    return social_root


@rule("organization")
def political(
    political: Index,
    political_root: Index,
    party_function: Share,
    political_support: Share,
    tie_speed: Ratio,
    tie_gain: Index,
    party_building__tie_effect: Index,
) -> Index:
    """Embeddedness in government: it grows slowly where it is supported, or where a Party organization works."""
    goal = political_root + tie_gain * political_support + party_building__tie_effect * party_function
    return political + tie_speed * (clip(goal, 0.0, 1.0) - political)


@rule("organization")
def market(market: Index, market_root: Index, market_support: Share, tie_speed: Ratio, tie_gain: Index) -> Index:
    """Embeddedness in the market: it grows slowly where it is supported."""
    return market + tie_speed * (clip(market_root + tie_gain * market_support, 0.0, 1.0) - market)


@rule("organization")
def social(social: Index, social_root: Index, social_support: Share, tie_speed: Ratio, tie_gain: Index) -> Index:
    """Embeddedness among residents and professions: it grows slowly where it is supported."""
    return social + tie_speed * (clip(social_root + tie_gain * social_support, 0.0, 1.0) - social)


@initial("organization")
def starting_autonomy(base_autonomy: Index, dependence: Share, dependence_cost: Ratio) -> Index:
    """Starts at what its dependence leaves."""
    return clip(base_autonomy - dependence_cost * dependence * dependence, 0.0, 1.0)


@rule("organization")
def autonomy(
    professionalism: Index,
    diversity: Index,
    dependence: Share,
    political: Index,
    base_autonomy: Index,
    skill_weight: Ratio,
    diversity_weight: Ratio,
    dependence_cost: Ratio,
    ties_effect: Ratio,
    freedom_effect: Ratio,
    political_support: Share,
    unrestricted_share: Share,
    party_function: Share,
    party_building__autonomy_effect: Index,
) -> Index:
    """Room to decide for oneself: skill and several sources give it, dependence takes it.

    A = .55 + .25 (professionalism - .5) + .20 (diversity - .5) - .25 d^2 + .10 ties x support
    """
    return clip(
        base_autonomy
        + skill_weight * (professionalism - 0.5)
        + diversity_weight * (diversity - 0.5)
        - dependence_cost * dependence * dependence
        + ties_effect * political * political_support
        + freedom_effect * unrestricted_share * dependence
        + party_building__autonomy_effect * party_function,
        0.0,
        1.0,
    )


@rule("organization")
def balance(political: Index, market: Index, social: Index, balance_gain: LogRatio, best_ties: Index) -> LogRatio:
    """What leaning too far to either side costs in quality; a null of 0 is part of the model (no inverted U)."""
    mean = (political + market + social) / 3.0
    away = (mean - best_ties) / max(best_ties, 1.0 - best_ties)
    return -balance_gain * away * away


@initial("organization")
def starting_mission_root(mission_spread: SD, u_mission: Uniform) -> SD:
    """What an organization stands for when it is free to; lasting."""
    return mission_spread * normal(u_mission)


@initial("organization")
def starting_mission(mission_root: SD) -> SD:
    """Starts undrifted."""
    return mission_root


@rule("organization")
def mission(
    mission: SD, mission_root: SD, dependence: Share, autonomy: Index, active: Flag, drift: SD, recovery: Ratio
) -> SD:
    """Pull of the mission on people's passion; dependence without autonomy wears it (mission drift)."""
    if not active:
        return mission
    return mission - drift * max(0.0, dependence - 0.5) * (1.0 - autonomy) + recovery * (mission_root - mission)


@rule("organization")
def embedding_cost(
    active: Flag, political_support: Share, market_support: Share, social_support: Share, embedding_price: Money
) -> Money:
    """Public cost of building ties this month: platforms, fairs, liaison."""
    return (political_support + market_support + social_support) * embedding_price / 12.0 if active else 0.0
