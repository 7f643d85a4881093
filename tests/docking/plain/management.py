"""How well an organization is run inside, and what makes it better or worse."""

from __future__ import annotations

from math import floor

from .actor import Actor
from .arithmetic import clip, normal, share


class Organization(Actor):
    rectifying = 0.0
    report_due = False

    def begin_management(self) -> None:
        v = self.values.management
        luck = normal(self.chance("management.management_root.u_management"))
        self.management_root = share(v.mean_management + v.management_spread * luck)
        self.management = self.management_root
        self.silence = self.chance("management.silence.u_silence")
        self.missed_reports = 0.0
        if self.from_the_start and self.dormant and self.silence < v.missed_if_dormant:
            self.missed_reports = floor(1.0 + 5.0 * self.silence / v.missed_if_dormant)

    def manage(self) -> None:
        v = self.values.management
        self.rectifying = max(0.0, self.rectifying - 1.0)
        if self.sanctioned or self.rating_months == self.values.supervision.validity:
            self.rectifying = v.order_term
        if self.active:
            improved = v.order_gain if self.rectifying > 0.0 else 0.0
            improved += v.daily_gain * self.values.supervision.daily_management
            excess = clip(self.turnover_trend - self.values.skills.usual_turnover, -0.5, 1.0)
            settled = v.settling * (self.management - self.management_root)
            self.management = share(self.management + improved - v.leaving_loss * excess - settled)

    def report(self) -> None:
        v = self.values.management
        self.report_due = self.registered and self.model.month % 12 == 5
        if self.report_due:
            missed = self.silence < v.missed_if_dormant
            if self.active:
                missed = self.chance("management.missed_reports.u_report") < v.missed_if_active
            self.missed_reports = self.missed_reports + 1.0 if missed else 0.0
