"""Calls, applications, awards, delivery, late payment, and what communities buy themselves."""

from __future__ import annotations

from math import sqrt

from .actor import Actor
from .arithmetic import clip, exp, log, normal, standard, total, yearly_shock


class Organization(Actor):
    contract_need = asked_amount = proposal_score = community_claim = award = 0.0
    delivered = delayed = arrears_paid = contract_receipt = receivable = community_receipt = 0.0
    eligible = considers = applies = new_payer = pays_late = False

    @property
    def capacity(self) -> float:
        return max(0.0, self.values.contracts.capacity[self.kind.name])

    def begin_contracts(self) -> None:
        v = self.values.contracts
        self.funder = self._first_funder(v.bureau_share)
        self.backlog = 0.0
        if self.maturity > 0.7:
            self.backlog = 0.75 * self.capacity * self.scale * v.duration / 24.0 * self.maturity

    def _first_funder(self, bureau_share: float) -> Funder:
        funders = self.model.funders
        u = self.chance("contracts.funder.u_funder")
        if u < bureau_share or len(funders) < 2:
            return funders[0]
        return funders[1 + int((u - bureau_share) / (1.0 - bureau_share) * (len(funders) - 1.0))]

    def look_for_contracts(self) -> None:
        v = self.values.contracts
        self.contract_need = 0.0
        if self.active:
            yearly = self.capacity * self.scale * self.maturity * self.sector.price_index
            self.contract_need = max(0.0, yearly * (v.duration / 24.0 + 1.0 / 12.0) - self.backlog)
        self.eligible = self.active and not self.listed and (not self.registered or self.rating >= v.minimum_rating)
        call = self.model.month % 3 == 0
        self.considers = call and self.eligible and self.contract_need >= v.smallest_grant
        self.applies = self.considers and self._wants_to_apply()
        self.asked_amount = self._amount() if self.applies else 0.0
        self.proposal_score = self._score() if self.applies else 0.0
        self.community_claim = sqrt(self.scale * self.capacity) * self.credibility if self.eligible else 0.0

    def _wants_to_apply(self) -> bool:
        v = self.values.contracts
        eager = v.readiness * exp(-v.comfort * clip(self.months_of_cash, 0.0, 12.0))
        return self.chance("contracts.applies.u_applies") < eager

    def _amount(self) -> float:
        v = self.values.contracts
        typical = v.small_grant if self.scale < v.purchase_scale else v.purchase
        lean = v.amount_spread * normal(self.chance("contracts.asked_amount.u_amount"))
        lean += self.values.party_building.funding_effect * self.party_function
        return min(self.contract_need, max(self.contract_need / 3.0, typical) * exp(lean))

    def _score(self) -> float:
        v = self.values.contracts
        u = self.chance("contracts.proposal_score.u_score")
        certified = self.certified_staff / self.headcount if self.headcount > 0.0 else 0.0
        record = 0.5 * (self.archive_score - 500.0) / 150.0 + (v.weight_rating if self.rating >= 3.0 else 0.0)
        return (
            v.weight_quality * standard(self.quality)
            + self.values.supervision.credit_archive * record
            + v.weight_credibility * standard(self.credibility)
            + v.weight_ties * standard(self.political)
            + v.weight_certificates * certified
            + v.noise * log(u / (1.0 - u))
        )

    def receive_contract_money(self) -> None:
        v = self.values.contracts
        if self.active:
            under_way = self.backlog + self.award
            self.delivered = under_way * min(1.0, 2.0 / v.duration)
            self.backlog = under_way - self.delivered
        else:
            self.delivered = self.backlog = 0.0
        self.new_payer = self.model.month % 12 == 0 or self.age <= 1.0
        if self.new_payer:
            relief = self.values.participation.late_relief * self.sector.heard
            self.pays_late = self.chance("contracts.pays_late.u_late") < v.late_share * (1.0 - relief)
        self.delayed = self.delivered if self.pays_late and v.payment_delay > 0.0 else 0.0
        self.arrears_paid = self.receivable / max(1.0, v.payment_delay)
        self.contract_receipt = self.delivered - self.delayed + self.arrears_paid
        self.receivable += self.delayed - self.arrears_paid
        self.community_receipt = self.community_claim * self.funder.community_rate


class Funder(Actor):
    budget_shock = budget = committed = community_claims = call_pot = community_rate = 0.0

    def begin_budget(self) -> None:
        bureau, funders = self.values.contracts.bureau_share, self.sector.funders
        if self.is_bureau:
            self.budget_share = bureau if funders > 1.0 else 1.0
        else:
            self.budget_share = (1.0 - bureau) / (funders - 1.0)

    def shift_budget(self) -> None:
        v = self.values.contracts
        u = self.chance("contracts.budget_shock.u_shock")
        self.budget_shock = yearly_shock(self.budget_shock, v.shock_persistence, v.volatility, u)

    def set_budget(self) -> None:
        v = self.values.contracts
        index = 1.0 + v.indexation * (self.sector.price_index - 1.0)
        self.budget = v.yearly_budget * self.budget_share * index * exp(self.budget_shock)

    def count_claims(self) -> None:
        self.committed = total(o.backlog for o in self.clients)
        self.community_claims = total(o.community_claim for o in self.clients)

    def share_out_budget(self) -> None:
        v = self.values.contracts
        bought = v.community_purchase_share * self.budget
        self.call_pot = 0.0
        if self.model.month % 3 == 0:
            pledged = (self.budget - bought) * (v.duration / 24.0 + 1.0 / 12.0)
            self.call_pot = max(0.0, pledged - self.committed)
        self.community_rate = bought / 12.0 / self.community_claims if self.community_claims > 0.0 else 0.0

    def grant(self) -> None:
        """The best proposals first, until the pot is spent."""
        left = self.call_pot
        for client in sorted(self.clients, key=lambda o: (-o.proposal_score, o.id)):
            client.award = min(client.asked_amount, left) if client.applies else 0.0
            left -= client.award
