"""Economic death first, then the slow work of the register; and foundings."""

from __future__ import annotations

from math import floor

from .actor import Actor
from .arithmetic import clip, exp, log, power, standard, total

STAYS, OWN_WISH, DEREGISTERED, STRUCK_OFF, REVOKED = range(5)


class Organization(Actor):
    cohort = becomes_dormant = handled = closes = revived = stops = False
    active = False
    short_months = idle_months = liquidation = 0.0
    closing = STAYS
    displaced_staff = 0

    def begin_life(self) -> None:
        self.registered = self.kind.name != "community"
        self.age = self._first_age() if self.from_the_start else 0.0
        u = self.chance("entry_exit.dormant.u_dormant")
        self.dormant = self.from_the_start and u < self.values.entry_exit.start_dormant
        self.active = not self.dormant
        self.maturity = self._grown()

    def _first_age(self) -> float:
        v = self.values.entry_exit
        u = self.chance("entry_exit.age.u_age")
        if u < v.young_share:
            return float(floor(1.0 + 59.0 * u / v.young_share))
        u -= v.young_share
        if u < v.middle_share:
            return float(floor(60.0 + 60.0 * u / v.middle_share))
        rest = 1.0 - (u - v.middle_share) / (1.0 - v.young_share - v.middle_share)
        return float(floor(120.0 - v.old_mean * log(max(rest, 0.01))))

    def _grown(self) -> float:
        v = self.values.entry_exit
        return 1.0 - v.newness * exp(-self.age / v.newness_months)

    def grow_older(self) -> None:
        self.age += 1.0
        self.maturity = 1.0 if self.age > 12.0 * self.values.entry_exit.newness_months else self._grown()
        self.cohort = self.cohort or self.model.month == 0

    def face_the_end(self) -> None:
        v = self.values.entry_exit
        broke = self.active and self.months_of_cash < v.insolvent_below
        self.short_months = self.short_months + 1.0 if broke else 0.0
        busy = self.headcount > 0 or self.delivered > 0.02 * self.usual_income or self.services > 0.5
        self.idle_months = self.idle_months + 1.0 if self.active and not busy else 0.0
        worn_out = self.short_months >= v.patience or self.idle_months >= v.idle_limit
        self.becomes_dormant = self.active and worn_out
        u = self.chance("entry_exit.handled.u_handled")
        self.handled = self.dormant and u < self.sector.cleanup_hazard
        self.closing = self._way_out()
        self.closes = self.closing != STAYS
        self.revived = self.handled and not self.closes
        self.stops = self.active and (self.becomes_dormant or self.closes)
        self.dormant = (self.dormant or self.becomes_dormant) and not self.revived
        self.active = not self.dormant
        self.liquidation = self.cash if self.closes else 0.0

    def _way_out(self) -> int:
        v = self.values.entry_exit
        if self.revoked:
            return REVOKED
        u = self.chance("entry_exit.closing.u_closing")
        if self.handled and u >= v.revive_share:
            return DEREGISTERED if u < v.revive_share + v.deregister_share else STRUCK_OFF
        decades = (self.leader_age - self.values.innovation.leader_age_mean) / 10.0
        tires = self.active and u < self.sector.dissolution_hazard * exp(v.leader_effect * decades)
        return OWN_WISH if tires else STAYS

    def count_displaced(self) -> None:
        self.displaced_staff = len(self.staff) if self.stops else 0


class Kind(Actor):
    applications = admitted = waiting = 0.0
    foundings = stock = 0

    def count_stock(self) -> None:
        self.stock = len(self.members)

    def found(self) -> None:
        v = self.values.entry_exit
        gated = self.values.supervision.dual_management == 1
        self.applications = self.stock * v.founding_hazard * self._gate(gated) * self._mood()
        in_line = self.waiting + self.applications
        self.admitted = in_line / (1.0 + v.gate_delay) if gated else in_line
        self.waiting = in_line - self.admitted
        self.foundings = floor(self.admitted + self.chance("entry_exit.foundings.u_foundings"))

    def _gate(self, gated: bool) -> float:
        v = self.values.entry_exit
        daily = 1.0 + v.daily_effect * self.values.supervision.daily_management
        return daily * (1.0 - v.gate_effect if gated else 1.0)

    def _mood(self) -> float:
        v, sector = self.values.entry_exit, self.sector
        climate = 1.0
        if sector.contract_budget > 0.0 and sector.usual_budget > 0.0:
            real = sector.contract_budget / (sector.usual_budget * sector.price_index)
            climate = clip(exp(v.funding_effect * log(real)), 0.3, 3.0)
        return climate * exp(v.trust_effect * clip(standard(sector.public_trust, 0.10), -3.0, 3.0))


class Sector(Actor):
    cleanup_hazard = dissolution_hazard = contract_budget = 0.0

    def begin_budget(self) -> None:
        self.usual_budget = self.values.contracts.yearly_budget

    def set_hazards(self) -> None:
        v = self.values.entry_exit
        self.cleanup_hazard = 1.0 - power(1.0 - v.cleanup_rate, 1.0 / 12.0)
        self.dissolution_hazard = 1.0 - power(1.0 - v.dissolution, 1.0 / 12.0)

    def add_up_budgets(self) -> None:
        self.contract_budget = total(funder.budget for funder in self.model.funders)
