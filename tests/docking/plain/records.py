"""Where an organization or person is counted, and the yes/no questions the counts ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import floor
from typing import Any

from .actor import Actor
from .arithmetic import clip, log, total
from .entry_exit import DEREGISTERED, OWN_WISH, REVOKED, STRUCK_OFF
from .supervision import BOOKS, EVALUATOR, INSPECTION, PRESS, TIP

OF_ALL = (
    "remains active_now dormant_now entered closes own_wish deregistered struck_off revoked_for_cause becomes_dormant "
    "revived cohort_remains still_active in_deficit holds_contract waits_for_money breaches misconducts "
    "found_by_inspection found_by_tip found_by_press found_by_books found_by_evaluator inspected sanctioned listed "
    "rated_well headcount full_time_staff certified_staff cohort_staff leavers quitters full_time_leavers movers "
    "to_business displaced_staff hires vacancies posts fte tenure_sum income government_income earned donation_receipt "
    "receivable public_outlay subsidy_receipt contract_receipt community_receipt match_receipt wage_subsidy_receipt "
    "bonuses reward_receipt training_cost morale_cost support_cost supervision_cost embedding_cost learning_cost "
    "channel_cost party_cost services served_well"
).split()
OF_THOSE_AT_WORK = "cash credibility autonomy dependence quality".split()
"""What is summed over the organizations of a stratum."""


class Books:
    """What is counted in a month: `counts["stratum", "headcount"][7]` are the people in stratum 7."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], Counter[int]] = {}

    def count(self, entity: str, name: str, places: Iterable[int]) -> None:
        self.counts[entity, name] = Counter(places)

    def count_leavers(self, leavers: Iterable[Any]) -> None:
        self.count("spell_bin", "spells_ended", (p.spell_bin for p in leavers if p.new_hire))

    def count_displaced(self, displaced: Iterable[Any]) -> None:
        self.count("spell_bin", "spells_cut", (p.spell_bin for p in displaced if p.new_hire))

    def count_team(self, people: Iterable[Any]) -> None:
        self.count("spell_bin", "spells_open", (p.spell_bin for p in people if p.new_hire))

    def count_organizations(self, organizations: list[Any]) -> None:
        at_work = [o for o in organizations if o.active_now]
        self.count("cash_bin", "holders", (o.cash_bin for o in at_work))
        self.count("income_bin", "earners", (o.income_bin for o in at_work))
        self.count("age_bin", "entrants_closed", (o.age_bin for o in organizations if o.entrant_closes))
        self.count("age_bin", "entrants_open", (o.age_bin for o in organizations if o.entrant_open))
        self._sum_up(OF_ALL, organizations)
        self._sum_up(OF_THOSE_AT_WORK, at_work)

    def _sum_up(self, names: list[str], organizations: list[Any]) -> None:
        members: dict[int, list[Any]] = {}
        for organization in organizations:
            members.setdefault(organization.stratum, []).append(organization)
        for name in names:
            sums = {stratum: total(getattr(o, name) for o in some) for stratum, some in members.items()}
            self.counts["stratum", name] = Counter(sums)


class Organization(Actor):
    size_third = stratum = cash_bin = income_bin = age_bin = 0
    remains = active_now = dormant_now = entered = own_wish = deregistered = struck_off = False
    revoked_for_cause = cohort_remains = started_active = still_active = entrant_closes = entrant_open = False
    in_deficit = holds_contract = waits_for_money = breaches = misconducts = rated_well = False
    found_by_inspection = found_by_tip = found_by_press = found_by_books = found_by_evaluator = False
    earned = served_well = programme_cost = public_outlay = 0.0

    def note_size(self) -> None:
        self.size_third = sum(self.scale >= edge for edge in (self.sector.small_below, self.sector.large_from))

    def mark(self) -> None:
        self._place()
        self._mark_life()
        self._mark_money()
        self._mark_conduct()

    def _place(self) -> None:
        self.stratum = (self.kind.id - 1) * 6 + self.size_third * 2 + self.cohort
        self.cash_bin = self.stratum * 60 + int(clip(floor((self.months_of_cash + 6.0) * 2.0), 0, 59))
        self.income_bin = self.stratum * 64
        if self.model.month % 12 == 11:
            steps = log(max(self.income_trend * 12.0, 100.0) / 100.0) / 0.2624
            self.income_bin += int(clip(floor(steps), 0, 63))
        self.age_bin = int(min(self.age, 400.0))

    def _mark_life(self) -> None:
        self.remains = not self.closes
        self.active_now = self.active and self.remains
        self.dormant_now = self.dormant and self.remains
        self.entered = self.age == 1.0
        self.own_wish = self.closing == OWN_WISH
        self.deregistered = self.closing == DEREGISTERED
        self.struck_off = self.closing == STRUCK_OFF
        self.revoked_for_cause = self.closing == REVOKED
        self.cohort_remains = self.cohort and self.remains
        if self.model.month == 0:
            self.started_active = self.active
        self.still_active = self.started_active and self.active_now
        entrant = not self.cohort and self.registered
        self.entrant_closes = entrant and self.closes
        self.entrant_open = entrant and self.remains

    def _mark_money(self) -> None:
        self.in_deficit = self.model.month % 12 == 11 and self.active_now and self.year_result < 0.0
        self.holds_contract = self.delivered > 0.0
        self.waits_for_money = self.delayed > 0.0
        self.earned = self.fee_receipt + self.trading_receipt
        self.programme_cost = (
            self.training_cost
            + self.morale_cost
            + self.learning_cost
            + self.support_cost
            + self.supervision_cost
            + self.embedding_cost
            + self.channel_cost
            + self.party_cost
        )
        self.public_outlay = self.government_income + self.bonuses + self.programme_cost

    def _mark_conduct(self) -> None:
        self.breaches = self.procedural_breach and self.active_now
        self.misconducts = self.serious_misconduct and self.active_now
        self.found_by_inspection = self.found_by == INSPECTION
        self.found_by_tip = self.found_by == TIP
        self.found_by_press = self.found_by == PRESS
        self.found_by_books = self.found_by == BOOKS
        self.found_by_evaluator = self.found_by == EVALUATOR
        self.rated_well = self.rating >= 3.0 and self.active_now
        self.served_well = self.services * self.quality


class Person(Actor):
    spell_bin = 0

    def note_spell(self) -> None:
        self.spell_bin = int(min(self.tenure, 400.0))
