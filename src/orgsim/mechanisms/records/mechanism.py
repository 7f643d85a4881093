"""What is summed each month over strata, and over bins where a distribution is wanted."""

from orgsim.core.declare import Given, Total
from orgsim.core.units import Money

STRATA, CASH_BINS, INCOME_BINS, LONGEST = 30, 60, 64, 401

_COUNTS = (
    "remains active_now dormant_now entered closes own_wish deregistered struck_off revoked_for_cause becomes_dormant "
    "revived cohort_remains still_active in_deficit holds_contract waits_for_money breaches misconducts "
    "found_by_inspection found_by_tip found_by_press found_by_books found_by_evaluator inspected sanctioned listed "
    "rated_well"
).split()
_PEOPLE = (
    "headcount full_time_staff certified_staff cohort_staff leavers quitters full_time_leavers movers to_business "
    "displaced_staff hires vacancies posts"
).split()
_MONEY = (
    "income government_income earned donation_receipt receivable public_outlay subsidy_receipt contract_receipt "
    "community_receipt match_receipt wage_subsidy_receipt bonuses reward_receipt training_cost morale_cost "
    "support_cost supervision_cost embedding_cost learning_cost channel_cost party_cost"
).split()
_STATE = "credibility autonomy dependence quality".split()
_ENDS = "services served_well".split()


def _over_strata(names: list[str], unit: str, *, flags: bool = False, where: str | None = None) -> list[Total]:
    return [
        Total(
            "stratum",
            name,
            of="organization",
            via="stratum",
            value=None if flags else name,
            where=name if flags else where,
            unit=unit,
        )
        for name in names
    ]


TOTALS = (
    *_over_strata(_COUNTS, "organizations", flags=True),
    *_over_strata(_PEOPLE, "people"),
    *_over_strata(["fte"], "full-time equivalents"),
    *_over_strata(["tenure_sum"], "months"),
    *_over_strata(_MONEY, "CNY"),
    *_over_strata(["cash"], "CNY", where="active_now"),
    *_over_strata(_STATE, "index", where="active_now"),
    *_over_strata(_ENDS, "person-months"),
    Total("cash_bin", "holders", of="organization", via="cash_bin", where="active_now", unit="organizations"),
    Total("income_bin", "earners", of="organization", via="income_bin", where="active_now", unit="organizations"),
    Total("age_bin", "entrants_closed", of="organization", via="age_bin", where="entrant_closes"),
    Total("age_bin", "entrants_open", of="organization", via="age_bin", where="entrant_open"),
    Total("spell_bin", "spells_ended", of="staff", via="spell_bin", where="spell_ends"),
    Total("spell_bin", "spells_cut", of="staff", via="spell_bin", where="spell_cut"),
    Total("spell_bin", "spells_open", of="staff", via="spell_bin", where="new_hire"),
)
GIVEN = (
    Given("sector", "small_below", Money, "upper bound of the smallest third by scale"),
    Given("sector", "large_from", Money, "lower bound of the largest third by scale"),
)
