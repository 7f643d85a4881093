"""Hiring: how many posts the money carries, who is let go, how fast vacancies fill and with whom."""

from __future__ import annotations

from math import floor

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip
from orgsim.core.rule import initial, rule
from orgsim.core.units import (
    SD,
    Count,
    Flag,
    Hazard,
    Index,
    LogRatio,
    Money,
    Months,
    Probability,
    Ratio,
    Share,
    Uniform,
    YearlyRate,
)


@initial("organization")
def starting_rounding(u_rounding: Uniform) -> Share:
    """Where this organization rounds a fraction of a post; lasting, so that posts do not flicker."""
    return u_rounding


@initial("organization")
def starting_posts(
    active: Flag,
    income_trend: Money,
    rounding: Share,
    usual_pay_ratio: Ratio,
    sector__outside_wage: Money,
    hours_per_head: Ratio,
    pay__staff_share: Ratio,
    pay__on_cost: Ratio,
) -> Count:
    """Posts that the first income carries."""
    if not active:
        return 0.0
    cost = pay__on_cost * usual_pay_ratio * sector__outside_wage * hours_per_head
    return floor(pay__staff_share * income_trend / cost + rounding)


@rule("organization")
def posts(
    posts: Count,
    active: Flag,
    income_trend: Money,
    months_of_cash: Months,
    reserve_target: Months,
    rounding: Share,
    usual_pay_ratio: Ratio,
    pay_ratio: Ratio,
    sector__outside_wage: Money,
    hours_per_head: Ratio,
    inertia: Share,
    caution: Share,
    pay__staff_share: Ratio,
    pay__on_cost: Ratio,
) -> Count:
    """Posts that trailing income carries; they change only when the fraction left over is out of bounds.

    Below its reserve target an organization plans with less, down to `1 - caution`.
    """
    if not active:
        return 0.0
    purse = clip(months_of_cash / max(reserve_target, 0.5), 0.0, 1.0)
    money = pay__staff_share * income_trend * (1.0 - caution * (1.0 - purse))
    cost = pay__on_cost * max(usual_pay_ratio, pay_ratio) * sector__outside_wage * hours_per_head
    affordable = money / cost
    low = floor(affordable * (1.0 - inertia) + rounding)
    high = floor(affordable * (1.0 + inertia) + rounding)
    return clip(posts, low, max(low, high))


@rule("organization")
def layoff_probability(
    posts: Count, headcount: Count, months_of_cash: Months, active: Flag, layoff_below: Months, layoff_rate: Hazard
) -> Probability:
    """Chance of each person to be let go this month: only where cash is short and people outnumber posts."""
    if not active or headcount <= posts or months_of_cash >= layoff_below:
        return 0.0
    return layoff_rate * (headcount - posts) / headcount


@rule("organization")
def vacancies(posts: Count, headcount: Count, leavers: Count) -> Count:
    """Posts that are empty once this month's leavers have gone."""
    return max(0.0, posts - (headcount - leavers))


@rule("organization")
def recruits(active: Flag, vacancies: Count, months_of_cash: Months, freeze_below: Months) -> Flag:
    """Looks for people this month; nobody while the purse is empty."""
    return active and vacancies > 0.0 and months_of_cash >= freeze_below


@rule("organization", when="recruits")
def fill_probability(
    pay_ratio: Ratio,
    credibility: Index,
    base_fill: Hazard,
    recruitment_elasticity: Ratio,
    reference_ratio: Ratio,
    credibility_effect: LogRatio,
    policy_effect: LogRatio,
    morale__policy_support: SD,
    pay__wage_subsidy: Money,
    pay__pass_through: Ratio,
    sector__outside_wage: Money,
) -> Probability:
    """Chance that an empty post is filled this month, where people are looked for.

    1 - exp(-.45 (pay ratio/.80)^1.5 e^(.10 z(credibility) + .10 policy)); Falch 2011 for the elasticity
    """
    offered = pay_ratio + pay__pass_through * pay__wage_subsidy / sector__outside_wage
    lean = credibility_effect * (credibility - 0.5) / 0.15 + policy_effect * morale__policy_support
    return 1.0 - exp(-base_fill * exp(recruitment_elasticity * log(offered / reference_ratio) + lean))


@rule("organization", when="recruits")
def hires(vacancies: Count, fill_probability: Probability, u_hires: Uniform) -> Count:
    """People hired this month."""
    return floor(vacancies * fill_probability + u_hires)


@initial("staff")
def starting_tenure(
    from_the_start: Flag, employer__age: Months, start_tenure_mean: Months, u_tenure: Uniform
) -> Months:
    """Months with this employer: 0 for a hire; those there from the start have been, but not longer than it exists."""
    if not from_the_start:
        return 0.0
    return floor(min(employer__age, -start_tenure_mean * log(u_tenure)))


@initial("staff")
def starting_experience(
    tenure: Months, turnover__stay_share: Share, experience_mean: Months, u_before: Uniform, u_years: Uniform
) -> Months:
    """Months in the sector: some hires come from another social organization and bring theirs."""
    if u_before < turnover__stay_share:
        return tenure - experience_mean * log(u_years)
    return tenure


@initial("staff")
def starting_full_time(
    employer__months_of_cash: Months, full_time_share: Share, stability_effect: Share, u_full: Uniform
) -> Flag:
    """Full-time or part-time; a fuller purse dares more full-time posts."""
    return u_full < clip(
        full_time_share + stability_effect * (clip(employer__months_of_cash, 0.0, 6.0) / 3.0 - 1.0), 0.0, 1.0
    )


@initial("staff")
def starting_certificate(certified_share: Share, u_certificate: Uniform) -> Flag:
    """Holds a social worker's certificate."""
    return u_certificate < certified_share


@initial("staff")
def starting_exam_hurdle(sector__preparing: Ratio, u_exam: Uniform) -> Ratio:
    """How far preparing has to come until this person passes: an exponential step, so that the drive is a hazard."""
    return sector__preparing - log(u_exam)


@rule("sector")
def preparing(preparing: Ratio, skills__certificate_drive: YearlyRate) -> Ratio:
    """How far preparing for the examination has come since the start."""
    return preparing + skills__certificate_drive / 12.0


@rule("staff")
def certificate(certificate: Flag, exam_hurdle: Ratio, sector__preparing: Ratio) -> Flag:
    """Holds a social worker's certificate, brought along or got here."""
    return certificate or sector__preparing > exam_hurdle


@rule("staff")
def tenure(tenure: Months) -> Months:
    """Months with this employer."""
    return tenure + 1.0


@rule("staff")
def experience(experience: Months) -> Months:
    """Months in the sector."""
    return experience + 1.0


@rule("staff")
def joined_before(joined_before: Flag, month: int) -> Flag:
    """Was in post when the policy months began."""
    return joined_before or month == 0


@initial("staff")
def starting_new_hire(month: int) -> Flag:
    """Was hired within the policy months, so that the whole spell is seen."""
    return month >= 0
