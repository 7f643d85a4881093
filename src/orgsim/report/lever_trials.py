"""What is tried for each lever, and which way the evidence says it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Trial:
    """Values tried in place of the ends of a lever's legal range, and what is set beside it so that it can act.

    `also` holds in the run the lever is compared with too, so that the difference is the lever's alone.
    """

    low: float
    high: float
    reason: str
    also: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Direction:
    """Which way an outcome moves when a lever is raised: +1 or −1, by what evidence; 0 if no evidence was found."""

    lever: str
    outcome: str
    sign: int
    reason: str
    cite: str = ""


@dataclass(frozen=True)
class Effect:
    """What one outcome does when one lever is moved from where it stands to one end.

    `reference` is the outcome's mean before the move; `difference` the mean paired difference, between `low` and `high`
    with 95 % confidence; `unpaired_width` how wide that interval would be without common random numbers. NaN where
    the horizon is too short to tell. `also` says what was set beside the lever, in both runs.
    """

    lever: str
    end: str
    value: float
    reference_value: float
    also: str
    outcome: str
    unit: str
    reference: float
    difference: float
    low: float
    high: float
    unpaired_width: float
    replications: int


_ROOM = {"subsidy.yearly_cap": 40e6}

TRIALS: Mapping[str, Trial] = {
    "subsidy.core_grant": Trial(0.0, 20_000.0, "the legal end would cost as much as all contracts", _ROOM),
    "subsidy.community_grant": Trial(0.0, 20_000.0, "the legal end would be half of all contracts", _ROOM),
    "subsidy.minimum_rating": Trial(
        0.0, 3.0, "3A is the grade that rules name; acts only on a core grant", _ROOM | {"subsidy.core_grant": 20_000.0}
    ),
    "subsidy.yearly_cap": Trial(2e6, 40e6, "from a third of what is claimed to more than can be claimed"),
    "contracts.yearly_budget": Trial(60e6, 240e6, "half and twice today's"),
    "contracts.minimum_rating": Trial(0.0, 3.0, "3A is the grade that rules name"),
    "donations.fundraising_support": Trial(0.0, 5_000.0, "the legal end would cost more than half of all contracts"),
    "donations.match_rate": Trial(0.0, 1.0, "more than 1:1 attracts nothing further", {"donations.match_pot": 20e6}),
    "donations.match_pot": Trial(0.0, 20e6, "acts only on a match", {"donations.match_rate": 1.0}),
    "pay.pay_floor": Trial(0.0, 0.8, "the mean ratio of pay today; above it most employers could not pay"),
    "pay.wage_subsidy": Trial(0.0, 500.0, "about a tenth of pay; the legal end would cost as much as all contracts"),
    "pay.retention_bonus": Trial(0.0, 0.09, "the size tried in Virginia"),
    "morale.recognition": Trial(0.0, 1.0, "one standard deviation, as studies report it"),
    "morale.staff_voice": Trial(0.0, 1.0, "one standard deviation, as studies report it"),
    "morale.career_ladder": Trial(0.0, 1.0, "one standard deviation, as studies report it"),
    "morale.policy_support": Trial(0.0, 1.0, "one standard deviation, as studies report it"),
    "supervision.professional_supervision": Trial(0.0, 1.0, "one standard deviation, as studies report it"),
    "supervision.reward": Trial(0.0, 10_000.0, "the order of rewards that county rules name"),
}
"""Where a legal end would be absurd, or would not show what the lever does."""

DIRECTIONS: tuple[Direction, ...] = (
    Direction(
        "subsidy.core_grant",
        "active_10y",
        1,
        "charities that won a grant survived more often",
        "andreoni_payne_smith2014",
    ),
    Direction("subsidy.community_grant", "", 0, "no study of grants to filed community organizations was found"),
    Direction("subsidy.minimum_rating", "", 0, "no study of a rating as a condition of subsidy was found"),
    Direction("subsidy.yearly_cap", "", 0, "a limit; it acts only where claims exceed it"),
    Direction(
        "contracts.yearly_budget",
        "active_10y",
        1,
        "organizations that won public money survived more often",
        "andreoni_payne_smith2014",
    ),
    Direction("contracts.volatility", "", 0, "no series of district budgets was found"),
    Direction(
        "contracts.indexation",
        "annual_turnover",
        -1,
        "pay that falls behind jobs elsewhere raises leaving",
        "hendricks2014",
    ),
    Direction(
        "contracts.duration",
        "annual_turnover",
        -1,
        "leaving peaks where contracts come up for renewal",
        "bradley_green_mangan",
    ),
    Direction(
        "contracts.price_coverage",
        "deficit_share",
        -1,
        "payments below cost go with deficits of contractors",
        "urban2010",
    ),
    Direction(
        "contracts.payment_delay",
        "active_10y",
        -1,
        "organizations paid late draw on their reserves; a median of survivors hides it",
        "urban2010",
    ),
    Direction("contracts.community_purchase_share", "", 0, "no volume or effect of community purchase was found"),
    Direction("contracts.minimum_rating", "", 0, "no study of a rating as a condition of contracts was found"),
    Direction("fees.trading_support", "", 0, "studies disagree on earned income and survival"),
    Direction(
        "donations.fundraising_support",
        "donation_share",
        1,
        "a yuan spent on asking brings more than one",
        "fundratios2014",
    ),
    Direction("donations.match_rate", "donation_share", 1, "the offer of a match raises gifts", "karlan_list2007"),
    Direction("donations.match_pot", "donation_share", 1, "the offer of a match raises gifts", "karlan_list2007"),
    Direction(
        "pay.pay_floor", "annual_turnover", -1, "better pay against jobs elsewhere lowers leaving", "hendricks2014"
    ),
    Direction(
        "pay.wage_subsidy", "annual_turnover", -1, "better pay against jobs elsewhere lowers leaving", "falch2011"
    ),
    Direction(
        "pay.retention_bonus", "annual_turnover", -1, "pay on condition of staying halved leaving", "bassok_doromal2022"
    ),
    Direction(
        "pay.certificate_allowance",
        "annual_turnover",
        -1,
        "better pay against jobs elsewhere lowers leaving",
        "hendricks2014",
    ),
    Direction(
        "morale.recognition", "annual_turnover", -1, "honours count, the least of what is not pay", "beijing_dce2023"
    ),
    Direction(
        "morale.staff_voice",
        "annual_turnover",
        -1,
        "taking part in decisions goes with satisfaction",
        "miller_monge1986",
    ),
    Direction(
        "morale.career_ladder", "annual_turnover", -1, "a career counts the most of what is not pay", "beijing_dce2023"
    ),
    Direction("morale.policy_support", "", 0, "practitioners expect it; no estimate was found"),
    Direction("skills.training", "quality", 1, "training raises skill and behaviour at work", "arthur2003"),
    Direction(
        "skills.certificate_drive", "", 0, "a certificate opens other doors; what a drive does to leaving was not read"
    ),
    Direction("compliance.penalty", "", 0, "theory only; no trial of a rising fine was found"),
    Direction(
        "supervision.inspection_rate",
        "breach_share",
        -1,
        "a higher risk of audit lowers corruption where sanctions are likely",
        "zamboni_litschig2018",
    ),
    Direction("supervision.public_channel", "sanction_rate", 1, "tips uncover more than any other channel", "acfe2024"),
    Direction("supervision.media", "", 0, "the press both deters and spreads mistrust; no net effect was found"),
    Direction("supervision.third_party", "", 0, "depends on who pays the evaluator"),
    Direction(
        "supervision.evaluator_paid_centrally",
        "breach_share",
        -1,
        "auditors paid centrally reported more truly, and those audited complied more",
        "duflo2013",
    ),
    Direction(
        "supervision.sanction_credibility",
        "breach_share",
        -1,
        "audits do nothing where sanctions are unlikely",
        "zamboni_litschig2018",
    ),
    Direction("supervision.fine", "", 0, "likelihood of a sanction is studied, its size is not"),
    Direction("supervision.reward", "", 0, "no study of rewards for a rating was found"),
    Direction("supervision.credit_archive", "", 0, "a rule since 2018; its effect has not been studied"),
    Direction(
        "supervision.professional_supervision",
        "annual_turnover",
        -1,
        "supervised workers are more content and stay, on weak causal evidence",
        "carpenter2013",
    ),
    Direction("supervision.daily_management", "", 0, "no study of the shift from gate to daily supervision was found"),
    Direction("supervision.dual_management", "", 0, "growth after direct registration is descriptive only"),
    Direction("supervision.targeting", "", 0, "theory only: aim matters more than number where inspectors are few"),
    Direction("offices.fines_retained", "", 0, "theory only; acts where supervisors adapt"),
    Direction(
        "autonomy.political_support",
        "autonomy",
        1,
        "ties with government go with more autonomy, not less",
        "cai_ning2018",
    ),
    Direction(
        "autonomy.market_support", "donation_share", 1, "ties with business go with more gifts", "zhang_guo_wu2023"
    ),
    Direction("autonomy.social_support", "", 0, "no effect of ties with residents and professions was found"),
    Direction(
        "autonomy.unrestricted_share", "annual_turnover", -1, "autonomy at work lowers the wish to leave", "qin2022"
    ),
    Direction("innovation.forums", "quality", 1, "firms that met monthly for a year grew by 8 %", "cai_szeidl2018"),
    Direction(
        "innovation.university_links",
        "quality",
        1,
        "outside communication is what goes most with innovation",
        "damanpour1991",
    ),
    Direction("participation.channel", "", 0, "officials value the input; no effect on outcomes was found"),
    Direction("party_building.register_push", "", 0, "cross-sections only; no estimate of an effect was found"),
    Direction("party_building.annual_report_push", "", 0, "cross-sections only; no estimate of an effect was found"),
    Direction("party_building.instructors", "", 0, "cross-sections only; no estimate of an effect was found"),
    Direction(
        "entry_exit.cleanup_rate", "dormant_share", -1, "the clean-up dealt with many of those found", "chongqing_mzj"
    ),
)
"""One line a lever; only what a source states, so that a lever the model alone speaks for has no direction."""
