"""How strictly those who supervise do so."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import logistic


class Funder(Actor):
    strictness_gain = effort = 0.0
    lax = False
    violating = supervised = 0

    def count_supervised(self) -> None:
        self.violating = sum(o.violates for o in self.clients)
        self.supervised = sum(o.active for o in self.clients)

    def choose_strictness(self) -> None:
        v, law, conduct = self.values.offices, self.values.supervision, self.values.compliance
        part = min(1.0, self.violating / self.supervised) if self.supervised else 0.0
        fine = conduct.fine_weight * law.fine / conduct.fine_unit
        kept = v.fines_retained * law.inspection_power * law.sanction_credibility * fine
        self.strictness_gain = part * (v.laxity_loss + kept) - v.strictness_cost
        if v.supervisors == 0 or self.sector.funders < 2:
            self.lax = False
        elif self.chance("offices.lax.u_lax") < self._chance_to_change():
            self.lax = not self.lax
        self.effort = v.lax_effort if self.lax else 1.0

    def _chance_to_change(self) -> float:
        v = self.values.compliance
        offices, lax = self.sector.funders, self.sector.lax_offices
        unlike = offices - lax if self.lax else lax
        gain = self.strictness_gain if self.lax else -self.strictness_gain
        copies = unlike / (offices - 1.0) * logistic(v.selection * gain)
        return v.revision * (v.exploration * 0.5 + (1.0 - v.exploration) * copies)


class Sector(Actor):
    mean_effort = 0.0
    lax_offices = 0

    def count_lax_offices(self) -> None:
        self.lax_offices = sum(funder.lax for funder in self.model.funders)

    def average_effort(self) -> None:
        lax = min(1.0, self.lax_offices / max(self.funders, 1))
        self.mean_effort = 1.0 - (1.0 - self.values.offices.lax_effort) * lax
