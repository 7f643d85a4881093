"""The only owner of cash."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, exp, normal


class Organization(Actor):
    government_income = rescue = income = payroll = overhead = delivery_cost = 0.0
    programme_spending = outlays = year_result = services = 0.0

    def begin_accounts(self) -> None:
        v = self.values.accounts
        spread = v.income_spread
        luck = normal(self.chance("accounts.scale.u_scale"))
        self.scale = v.mean_income[self.kind.name] * exp(spread * luck - 0.5 * spread * spread)
        self.reserve_target = self._first_target()
        self.months_of_cash = self.reserve_target
        self.income_trend = self.scale * self.maturity * self.sector.price_index / 12.0
        self.cost_trend = self.income_trend
        self.cash = self.reserve_target * self.cost_trend
        self.founding_capital = self.cash

    def _first_target(self) -> float:
        v = self.values.accounts
        if self.chance("accounts.reserve_target.u_none") < v.no_reserve_share:
            return 0.3
        luck = normal(self.chance("accounts.reserve_target.u_reserve"))
        return clip(v.reserve_median * exp(v.reserve_spread * luck), 0.3, 24.0)

    def take_in(self) -> None:
        self.government_income = (
            self.subsidy_receipt
            + self.contract_receipt
            + self.community_receipt
            + self.match_receipt
            + self.wage_subsidy_receipt
            + self.reward_receipt
        )
        self.rescue = max(0.0, self.cost_trend - self.cash) if self.revived and not self.dormant else 0.0
        earned = self.fee_receipt + self.trading_receipt
        self.income = self.government_income + earned + self.donation_receipt + self.rescue

    def pay_out(self) -> None:
        self.payroll = self.wage_bill * self.values.pay.on_cost + self.allowances
        self.overhead = self._overhead() if self.active else 0.0
        self.delivery_cost = self._delivery_cost() if self.active else 0.0
        self.programme_spending = self._programme_spending() if self.active else 0.0
        running = self.payroll + self.overhead + self.delivery_cost
        self.outlays = running + self.programme_spending + self.fine_due

    def _overhead(self) -> float:
        v = self.values.accounts
        base = v.fixed_part * self.usual_income + (1.0 - v.fixed_part) * self.income_trend
        return v.overhead_share * base * (1.15 - 0.30 * self.management)

    def _delivery_cost(self) -> float:
        full_price = self.delivered / self.values.contracts.price_coverage
        other = self.fee_receipt + self.trading_receipt + self.donation_receipt + self.community_receipt
        return self.values.accounts.material_share * (full_price + other)

    def _programme_spending(self) -> float:
        spare = self.cash - self.reserve_target * self.cost_trend
        return self.values.accounts.spending_rate * max(0.0, spare)

    def close_books(self) -> None:
        surplus = self.income - self.outlays
        memory = self.values.accounts.trend_months
        self.cash += surplus
        self.income_trend += (self.income - self.rescue - self.income_trend) / memory
        self.cost_trend += (self.outlays - self.programme_spending - self.cost_trend) / memory
        usual_cost = max(self.cost_trend, 0.2 * self.usual_income + 1.0)
        self.months_of_cash = clip(self.cash / usual_cost, -24.0, 60.0)
        self.year_result = surplus + (0.0 if self.model.month % 12 == 0 else self.year_result)

    def serve(self) -> None:
        v = self.values.accounts
        by_staff = v.caseload * self.effective_fte * clip(self.load, 0.5, 1.1)
        helped = self.programme_spending / (v.service_cost * self.sector.price_index)
        self.services = by_staff + helped * (0.5 + self.quality)
