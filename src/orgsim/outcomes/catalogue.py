"""The outcomes: what each means, in what unit, over whom, and how it comes from recorded sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgsim.core.parameters import Text
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.reducers import (
    Measure,
    at_month,
    cohort_survival,
    gini,
    median_cash,
    share,
    staff_retention,
    total,
    yearly,
)
from orgsim.outcomes.strata import strata

PUBLIC_COSTS = (
    "subsidy_receipt",
    "contract_receipt",
    "community_receipt",
    "match_receipt",
    "wage_subsidy_receipt",
    "bonuses",
    "reward_receipt",
    "training_cost",
    "morale_cost",
    "support_cost",
    "supervision_cost",
    "embedding_cost",
    "learning_cost",
    "channel_cost",
    "party_cost",
)


@dataclass(frozen=True)
class Outcome:
    """One reported quantity.

    `measure` takes a recording and the chosen strata and gives one value a replication, NaN where it cannot be told;
    of several groups of strata, shape (groups, strata), shape (groups, replications) or what broadcasts to it.
    `better` is +1 where more is better for the aims of the report, -1 where less is, 0 where it is a cost or a fact.
    `people` outcomes count everybody, community organizations included; the others count registered organizations.
    """

    name: str
    title: Text
    unit: str
    measure: Measure
    better: int
    headline: bool = False
    people: bool = False
    meaning: Text | None = None


def _words(en: str, zh: str) -> Text:
    return Text(en=en, zh=zh)


OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        "survival_5y",
        _words("On the register after five years", "五年后仍在册"),
        "share",
        at_month(cohort_survival, 60),
        1,
        True,
    ),
    Outcome(
        "survival_10y",
        _words("On the register after ten years", "十年后仍在册"),
        "share",
        at_month(cohort_survival, 120),
        1,
        True,
    ),
    Outcome(
        "annual_exit_rate",
        _words("Leaving the register, per year", "年注销、撤销率"),
        "rate per year",
        yearly("closes", "remains"),
        -1,
        True,
    ),
    Outcome(
        "dormant_share",
        _words("Dormant, share of the register", "僵尸型组织占比"),
        "share",
        share("dormant_now", "remains", 12),
        -1,
        True,
    ),
    Outcome(
        "annual_turnover",
        _words("Staff turnover, per year", "员工年流失率"),
        "rate per year",
        yearly("leavers", "headcount", "displaced_staff"),
        -1,
        True,
        True,
    ),
    Outcome(
        "retention_12m",
        _words("Staff still in post after twelve months", "员工十二个月留任率"),
        "share",
        at_month(staff_retention, 12),
        1,
        True,
        True,
    ),
    Outcome(
        "government_share",
        _words("Public share of income", "收入中的财政资金占比"),
        "share",
        share("government_income", "income"),
        0,
        True,
    ),
    Outcome(
        "median_months_of_cash",
        _words("Months of cash, median", "现金可支撑月数（中位数）"),
        "months",
        median_cash,
        1,
        True,
    ),
    Outcome(
        "services_delivered",
        _words("People served", "服务人次（人月）"),
        "person-months",
        total("services"),
        1,
        True,
        True,
    ),
    Outcome("public_cost", _words("Public cost", "财政支出"), "CNY", total("public_outlay"), 0, True, True),
    Outcome(
        "active_5y",
        _words("Still working after five years", "五年后仍正常运转"),
        "share",
        at_month(cohort_survival, 60, active=True),
        1,
    ),
    Outcome(
        "active_10y",
        _words("Still working after ten years", "十年后仍正常运转"),
        "share",
        at_month(cohort_survival, 120, active=True),
        1,
    ),
    Outcome(
        "annual_entry_rate",
        _words("Founded, per year", "年新成立率"),
        "rate per year",
        yearly("entered", "remains"),
        1,
    ),
    Outcome(
        "annual_dormancy_rate",
        _words("Becoming dormant, per year", "年转入僵尸状态率"),
        "rate per year",
        yearly("becomes_dormant", "active_now"),
        -1,
    ),
    Outcome(
        "organization_years",
        _words("Organization-years at work", "正常运转的组织年数"),
        "years",
        total("active_now", weight=1 / 12),
        1,
    ),
    Outcome(
        "staff_years",
        _words("Person-years in post", "在岗人年数"),
        "years",
        total("headcount", weight=1 / 12),
        1,
        people=True,
    ),
    Outcome(
        "retained_staff_years",
        _words("Years served by those in post at the start", "期初在岗人员的累计在岗年数"),
        "years",
        total("cohort_staff", weight=1 / 12),
        1,
        people=True,
    ),
    Outcome(
        "full_time_turnover",
        _words("Turnover of full-time staff, per year", "专职员工年流失率"),
        "rate per year",
        yearly("full_time_leavers", "full_time_staff"),
        -1,
        people=True,
    ),
    Outcome(
        "stay_in_sector",
        _words("Leavers who stay in the sector", "离职后留在行业内的占比"),
        "share",
        share("movers", "leavers"),
        1,
        people=True,
    ),
    Outcome(
        "leave_for_business",
        _words("Leavers who go to firms", "离职后进入企业的占比"),
        "share",
        share("to_business", "leavers"),
        -1,
        people=True,
    ),
    Outcome(
        "leave_elsewhere",
        _words("Leavers who take a public post, study or stay at home", "离职后进入体制内、求学或居家的占比"),
        "share",
        lambda r, s: 1.0 - share("movers", "leavers")(r, s) - share("to_business", "leavers")(r, s),
        0,
        people=True,
    ),
    Outcome(
        "vacancy_rate", _words("Posts vacant", "岗位空缺率"), "share", share("vacancies", "posts"), -1, people=True
    ),
    Outcome(
        "mean_tenure",
        _words("Mean tenure", "平均在职月数"),
        "months",
        share("tenure_sum", "headcount", 12),
        1,
        people=True,
    ),
    Outcome(
        "full_time_share",
        _words("Full-time staff", "专职人员占比"),
        "share",
        share("full_time_staff", "headcount", 12),
        1,
        people=True,
    ),
    Outcome(
        "certified_share",
        _words("Certified staff", "持证人员占比"),
        "share",
        share("certified_staff", "headcount", 12),
        1,
        people=True,
    ),
    Outcome(
        "deficit_share",
        _words("In deficit in a year", "年度亏损组织占比"),
        "share",
        lambda r, s: 12.0 * share("in_deficit", "active_now")(r, s),
        -1,
    ),
    Outcome(
        "late_payment_share",
        _words("Contract holders paid late", "遭遇拨付延迟的承接组织占比"),
        "share",
        share("waits_for_money", "holds_contract"),
        -1,
    ),
    Outcome(
        "breach_share",
        _words("In breach of procedure", "程序性违规组织占比"),
        "share",
        share("breaches", "active_now"),
        -1,
    ),
    Outcome(
        "misconduct_share",
        _words("In serious misconduct", "严重违规组织占比"),
        "share",
        share("misconducts", "active_now"),
        -1,
    ),
    Outcome(
        "sanction_rate", _words("Sanctions, per year", "年处罚率"), "rate per year", yearly("sanctioned", "remains"), 0
    ),
    Outcome(
        "inspection_rate",
        _words("Inspected, per year", "年抽查率"),
        "rate per year",
        yearly("inspected", "active_now"),
        0,
    ),
    Outcome(
        "rated_share", _words("Rated 3A or better", "3A 及以上占比"), "share", share("rated_well", "remains", 12), 1
    ),
    Outcome("credibility", _words("Credibility", "公信力"), "index", share("credibility", "active_now", 12), 1),
    Outcome("autonomy", _words("Autonomy", "自主性"), "index", share("autonomy", "active_now", 12), 1),
    Outcome("quality", _words("Quality of services", "服务质量"), "index", share("quality", "active_now", 12), 1),
    Outcome(
        "donation_share",
        _words("Gifts, share of income", "捐赠占收入比重"),
        "share",
        share("donation_receipt", "income"),
        0,
    ),
    Outcome("income_gini", _words("Inequality of income (Gini)", "收入基尼系数"), "index", gini, 0),
    *(
        Outcome(
            f"public_cost.{name}", _words(f"Public cost: {en}", f"财政支出：{zh}"), "CNY", total(name), 0, people=True
        )
        for name, en, zh in (
            ("subsidy_receipt", "subsidies", "补助"),
            ("contract_receipt", "contracts", "政府购买服务"),
            ("community_receipt", "community purchase", "社区购买"),
            ("match_receipt", "matching of gifts", "捐赠配比"),
            ("wage_subsidy_receipt", "wage subsidy", "薪酬补贴"),
            ("bonuses", "bonuses for staying", "留任奖励"),
            ("reward_receipt", "rewards for good rating", "评级奖励"),
            ("training_cost", "training", "培训"),
            ("morale_cost", "recognition, career, voice", "表彰、职业发展与民主参与"),
            ("support_cost", "fundraising support", "筹资支持"),
            ("supervision_cost", "supervision", "监督与督导"),
            ("embedding_cost", "building ties", "嵌入支持"),
            ("learning_cost", "forums and university links", "同行交流与高校合作"),
            ("channel_cost", "channels for a say", "参政议政渠道"),
            ("party_cost", "party-building instructors", "党建指导员"),
        )
    ),
)
BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}


def outcome_keys() -> pd.DataFrame:
    """The rows of `outcome_matrix`: columns outcome, unit, stratum."""
    rows = [(each.name, each.unit, name) for each in OUTCOMES for name in strata(each.people)]
    return pd.DataFrame(rows, columns=["outcome", "unit", "stratum"])


def outcome_matrix(recording: Recording) -> Floats:
    """All outcomes for all groups, shape (rows of `outcome_keys`, replications)."""
    groups = {people: np.array(list(strata(people).values())) for people in (False, True)}
    values = np.empty((len(OUTCOMES), len(groups[True]), len(recording.replications)))
    for place, outcome in enumerate(OUTCOMES):
        values[place] = outcome.measure(recording, groups[outcome.people])
    return values.reshape(-1, len(recording.replications))
