"""Fees, dues and trading: what members and customers pay."""

from __future__ import annotations

from math import sqrt

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip, innovation, power
from orgsim.core.rule import initial, rule
from orgsim.core.units import Flag, Index, LogRatio, Money, Ratio, Share, Uniform, YearlyRate


@initial("organization")
def starting_swing(scale: Money, typical_scale: Money, size_calm: Ratio) -> Ratio:
    """How far this organization's market swings against a typical one's: the large are steadier; lasting."""
    return clip(power(scale / typical_scale, -size_calm), 0.4, 1.6)


@rule("organization")
def fee_shock(
    fee_shock: LogRatio,
    swing: Ratio,
    fee_volatility: YearlyRate,
    shock_persistence: Ratio,
    u_shock: Uniform,
) -> LogRatio:
    """Log deviation of an organization's own market.

    `fee_volatility` is the SD of a typical organization's change over a year.
    """
    spread = swing * fee_volatility / sqrt(2.0 * (1.0 - power(shock_persistence, 12.0)))
    return shock_persistence * fee_shock + spread * sqrt(1.0 - shock_persistence * shock_persistence) * innovation(
        u_shock
    )


@rule("organization")
def usual_income(scale: Money, maturity: Ratio, sector__price_index: Ratio) -> Money:
    """Monthly income an organization of this scale and age usually has."""
    return scale * maturity * sector__price_index / 12.0


@rule("organization")
def fee_receipt(
    active: Flag,
    usual_income: Money,
    quality: Index,
    credibility: Index,
    fee_shock: LogRatio,
    extra_fees: Ratio,
    fee_share: Share,
    quality_elasticity: Ratio,
    credibility_elasticity: Ratio,
) -> Money:
    """Fees and dues of the month: custom follows quality and credibility."""
    if not active:
        return 0.0
    return (
        usual_income
        * max(0.0, fee_share + extra_fees)
        * exp(quality_elasticity * log(quality / 0.5) + credibility_elasticity * log(credibility / 0.5) + fee_shock)
    )


@rule("organization")
def trading_receipt(
    active: Flag,
    usual_income: Money,
    quality: Index,
    market: Index,
    fee_shock: LogRatio,
    extra_trading: Ratio,
    trading_share: Share,
    trading_support: Share,
    support_gain: Share,
) -> Money:
    """Trading and investment income; support raises its ceiling, more for those with market ties."""
    ceiling = trading_share + extra_trading + support_gain * trading_support * market / 0.5
    if not active or ceiling <= 0.0:
        return 0.0
    return usual_income * ceiling * (quality / 0.5) * exp(fee_shock)


@rule("organization")
def trading_pull(trading_support: Share, time_pull: Ratio) -> Ratio:
    """Staff time that trading takes from services, as a share of the workload: support is not free."""
    return time_pull * trading_support
