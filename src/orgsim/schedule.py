"""The model on one page: its entities and the order of the month."""

from __future__ import annotations

from functools import lru_cache

from orgsim.core.declare import Entity, Phase, allocate, birth, death, phase, totals
from orgsim.core.parameters import KINDS
from orgsim.core.registry import Model, collect
from orgsim.mechanisms import mechanisms, space
from orgsim.mechanisms.records.mechanism import CASH_BINS, INCOME_BINS, LONGEST, STRATA, TOTALS

ENTITIES = (
    Entity("sector", rows=1),
    Entity("kind", rows=len(KINDS)),
    Entity("funder"),
    Entity(
        "organization",
        links={
            "kind": "kind",
            "funder": "funder",
            "peer": "organization",
            "stratum": "stratum",
            "cash_bin": "cash_bin",
            "income_bin": "income_bin",
            "age_bin": "age_bin",
        },
    ),
    Entity("staff", links={"employer": "organization", "spell_bin": "spell_bin"}),
    Entity("stratum", rows=STRATA),
    Entity("cash_bin", rows=STRATA * CASH_BINS),
    Entity("income_bin", rows=STRATA * INCOME_BINS),
    Entity("age_bin", rows=LONGEST),
    Entity("spell_bin", rows=LONGEST),
)

MONTH: tuple[Phase, ...] = (
    # open: prices, climate, budgets; everybody is a month older
    phase("fade", sector=["newness_fade", "learning_fade", "preparing", "heard"]),
    phase(
        "open",
        sector=["outside_wage", "price_index", "donation_climate", "cleanup_hazard", "dissolution_hazard"],
        funder=["budget_shock"],
        organization=[
            "age",
            "maturity",
            "cohort",
            "size_third",
            "leader_leaves",
            "successor_age",
            "leader_age",
            "led_for",
            "party_branch",
            "party_function",
        ],
        staff="tenure experience newness earliness rawness certificate joined_before spell_bin".split(),
    ),
    # fund: claims, calls, awards, receipts
    phase("index", funder=["budget"], organization=["usual_income", "dependence_norm"]),
    phase(
        "claim",
        organization=[
            "contract_need",
            "eligible",
            "considers",
            "applies",
            "asked_amount",
            "proposal_score",
            "community_claim",
            "subsidy_claim",
            "fundraising_effort",
            "raised_by_support",
            "donations_before_match",
            "match_claim",
        ],
    ),
    totals(
        "claims",
        sector=["subsidy_claims", "match_claims", "contract_budget"],
        funder=["committed", "community_claims"],
    ),
    phase("share", sector=["subsidy_coverage", "match_coverage"], funder=["call_pot", "community_rate"]),
    allocate("contracts.award"),
    phase(
        "receive",
        organization=[
            "subsidy_receipt",
            "delivered",
            "backlog",
            "new_payer",
            "pays_late",
            "delayed",
            "arrears_paid",
            "contract_receipt",
            "receivable",
            "community_receipt",
            "fee_shock",
            "fee_receipt",
            "trading_receipt",
            "trading_pull",
            "donation_receipt",
            "match_receipt",
            "match_trend",
            "support_cost",
            "wage_subsidy_receipt",
            "allowances",
            "reward_receipt",
        ],
    ),
    # work and pay
    phase(
        "earn",
        staff=[
            "allowance",
            "pay",
            "pay_gap",
            "wage_cost",
            "bonus",
            "skill",
            "productivity",
            "output",
            "weighted_skill",
        ],
    ),
    totals("payroll", organization=["wage_bill", "bonuses"]),
    phase(
        "settle",
        organization=[
            "government_income",
            "rescue",
            "income",
            "payroll",
            "overhead",
            "delivery_cost",
            "programme_spending",
            "outlays",
            "cash",
            "income_trend",
            "cost_trend",
            "months_of_cash",
            "year_result",
            "pay_ratio",
            "demand",
            "load",
            "services",
            "training_cost",
            "morale_cost",
        ],
    ),
    # supervise: whom to copy, who is found out, what follows, what is mended
    totals(
        "conduct",
        sector=["breaching", "compliance_stock", "violating", "lax_offices"],
        funder=["violating", "supervised"],
    ),
    phase(
        "watch",
        sector=[
            "breach_share",
            "fine_factor",
            "inspection_hazard",
            "mean_effort",
            "violator_hazard",
            "other_detection",
            "base_detection",
        ],
        funder=["strictness_gain", "lax", "effort"],
        organization=["reconsiders", "reviews", "meeting_point"],
    ),
    allocate("compliance.meet"),
    phase(
        "look",
        organization=[
            "seen_procedural",
            "seen_serious",
            "seen_sanctioned",
            "expected_penalty",
            "advantage",
            "breach_probability",
        ],
    ),
    phase(
        "supervise",
        organization=[
            "procedural_breach",
            "serious_misconduct",
            "violates",
            "inspected",
            "found_by",
            "found",
            "sanctioned",
            "strikes",
            "list_months",
            "listed",
            "listed_for",
            "revoked",
            "fine_due",
            "perceived_detection",
            "archive_score",
            "rating_months",
            "newly_rated",
            "flattery",
            "rating",
            "supervision_cost",
            "scandal",
            "scandal_weight",
            "rectifying",
            "management",
            "report_due",
            "missed_reports",
        ],
    ),
    # trust
    totals(
        "talk",
        kind=["scandal_sum", "scale_sum", "quality_sum", "peers"],
        sector=["scandal_sum", "scale_sum", "credibility_sum", "trusted"],
    ),
    phase("trust", sector=["public_trust"], kind=["trust"]),
    # develop: dependence, ties, autonomy, mission, innovation, quality
    phase(
        "develop",
        organization=[
            "credibility",
            "government_trend",
            "gift_trend",
            "dependence",
            "diversity",
            "political",
            "market",
            "social",
            "professionalism",
            "autonomy",
            "balance",
            "mission",
            "links",
            "innovates",
            "novelty",
            "know_how",
            "fit",
            "quality",
            "embedding_cost",
            "learning_cost",
            "channel_cost",
            "party_cost",
            "resources",
            "support",
            "common_hazard",
            "renewal_risk",
            "posts",
            "layoff_probability",
        ],
    ),
    # people: how they feel, who leaves and for where
    phase(
        "feel",
        staff="""
            aspiration burnout passion satisfaction shock quit_probability luck quits leaves
            leaves_full_time stay_probability stays_in_sector goes_to_business spell_ends
        """.split(),
    ),
    totals(
        "leavers",
        organization=["leavers", "quitters", "full_time_leavers", "movers", "to_business"],
        spell_bin=["spells_ended"],
    ),
    death("leave", "staff", when="leaves"),
    # hire
    phase(
        "recruit",
        organization=["contagion_trend", "turnover_trend", "vacancies", "recruits", "fill_probability", "hires"],
    ),
    birth("hire", "staff", parent="organization", count="hires", link="employer"),
    # close: economic death, the register's clean-up, the end
    phase(
        "close",
        organization=[
            "short_months",
            "idle_months",
            "becomes_dormant",
            "handled",
            "closing",
            "closes",
            "revived",
            "stops",
            "dormant",
            "active",
            "liquidation",
        ],
    ),
    phase("displace", staff=["displaced", "spell_cut"]),
    totals("displaced", organization=["displaced_staff"], spell_bin=["spells_cut"]),
    death("disperse", "staff", when="displaced"),
    # record
    totals(
        "team",
        organization=[
            "headcount",
            "full_time_staff",
            "certified_staff",
            "cohort_staff",
            "fte",
            "effective_fte",
            "skill_sum",
            "tenure_sum",
        ],
        spell_bin=["spells_open"],
    ),
    phase(
        "mark",
        organization="""
            stratum cash_bin income_bin age_bin remains active_now dormant_now entered own_wish deregistered struck_off
            revoked_for_cause cohort_remains started_active still_active entrant_closes entrant_open in_deficit
            holds_contract waits_for_money earned breaches misconducts found_by_inspection found_by_tip found_by_press
            found_by_books found_by_evaluator rated_well served_well programme_cost public_outlay
        """.split(),
    ),
    totals(
        "record",
        **{
            entity: [total.name for total in TOTALS if total.entity == entity]
            for entity in ("stratum", "cash_bin", "income_bin", "age_bin")
        },
    ),
    death("end", "organization", when="closes"),
    # found
    totals("stocks", kind=["stock"]),
    phase("found", kind=["applications", "admitted", "waiting", "foundings"]),
    birth("begin", "organization", parent="kind", count="foundings", link="kind"),
)


TOGETHER = (
    ("morale.burnout.u_burnout", "turnover.shock.u_shock", "turnover.luck.u_luck"),
    ("innovation.leader_leaves.u_leader", "party_building.party_branch.u_establishes"),
    ("supervision.inspected.u_inspected", "supervision.rating_months.u_application"),
)
"""Draws asked of every row of one entity in one phase: they share an answer of chance, each a word of its own.

An answer is good for four draws and costs the same for one. Who joins a row here changes its luck; the others keep
theirs.
"""


@lru_cache(maxsize=1)
def model() -> Model:
    """The model of this package: every mechanism, in the order of the month."""
    return collect(ENTITIES, mechanisms(), space(), MONTH, TOGETHER)
