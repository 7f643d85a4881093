"""Turnover: who leaves, and for where."""

from __future__ import annotations

from math import sqrt

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip, innovation, logistic, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import SD, Count, Flag, Hazard, Index, LogRatio, Months, Probability, Ratio, Share, Uniform


@initial("staff")
def starting_shock(shock_spread: SD, u_start: Uniform) -> SD:
    """What pulls a person away for reasons of their own: offers, family, an exam passed."""
    return shock_spread * normal(u_start)


@rule("staff")
def shock(shock: SD, shock_spread: SD, shock_persistence: Ratio, u_shock: Uniform) -> SD:
    """Private reasons to leave, on the log hazard; they come and fade."""
    spread = shock_spread * sqrt(1.0 - shock_persistence * shock_persistence)
    return shock_persistence * shock + spread * innovation(u_shock)


@rule("organization")
def common_hazard(
    contagion_trend: Share,
    credibility: Index,
    base_hazard: Hazard,
    retention_effect: Ratio,
    pay__retention_bonus: Share,
    unemployment: Ratio,
    unemployment_elasticity: Ratio,
    contagion: Ratio,
    credibility_effect: LogRatio,
) -> LogRatio:
    """Part of the log hazard that all colleagues share: labour market, bonus for staying, colleagues who left.

    ln h0 - 3 x 1.5 ln(1 + b) - .6 ln(u/u0) + .5 share of the team that left - .10 z(credibility)
    Bassok & Doromal 2022; Felps et al. 2009
    """
    return (
        log(base_hazard)
        - retention_effect * log(1.0 + pay__retention_bonus)
        + unemployment_elasticity * log(unemployment)
        + contagion * contagion_trend
        + credibility_effect * clip((credibility - 0.5) / 0.15, -2.0, 2.0)
    )


@rule("organization")
def renewal_risk(dependence: Share, contracts__duration: Months) -> Probability:
    """Chance that the contract behind a post is up for renewal at an anniversary."""
    return clip(dependence * 12.0 / contracts__duration, 0.0, 1.0)


@rule("sector")
def newness_fade(newcomer_months: Months) -> Ratio:
    """What a month leaves of a newcomer's looseness."""
    return exp(-1.0 / newcomer_months)


@initial("staff")
def starting_newness(tenure: Months, newcomer_months: Months) -> Share:
    """How loosely a newcomer is tied still."""
    return exp(-tenure / newcomer_months)


@rule("staff")
def newness(newness: Share, sector__newness_fade: Ratio) -> Share:
    """How loosely a newcomer is tied still: e^(-t/18), kept month by month."""
    return newness * sector__newness_fade


@initial("staff")
def starting_earliness(tenure: Months) -> Share:
    """1 on the first day."""
    return exp(-tenure / 3.0)


@rule("staff")
def earliness(earliness: Share) -> Share:
    """How near the first day is: e^(-t/3), kept month by month."""
    return earliness * 0.7165313105737893


