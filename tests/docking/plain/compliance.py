"""Whether an organization keeps the rules, in two layers, and whom it copies."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, logistic, logit, normal


class Organization(Actor):
    peer: Organization | None = None
    reconsiders = reviews = seen_procedural = seen_serious = seen_sanctioned = False
    procedural_breach = serious_misconduct = False
    meeting_point = expected_penalty = advantage = breach_probability = 0.0

    def begin_conduct(self) -> None:
        v = self.values.compliance
        self.inclination = v.inclination_spread * normal(self.chance("compliance.inclination.u_inclination"))
        self.circle = self.chance("compliance.circle.u_circle")
        self.procedural_breach = self.chance("compliance.procedural_breach.u_start") < v.procedural_start
        self.serious_misconduct = self.chance("compliance.serious_misconduct.u_start") < v.serious_start

    def think_again(self) -> None:
        learnt = self.values.innovation
        often = self.values.compliance.revision * (1.0 + learnt.contact * learnt.forums / 12.0)
        self.reconsiders = self.active and self.chance("compliance.reconsiders.u_reconsiders") < often
        self.reviews = self.reconsiders or self.sanctioned
        self.meeting_point = self.chance("compliance.meeting_point.u_meeting") if self.reconsiders else 0.0

    def meet(self) -> None:
        """The next of one's kind on the circle, from the meeting point on."""
        if self.reconsiders:
            others = [o for o in self.kind.members if o.active and o is not self]
            self.peer = min(others, key=self._way_to, default=self)

    def _way_to(self, other: Organization) -> tuple[bool, float, int]:
        return other.circle < self.meeting_point, other.circle, other.id

    def look_at_peer(self) -> None:
        peer = self.peer if self.reconsiders else None
        self.seen_procedural = peer is not None and peer.procedural_breach
        self.seen_serious = peer is not None and peer.serious_misconduct
        self.seen_sanctioned = peer is not None and peer.strikes > 0.5
        self.expected_penalty = self._expected_penalty() if self.reconsiders else 0.0
        self.advantage = self._advantage() if self.reconsiders else 0.0
        self.breach_probability = self._own_choice() if self.reconsiders else 0.0

    def _expected_penalty(self) -> float:
        v, law = self.values.compliance, self.values.supervision
        fine = self.sector.fine_factor * v.fine_weight * law.fine / v.fine_unit
        return self.perceived_detection * law.sanction_credibility * (fine + v.standing_weight)

    def _advantage(self) -> float:
        v = self.values.compliance
        reward = v.reward_weight * self.values.supervision.reward / v.reward_unit
        if self.rating >= 3.0:
            reward *= 1.5
        managed = v.management_weight * (self.management - 0.5)
        return self.expected_penalty + reward + managed - v.temptation - self.inclination

    def _own_choice(self) -> float:
        v = self.values.compliance
        lean = self._lean(v.procedural_start) - v.reward_effect * self.values.supervision.reward / v.reward_unit
        return logistic(lean + (v.rating_effect if self.rating >= 3.0 else 0.0))

    def _lean(self, usual: float) -> float:
        """Log odds of breaking a rule that a share of organizations usually breaks."""
        v = self.values.compliance
        deterred = v.penalty_effect * (self.expected_penalty - v.usual_penalty)
        return logit(usual) - deterred - v.management_effect * (self.management - 0.5) + 2.0 * self.inclination

    def choose_conduct(self) -> None:
        if self.reviews:
            self.procedural_breach, self.serious_misconduct = self._procedure(), self._misconduct()

    def _procedure(self) -> bool:
        v = self.values.compliance
        u = self.chance("compliance.procedural_breach.u_breach")
        if self.sanctioned and self.procedural_breach:
            return u >= v.cure
        if not self.reconsiders:
            return self.procedural_breach
        if v.choice == 1:
            return u < self.breach_probability
        chance = float(self.procedural_breach)
        if self.seen_procedural != self.procedural_breach:
            chance = logistic(-self.advantage * v.selection)
        return u < v.exploration * 0.5 + (1.0 - v.exploration) * chance

    def _misconduct(self) -> bool:
        v = self.values.compliance
        u = self.chance("compliance.serious_misconduct.u_misconduct")
        if self.sanctioned and self.serious_misconduct:
            return u >= v.cure
        if not self.reconsiders:
            return self.serious_misconduct
        lean = self._lean(v.serious_start) + self.values.party_building.misconduct_effect * self.party_function
        return u < logistic(lean + (v.contagion if self.seen_serious else 0.0))


class Sector(Actor):
    breach_share = fine_factor = 0.0
    breaching = compliance_stock = 0

    def count_conduct(self) -> None:
        self.breaching = sum(o.procedural_breach for o in self.model.organizations)
        self.compliance_stock = sum(o.active for o in self.model.organizations)

    def set_fines(self) -> None:
        v = self.values.compliance
        self.breach_share = self.breaching / self.compliance_stock if self.compliance_stock else 0.0
        rise = v.dynamic_slope * (self.breach_share / v.procedural_start - 1.0)
        self.fine_factor = clip(1.0 + rise, 0.0, 5.0) if v.penalty else 1.0
