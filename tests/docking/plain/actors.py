"""Who acts: organizations, their staff and funders as Mesa agents; kinds and the sector as what surrounds them.

What each does is told mechanism by mechanism; here stands in which order one does it within a phase of the month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from . import (
    accounts,
    autonomy,
    compliance,
    contracts,
    credibility,
    donations,
    entry_exit,
    fees,
    hiring,
    innovation,
    management,
    morale,
    offices,
    participation,
    party_building,
    pay,
    records,
    skills,
    subsidy,
    supervision,
    turnover,
)

if TYPE_CHECKING:
    from .district import District


class Person(pay.Person, morale.Person, turnover.Person, hiring.Person, skills.Person, records.Person, mesa.Agent):
    """One paid person in one organization."""

    def __init__(self, model: District, identity: int, employer: Organization, from_the_start: bool) -> None:
        super().__init__(model)
        self.id, self.employer, self.from_the_start = identity, employer, from_the_start
        employer.staff.append(self)
        self.begin_pay()
        self.begin_morale()
        self.begin_post()
        self.begin_ties()
        self.begin_work()

    def open_month(self) -> None:
        self.grow_older_in_post()
        self.settle_in()
        self.lose_rawness()
        self.note_spell()

    def earn(self) -> None:
        self.be_paid()
        self.work()

    def make_up_mind(self) -> None:
        self.feel()
        self.decide_whether_to_stay()
        self.decide_where_to_go()

    def leave_post(self) -> None:
        self.employer.staff.remove(self)
        self.remove()


class Organization(
    subsidy.Organization,
    contracts.Organization,
    fees.Organization,
    donations.Organization,
    accounts.Organization,
    pay.Organization,
    morale.Organization,
    turnover.Organization,
    hiring.Organization,
    skills.Organization,
    compliance.Organization,
    supervision.Organization,
    credibility.Organization,
    autonomy.Organization,
    management.Organization,
    innovation.Organization,
    participation.Organization,
    party_building.Organization,
    entry_exit.Organization,
    records.Organization,
    mesa.Agent,
):
    """A social organization, registered or filed with its community."""

    def __init__(self, model: District, identity: int, kind: Kind, from_the_start: bool) -> None:
        super().__init__(model)
        self.id, self.kind, self.from_the_start = identity, kind, from_the_start
        self.staff: list[Person] = []
        kind.members.append(self)

    def begin(self) -> None:
        self.begin_life()
        self.begin_accounts()
        self.begin_contracts()
        self.begin_market()
        self.begin_pay()
        self.begin_culture()
        self.begin_turnover()
        self.begin_posts()
        self.begin_quality()
        self.begin_conduct()
        self.begin_credibility()
        self.begin_management()
        self.begin_record()
        self.begin_ties()
        self.begin_leadership()
        self.begin_voice()
        self.begin_party_building()
        self.funder.clients.append(self)

    def open_month(self) -> None:
        self.grow_older()
        self.note_size()
        self.be_led()
        self.build_party()

    def look_ahead(self) -> None:
        self.expect_income()
        self.expect_public_money()

    def claim(self) -> None:
        self.look_for_contracts()
        self.claim_subsidy()
        self.ask_for_gifts()

    def receive(self) -> None:
        self.receive_subsidy()
        self.receive_contract_money()
        self.receive_fees()
        self.receive_trading_income()
        self.receive_gifts()
        self.receive_allowances()
        self.receive_reward()

    def settle(self) -> None:
        self.take_in()
        self.pay_out()
        self.close_books()
        self.set_pay()
        self.share_out_work()
        self.serve()
        self.pay_for_training()
        self.pay_for_morale()

    def answer_for_conduct(self) -> None:
        self.choose_conduct()
        self.be_supervised()
        self.bear_consequences()
        self.learn_about_risk()
        self.be_rated()
        self.pay_for_supervision()
        self.become_known()
        self.manage()
        self.report()

    def develop(self) -> None:
        self.win_or_lose_trust()
        self.take_stock_of_income()
        self.tend_ties()
        self.become_professional()
        self.gain_or_lose_autonomy()
        self.try_something_new()
        self.learn_from_peers()
        self.be_heard()
        self.improve_quality()
        self.pay_for_ties()
        self.pay_for_learning()
        self.pay_for_channel()
        self.pay_for_instructors()
        self.support_staff()
        self.weigh_on_staff()
        self.plan_posts()

    def recruit(self) -> None:
        self.remember_leavers()
        self.look_for_people()

    def hire(self, from_the_start: bool = False) -> None:
        model = self.model
        for ordinal in range(int(self.hires)):
            identity = model.luck.newborn("staff", self.id, model.month, ordinal)
            Person(model, identity, self, from_the_start)

    def leave_register(self) -> None:
        self.kind.members.remove(self)
        self.funder.clients.remove(self)
        self.remove()


class Funder(contracts.Funder, offices.Funder, mesa.Agent):
    """The district bureau, or a street or town office."""

    def __init__(self, model: District, identity: int, is_bureau: bool) -> None:
        super().__init__(model)
        self.id, self.is_bureau = identity, is_bureau
        self.clients: list[Organization] = []


class Kind(credibility.Kind, innovation.Kind, entry_exit.Kind):
    """A kind of organization, and what its members share."""

    def __init__(self, model: District, identity: int, name: str) -> None:
        self.model, self.id, self.name = model, identity, name
        self.members: list[Organization] = []

    def begin_newborns(self) -> None:
        model = self.model
        for ordinal in range(self.foundings):
            identity = model.luck.newborn("organization", self.id, model.month, ordinal)
            Organization(model, identity, self, from_the_start=False).begin()


class Sector(
    subsidy.Sector,
    donations.Sector,
    pay.Sector,
    turnover.Sector,
    hiring.Sector,
    skills.Sector,
    compliance.Sector,
    supervision.Sector,
    offices.Sector,
    credibility.Sector,
    participation.Sector,
    entry_exit.Sector,
):
    """What surrounds everybody: prices, trust, climates, inspections."""

    id = 1
    small_below = large_from = 0.0

    def __init__(self, model: District, funders: int) -> None:
        self.model, self.funders = model, funders

    def begin(self) -> None:
        self.begin_wages()
        self.begin_public_trust()
        self.begin_hearing()
        self.begin_budget()

    def fade(self) -> None:
        self.fade_newness()
        self.fade_rawness()
        self.prepare_for_examination()
        self.hear()

    def open_month(self) -> None:
        self.raise_wages()
        self.turn_climate()
        self.set_hazards()

    def add_up_claims(self) -> None:
        self.count_subsidy_claims()
        self.count_match_claims()
        self.add_up_budgets()

    def share_out(self) -> None:
        self.share_out_subsidy()
        self.share_out_match()

    def look_back_at_conduct(self) -> None:
        self.count_conduct()
        self.count_violators()
        self.count_lax_offices()

    def watch(self) -> None:
        self.set_fines()
        self.plan_inspections()
        self.average_effort()
        self.estimate_detection()
