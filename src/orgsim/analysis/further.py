"""Facts no shipped target names, which one run shows: for files of others, where phrases of the fact tell them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgsim.analysis.facts import Quantities, known_by, observed, pooled, recorded
from orgsim.analysis.funding import REGISTERED, hazard_ratios, stopping, whole_year
from orgsim.analysis.observe import Span
from orgsim.analysis.staff import leaving
from orgsim.analysis.statistics import correlation, divided, jackknife, moments, ratio_of_rates
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.reducers import cohort_survival
from orgsim.outcomes.survival import spell_survival

LEAVING = "turnover|leave|leaving|quit|quits|exit|hazard"
CLOSING = "hazard|exit|close|closure|closing|die|death|survival"
SURVIVAL = "survival|survive|surviving|still on the register"
NEW = "new|newly|entrant|entrants|newborn"


def _at(curve: Floats, month: int) -> Floats:
    return curve[:, month] if month < curve.shape[1] else np.full(len(curve), np.nan)


@known_by("one year|1 year|s 1", SURVIVAL)
@recorded("survival_1y", "现存组织一年存续率")
def one_year(recording: Recording) -> Quantities:
    """Share of the registered organizations at the start that are on the register 12 months later."""
    return (_at(cohort_survival(recording, REGISTERED), 12),)


@known_by("three year|3 year|s 3", SURVIVAL)
@recorded("survival_3y", "现存组织三年存续率")
def three_years(recording: Recording) -> Quantities:
    """Share of the registered organizations at the start that are on the register 36 months later."""
    return (_at(cohort_survival(recording, REGISTERED), 36),)


@known_by("ten year|10 year|s 10", SURVIVAL)
@recorded("survival_10y", "现存组织十年存续率")
def ten_years(recording: Recording) -> Quantities:
    """Share of the registered organizations at the start that are on the register 120 months later."""
    return (_at(cohort_survival(recording, REGISTERED), 120),)


@known_by("three year|3 year", SURVIVAL, NEW)
@recorded("new_survival_3y", "新成立组织三年存续率")
def new_three_years(recording: Recording) -> Quantities:
    """Share of registered organizations founded in the run that are on the register 36 months later (Kaplan–Meier)."""
    return (_at(spell_survival(recording, "entrants"), 36),)


@known_by("five year|5 year", SURVIVAL, NEW)
@recorded("new_survival_5y", "新成立组织五年存续率")
def new_five_years(recording: Recording) -> Quantities:
    """Share of registered organizations founded in the run that are on the register 60 months later (Kaplan–Meier)."""
    return (_at(spell_survival(recording, "entrants"), 60),)


@known_by("gini", "income")
@recorded("income_gini", "收入基尼系数")
def gini(recording: Recording) -> Quantities:
    """Gini coefficient of yearly income of active registered organizations in the last year."""
    return (BY_NAME["income_gini"].measure(recording, REGISTERED),)


@known_by("top tenth|top 10|largest tenth|richest tenth|top decile", "income")
@observed("top_tenth", "收入最高十分之一组织的收入占比", organizations="registered active", flows="income")
def top_tenth(span: Span) -> Floats:
    """Share of a year's income that the tenth of registered organizations with most income has."""
    income = np.sort(span.flows["income"][:, : len(whole_year(span))].sum(axis=0)[whole_year(span)])
    if not len(income) or income.sum() <= 0.0:
        return np.full(1, np.nan)
    return np.array([income[-max(1, round(len(income) / 10)) :].sum() / income.sum()])


def _spread(seen: Floats) -> Quantities:
    count, total, squares = pooled(seen).T
    return (np.sqrt(np.maximum(divided(squares, count) - divided(total, count) ** 2, 0.0)),)


@known_by("sd|spread|volatility|standard deviation", "income|revenue", "change|growth|volatility", "year|yearly|annual")
@observed(
    "income_volatility",
    "组织收入年度变动的标准差",
    organizations="registered active income_trend",
    finish=_spread,
)
def income_volatility(span: Span) -> Floats:
    """SD over registered organizations of the log change of their smoothed income within a year."""
    chosen = whole_year(span)
    before, after = (rows["organization"]["income_trend"][: len(chosen)] for rows in (span.before, span.after))
    chosen &= (before > 0.0) & (after > 0.0)
    change = np.log(after[chosen] / before[chosen])
    return np.array([len(change), change.sum(), (change**2).sum()])


