"""Facts about money, entry and exit that one run of the baseline shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from orgsim.analysis.facts import Quantities, observed, pooled, recorded
from orgsim.analysis.observe import Span
from orgsim.analysis.statistics import divided, jackknife, ratio_of_rates
from orgsim.core.parameters import KINDS
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.reducers import cohort_survival
from orgsim.outcomes.strata import CODE, strata

REGISTERED = strata()["all"]
SOCIAL_WORK = np.equal(CODE // 6, KINDS.index("social_work"))
Mask = NDArray[np.bool_]
FEW_MONTHS = slice(0, 18)
"""Bins of months of cash below three: half months from -6."""


@recorded("F1", "登记社会组织年注销、撤销率")
def exit_rate(recording: Recording) -> Quantities:
    """Registered organizations that leave the register in a year, over those on it, dormant ones included."""
    return (BY_NAME["annual_exit_rate"].measure(recording, REGISTERED),)


@recorded("F2", "现存组织五年存续率")
def five_years(recording: Recording) -> Quantities:
    """Share of the registered organizations at the start that are on the register 60 months later."""
    if recording.months < 60:
        return (np.full(len(recording.replications), np.nan),)
    return (cohort_survival(recording, REGISTERED)[:, 60],)


@recorded("F4", "在册不活动组织占比")
def inactive(recording: Recording) -> Quantities:
    """Share of the register that is dormant, averaged over the run."""
    dormant = recording.flow("dormant_now", REGISTERED).sum(axis=1)
    return (divided(dormant, recording.flow("remains", REGISTERED).sum(axis=1)),)


@recorded("F6", "年净增长率（成立减退出）")
def net_growth(recording: Recording) -> Quantities:
    """Organizations founded less those that leave the register in a year, over the register."""
    return (net_entry(recording),)


def net_entry(recording: Recording) -> Floats:
    """Founded less gone in a year, over the register."""
    new, gone, stock = (recording.flow(name, REGISTERED).sum(axis=1) for name in ("entered", "closes", "remains"))
    return 12.0 * divided(new - gone, stock)


@observed(
    "F7",
    "组织年龄结构",
    ("under 5 years", "5 年以下"),
    ("5 to 10 years", "5–10 年"),
    ("over 10 years", "10 年以上"),
    organizations="registered age",
    finish=lambda seen: tuple(seen[:, 0].T) if seen.shape[1] else tuple(np.full((3, len(seen)), np.nan)),
)
def ages(span: Span) -> Floats:
    """Ages on the register in the month before the policy starts.

    The first world is given the register's ages two years earlier, so this tells whether foundings and closures keep
    the pattern, and is no independent check.
    """
    rows = span.before["organization"]
    age = rows["age"][rows["present"] & rows["registered"]]
    return np.array([np.mean(age < 60.0), np.mean((age >= 60.0) & (age < 120.0)), np.mean(age >= 120.0)])


def hazard_ratios(seen: Floats) -> Quantities:
    """Ratios of risks from counts of events and of those at risk, four numbers a ratio."""
    counts = pooled(seen)
    return tuple(jackknife(counts[:, at : at + 4], ratio_of_rates) for at in range(0, counts.shape[1], 4))


@observed(
    "F8",
    "组织年龄与停止运转的风险",
    ("without public money", "无财政资金"),
    ("publicly funded", "有财政资金"),
    organizations="registered active age dependence",
    finish=hazard_ratios,
)
def hazard_by_age(span: Span) -> Floats:
    """Yearly chance to stop working in the first three years over that at ages above ten years.

    For registered organizations with less than a tenth of public money; then, to be near 1, for those with more than
    half. To stop is to become dormant or to close: the register learns of it only years later.
    """
    chosen, stopped = stopping(span)
    before = span.before["organization"]
    groups = []
    for funded in (before["dependence"] < 0.1, before["dependence"] > 0.5):
        for old in (before["age"] < 36.0, before["age"] >= 120.0):
            groups += [(chosen & funded & old & stopped).sum(), (chosen & funded & old).sum()]
    return np.array(groups, np.float64)


@observed("F9", "最小与最大五分之一组织停止运转风险之比", organizations="registered active scale", finish=hazard_ratios)
def hazard_by_size(span: Span) -> Floats:
    """Yearly chance to stop working in the smallest fifth of registered organizations over that in the largest.

    By scale, the income at which an organization settles, so that one that shrinks before it dies does not become
    small by dying. To stop is to become dormant or to close.
    """
    chosen, stopped = stopping(span)
    scale = span.before["organization"]["scale"]
    if not chosen.any():
        return np.zeros(4)
    low, high = np.quantile(scale[chosen], [0.2, 0.8])
    groups = [chosen & (scale <= low), chosen & (scale >= high)]
    return np.array([count for group in groups for count in ((group & stopped).sum(), group.sum())], np.float64)


@observed("F10", "收入均值与中位数之比", organizations="registered active", flows="income")
def skew_of_income(span: Span) -> Floats:
    """Mean over median of a year's income of registered organizations active through the year."""
    income = _incomes(span)
    return (
        np.array([income.mean() / np.median(income)]) if len(income) and np.median(income) > 0 else np.full(1, np.nan)
    )