@rule("staff")
def quit_probability(
    satisfaction: SD,
    burnout: SD,
    pay_gap: LogRatio,
    tenure: Months,
    earliness: Share,
    newness: Share,
    experience: Months,
    full_time: Flag,
    certificate: Flag,
    skill: SD,
    shock: SD,
    employer__common_hazard: LogRatio,
    employer__renewal_risk: Probability,
    month_three_bump: LogRatio,
    newcomer_excess: LogRatio,
    satisfaction_effect: LogRatio,
    burnout_effect: LogRatio,
    burnout_pay_relief: Ratio,
    pay_effect: Ratio,
    pay_asymmetry: Ratio,
    reference_gap: LogRatio,
    settled_after: Months,
    part_time_effect: LogRatio,
    certificate_effect: LogRatio,
    skill_effect: LogRatio,
    renewal_effect: LogRatio,
) -> Probability:
    """Chance that a person hands in notice this month; it peaks in month three.

    p = 1 - exp(-exp(eta)),
    eta = ln h0 + a1 (t/3) e^(1-t/3) + a2 e^(-t/18) - .45 S + .45 B (1 - .2 z(pay)) - e f(pay gap) + ...
    Farber 1994; Hendricks 2014

    A pay gap below the usual one weighs `pay_asymmetry` times a gap above it, rescaled so that the mean slope stays;
    the pull of pay falls to nothing at nineteen years of experience.
    """
    bump = month_three_bump * (tenure / 3.0) * 2.718281828459045 * earliness + newcomer_excess * newness
    gap = pay_gap - reference_gap
    slope = 2.0 / (1.0 + pay_asymmetry)
    if gap < 0.0:
        slope = slope * pay_asymmetry
    weight = pay_effect * max(0.0, 1.0 - experience * (1.0 / settled_after))
    relief = 1.0 - burnout_pay_relief * clip(gap / 0.25, -2.0, 2.0)
    eta = (
        employer__common_hazard
        + bump
        - satisfaction_effect * satisfaction
        + burnout_effect * burnout * relief
        - weight * slope * gap
        + shock
        - skill_effect * skill
    )
    if not full_time:
        eta += part_time_effect
    if certificate:
        eta += certificate_effect
    if tenure == 12.0 or tenure == 24.0:
        eta += renewal_effect * employer__renewal_risk
    return 1.0 - exp(-exp(clip(eta, -20.0, 2.0)))


@rule("staff")
def luck(u_luck: Uniform) -> Uniform:
    """This month's luck in keeping the post: one draw decides between staying, quitting and being let go."""
    return u_luck


@rule("staff")
def quits(luck: Uniform, quit_probability: Probability) -> Flag:
    """Hands in notice and goes this month."""
    return luck < quit_probability


@rule("staff")
def leaves(luck: Uniform, quit_probability: Probability, employer__layoff_probability: Probability) -> Flag:
    """Goes this month, of free will or let go because the money is not there."""
    return luck < quit_probability + (1.0 - quit_probability) * employer__layoff_probability


@initial("staff")
def starting_attachment(u_attachment: Uniform) -> Uniform:
    """How strongly a person is drawn away from the sector; lasting."""
    return u_attachment


@rule("staff", when="leaves")
def stay_probability(
    pay_gap: LogRatio,
    employer__autonomy: Index,
    reference_gap: LogRatio,
    stay_share: Share,
    pay_stay_effect: LogRatio,
    autonomy_stay_effect: LogRatio,
) -> Probability:
    """Chance of a leaver to stay within the sector; low pay drives people out of it, low autonomy within it."""
    lean = log(stay_share / (1.0 - stay_share))
    lean += pay_stay_effect * (pay_gap - reference_gap) - autonomy_stay_effect * (employer__autonomy - 0.5)
    return logistic(lean)


@rule("staff", when="leaves")
def stays_in_sector(attachment: Uniform, stay_probability: Probability) -> Flag:
    """A leaver goes to another social organization."""
    return attachment < stay_probability


@rule("staff", when="leaves")
def goes_to_business(attachment: Uniform, stay_probability: Probability, business_share: Share) -> Flag:
    """A leaver goes to a firm; those who go neither way take a public post, study or stay at home."""
    return 0.0 <= attachment - stay_probability < business_share * (1.0 - stay_probability)


@rule("staff", when="leaves")
def leaves_full_time(full_time: Flag) -> Flag:
    """A full-time worker who goes."""
    return full_time


@rule("organization")
def contagion_trend(contagion_trend: Share, leavers: Count, headcount: Count) -> Share:
    """Share of the team that left in about the last three months, smoothed."""
    share = leavers / headcount if headcount > 0.0 else 0.0
    return contagion_trend * (1.0 - 1.0 / 3.0) + share


@initial("organization")
def starting_turnover_trend(skills__usual_turnover: Share) -> Share:
    """Starts as usual."""
    return skills__usual_turnover


@rule("organization")
def turnover_trend(turnover_trend: Share, leavers: Count, headcount: Count) -> Share:
    """Share of the team that left in about the last twelve months, smoothed."""
    share = leavers / headcount if headcount > 0.0 else 0.0
    return turnover_trend * (1.0 - 1.0 / 12.0) + share
