"""Dependence, embeddedness on three sides, the balance between them, and mission drift."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import normal, share


class Organization(Actor):
    dependence_norm = diversity = balance = embedding_cost = 0.0

    def begin_ties(self) -> None:
        v = self.values.autonomy

        def root(name: str) -> float:
            return share(0.5 + v.tie_spread * normal(self.chance(f"autonomy.{name}_root.u_{name}")))

        self.political = self.political_root = root("political")
        self.market = self.market_root = root("market")
        self.social = self.social_root = root("social")
        self.mission = v.mission_spread * normal(self.chance("autonomy.mission_root.u_mission"))
        self.mission_root = self.mission
        self.dependence = v.usual_dependence[self.kind.name]
        self.autonomy = share(v.base_autonomy - v.dependence_cost * self.dependence**2)
        self.government_trend = self.dependence * self.income_trend
        self.gift_trend = self.values.donations.donation_share[self.kind.name] * self.income_trend

    def expect_public_money(self) -> None:
        self.dependence_norm = share(self.values.autonomy.usual_dependence[self.kind.name])

    def take_stock_of_income(self) -> None:
        memory = self.values.accounts.trend_months
        self.government_trend += (self.government_income - self.government_trend) / memory
        self.gift_trend += (self.donation_receipt - self.gift_trend) / memory
        gifts = 0.0
        if self.income_trend > 1.0:
            self.dependence = share(self.government_trend / self.income_trend)
            gifts = share(self.gift_trend / self.income_trend)
        earned = max(0.0, 1.0 - self.dependence - gifts)
        self.diversity = share(1.5 * (1.0 - self.dependence**2 - gifts**2 - earned**2))

    def tend_ties(self) -> None:
        v, party = self.values.autonomy, self.values.party_building

        def moved(tie: float, goal: float) -> float:
            return tie + v.tie_speed * (share(goal) - tie)

        led = party.tie_effect * self.party_function
        self.political = moved(self.political, self.political_root + v.tie_gain * v.political_support + led)
        self.market = moved(self.market, self.market_root + v.tie_gain * v.market_support)
        self.social = moved(self.social, self.social_root + v.tie_gain * v.social_support)

    def gain_or_lose_autonomy(self) -> None:
        v = self.values.autonomy
        self.autonomy = share(
            v.base_autonomy
            + v.skill_weight * (self.professionalism - 0.5)
            + v.diversity_weight * (self.diversity - 0.5)
            - v.dependence_cost * self.dependence**2
            + v.ties_effect * self.political * v.political_support
            + v.freedom_effect * v.unrestricted_share * self.dependence
            + self.values.party_building.autonomy_effect * self.party_function
        )
        mean = (self.political + self.market + self.social) / 3.0
        away = (mean - v.best_ties) / max(v.best_ties, 1.0 - v.best_ties)
        self.balance = -v.balance_gain * away**2
        if self.active:
            worn = v.drift * max(0.0, self.dependence - 0.5) * (1.0 - self.autonomy)
            self.mission += v.recovery * (self.mission_root - self.mission) - worn

    def pay_for_ties(self) -> None:
        v = self.values.autonomy
        support = v.political_support + v.market_support + v.social_support
        self.embedding_cost = support * v.embedding_price / 12.0 if self.active else 0.0
