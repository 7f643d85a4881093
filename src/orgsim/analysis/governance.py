"""Facts about supervision, trust, the register and Party organizations that one run of the baseline shows."""

from __future__ import annotations

import numpy as np

from orgsim.analysis.facts import Quantities, observed, pooled, recorded
from orgsim.analysis.funding import REGISTERED, net_entry
from orgsim.analysis.observe import Span
from orgsim.analysis.statistics import correlation, divided, jackknife, moments, ratio_of_rates
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Floats, Recording

CHANNELS = ("inspection", "tip", "press", "books", "evaluator")


@recorded("G1", "年度抽查比例")
def inspected(recording: Recording) -> Quantities:
    """Active registered organizations inspected at random in a year, over those active."""
    return (BY_NAME["inspection_rate"].measure(recording, REGISTERED),)


@recorded("G4", "每组织年受处罚率")
def penalties(recording: Recording) -> Quantities:
    """Sanctions in a year over the register, dormant organizations included."""
    return (BY_NAME["sanction_rate"].measure(recording, REGISTERED),)


@recorded("G5", "清理前不活动组织存量")
def inactive_stock(recording: Recording) -> Quantities:
    """Share of the register that is dormant in the month before the policy starts."""
    dormant = recording.stock("dormant_now", REGISTERED)[:, 0]
    return (divided(dormant, recording.stock("remains", REGISTERED)[:, 0]),)


@recorded("G6", "清理结果", ("revoked", "撤销"), ("deregistered", "注销"), ("revived", "恢复"))
def cleaned_up(recording: Recording) -> Quantities:
    """How the clean-up ended for dormant organizations whose case was taken up: struck off, deregistered, revived."""
    ways = [recording.flow(name, REGISTERED).sum(axis=1) for name in ("struck_off", "deregistered", "revived")]
    return tuple(divided(way, np.sum(ways, axis=0)) for way in ways)


def pooled_shares(seen: Floats) -> Quantities:
    """The first of two counts over the second, all years together."""
    counts = pooled(seen)
    return (divided(counts[:, 0], counts[:, 1]),)


def _at_the_end(seen: Floats) -> Quantities:
    last = seen[:, -1] if seen.shape[1] else np.full((len(seen), seen.shape[2] if seen.ndim > 2 else 4), np.nan)
    return tuple(last.T)


@observed("G2", "年报逾期或未报率", organizations="registered missed_reports", finish=pooled_shares)
def silent(span: Span) -> Floats:
    """Organizations on the register at a year's end that have not filed the last annual report, over the register."""
    return _defaulters(span, 1.0, 0.0)


@observed("G3", "未报组织中连续三年及以上者占比", organizations="registered missed_reports", finish=pooled_shares)
def chronically_silent(span: Span) -> Floats:
    """Of organizations that have not filed the last annual report, those that missed the two before as well."""
    return _defaulters(span, 3.0, 1.0)


def _defaulters(span: Span, missed: float, among: float) -> Floats:
    rows = span.after["organization"]
    reports = rows["missed_reports"][rows["present"] & rows["registered"]]
    return np.array([np.sum(reports >= missed), np.sum(reports >= among)], np.float64)


@observed(
    "G7",
    "评估等级分布",
    ("3A and above", "3A 及以上"),
    ("5A", "5A"),
    ("4A", "4A"),
    ("3A", "3A"),
    organizations="registered rating",
    finish=_at_the_end,
)
def ratings(span: Span) -> Floats:
    """Share of the register rated 3A or better, and rated 5A, at the end of the run; then 4A and 3A alone.

    The evidence is of ten years of rating; a run of 120 months shows that, a shorter one a start given to it.
    """
    rows = span.after["organization"]
    rating = rows["rating"][rows["present"] & rows["registered"]]
    return np.array([np.mean(rating >= 3.0), *(np.mean(rating == grade) for grade in (5.0, 4.0, 3.0))])


@recorded(
    "G12",
    "违规发现渠道占比",
    ("tips", "举报"),
    ("external evaluators", "外部评估"),
)
def channels(recording: Recording) -> Quantities:
    """Of violations found, the share found through tips, and through third-party evaluators.

    All organizations. Random inspections, the press and an organization's own books find the rest.
    """
    everybody = np.ones_like(REGISTERED)
    found = {name: recording.flow(f"found_by_{name}", everybody).sum(axis=1) for name in CHANNELS}
    whole = np.sum(list(found.values()), axis=0)
    return divided(found["tip"], whole), divided(found["evaluator"], whole)


def _differences(seen: Floats) -> Quantities:
    sums = pooled(seen)
    mean = divided(sums[:, 0::2], sums[:, 1::2])
    return np.expm1(mean[:, 0] - mean[:, 2]), np.expm1(mean[:, 1] - mean[:, 2])


