"""Pay: what a post earns against the outside wage, and what public money adds to it."""

from __future__ import annotations

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import anniversary, clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import FTE, Count, Flag, LogRatio, Money, Months, Ratio, Uniform, YearlyRate


@initial("sector")
def starting_outside_wage(outside_wage_start: Money) -> Money:
    """Monthly outside wage when the burn-in begins."""
    return outside_wage_start


@rule("sector")
def outside_wage(outside_wage: Money, outside_wage_growth: YearlyRate) -> Money:
    """Monthly full-time wage that private employers of the district pay; it grows with the economy."""
    return outside_wage * exp(log(1.0 + outside_wage_growth) / 12.0)


@initial("sector")
def starting_price_index() -> Ratio:
    """1 when the burn-in begins."""
    return 1.0


@rule("sector")
def price_index(outside_wage: Money, outside_wage_start: Money) -> Ratio:
    """Level of nominal fees, gifts and costs; they keep pace with the outside wage unless a lever says otherwise."""
    return outside_wage / outside_wage_start


@initial("organization")
def starting_usual_pay_ratio(usual_pay: Ratio, usual_pay_spread: LogRatio, u_usual: Uniform) -> Ratio:
    """Pay relative to the outside wage that an organization is used to; lasting."""
    return clip(usual_pay * exp(usual_pay_spread * normal(u_usual)), 0.45, 1.6)


@initial("organization")
def starting_pay_ratio(usual_pay_ratio: Ratio) -> Ratio:
    """Starts as the organization is used to."""
    return usual_pay_ratio


@rule("organization")
def pay_ratio(
    pay_ratio: Ratio,
    usual_pay_ratio: Ratio,
    fte: FTE,
    income_trend: Money,
    staff_share: Ratio,
    on_cost: Ratio,
    repricing: Ratio,
    minimum_wage: Ratio,
    pay_floor: Ratio,
    sector__outside_wage: Money,
) -> Ratio:
    """Pay of a post relative to the outside wage: it follows what income per post affords, slowly.

    k' = k + eta (phi income per post / (1.30 outside wage) - k), between .8 and 1.1 of what the organization is
    used to, never below the legal minimum or the pay floor.
    """
    affordable = usual_pay_ratio
    if fte > 0.0:
        affordable = staff_share * income_trend / (on_cost * sector__outside_wage * fte)
    target = clip(affordable, 0.8 * usual_pay_ratio, 1.1 * usual_pay_ratio)
    return max(pay_ratio + repricing * (target - pay_ratio), minimum_wage, pay_floor)


@rule("staff")
def allowance(
    full_time: Flag, certificate: Flag, wage_subsidy: Money, certificate_allowance: Money, pass_through: Ratio
) -> Money:
    """Monthly public allowance that reaches a worker: for a full-time post, and for a certificate."""
    return pass_through * ((wage_subsidy if full_time else 0.0) + (certificate_allowance if certificate else 0.0))


@rule("staff")
def pay(
    tenure: Months,
    certificate: Flag,
    employer__pay_ratio: Ratio,
    sector__outside_wage: Money,
    certificate_premium: Ratio,
    tenure_premium: Ratio,
) -> Money:
    """Monthly full-time pay before any public allowance.

    w = k w_out (1 + r_c certificate + r_t min(years of tenure, 10)), centred so that the mean is k.
    """
    premium = tenure_premium * (min(tenure / 12.0, 10.0) - 3.0)
    if certificate:
        premium += certificate_premium
    return employer__pay_ratio * sector__outside_wage * (1.0 + premium)


@initial("staff")
def starting_pay_gap(employer__pay_ratio: Ratio) -> LogRatio:
    """Starts at the employer's level."""
    return log(employer__pay_ratio)


@rule("staff")
def pay_gap(pay: Money, allowance: Money, sector__outside_wage: Money) -> LogRatio:
    """Log of pay, allowance included, over the outside wage."""
    return log((pay + allowance) / sector__outside_wage)


@rule("staff")
def wage_cost(pay: Money, full_time: Flag, part_time_hours: Ratio) -> Money:
    """Wage the employer pays this person this month, before social insurance."""
    return pay if full_time else pay * part_time_hours


@rule("staff")
def bonus(wage_cost: Money, tenure: Months, retention_bonus: Ratio) -> Money:
    """Public bonus for having stayed another twelve months: a share of the year's pay, at each anniversary."""
    return 12.0 * retention_bonus * wage_cost if anniversary(tenure) else 0.0


@rule("organization")
def allowances(
    full_time_staff: Count,
    certified_staff: Count,
    wage_subsidy: Money,
    certificate_allowance: Money,
    pass_through: Ratio,
) -> Money:
    """What an employer passes on of public allowances this month."""
    return pass_through * (wage_subsidy * full_time_staff + certificate_allowance * certified_staff)


@rule("organization")
def wage_subsidy_receipt(
    full_time_staff: Count, certified_staff: Count, active: Flag, wage_subsidy: Money, certificate_allowance: Money
) -> Money:
    """Public allowances of the month, for each full-time post that is filled and each certificate held."""
    return wage_subsidy * full_time_staff + certificate_allowance * certified_staff if active else 0.0
