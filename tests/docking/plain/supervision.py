"""Who is found out and by whom, what follows, what is rewarded, and what the archive remembers."""

from __future__ import annotations

from math import floor

from .actor import Actor
from .arithmetic import clip, power, standard

NOBODY, INSPECTION, TIP, PRESS, BOOKS, EVALUATOR = range(6)


class Organization(Actor):
    violates = inspected = found = sanctioned = listed = revoked = newly_rated = False
    found_by = NOBODY
    strikes = list_months = listed_for = fine_due = flattery = reward_receipt = supervision_cost = 0.0

    def begin_record(self) -> None:
        v = self.values.supervision
        self.perceived_detection = self.sector.base_detection
        u = self.chance("supervision.rating_months.u_rating")
        rated = self.registered and self.age >= 24.0 and u < v.rated_share
        self.rating_months = 60.0 * u / v.rated_share if rated else 0.0
        self.archive_score = self._score_today()
        self.rating = self._grade(self.archive_score) if self.rating_months > 0.0 else 0.0

    def _score_today(self) -> float:
        parts = 0.66 * standard(self.management) + 0.73 * standard(self.quality) + 0.2 * standard(self.credibility)
        return 600.0 + self.values.supervision.score_spread * parts

    @staticmethod
    def _grade(score: float) -> float:
        return float(floor(clip((score - 400.0) / 100.0, 1.0, 5.0)))

    def receive_reward(self) -> None:
        deserves = self.active and not self.listed and self.rating >= 3.0
        self.reward_receipt = self.values.supervision.reward / 12.0 if deserves else 0.0

    def be_supervised(self) -> None:
        self.violates = self.active and (self.procedural_breach or self.serious_misconduct)
        self.inspected = self.active and self.registered and self._is_inspected()
        self.found_by = self._channel() if self.violates else NOBODY
        self.found = self.found_by != NOBODY
        credible = self.values.supervision.sanction_credibility
        self.sanctioned = self.found and self.chance("supervision.sanctioned.u_sanctioned") < credible

    def _is_inspected(self) -> bool:
        sector = self.sector
        hazard = sector.inspection_hazard * sector.mean_effort * (1.0 - self.values.supervision.targeting)
        if self.violates:
            hazard = sector.violator_hazard
        own = self.funder.effort / max(sector.mean_effort, 1e-9)
        return self.chance("supervision.inspected.u_inspected") < hazard * own

    def _channel(self) -> int:
        v = self.values.supervision
        if self.inspected and self.chance("supervision.found_by.u_inspection") < v.inspection_power:
            return INSPECTION
        u = self.chance("supervision.found_by.u_channel")
        if u >= self.sector.other_detection:
            return NOBODY
        edge = 0.0
        hazards = v.public_channel * v.tip_hazard, v.media * v.media_hazard, v.internal_hazard
        for channel, hazard in zip((TIP, PRESS, BOOKS), hazards, strict=True):
            edge += hazard
            if u < edge:
                return channel
        return EVALUATOR

    def bear_consequences(self) -> None:
        v = self.values.supervision
        self.strikes = self.strikes * (1.0 - 1.0 / v.strike_months) + float(self.sanctioned)
        uncured = 1.0 if self.violates and self.list_months > 0.0 else 0.0
        self.list_months = max(uncured, self.list_months - 1.0)
        if self.sanctioned and (self.serious_misconduct or self.strikes > 1.5):
            self.list_months = v.list_term
        self.listed = self.list_months > 0.0
        self.listed_for = self.listed_for + 1.0 if self.listed else 0.0
        self.revoked = self.listed and self.registered and self.violates and self._loses_registration()
        part = 1.0 if self.serious_misconduct else v.mild_fine
        self.fine_due = self.sector.fine_factor * v.fine * part if self.sanctioned else 0.0

    def _loses_registration(self) -> bool:
        v = self.values.supervision
        if self.listed_for >= v.cure_limit:
            return True
        if not (self.sanctioned and self.serious_misconduct):
            return False
        return self.strikes > 2.2 or self.chance("supervision.revoked.u_revoked") < v.revocation

    def learn_about_risk(self) -> None:
        v = self.values.supervision
        lesson = v.learning if self.found else v.peer_lesson if self.seen_sanctioned else 0.0
        if lesson > 0.0:
            self.perceived_detection += lesson * (1.0 - self.perceived_detection)
        else:
            self.perceived_detection += v.forgetting * (self.sector.base_detection - self.perceived_detection)

    def be_rated(self) -> None:
        v = self.values.supervision
        score = self.archive_score + (self._score_today() - self.archive_score) / v.memory
        self.archive_score = clip(score - (v.sanction_points if self.sanctioned else 0.0), 0.0, 1000.0)
        self.rating_months = self._months_rated()
        self.newly_rated = self.rating_months == v.validity
        games = self.newly_rated and self.chance("supervision.flattery.u_gaming") < v.gaming
        self.flattery = v.gaming_points if games else 0.0
        if self.rating_months <= 0.0:
            self.rating = 0.0
        elif self.newly_rated:
            self.rating = self._grade(self.archive_score + self.flattery)

    def _months_rated(self) -> float:
        v = self.values.supervision
        if self.listed or not self.active:
            return 0.0
        if self.rating_months > 1.0:
            return self.rating_months - 1.0
        ready = self.registered and self.age >= 24.0 and self.archive_score >= 600.0
        eager = v.application * (1.0 + v.archive_pull * v.credit_archive)
        return v.validity if ready and self.chance("supervision.rating_months.u_application") < eager else 0.0

    def pay_for_supervision(self) -> None:
        v = self.values.supervision
        self.supervision_cost = v.inspection_price if self.inspected else 0.0
        if self.active:
            guidance = self.headcount * v.professional_supervision * v.supervision_price
            self.supervision_cost += (guidance + v.third_party * v.evaluation_price) / 12.0


class Sector(Actor):
    inspection_hazard = violator_hazard = other_detection = base_detection = 0.0
    violating = 0

    def count_violators(self) -> None:
        self.violating = sum(o.violates for o in self.model.organizations)

    def plan_inspections(self) -> None:
        v = self.values.supervision
        monthly = 1.0 - power(1.0 - v.inspection_rate, 1.0 / 12.0)
        at_gate = v.gate_cost if v.dual_management == 1 else 1.0
        self.inspection_hazard = monthly * (1.0 + v.daily_gain * v.daily_management) * at_gate

    def estimate_detection(self) -> None:
        v = self.values.supervision
        hazard = self.inspection_hazard * self.mean_effort
        violators = self.violating / self.compliance_stock if self.compliance_stock else 1.0
        aimed = min(1.0, hazard / max(violators, 0.01))
        self.violator_hazard = hazard * (1.0 - v.targeting) + v.targeting * aimed
        truth = v.truth_paid_centrally if v.evaluator_paid_centrally == 1 else v.truth_paid_by_auditee
        outside = v.public_channel * v.tip_hazard + v.media * v.media_hazard
        self.other_detection = outside + v.third_party * v.third_party_hazard * truth + v.internal_hazard
        unseen = 1.0 - self.violator_hazard * v.inspection_power - self.other_detection
        self.base_detection = 1.0 - power(max(0.0, unseen), 12.0)