@observed("F12", "年收入低于 100 万元的组织占比", organizations="registered active", flows="income")
def small_incomes(span: Span) -> Floats:
    """Share of registered organizations active through the year with a year's income below 1,000,000 yuan."""
    income = _incomes(span)
    return np.array([np.mean(income < 1e6)]) if len(income) else np.full(1, np.nan)


@observed(
    "F13",
    "每家组织的员工数",
    ("mean", "均值"),
    ("median", "中位数"),
    organizations="registered active headcount",
)
def team_sizes(span: Span) -> Floats:
    """People in post per registered organization at a year's end: mean over the register, median over active ones.

    The ministry divides all staff by the whole register, dormant organizations included.
    """
    rows = span.after["organization"]
    listed = rows["present"] & rows["registered"]
    people, active = rows["headcount"][listed], rows["active"][listed]
    return np.array([people.mean(), np.median(people[active])]) if active.any() else np.full(2, np.nan)


@recorded("F14", "购买型社会服务机构的财政资金占比")
def public_share(recording: Recording) -> Quantities:
    """Public money over all income of social-work organizations."""
    return (BY_NAME["government_share"].measure(recording, SOCIAL_WORK),)


@recorded("F15", "全行业捐赠占收入比重")
def gift_share(recording: Recording) -> Quantities:
    """Gifts over all income of registered organizations."""
    return (BY_NAME["donation_share"].measure(recording, REGISTERED),)


@recorded("F16", "捐赠总额年度波动")
def gift_swings(recording: Recording) -> Quantities:
    """SD over the run's years of the yearly log change of gifts to registered organizations.

    Corrected for how few years there are, as for normal changes.
    """
    years = recording.months // 12
    if years < 3:
        return (np.full(len(recording.replications), np.nan),)
    gifts = recording.flow("donation_receipt", REGISTERED)[:, : 12 * years]
    sums = gifts.reshape(-1, years, 12).sum(axis=2)
    changes = np.diff(np.log(np.where(sums > 0.0, sums, np.nan)), axis=1)
    number = changes.shape[1]
    bias = np.sqrt(2.0 / (number - 1)) * np.exp(gammaln(number / 2.0) - gammaln((number - 1) / 2.0))
    return (changes.std(axis=1, ddof=1) / bias,)


@recorded("F17", "现金可支撑月数", ("median", "中位数"), ("under three months", "不足三个月"))
def months_of_cash(recording: Recording) -> Quantities:
    """Months of cost that cash covers in active registered organizations at year ends: median, share below three."""
    cash = recording.cash[:, 1:] if recording.cash.shape[1] > 1 else recording.cash
    counts = cash[:, :, REGISTERED].sum(axis=(1, 2))
    below = divided(counts[:, FEW_MONTHS].sum(axis=1), counts.sum(axis=1))
    return BY_NAME["median_months_of_cash"].measure(recording, REGISTERED), below


@recorded("F18", "年度亏损组织占比")
def deficits(recording: Recording) -> Quantities:
    """Share of active registered organizations that end a calendar year with a deficit."""
    return (BY_NAME["deficit_share"].measure(recording, REGISTERED),)


@observed("F19", "遭遇拨付延迟的承接组织占比", organizations="registered", flows="delivered delayed")
def paid_late(span: Span) -> Floats:
    """Of registered organizations that deliver under contract in a year, the share paid late in any of its months."""
    count = len(span.before["organization"]["id"])
    chosen = span.stayed("organization") & span.before["organization"]["registered"]
    holds, waits = ((span.flows[name][:, :count] > 0.0).any(axis=0) & chosen for name in ("delivered", "delayed"))
    return np.array([waits.sum() / holds.sum() if holds.any() else np.nan])


def _incomes(span: Span) -> Floats:
    chosen = whole_year(span)
    return np.asarray(span.flows["income"][:, : len(chosen)].sum(axis=0)[chosen])


def whole_year(span: Span) -> Mask:
    """Rows of registered organizations that worked when the span began and when it ended."""
    rows = span.before["organization"]
    chosen: Mask = span.stayed("organization") & rows["registered"] & rows["active"]
    chosen &= span.after["organization"]["active"][: len(chosen)]
    return chosen


def stopping(span: Span) -> tuple[Mask, Mask]:
    """Which registered organizations worked when the span began, and which rows no longer work at its end."""
    before, after = span.before["organization"], span.after["organization"]
    chosen = before["present"] & before["registered"] & before["active"]
    return chosen, ~(span.stayed("organization") & after["active"][: len(chosen)])