@known_by("reserve|reserves|cash", CLOSING, "ratio|hr|over|vs|versus")
@observed(
    "hazard_by_reserves",
    "储备不足一月与三月以上组织停止运转风险之比",
    organizations="registered active months_of_cash",
    finish=hazard_ratios,
)
def hazard_by_reserves(span: Span) -> Floats:
    """Yearly chance to stop working with less than one month of cash over that with three months and more."""
    cash = span.before["organization"]["months_of_cash"]
    return _two(span, cash < 1.0, cash >= 3.0)


@known_by("concentrated|concentration|diversified|diversification|single source", CLOSING, "ratio|hr|over|vs|versus")
@observed(
    "hazard_by_concentration",
    "收入集中与多元组织停止运转风险之比",
    organizations="registered active diversity",
    finish=hazard_ratios,
)
def hazard_by_concentration(span: Span) -> Floats:
    """Yearly chance to stop working in the third of organizations with least even sources over that with most even."""
    chosen, _ = stopping(span)
    diversity = span.before["organization"]["diversity"]
    if not chosen.any():
        return np.zeros(4)
    low, high = np.quantile(diversity[chosen], [1 / 3, 2 / 3])
    return _two(span, diversity <= low, diversity >= high)


def _two(span: Span, one: NDArray[np.bool_], other: NDArray[np.bool_]) -> Floats:
    chosen, stopped = stopping(span)
    groups = [chosen & one, chosen & other]
    return np.array([count for group in groups for count in ((group & stopped).sum(), group.sum())], np.float64)


@known_by("dormant|dormancy|inactive|zombie|economic death", "years|lag|duration|how long")
@recorded("years_dormant", "停止活动到退出或恢复的年数")
def years_dormant(recording: Recording) -> Quantities:
    """Mean years an organization is dormant before it leaves the register or is revived: stock over yearly outflow."""
    stock = recording.flow("dormant_now", REGISTERED).sum(axis=1)
    ways = ("struck_off", "deregistered", "revived")
    return (divided(stock / 12.0, sum((recording.flow(way, REGISTERED).sum(axis=1) for way in ways), np.zeros(1))),)


def _one_ratio(seen: Floats) -> Quantities:
    return (jackknife(pooled(seen), ratio_of_rates),)


@known_by("part time|insecure|zero hours", LEAVING)
@observed(
    "turnover_part_time",
    "非全职与全职员工流失率之比",
    months=1,
    staff="full_time employer",
    organizations="active",
    finish=_one_ratio,
)
def turnover_part_time(span: Span) -> Floats:
    """Turnover of part-time over that of full-time staff, whose employer works on."""
    chosen, gone, before = leaving(span)
    groups = [chosen & ~before["full_time"], chosen & before["full_time"]]
    return np.array([count for group in groups for count in ((group & gone).sum(), group.sum())], np.float64)


@known_by("12 and 24|spike|spikes|renewal|anniversary", LEAVING)
@recorded("renewal_spikes", "第 12、24 个月离职风险的突升")
def renewal_spikes(recording: Recording) -> Quantities:
    """Chance to leave in months 12 and 24 of tenure over that in the months just before and after."""
    ended, still = recording.spells["staff_ended"], recording.spells["staff_open"]
    at_risk = np.cumsum((ended + still)[:, ::-1], axis=1)[:, ::-1]
    groups = ([12, 24], [11, 13, 23, 25])
    counts = [counted[:, months].sum(axis=1) for months in groups for counted in (ended, at_risk)]
    return (jackknife(np.array(counts).T, ratio_of_rates),)


@known_by("hire|hires|hired|recruits|newcomers", LEAVING, "within a year|first year|within 12 months|twelve months")
@recorded("first_year_leavers", "入职一年内离职的占比")
def first_year_leavers(recording: Recording) -> Quantities:
    """Share of people hired in the run who have left within twelve months (Kaplan–Meier), closures included."""
    return (1.0 - _at(spell_survival(recording, "staff"), 12),)


@known_by("party", "size|income|larger", "correlation|association|cross section|naive")
@observed(
    "party_and_size",
    "党组织与组织规模的相关",
    organizations="registered active party_branch scale",
    finish=lambda seen: (correlation(pooled(seen)),),
)
def party_and_size(span: Span) -> Floats:
    """Correlation over active registered organizations of having a Party organization with the log of usual income."""
    rows = span.before["organization"]
    chosen = rows["present"] & rows["registered"] & rows["active"]
    return moments(rows["party_branch"][chosen], np.log(rows["scale"][chosen]))
