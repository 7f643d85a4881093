"""Accounts: the only owner of cash. Every month Δcash = receipts − outlays, for each organization."""

from __future__ import annotations

from orgsim.core.elementary import exp
from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import Count, Flag, Index, LogRatio, Money, Months, PersonMonths, Ratio, Share, Uniform


@initial("organization")
def starting_scale(mean_income: Money, income_spread: LogRatio, u_scale: Uniform) -> Money:
    """Yearly income at which the organization would settle; log-normal within its kind, lasting."""
    return mean_income * exp(income_spread * normal(u_scale) - 0.5 * income_spread * income_spread)


@initial("organization")
def starting_reserve_target(
    reserve_median: Months, reserve_spread: LogRatio, no_reserve_share: Share, u_reserve: Uniform, u_none: Uniform
) -> Months:
    """Months of cost an organization tries to hold; some live from hand to mouth."""
    if u_none < no_reserve_share:
        return 0.3
    return clip(reserve_median * exp(reserve_spread * normal(u_reserve)), 0.3, 24.0)


@initial("organization")
def starting_income_trend(scale: Money, maturity: Ratio, sector__price_index: Ratio) -> Money:
    """Starts at what is usual."""
    return scale * maturity * sector__price_index / 12.0


@initial("organization")
def starting_cost_trend(income_trend: Money) -> Money:
    """Starts at income."""
    return income_trend


@initial("organization")
def starting_cash(reserve_target: Months, cost_trend: Money) -> Money:
    """Opening money: what founders put in, or what was saved before the model begins."""
    return reserve_target * cost_trend


@initial("organization")
def starting_founding_capital(cash: Money) -> Money:
    """Opening money, booked as what came from outside."""
    return cash


@initial("organization")
def starting_months_of_cash(reserve_target: Months) -> Months:
    """Starts at the target."""
    return reserve_target


@rule("organization")
def government_income(
    subsidy_receipt: Money,
    contract_receipt: Money,
    community_receipt: Money,
    match_receipt: Money,
    wage_subsidy_receipt: Money,
    reward_receipt: Money,
) -> Money:
    """Public money received this month, by whichever channel."""
    return (
        subsidy_receipt + contract_receipt + community_receipt + match_receipt + wage_subsidy_receipt + reward_receipt
    )


@rule("organization")
def rescue(dormant: Flag, revived: Flag, cash: Money, cost_trend: Money) -> Money:
    """Money that founders and members bring to revive a dormant organization: enough for one month."""
    if revived and not dormant:
        return max(0.0, cost_trend - cash)
    return 0.0


@rule("organization")
def income(
    government_income: Money, fee_receipt: Money, trading_receipt: Money, donation_receipt: Money, rescue: Money
) -> Money:
    """All receipts of the month."""
    return government_income + fee_receipt + trading_receipt + donation_receipt + rescue


@rule("organization")
def payroll(wage_bill: Money, allowances: Money, pay__on_cost: Ratio) -> Money:
    """What people cost: wages with social insurance, and the allowances passed on."""
    return wage_bill * pay__on_cost + allowances


@rule("organization")
def overhead(
    active: Flag, usual_income: Money, income_trend: Money, management: Index, overhead_share: Share, fixed_part: Share
) -> Money:
    """Rent, books, reporting: partly fixed by size and kind; good management saves.   (1.15 - .30 management)"""
    if not active:
        return 0.0
    base = fixed_part * usual_income + (1.0 - fixed_part) * income_trend
    return overhead_share * base * (1.15 - 0.30 * management)


@rule("organization")
def delivery_cost(
    active: Flag,
    delivered: Money,
    fee_receipt: Money,
    trading_receipt: Money,
    donation_receipt: Money,
    community_receipt: Money,
    material_share: Share,
    contracts__price_coverage: Ratio,
) -> Money:
    """Materials, venues, partners. A contract that pays less than full cost leaves the rest to the organization."""
    if not active:
        return 0.0
    contract = delivered / contracts__price_coverage * material_share
    other = fee_receipt + trading_receipt + donation_receipt + community_receipt
    return contract + material_share * other


@rule("organization")
def programme_spending(
    active: Flag, cash: Money, reserve_target: Months, cost_trend: Money, spending_rate: Ratio
) -> Money:
    """Money above the reserve target, spent on the mission little by little."""
    if not active:
        return 0.0
    return spending_rate * max(0.0, cash - reserve_target * cost_trend)


@rule("organization")
def outlays(payroll: Money, overhead: Money, delivery_cost: Money, programme_spending: Money, fine_due: Money) -> Money:
    """All payments of the month."""
    return payroll + overhead + delivery_cost + programme_spending + fine_due


@rule("organization")
def cash(cash: Money, income: Money, outlays: Money) -> Money:
    """Money in hand; below zero the organization owes wages and suppliers."""
    return cash + income - outlays


@rule("organization")
def income_trend(income_trend: Money, income: Money, rescue: Money, trend_months: Months) -> Money:
    """Smoothed monthly income."""
    return income_trend + (income - rescue - income_trend) / trend_months


@rule("organization")
def cost_trend(cost_trend: Money, outlays: Money, programme_spending: Money, trend_months: Months) -> Money:
    """Smoothed monthly cost, mission spending of spare money apart."""
    return cost_trend + (outlays - programme_spending - cost_trend) / trend_months


@rule("organization")
def months_of_cash(cash: Money, cost_trend: Money, usual_income: Money) -> Months:
    """Cash over smoothed monthly cost."""
    return clip(cash / max(cost_trend, 0.2 * usual_income + 1.0), -24.0, 60.0)


@rule("organization")
def year_result(year_result: Money, income: Money, outlays: Money, month: int) -> Money:
    """Surplus or deficit of the calendar year so far."""
    before = 0.0 if month % 12 == 0 else year_result
    return before + income - outlays


@rule("organization")
def services(
    effective_fte: Count,
    load: Ratio,
    programme_spending: Money,
    sector__price_index: Ratio,
    quality: Index,
    caseload: Count,
    service_cost: Money,
) -> PersonMonths:
    """People served this month: by staff, slower when there is little to do, and by volunteers with spare money."""
    by_staff = caseload * effective_fte * clip(load, 0.5, 1.1)
    return by_staff + programme_spending / (service_cost * sector__price_index) * (0.5 + quality)
