"""What people and companies give, what matching adds, and how public money dampens the asking."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, exp, standard, total, yearly_shock


class Organization(Actor):
    fundraising_effort = raised_by_support = donations_before_match = 0.0
    match_claim = donation_receipt = match_receipt = match_trend = support_cost = 0.0

    @property
    def usual_gift_share(self) -> float:
        return self.values.donations.donation_share[self.kind.name]

    def ask_for_gifts(self) -> None:
        v = self.values.donations
        self.fundraising_effort = self._effort()
        self.raised_by_support = self._raised_by_support()
        self.donations_before_match = self._gifts() if self.active else 0.0
        attracted = 1.0 + v.match_gain * min(1.0, v.match_rate)
        self.match_claim = v.match_rate * self.donations_before_match * attracted

    def _effort(self) -> float:
        share = self.usual_gift_share
        if self.usual_income <= 0.0 or share <= 0.0:
            return 1.0
        surplus = (self.government_trend - self.match_trend) / self.usual_income - self.dependence_norm
        return clip(1.0 + self.values.donations.crowd_out * surplus / share, 0.25, 2.0)

    def _raised_by_support(self) -> float:
        v = self.values.donations
        if not self.active or v.fundraising_support <= 0.0:
            return 0.0
        monthly = v.fundraising_support / 12.0
        well = self.usual_income * (max(0.0, self.usual_gift_share) + 0.02)
        return v.fundraising_return * monthly * well / (well + monthly)

    def _gifts(self) -> float:
        v = self.values.donations

        def within(deviation: float) -> float:
            return clip(deviation, -3.0, 3.0)

        lean = (
            v.credibility_effect * within(standard(self.credibility))
            + v.sector_trust_effect * within(standard(self.sector.public_trust, 0.10))
            + v.market_ties_effect * within(standard(self.market))
            + v.political_ties_effect * within(standard(self.political))
            + (v.rating_effect if self.rating >= 3.0 else 0.0)
            + self.values.party_building.donation_effect * self.party_function
        )
        usual = self.usual_income * max(0.0, self.usual_gift_share)
        return usual * self.fundraising_effort * exp(lean + self.sector.donation_climate) + self.raised_by_support

    def receive_gifts(self) -> None:
        v = self.values.donations
        covered = self.sector.match_coverage
        self.donation_receipt = self.donations_before_match * (1.0 + v.match_gain * min(1.0, v.match_rate) * covered)
        self.match_receipt = self.match_claim * covered
        self.match_trend += (self.match_receipt - self.match_trend) / self.values.accounts.trend_months
        self.support_cost = v.fundraising_support / 12.0 if self.active else 0.0


class Sector(Actor):
    donation_climate = match_claims = match_coverage = 0.0

    def turn_climate(self) -> None:
        v = self.values.donations
        u = self.chance("donations.donation_climate.u_climate")
        self.donation_climate = yearly_shock(self.donation_climate, v.climate_persistence, v.climate_volatility, u)

    def count_match_claims(self) -> None:
        self.match_claims = total(o.match_claim for o in self.model.organizations)

    def share_out_match(self) -> None:
        pot = self.values.donations.match_pot / 12.0
        self.match_coverage = min(1.0, pot / self.match_claims) if self.match_claims > 0.0 else 0.0
