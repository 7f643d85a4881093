"""Records: where an organization or person is counted, and the yes/no questions the counts ask.

Nothing here acts on anything; outcomes are made of sums over strata (kind x size third x founding cohort).
"""

from __future__ import annotations

from math import floor

from orgsim.core.elementary import log
from orgsim.core.numerics import clip
from orgsim.core.rule import rule
from orgsim.core.units import Code, Count, Flag, Index, Money, Months, PersonMonths


@rule("organization")
def size_third(scale: Money, sector__small_below: Money, sector__large_from: Money) -> Code:
    """0 small, 1 middle, 2 large: thirds of today's registered organizations by scale."""
    if scale < sector__small_below:
        return 0
    return 1 if scale < sector__large_from else 2


@rule("organization")
def stratum(kind: Code, size_third: Code, cohort: Flag) -> Code:
    """Stratum of outcomes: kind x size third x whether it was there at the start."""
    return kind * 6 + size_third * 2 + (1 if cohort else 0)


@rule("organization")
def cash_bin(stratum: Code, months_of_cash: Months) -> Code:
    """Where it stands in the stratum's distribution of months of cash, in half months from -6."""
    return stratum * 60 + int(clip(floor((months_of_cash + 6.0) * 2.0), 0.0, 59.0))


@rule("organization")
def income_bin(stratum: Code, income_trend: Money, month: int) -> Code:
    """Where it stands at a year's end in the stratum's distribution of yearly income, in steps of 1.3 from 100 yuan."""
    if (month + 1) % 12 != 0:
        return stratum * 64
    return stratum * 64 + int(clip(floor(log(max(income_trend * 12.0, 100.0) / 100.0) / 0.2624), 0.0, 63.0))


@rule("organization")
def age_bin(age: Months) -> Code:
    """Age in months, up to the longest told apart."""
    return int(min(age, 400.0))


@rule("staff")
def spell_bin(tenure: Months) -> Code:
    """Tenure in months, up to the longest told apart."""
    return int(min(tenure, 400.0))


@rule("staff")
def spell_ends(leaves: Flag, new_hire: Flag) -> Flag:
    """A spell seen from its first day ends with leaving."""
    return leaves and new_hire


@rule("staff")
def spell_cut(displaced: Flag, new_hire: Flag) -> Flag:
    """A spell seen from its first day ends with the employer."""
    return displaced and new_hire


@rule("organization")
def remains(closes: Flag) -> Flag:
    """Is still there when the month ends."""
    return not closes


@rule("organization")
def active_now(active: Flag, closes: Flag) -> Flag:
    """Is alive and working when the month ends."""
    return active and not closes


@rule("organization")
def dormant_now(dormant: Flag, closes: Flag) -> Flag:
    """Is dormant when the month ends."""
    return dormant and not closes


@rule("organization")
def entered(age: Months) -> Flag:
    """Was founded last month."""
    return age == 1.0


@rule("organization")
def own_wish(closing: Code) -> Flag:
    """Closes of its own wish."""
    return closing == 1


@rule("organization")
def deregistered(closing: Code) -> Flag:
    """Is deregistered in the clean-up."""
    return closing == 2


@rule("organization")
def struck_off(closing: Code) -> Flag:
    """Is struck off in the clean-up."""
    return closing == 3


@rule("organization")
def revoked_for_cause(closing: Code) -> Flag:
    """Is revoked for misconduct."""
    return closing == 4


@rule("organization")
def cohort_remains(cohort: Flag, remains: Flag) -> Flag:
    """Was there at the start and still is."""
    return cohort and remains


@rule("organization")
def started_active(started_active: Flag, month: int, active: Flag) -> Flag:
    """Was alive and working at the end of the first month."""
    return active if month == 0 else started_active


@rule("organization")
def still_active(started_active: Flag, active_now: Flag) -> Flag:
    """Was working at the start and still is."""
    return started_active and active_now


@rule("organization")
def entrant_closes(cohort: Flag, closes: Flag, kind: Code) -> Flag:
    """A registered organization founded since the start closes."""
    return closes and not cohort and kind != 4


@rule("organization")
def entrant_open(cohort: Flag, closes: Flag, kind: Code) -> Flag:
    """A registered organization founded since the start goes on."""
    return not closes and not cohort and kind != 4


@rule("organization")
def in_deficit(year_result: Money, month: int, active_now: Flag) -> Flag:
    """Ends the calendar year with a deficit."""
    return month % 12 == 11 and active_now and year_result < 0.0


@rule("organization")
def holds_contract(delivered: Money) -> Flag:
    """Delivers under contract this month."""
    return delivered > 0.0


@rule("organization")
def waits_for_money(delayed: Money) -> Flag:
    """Delivers under contract this month and is paid late."""
    return delayed > 0.0


@rule("organization")
def earned(fee_receipt: Money, trading_receipt: Money) -> Money:
    """Fees, dues and trading income of the month."""
    return fee_receipt + trading_receipt


@rule("organization")
def breaches(procedural_breach: Flag, active_now: Flag) -> Flag:
    """Works in breach of procedure."""
    return procedural_breach and active_now


@rule("organization")
def misconducts(serious_misconduct: Flag, active_now: Flag) -> Flag:
    """Works in serious misconduct."""
    return serious_misconduct and active_now


@rule("organization")
def found_by_inspection(found_by: Code) -> Flag:
    """Found out by inspection."""
    return found_by == 1


@rule("organization")
def found_by_tip(found_by: Code) -> Flag:
    """Found out by a tip."""
    return found_by == 2


@rule("organization")
def found_by_press(found_by: Code) -> Flag:
    """Found out by the press."""
    return found_by == 3


@rule("organization")
def found_by_books(found_by: Code) -> Flag:
    """Found out by its own books."""
    return found_by == 4


@rule("organization")
def found_by_evaluator(found_by: Code) -> Flag:
    """Found out by a third-party evaluator."""
    return found_by == 5


@rule("organization")
def rated_well(rating: Count, active_now: Flag) -> Flag:
    """Rated 3A or better."""
    return rating >= 3.0 and active_now


@rule("organization")
def served_well(services: PersonMonths, quality: Index) -> PersonMonths:
    """People served, weighted by quality."""
    return services * quality


@rule("organization")
def programme_cost(
    training_cost: Money,
    morale_cost: Money,
    support_cost: Money,
    supervision_cost: Money,
    embedding_cost: Money,
    learning_cost: Money,
    channel_cost: Money,
    party_cost: Money,
) -> Money:
    """Public money of the month that pays for programmes rather than organizations or people."""
    people = training_cost + morale_cost + learning_cost
    return people + support_cost + supervision_cost + embedding_cost + channel_cost + party_cost


@rule("organization")
def public_outlay(government_income: Money, bonuses: Money, programme_cost: Money) -> Money:
    """All public money of the month spent on an organization and its people."""
    return government_income + bonuses + programme_cost
