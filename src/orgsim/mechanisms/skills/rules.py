"""Skills: what training and supervision build, what people get done, and the quality of what they do."""

from __future__ import annotations

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import FTE, SD, Count, Flag, Index, LogRatio, Money, Months, Ratio, Share, Uniform, YearlyRate


@initial("staff")
def starting_skill(
    employer__pay_ratio: Ratio,
    hiring__reference_ratio: Ratio,
    hiring__pay_quality: Ratio,
    hiring__skill_spread: SD,
    hiring__university_skill: SD,
    innovation__university_links: Share,
    u_skill: Uniform,
) -> SD:
    """Skill on arrival; better pay draws somewhat abler people, and so do links with universities.

    N(.5 ln(pay ratio/.80), 1)   Dal Bó et al. 2013
    """
    mean = hiring__pay_quality * log(employer__pay_ratio / hiring__reference_ratio)
    return mean + hiring__university_skill * innovation__university_links + hiring__skill_spread * normal(u_skill)


@rule("staff")
def skill(
    skill: SD,
    training: Share,
    learning: SD,
    ceiling: SD,
    supervision_learning: SD,
    decay: Ratio,
    supervision__professional_supervision: SD,
) -> SD:
    """Skill in SD of today's staff: training and supervision build it, disuse wears it.   Arthur et al. 1998, 2003

    s' = s + .62 programme/12 (1 - s/3) + .10 supervision/12 - .015 s
    """
    built = learning * training / 12.0 * (1.0 - skill / ceiling)
    return skill + built + supervision_learning * supervision__professional_supervision / 12.0 - decay * skill


@rule("sector")
def learning_fade(learning_months: Months) -> Ratio:
    """What a month leaves of a newcomer's rawness."""
    return exp(-1.0 / learning_months)


@initial("staff")
def starting_rawness(tenure: Months, learning_months: Months) -> Share:
    """1 on the first day."""
    return exp(-tenure / learning_months)


@rule("staff")
def rawness(rawness: Share, sector__learning_fade: Ratio) -> Share:
    """How much of the job is still to be learnt: e^(-t/6), kept month by month."""
    return rawness * sector__learning_fade


@initial("staff")
def starting_productivity(rawness: Share, newcomer_loss: Share) -> Ratio:
    """A hire starts at half of full output."""
    return 1.0 - newcomer_loss * rawness


@rule("staff")
def productivity(
    rawness: Share,
    skill: SD,
    burnout: SD,
    newcomer_loss: Share,
    skill_output: LogRatio,
    burnout_loss: Ratio,
) -> Ratio:
    """Output of a full-time hour against a seasoned colleague's.   (1 - .5 e^(-t/6)) e^(.10 skill) (1 - .05 B+)"""
    seasoned = 1.0 - newcomer_loss * rawness
    return seasoned * exp(skill_output * skill) * (1.0 - burnout_loss * clip(burnout, 0.0, 4.0))


@initial("staff")
def starting_hours(full_time: Flag, pay__part_time_hours: Ratio) -> FTE:
    """Working time as a share of a full post."""
    return 1.0 if full_time else pay__part_time_hours


@initial("staff")
def starting_output(hours: FTE, productivity: Ratio) -> FTE:
    """Output on arrival."""
    return hours * productivity


@rule("staff")
def output(hours: FTE, productivity: Ratio) -> FTE:
    """Seasoned full-time equivalents this person is worth."""
    return hours * productivity


@initial("staff")
def starting_weighted_skill(hours: FTE, skill: SD) -> SD:
    """Skill times hours on arrival."""
    return hours * skill


@rule("staff")
def weighted_skill(hours: FTE, skill: SD) -> SD:
    """Skill times hours, to be summed."""
    return hours * skill


