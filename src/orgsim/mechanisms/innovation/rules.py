"""Innovation and learning: who tries something new, who learns from whom, and who leads."""

from __future__ import annotations

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip, normal
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
    Years,
)


@initial("organization")
def starting_openness(u_openness: Uniform) -> SD:
    """How open to change an organization is; lasting."""
    return normal(u_openness)


@initial("organization")
def starting_leader_age(leader_age_mean: Years, leader_age_spread: Years, u_age: Uniform) -> Years:
    """Age of the leader."""
    return clip(leader_age_mean + leader_age_spread * normal(u_age), 22.0, 85.0)


@initial("organization")
def starting_led_for(age: Months, from_the_start: Flag, u_led: Uniform) -> Months:
    """Months the leader has led, at most as long as the organization exists."""
    return min(age, -60.0 * log(u_led)) if from_the_start else 0.0


@rule("organization")
def leader_leaves(leader_age: Years, succession: Hazard, u_leader: Uniform) -> Flag:
    """The leader hands over this month; likelier with age."""
    return u_leader < succession * exp(clip((leader_age - 60.0) / 8.0, -4.0, 3.0))


@rule("organization", when="leader_leaves")
def successor_age(leader_age_mean: Years, leader_age_spread: Years, u_successor: Uniform) -> Years:
    """Age of the successor, where the leader leaves this month."""
    return clip(leader_age_mean + leader_age_spread * normal(u_successor), 22.0, 85.0)


@rule("organization")
def leader_age(leader_age: Years, leader_leaves: Flag, successor_age: Years) -> Years:
    """Age of the leader."""
    return successor_age if leader_leaves else leader_age + 1.0 / 12.0


@rule("organization")
def led_for(led_for: Months, leader_leaves: Flag) -> Months:
    """Months the leader has led."""
    return 0.0 if leader_leaves else led_for + 1.0


@rule("organization")
def links(market: Index, social: Index, university_links: Share) -> SD:
    """Outside links in standard deviations: ties with companies, residents and professions, and with universities."""
    return clip(((market + social) / 2.0 - 0.5) / 0.106 + university_links, -3.0, 4.0)


@rule("organization")
def innovates(
    active: Flag,
    openness: SD,
    links: SD,
    led_for: Months,
    leader_age: Years,
    autonomy: Index,
    mission: SD,
    mission_root: SD,
    base_hazard: Hazard,
    success: Probability,
    openness_effect: LogRatio,
    link_effect: LogRatio,
    experience_effect: LogRatio,
    experience_links: LogRatio,
    age_effect: LogRatio,
    autonomy_effect: LogRatio,
    drift_effect: LogRatio,
    u_innovates: Uniform,
) -> Flag:
    """Tries something new this month, and it works.

    h = .03 exp(.30 O + .20 L + .05 X + .10 L X - .08 (age - 45)/10 + .10 z(autonomy)), a success in .4 of the cases;
    O openness, L links, X experience of the leader   Damanpour 1991
    An organization that has drifted from its mission tries less.
    """
    experience = clip((led_for - 60.0) / 60.0, -1.0, 2.0)
    lean = (
        openness_effect * openness
        + link_effect * links
        + experience_effect * experience
        + experience_links * links * experience
        + age_effect * (leader_age - 45.0) / 10.0
        + autonomy_effect * clip((autonomy - 0.5) / 0.1, -3.0, 3.0)
        + drift_effect * clip(mission - mission_root, -3.0, 0.0)
    )
    return active and u_innovates < success * base_hazard * exp(clip(lean, -4.0, 3.0))


@initial("organization")
def starting_novelty(usual_novelty: Ratio) -> Ratio:
    """Starts as usual."""
    return usual_novelty


@rule("organization")
def novelty(novelty: Ratio, innovates: Flag, novelty_months: Months) -> Ratio:
    """Innovations that still set the organization apart: each wears off as others do the same."""
    return novelty * (1.0 - 1.0 / novelty_months) + (1.0 if innovates else 0.0)


@rule("organization")
def know_how(
    know_how: Index,
    active: Flag,
    quality: Index,
    dependence: Share,
    kind__quality_sum: Index,
    kind__peers: Count,
    forums: YearlyRate,
    lesson: Share,
    competition_loss: Share,
    lesson_months: Months,
    peer_spread: Index,
) -> Index:
    """Quality learnt from better peers at forums, and slowly lost again.

    + .03 x mean distance to those who are better x meetings x (1 - .5 competitors among peers); the distance follows
    from the mean of one's kind and the spread, peers taken as logistic. Who lives on the same calls competes: the
    share of competitors is dependence on public money   Cai & Szeidl 2018
    """
    if not active:
        return know_how
    kept = know_how * (1.0 - 1.0 / lesson_months)
    if forums <= 0.0:  # the usual case, told apart once for all rows
        return kept
    width = peer_spread / 1.702
    mean = kind__quality_sum / kind__peers if kind__peers > 0.0 else quality
    ahead = width * log(1.0 + exp(clip((mean - quality) / width, -30.0, 30.0)))
    told = 1.0 - competition_loss * dependence
    return kept + lesson * forums / 12.0 * ahead * told


@rule("organization")
def learning_cost(
    active: Flag, forums: YearlyRate, forum_price: Money, university_links: Share, university_price: Money
) -> Money:
    """Public cost of forums and of links with universities this month."""
    return (forums * forum_price + university_links * university_price) / 12.0 if active else 0.0