@observed(
    "G13",
    "评估等级与捐赠",
    ("reaching 3A", "达到 3A"),
    ("reaching 1A or 2A", "仅达到 1A 或 2A"),
    organizations="registered active",
    flows="rating donation_receipt",
    finish=_differences,
)
def rating_and_gifts(span: Span) -> Floats:
    """Growth of gifts within the year of organizations that were newly rated, against those not rated.

    Gifts of the year's last three months over its first three, as a mean of logs. Newly rated are those without a
    rating in the first three months and with one in all of the last three: 3A or better, or less.
    """
    before = span.before["organization"]
    count = len(before["id"])
    rating, gifts = (span.flows[name][:, :count] for name in ("rating", "donation_receipt"))
    first, last = gifts[:3].sum(axis=0), gifts[-3:].sum(axis=0)
    chosen = span.stayed("organization") & before["registered"] & before["active"] & (first > 0.0) & (last > 0.0)
    growth = np.log(np.divide(last, first, out=np.ones(count), where=chosen))
    unrated = chosen & (rating[:3] == 0.0).all(axis=0)
    low, high = rating[-3:].min(axis=0), rating[-3:].max(axis=0)
    groups = [unrated & (low >= 3.0), unrated & (low >= 1.0) & (high < 3.0), unrated & (high == 0.0)]
    return np.array([number for group in groups for number in (growth[group].sum(), group.sum())])


@observed(
    "G14",
    "组织公信力与捐赠的相关",
    organizations="registered active kind scale credibility",
    flows="donation_receipt",
    finish=lambda seen: (correlation(pooled(seen)),),
)
def trust_and_gifts(span: Span) -> Floats:
    """Correlation over organizations of credibility with the log of a year's gifts per yuan of usual income.

    Registered organizations active through the year, differences between kinds taken out, since kinds differ in how far
    they live on gifts. The studies correlate givers' trust with their giving, which the model does not tell apart.
    """
    before = span.before["organization"]
    count = len(before["id"])
    gifts = span.flows["donation_receipt"][:, :count].sum(axis=0)
    chosen = span.stayed("organization") & before["registered"] & before["active"] & (gifts > 0.0)
    kind, trust = before["kind"][chosen], before["credibility"][chosen]
    giving = np.log(gifts[chosen] / before["scale"][chosen])
    for code in np.unique(kind):
        same = kind == code
        trust, giving = (
            np.where(same, trust - trust[same].mean(), trust),
            np.where(same, giving - giving[same].mean(), giving),
        )
    return moments(trust, giving)


@observed(
    "G17",
    "党组织覆盖率",
    ("2012", "2012 年"),
    ("2013", "2013 年"),
    ("2016", "2016 年"),
    ("2017", "2017 年"),
    ("other definitions", "其他口径"),
    organizations="registered active party_branch",
    finish=lambda seen: tuple(seen[:, 0].T) if seen.shape[1] else tuple(np.full((5, len(seen)), np.nan)),
)
def party_coverage(span: Span) -> Floats:
    """Share of active registered organizations with a Party organization in the month before the policy starts.

    That is the definition of 2017, with which the model begins; the years before lie before its start and are not
    measured, nor are other definitions.
    """
    rows = span.before["organization"]
    covered = rows["party_branch"][rows["present"] & rows["registered"] & rows["active"]]
    return np.array([np.nan, np.nan, np.nan, covered.mean() if len(covered) else np.nan, np.nan])


@recorded("G21", "年成立率与净增长率", ("entry", "成立"), ("net growth", "净增长"))
def entry(recording: Recording) -> Quantities:
    """Organizations founded in a year over the register, and founded less gone."""
    return BY_NAME["annual_entry_rate"].measure(recording, REGISTERED), net_entry(recording)


def _odds_ratio(seen: Floats) -> Quantities:
    return (jackknife(pooled(seen), ratio_of_rates),)  # odds: over those without misconduct


@observed(
    "G22",
    "治理水平最高与最低四分之一组织的违规优势比",
    organizations="registered active management serious_misconduct",
    finish=_odds_ratio,
)
def misconduct_by_governance(span: Span) -> Floats:
    """Odds of serious misconduct in the best managed quarter over those in the worst managed quarter.

    Active registered organizations at year ends.
    """
    rows = span.after["organization"]
    chosen = rows["present"] & rows["registered"] & rows["active"]
    if not chosen.any():
        return np.zeros(4)
    low, high = np.quantile(rows["management"][chosen], [0.25, 0.75])
    groups = [chosen & (rows["management"] >= high), chosen & (rows["management"] <= low)]
    bad = rows["serious_misconduct"]
    return np.array([count for group in groups for count in ((group & bad).sum(), (group & ~bad).sum())], np.float64)
