"""Who leaves, and for where."""

from __future__ import annotations

from math import e, sqrt

from .actor import Actor
from .arithmetic import clip, exp, flat_shock, log, logistic, normal, standard


class Organization(Actor):
    common_hazard = renewal_risk = contagion_trend = 0.0
    leavers = quitters = full_time_leavers = movers = to_business = 0

    def begin_turnover(self) -> None:
        self.turnover_trend = self.values.skills.usual_turnover

    def weigh_on_staff(self) -> None:
        v = self.values.turnover
        self.common_hazard = (
            log(v.base_hazard)
            - v.retention_effect * log(1.0 + self.values.pay.retention_bonus)
            + v.unemployment_elasticity * log(v.unemployment)
            + v.contagion * self.contagion_trend
            + v.credibility_effect * clip(standard(self.credibility), -2.0, 2.0)
        )
        self.renewal_risk = clip(self.dependence * 12.0 / self.values.contracts.duration, 0.0, 1.0)

    def count_leavers(self) -> None:
        gone = [person for person in self.staff if person.leaves]
        self.leavers = len(gone)
        self.quitters = sum(person.quits for person in gone)
        self.full_time_leavers = sum(person.leaves_full_time for person in gone)
        self.movers = sum(person.stays_in_sector for person in gone)
        self.to_business = sum(person.goes_to_business for person in gone)

    def remember_leavers(self) -> None:
        part = self.leavers / self.headcount if self.headcount > 0 else 0.0
        self.contagion_trend = self.contagion_trend * (1.0 - 1.0 / 3.0) + part
        self.turnover_trend = self.turnover_trend * (1.0 - 1.0 / 12.0) + part


class Person(Actor):
    quit_probability = luck = stay_probability = 0.0
    quits = leaves = leaves_full_time = stays_in_sector = goes_to_business = False

    def begin_ties(self) -> None:
        v = self.values.turnover
        self.shock = v.shock_spread * normal(self.chance("turnover.shock.u_start"))
        self.attachment = self.chance("turnover.attachment.u_attachment")
        self.newness = exp(-self.tenure / v.newcomer_months)
        self.earliness = exp(-self.tenure / 3.0)

    def settle_in(self) -> None:
        self.newness *= self.sector.newness_fade
        self.earliness *= exp(-1.0 / 3.0)

    def decide_whether_to_stay(self) -> None:
        v = self.values.turnover
        news = v.shock_spread * sqrt(1.0 - v.shock_persistence * v.shock_persistence)
        self.shock = v.shock_persistence * self.shock + news * flat_shock(self.chance("turnover.shock.u_shock"))
        self.quit_probability = 1.0 - exp(-exp(clip(self._log_hazard(), -20.0, 2.0)))
        self.luck = self.chance("turnover.luck.u_luck")
        self.quits = self.luck < self.quit_probability
        let_go = (1.0 - self.quit_probability) * self.employer.layoff_probability
        self.leaves = self.luck < self.quit_probability + let_go
        self.leaves_full_time = self.leaves and self.full_time

    def _log_hazard(self) -> float:
        v = self.values.turnover
        gap = self.pay_gap - v.reference_gap
        relief = 1.0 - v.burnout_pay_relief * clip(gap / 0.25, -2.0, 2.0)
        hazard = (
            self.employer.common_hazard
            + v.month_three_bump * (self.tenure / 3.0) * e * self.earliness
            + v.newcomer_excess * self.newness
            - v.satisfaction_effect * self.satisfaction
            + v.burnout_effect * self.burnout * relief
            - self._pull_of_pay(gap)
            + self.shock
            - v.skill_effect * self.skill
        )
        if not self.full_time:
            hazard += v.part_time_effect
        if self.certificate:
            hazard += v.certificate_effect
        if self.tenure in {12.0, 24.0}:
            hazard += v.renewal_effect * self.employer.renewal_risk
        return hazard

    def _pull_of_pay(self, gap: float) -> float:
        v = self.values.turnover
        slope = 2.0 / (1.0 + v.pay_asymmetry) * (v.pay_asymmetry if gap < 0.0 else 1.0)
        return v.pay_effect * max(0.0, 1.0 - self.experience / v.settled_after) * slope * gap

    def decide_where_to_go(self) -> None:
        v = self.values.turnover
        self.stay_probability, self.stays_in_sector, self.goes_to_business = 0.0, False, False
        if not self.leaves:
            return
        lean = log(v.stay_share / (1.0 - v.stay_share)) + v.pay_stay_effect * (self.pay_gap - v.reference_gap)
        self.stay_probability = logistic(lean - v.autonomy_stay_effect * (self.employer.autonomy - 0.5))
        past = self.attachment - self.stay_probability
        self.stays_in_sector = past < 0.0
        self.goes_to_business = 0.0 <= past < v.business_share * (1.0 - self.stay_probability)


class Sector(Actor):
    newness_fade = 0.0

    def fade_newness(self) -> None:
        self.newness_fade = exp(-1.0 / self.values.turnover.newcomer_months)