@rule("organization")
def demand(
    active: Flag,
    income_trend: Money,
    dependence: Share,
    usual_pay_ratio: Ratio,
    trading_pull: Ratio,
    sector__outside_wage: Money,
    standard_output: Ratio,
    reporting_load: Ratio,
    pay__staff_share: Ratio,
    pay__on_cost: Ratio,
    contracts__price_coverage: Ratio,
    reference_coverage: Ratio,
    autonomy__unrestricted_share: Share,
    party_function: Share,
    party_building__time_effect: Share,
) -> FTE:
    """Full-time equivalents that the month's work asks for.

    Income buys work at the usual price; a contract priced below full cost asks for more work than it pays for, and
    restricted money asks for reports.
    """
    if not active:
        return 0.0
    underpriced = dependence * (reference_coverage / contracts__price_coverage - 1.0)
    reports = reporting_load * dependence * (1.0 - autonomy__unrestricted_share)
    meetings = party_building__time_effect * party_function
    work = income_trend * (1.0 + underpriced + reports + trading_pull + meetings)
    return standard_output * pay__staff_share * work / (pay__on_cost * usual_pay_ratio * sector__outside_wage)


@rule("organization")
def load(load: Ratio, demand: FTE, effective_fte: FTE) -> Ratio:
    """Work per head, 1 as usual: vacancies and newcomers put it on colleagues' shoulders."""
    if effective_fte <= 0.0:
        return 1.0
    return load + 0.25 * (clip(demand / effective_fte, 0.4, 2.5) - load)


@initial("organization")
def starting_load() -> Ratio:
    """Starts as usual."""
    return 1.0


@initial("organization")
def starting_ability(u_ability: Uniform) -> SD:
    """How good an organization is at its work for its own reasons; lasting."""
    return normal(u_ability)


@initial("organization")
def starting_quality(ability: SD, ability_effect: Index) -> Index:
    """Starts at what its ability yields."""
    return clip(0.5 + ability_effect * ability, 0.05, 0.95)


@rule("organization")
def professionalism(fte: FTE, skill_sum: SD, management: Index, management_effect: Ratio) -> Index:
    """Mean skill on an index of 0 to 1, full-time equivalents weighted; management helps a little."""
    mean = skill_sum / fte if fte > 0.0 else 0.0
    return clip((0.5 + 0.15 * mean) * (1.0 + management_effect * (management - 0.5)), 0.0, 1.0)


@rule("organization")
def quality(
    quality: Index,
    ability: SD,
    active: Flag,
    fte: FTE,
    effective_fte: FTE,
    professionalism: Index,
    turnover_trend: Share,
    balance: LogRatio,
    fit: LogRatio,
    novelty: Ratio,
    know_how: Index,
    load: Ratio,
    ability_effect: Index,
    output_effect: Ratio,
    skill_quality: Ratio,
    turnover_loss: Ratio,
    load_loss: Ratio,
    quality_speed: Ratio,
    usual_output: Ratio,
    usual_turnover: Share,
    innovation__quality_gain: Index,
    innovation__usual_novelty: Ratio,
) -> Index:
    """Quality of services on an index of 0 to 1, .5 as usual today.

    Ability, skill, seasoned people who are not overworked, innovations, what was learnt from peers; the balance of ties
    and how well services fit needs raise or lower all of it.
    """
    if not active:
        return quality
    mean_output = effective_fte / fte if fte > 0.0 else usual_output
    target = (
        0.5
        + ability_effect * ability
        + output_effect * (mean_output - usual_output)
        + skill_quality * (professionalism - 0.5)
        - turnover_loss * clip(turnover_trend - usual_turnover, -0.5, 1.0)
        - load_loss * clip(load - 1.0, -0.5, 1.0)
        + innovation__quality_gain * (novelty - innovation__usual_novelty)
        + know_how
    )
    return clip(quality + quality_speed * (target * exp(balance + fit) - quality), 0.05, 0.95)


@rule("organization")
def training_cost(
    headcount: Count,
    certified_staff: Count,
    training: Share,
    programme_price: Money,
    certificate_drive: YearlyRate,
    exam_price: Money,
) -> Money:
    """Public cost of training, and of preparing people for the examination, this month."""
    exams = max(0.0, headcount - certified_staff) * certificate_drive * exam_price
    return (headcount * training * programme_price + exams) / 12.0
