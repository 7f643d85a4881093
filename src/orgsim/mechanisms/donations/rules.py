"""Donations: what people and companies give, what matching adds, and how public money dampens the asking."""

from __future__ import annotations

from math import sqrt

from orgsim.core.elementary import exp
from orgsim.core.numerics import clip, innovation, power
from orgsim.core.rule import rule
from orgsim.core.units import Flag, Index, LogRatio, Money, Months, Ratio, Share, Uniform, YearlyRate


@rule("sector")
def donation_climate(
    donation_climate: LogRatio, climate_volatility: YearlyRate, climate_persistence: Ratio, u_climate: Uniform
) -> LogRatio:
    """Log deviation of giving in the whole district; `climate_volatility` is the SD of its change over a year."""
    spread = climate_volatility / sqrt(2.0 * (1.0 - power(climate_persistence, 12.0)))
    return climate_persistence * donation_climate + spread * sqrt(
        1.0 - climate_persistence * climate_persistence
    ) * innovation(u_climate)


@rule("organization")
def fundraising_effort(
    usual_income: Money,
    government_trend: Money,
    match_trend: Money,
    dependence_norm: Share,
    extra_gifts: Ratio,
    donation_share: Share,
    crowd_out: Ratio,
) -> Ratio:
    """Effort put into asking, 1 as usual: each yuan of public money above the norm changes gifts by `crowd_out`.

    A match does not count: it comes only to those who ask.
    """
    usual_share = donation_share + extra_gifts
    if usual_income <= 0.0 or usual_share <= 0.0:
        return 1.0
    surplus = (government_trend - match_trend) / usual_income - dependence_norm
    return clip(1.0 + crowd_out * surplus / usual_share, 0.25, 2.0)


@rule("organization")
def raised_by_support(
    active: Flag,
    usual_income: Money,
    extra_gifts: Ratio,
    donation_share: Share,
    fundraising_support: Money,
    fundraising_return: Ratio,
) -> Money:
    """Gifts of the month raised by the supported effort; the return falls as the well is drawn on."""
    if not active or fundraising_support <= 0.0:
        return 0.0
    monthly = fundraising_support / 12.0
    well = usual_income * (max(0.0, donation_share + extra_gifts) + 0.02)
    return fundraising_return * monthly * well / (well + monthly)


@rule("organization")
def donations_before_match(
    active: Flag,
    usual_income: Money,
    credibility: Index,
    market: Index,
    political: Index,
    rating: Ratio,
    fundraising_effort: Ratio,
    raised_by_support: Money,
    sector__public_trust: Index,
    sector__donation_climate: LogRatio,
    extra_gifts: Ratio,
    donation_share: Share,
    credibility_effect: LogRatio,
    sector_trust_effect: LogRatio,
    rating_effect: LogRatio,
    market_ties_effect: LogRatio,
    political_ties_effect: LogRatio,
    party_function: Share,
    party_building__donation_effect: LogRatio,
) -> Money:
    """Gifts of the month without a match.

    D = D0 effort exp(.30 z(credibility) + .15 z(sector trust) + .06 [3A or better] + .10 z(market ties)) climate
    Chapman et al. 2021
    """
    if not active:
        return 0.0
    rated = rating_effect if rating >= 3.0 else 0.0
    lean = (
        credibility_effect * clip((credibility - 0.5) / 0.15, -3.0, 3.0)
        + sector_trust_effect * clip((sector__public_trust - 0.5) / 0.10, -3.0, 3.0)
        + market_ties_effect * clip((market - 0.5) / 0.15, -3.0, 3.0)
        + political_ties_effect * clip((political - 0.5) / 0.15, -3.0, 3.0)
        + rated
        + party_building__donation_effect * party_function
    )
    usual_gifts = usual_income * max(0.0, donation_share + extra_gifts)
    return usual_gifts * fundraising_effort * exp(lean + sector__donation_climate) + raised_by_support


@rule("organization")
def match_claim(donations_before_match: Money, match_rate: Ratio, match_gain: Share) -> Money:
    """Public match that the month's gifts would earn, the extra gifts a match attracts included."""
    return match_rate * donations_before_match * (1.0 + match_gain * min(1.0, match_rate))


@rule("sector")
def match_coverage(match_claims: Money, match_pot: Money) -> Share:
    """Share of the promised match that the pot can pay: a fixed pot runs dry as more join."""
    if match_claims <= 0.0:
        return 0.0
    return min(1.0, match_pot / 12.0 / match_claims)


@rule("organization")
def donation_receipt(
    donations_before_match: Money, sector__match_coverage: Share, match_rate: Ratio, match_gain: Share
) -> Money:
    """Gifts received: a 1:1 match attracts `match_gain` more and a higher one nothing further (Karlan & List 2007)."""
    return donations_before_match * (1.0 + match_gain * min(1.0, match_rate) * sector__match_coverage)


@rule("organization")
def match_receipt(match_claim: Money, sector__match_coverage: Share) -> Money:
    """Public match paid this month."""
    return match_claim * sector__match_coverage


@rule("organization")
def match_trend(match_trend: Money, match_receipt: Money, accounts__trend_months: Months) -> Money:
    """Smoothed monthly match."""
    return match_trend + (match_receipt - match_trend) / accounts__trend_months


@rule("organization")
def support_cost(active: Flag, fundraising_support: Money) -> Money:
    """Public cost of fundraising support this month."""
    return fundraising_support / 12.0 if active else 0.0
