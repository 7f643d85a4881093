"""What members and customers pay."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, exp, log, power, yearly_shock


class Organization(Actor):
    usual_income = fee_shock = fee_receipt = trading_receipt = trading_pull = 0.0

    def begin_market(self) -> None:
        v = self.values.fees
        self.swing = clip(power(self.scale / v.typical_scale, -v.size_calm), 0.4, 1.6)

    def expect_income(self) -> None:
        self.usual_income = self.scale * self.maturity * self.sector.price_index / 12.0

    def receive_fees(self) -> None:
        v = self.values.fees
        u = self.chance("fees.fee_shock.u_shock")
        self.fee_shock = yearly_shock(self.fee_shock, v.shock_persistence, self.swing * v.fee_volatility, u)
        custom = v.quality_elasticity * log(self.quality / 0.5) + v.credibility_elasticity * log(self.credibility / 0.5)
        share = max(0.0, v.fee_share[self.kind.name])
        self.fee_receipt = self.usual_income * share * exp(custom + self.fee_shock) if self.active else 0.0

    def receive_trading_income(self) -> None:
        v = self.values.fees
        ceiling = v.trading_share[self.kind.name] + v.support_gain * v.trading_support * self.market / 0.5
        self.trading_receipt = 0.0
        if self.active and ceiling > 0.0:
            self.trading_receipt = self.usual_income * ceiling * (self.quality / 0.5) * exp(self.fee_shock)
        self.trading_pull = v.time_pull * v.trading_support
