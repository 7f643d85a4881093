"""Morale: satisfaction, aspiration, burnout and passion of each person, and what their organization lends them."""

from __future__ import annotations

from orgsim.core.numerics import clip, innovation, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import SD, Index, LogRatio, Money, Ratio, Uniform


@initial("organization")
def starting_culture(u_culture: Uniform) -> SD:
    """How good a place to work this organization is for its own reasons; lasting."""
    return normal(u_culture)


@rule("organization")
def resources(
    culture: SD,
    autonomy: Index,
    staff_voice: SD,
    culture_part: Ratio,
    autonomy_voice: SD,
    supervision__professional_supervision: SD,
) -> SD:
    """Voice and professional supervision, which protect from burnout; autonomy of the organization lends voice."""
    voice = staff_voice + autonomy_voice * (autonomy - 0.5) / 0.15
    return 0.5 * (voice + supervision__professional_supervision) + culture_part * culture


@rule("organization")
def support(
    culture: SD,
    autonomy: Index,
    credibility: Index,
    sector__public_trust: Index,
    recognition: SD,
    staff_voice: SD,
    career_ladder: SD,
    policy_support: SD,
    weight_status: Ratio,
    weight_recognition: Ratio,
    weight_policy: Ratio,
    weight_voice: Ratio,
    weight_supervision: Ratio,
    weight_career: Ratio,
    weight_credibility: Ratio,
    culture_part: Ratio,
    autonomy_voice: SD,
    supervision__professional_supervision: SD,
) -> SD:
    """What the workplace adds to everybody's satisfaction: standing, recognition, policy, voice, supervision, career.

    Levers count in SD of the spread between organizations: +1 lifts the median organization to the 84th in a
    hundred.   Miller & Monge 1986; Carpenter et al. 2013
    """
    voice = staff_voice + autonomy_voice * (autonomy - 0.5) / 0.15
    status = clip((sector__public_trust - 0.5) / 0.10, -2.0, 2.0)
    return (
        weight_status * status
        + weight_recognition * recognition
        + weight_policy * policy_support
        + weight_voice * voice
        + weight_supervision * supervision__professional_supervision
        + weight_career * career_ladder
        + weight_credibility * clip((credibility - 0.5) / 0.15, -2.0, 2.0)
        + culture_part * culture
    )


@initial("staff")
def starting_trait(u_trait: Uniform) -> SD:
    """How content a person is by temperament; lasting."""
    return normal(u_trait)


@initial("staff")
def starting_burnout(u_start: Uniform) -> SD:
    """Burnout on arrival."""
    return 0.9 * normal(u_start)


@initial("staff")
def starting_passion(starting_level: SD, u_passion: Uniform) -> SD:
    """Passion on arrival: people come because they care."""
    return starting_level + 0.8 * normal(u_passion)


@initial("staff")
def starting_aspiration(pay_gap: LogRatio, usual_gap: LogRatio, gap_spread: LogRatio) -> SD:
    """Pay level one has got used to; starts at the level hired at."""
    return (pay_gap - usual_gap) / gap_spread


@rule("staff")
def aspiration(aspiration: SD, pay_gap: LogRatio, usual_gap: LogRatio, gap_spread: LogRatio, adaptation: Ratio) -> SD:
    """The pay one expects follows the pay one has: satisfaction with a rise fades in three to four years."""
    return aspiration + adaptation * ((pay_gap - usual_gap) / gap_spread - aspiration)


@rule("staff")
def burnout(
    burnout: SD,
    employer__load: Ratio,
    employer__resources: SD,
    persistence: Ratio,
    demand_effect: Ratio,
    resource_effect: Ratio,
    buffer: Ratio,
    noise: SD,
    u_burnout: Uniform,
) -> SD:
    """Burnout: demands feed it, resources relieve it, slowly, and more where there is more to bear.

    B' = .965 B + .035 (g_D D - g_R resources (1 + b D)) + noise, D = (load - 1)/.25
    Xie et al. 2021; resources outweigh demands
    """
    strain = (employer__load - 1.0) / 0.25
    relief = resource_effect * (1.0 + buffer * clip(strain, -1.0, 2.0))
    push = demand_effect * strain - relief * employer__resources
    return persistence * burnout + (1.0 - persistence) * push + noise * innovation(u_burnout)


@rule("staff")
def passion(
    passion: SD,
    pay: Money,
    allowance: Money,
    employer__mission: SD,
    sector__outside_wage: Money,
    living_cost: Ratio,
    wear: SD,
    pull: Ratio,
) -> SD:
    """Passion wears down when pay does not cover living, and drifts towards what the organization stands for."""
    hardship = max(0.0, living_cost * sector__outside_wage / (pay + allowance) - 1.0)
    return clip(passion - wear * hardship + pull * (employer__mission - passion), -4.0, 4.0)


@rule("staff")
def satisfaction(
    pay_gap: LogRatio,
    aspiration: SD,
    passion: SD,
    burnout: SD,
    trait: SD,
    employer__support: SD,
    weight_pay: Ratio,
    weight_aspiration: Ratio,
    weight_passion: Ratio,
    weight_burnout: Ratio,
    weight_trait: Ratio,
    usual_gap: LogRatio,
    gap_spread: LogRatio,
) -> SD:
    """Satisfaction with the job in SD of today's staff.   Judge et al. 2010; Swider & Zimmerman 2010"""
    return (
        weight_pay * ((pay_gap - usual_gap) / gap_spread - weight_aspiration * aspiration)
        + employer__support
        + weight_passion * passion
        - weight_burnout * burnout
        + weight_trait * trait
    )


@rule("organization")
def morale_cost(
    headcount: Ratio,
    recognition: SD,
    career_ladder: SD,
    staff_voice: SD,
    recognition_cost: Money,
    career_cost: Money,
    voice_cost: Money,
) -> Money:
    """Public cost of recognition, career and voice programmes this month, per person and SD."""
    return headcount * (recognition * recognition_cost + career_ladder * career_cost + staff_voice * voice_cost) / 12.0
