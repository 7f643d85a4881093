"""Facts about staff that one run of the baseline shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from orgsim.analysis.facts import Quantities, observed, pooled, recorded
from orgsim.analysis.observe import Rows, Span
from orgsim.analysis.statistics import correlation, divided, jackknife, moments, ratio_of_rates
from orgsim.core.parameters import KINDS
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.strata import CODE, strata

EVERYBODY = strata(people=True)["all"]
SERVICE = np.isin(CODE // 6, [KINDS.index("service"), KINDS.index("social_work")])
LONGEST_RISE = 24
"""Months of tenure among which the peak of leaving is looked for."""
INTENTION_NOISE = 0.35
STRONG = 0.20
"""Share of staff with a strong intention to leave at the start; the threshold this sets holds from then on."""
BINS = 600
Mask = NDArray[np.bool_]


@recorded("S1", "社会服务机构专职员工年流失率")
def turnover(recording: Recording) -> Quantities:
    """Full-time staff who leave in a year, over full-time staff, in both kinds of service organization.

    Those whose employer closes are left out, as in surveys that ask employers still there. Community organizations,
    associations and foundations are no service organizations in the sense of the register.
    """
    leavers = recording.flow("full_time_leavers", SERVICE).sum(axis=1)
    return (12.0 * divided(leavers, recording.flow("full_time_staff", SERVICE).sum(axis=1)),)


@observed(
    "S2",
    "组织间流失率差异",
    ("turnover under 10 %", "流失率低于 10%"),
    ("turnover over 40 %", "流失率高于 40%"),
    organizations="registered active",
    flows="leavers headcount",
)
def spread_of_turnover(span: Span) -> Floats:
    """Share of registered organizations whose own yearly turnover is below 10 %, and above 40 %.

    Of those active through the year with at least five people on average; a smaller one can hardly be between the two.
    """
    before = span.before["organization"]
    count = len(before["id"])
    people = span.flows["headcount"][:, :count].mean(axis=0)
    chosen = span.stayed("organization") & before["registered"] & before["active"] & (people >= 5.0)
    chosen &= span.after["organization"]["active"][:count]
    rate = span.flows["leavers"][:, :count].sum(axis=0)[chosen] / people[chosen]
    return np.array([np.mean(rate < 0.10), np.mean(rate > 0.40)]) if chosen.any() else np.full(2, np.nan)


@recorded("S3", "小型与大型组织流失率之比")
def turnover_by_size(recording: Recording) -> Quantities:
    """Turnover in the smallest third of registered organizations over turnover in the largest, by scale.

    All staff; those whose employer closes are left out.
    """
    groups = [strata()[f"size={size}"] for size in ("small", "large")]
    counts = [recording.flow(name, group).sum(axis=1) for group in groups for name in ("leavers", "headcount")]
    return (jackknife(np.array(counts).T, ratio_of_rates),)


@recorded("S4", "离职风险最高的月份")
def peak_month(recording: Recording) -> Quantities:
    """Month of tenure, among the first 24, in which the chance to leave is highest.

    From the spells of people hired since the start; three months are averaged, since single months have few leavers.
    Spells ended by a closure count, evenly at all tenures.
    """
    ended, still = recording.spells["staff_ended"], recording.spells["staff_open"]
    gone = ended + still
    at_risk = np.cumsum(gone[:, ::-1], axis=1)[:, ::-1]
    hazard = divided(ended, at_risk)[:, 1 : LONGEST_RISE + 2]
    smooth = (hazard[:, :-2] + hazard[:, 1:-1] + hazard[:, 2:]) / 3.0
    known = ~np.isnan(smooth)
    peak = np.where(known, smooth, -1.0).argmax(axis=1) + 2.0
    return (np.where(known.any(axis=1), peak, np.nan),)


def _ratio_of_rates(seen: Floats) -> Quantities:
    return (jackknife(pooled(seen), ratio_of_rates),)


@observed(
    "S6",
    "任职不足一年与五年以上员工流失率之比",
    months=1,
    staff="tenure employer",
    organizations="active",
    finish=_ratio_of_rates,
)
def turnover_by_tenure(span: Span) -> Floats:
    """Yearly rate of leaving among people with less than a year in post over that among people with five and more.

    Month by month, each counted at the tenure reached; people whose employer stopped in the month are left out.
    """
    chosen, gone, before = leaving(span)
    young, old = chosen & (before["tenure"] < 12.0), chosen & (before["tenure"] >= 60.0)
    return np.array([(young & gone).sum(), young.sum(), (old & gone).sum(), old.sum()], np.float64)


@observed("S8", "六个月内离职意愿强烈的员工占比", staff="quit_probability", finish=lambda seen: (_share_strong(seen),))
def strong_intention(span: Span) -> Floats:
    """Share of staff whose intention to leave lies above the threshold that one in five passed when the model began.

    The intention is what a questionnaire would show: the log hazard of leaving with noise of .35 SD. What is fixed is
    the threshold, from the second year on; the share tells whether staff have become likelier to want to leave. That
    it is one in five at first holds by definition, since questionnaires have no unit.
    """
    people = span.before["staff"]
    return _counts(_intention(span)[people["present"] & (people["quit_probability"] > 0.0)])


def _strong_and_gone(seen: Floats) -> Quantities:
    asked, gone, sums = seen[:, :, :BINS], seen[:, :, BINS : 2 * BINS], seen[:, :, 2 * BINS :]
    strong = _strong(asked[:, :1])
    rates = [divided((gone * who).sum(axis=(1, 2)), (asked * who).sum(axis=(1, 2))) for who in (strong, 1.0 - strong)]
    return (correlation(pooled(sums)), *rates)


@observed(
    "S9",
    "离职意愿与一年内离职",
    ("correlation", "相关系数"),
    ("left, if strong", "意愿强烈者离职率"),
    ("left, if not", "其他员工离职率"),
    staff="quit_probability employer",
    organizations="active",
    finish=_strong_and_gone,
)
def intention_and_exit(span: Span) -> Floats:
    """Correlation of the intention to leave with having left twelve months later, and the share who left by intention.

    Intention and threshold as for the share of strong intention. People hired in the month of asking have not thought
    of leaving yet and are not asked; those whose employer stopped within the year are left out.
    """
    chosen, gone, before = leaving(span)
    chosen &= before["quit_probability"] > 0.0
    intention = _intention(span)
    left = intention[chosen & gone]
    return np.concatenate([_counts(intention[chosen]), _counts(left), moments(intention[chosen], gone[chosen])])


def _two_correlations(seen: Floats) -> Quantities:
    sums = pooled(seen)
    return correlation(sums[:, :6]), correlation(sums[:, 6:])


@observed(
    "S10",
    "满意度、倦怠与离职的相关",
    ("satisfaction", "满意度"),
    ("burnout", "倦怠"),
    staff="satisfaction burnout employer",
    organizations="active",
    finish=_two_correlations,
)
def morale_and_exit(span: Span) -> Floats:
    """Correlations of satisfaction and of burnout with having left twelve months later.

    Over everybody in post at a year's start; people whose employer stopped within the year are left out. What the
    meta-analyses correct for unreliable questionnaires need not be corrected here.
    """
    chosen, gone, before = leaving(span)
    left = gone[chosen]
    return np.concatenate([moments(before[name][chosen], left) for name in ("satisfaction", "burnout")])


@recorded("S20", "离职者留在行业内的占比")
def stay_in_sector(recording: Recording) -> Quantities:
    """Share of leavers who go to another social organization. All staff."""
    movers = recording.flow("movers", EVERYBODY).sum(axis=1)
    return (divided(movers, recording.flow("leavers", EVERYBODY).sum(axis=1)),)


def _open_posts(seen: Floats) -> Quantities:
    empty, posts, vacated, still_open = pooled(seen).T
    return divided(empty, posts), divided(still_open, vacated)


@observed(
    "S22",
    "岗位空缺率与空缺持续",
    ("vacancy rate", "空缺率"),
    ("still open after four months", "四个月后仍空缺"),
    organizations="active",
    flows="vacancies hires posts leavers",
    finish=_open_posts,
)
def vacancies(span: Span) -> Floats:
    """Posts empty at a month's end over all posts; and the share of vacated posts empty four month ends later.

    An organization fills its empty posts in random order, so a post vacated in one month is still open with the
    product of the shares of empty posts that the organization left unfilled in that month and the three after it. A
    post that was given up is not open.
    """
    vacant, hired, posts, left = (span.flows[name] for name in ("vacancies", "hires", "posts", "leavers"))
    unfilled = np.divide(vacant - hired, vacant, out=np.zeros(vacant.shape), where=vacant > 0.0)
    vacated = np.minimum(left, vacant)[:-3]
    still_open = unfilled[:-3] * unfilled[1:-2] * unfilled[2:-1] * unfilled[3:]
    return np.array([(vacant - hired).sum(), posts.sum(), vacated.sum(), (vacated * still_open).sum()])


@observed("S23", "一名员工离职的代价（周薪）", staff="tenure productivity")
def cost_of_departure(span: Span) -> Floats:
    """Work lost until a successor is as good as a seasoned colleague, in weeks of pay.

    How far people in each of their first 24 months in post fall short of those with three years and more, summed; work
    is valued at its pay. What recruiting costs is not in the model; pay saved while the post is empty stands against
    the work not done. So the measure holds a part of what studies count.
    """
    staff = span.after["staff"]
    tenure, output = staff["tenure"][staff["present"]], staff["productivity"][staff["present"]]
    seasoned = output[tenure >= 36.0]
    if not len(seasoned):
        return np.array([np.nan])
    months = [output[tenure == month] for month in range(1, 25)]
    short = sum(1.0 - part.mean() / seasoned.mean() for part in months if len(part))
    return np.array([short * 52.0 / 12.0])


@observed(
    "S25",
    "依赖合同与收入多元组织的流失率之比",
    organizations="registered active dependence diversity",
    flows="leavers headcount",
    finish=_ratio_of_rates,
)
def turnover_by_dependence(span: Span) -> Floats:
    """Turnover in organizations with more than 60 % of public money over that in organizations of diverse income.

    Registered organizations active through the year; diverse are those with at most 60 % of public money and an
    evenness of sources above .5.
    """
    before = span.before["organization"]
    count = len(before["id"])
    chosen = span.stayed("organization") & before["registered"] & before["active"]
    chosen &= span.after["organization"]["active"][:count]
    leavers, people = (span.flows[name][:, :count].sum(axis=0) for name in ("leavers", "headcount"))
    dependent = chosen & (before["dependence"] > 0.6)
    diverse = chosen & ~dependent & (before["diversity"] > 0.5)
    return np.array([leavers[dependent].sum(), people[dependent].sum(), leavers[diverse].sum(), people[diverse].sum()])


def leaving(span: Span) -> tuple[Mask, Mask, Rows]:
    """Who was in post when the span began and whose employer worked on to its end; who is gone; their rows."""
    before, employers = span.before["staff"], span.after["organization"]
    count = len(span.before["organization"]["id"])
    works_on = span.stayed("organization") & employers["active"][:count]
    chosen = before["present"] & works_on[before["employer"]]
    return chosen, ~span.stayed("staff"), before


def _intention(span: Span) -> Floats:
    """Answer to a questionnaire on leaving: the log hazard as a person feels it, and noise that is the person's own."""
    before = span.before["staff"]
    hazard = np.log(-np.log1p(-np.clip(before["quit_probability"], 1e-12, 1.0 - 1e-12)))
    mixed = (before["id"] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(11)
    return np.asarray(hazard + INTENTION_NOISE * ndtri((mixed.astype(np.float64) + 0.5) / 2.0**53))


def _counts(intention: Floats) -> Floats:
    """Answers counted in bins of .02 from -10 to 2."""
    return np.asarray(np.histogram(np.clip(intention, -9.99, 1.99), BINS, (-10.0, 2.0))[0], np.float64)


def _strong(asked: Floats) -> Floats:
    """1 for bins above the threshold which `STRONG` of the answers of the first span pass, else 0; by replication."""
    above = np.cumsum(asked[..., ::-1], axis=-1)[..., ::-1]
    return np.asarray(above <= STRONG * above[..., :1], np.float64)


def _share_strong(seen: Floats) -> Floats:
    later = seen[:, 1:] if seen.shape[1] > 1 else seen
    return divided((later * _strong(seen[:, :1])).sum(axis=(1, 2)), later.sum(axis=(1, 2)))
