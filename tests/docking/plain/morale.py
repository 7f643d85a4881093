"""Satisfaction, aspiration, burnout and passion of each person, and what their organization lends them."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, flat_shock, normal, standard


class Organization(Actor):
    resources = support = morale_cost = 0.0

    def begin_culture(self) -> None:
        self.culture = normal(self.chance("morale.culture.u_culture"))

    def pay_for_morale(self) -> None:
        v = self.values.morale
        each = v.recognition * v.recognition_cost + v.career_ladder * v.career_cost + v.staff_voice * v.voice_cost
        self.morale_cost = self.headcount * each / 12.0

    def support_staff(self) -> None:
        v = self.values.morale
        guidance = self.values.supervision.professional_supervision
        voice = v.staff_voice + v.autonomy_voice * standard(self.autonomy)
        own = v.culture_part * self.culture
        self.resources = 0.5 * (voice + guidance) + own
        self.support = (
            v.weight_status * clip(standard(self.sector.public_trust, 0.10), -2.0, 2.0)
            + v.weight_recognition * v.recognition
            + v.weight_policy * v.policy_support
            + v.weight_voice * voice
            + v.weight_supervision * guidance
            + v.weight_career * v.career_ladder
            + v.weight_credibility * clip(standard(self.credibility), -2.0, 2.0)
            + own
        )


class Person(Actor):
    satisfaction = 0.0

    def begin_morale(self) -> None:
        v = self.values.morale
        self.trait = normal(self.chance("morale.trait.u_trait"))
        self.burnout = 0.9 * normal(self.chance("morale.burnout.u_start"))
        self.passion = v.starting_level + 0.8 * normal(self.chance("morale.passion.u_passion"))
        self.aspiration = self.pay_level

    @property
    def pay_level(self) -> float:
        """Pay against the outside wage, in SD of today's staff."""
        v = self.values.morale
        return (self.pay_gap - v.usual_gap) / v.gap_spread

    def feel(self) -> None:
        v = self.values.morale
        at_work = self.employer
        self.aspiration += v.adaptation * (self.pay_level - self.aspiration)
        strain = (at_work.load - 1.0) / 0.25
        relief = v.resource_effect * (1.0 + v.buffer * clip(strain, -1.0, 2.0))
        push = v.demand_effect * strain - relief * at_work.resources
        private = v.noise * flat_shock(self.chance("morale.burnout.u_burnout"))
        self.burnout = v.persistence * self.burnout + (1.0 - v.persistence) * push + private
        living = v.living_cost * self.sector.outside_wage
        hardship = max(0.0, living / (self.pay + self.allowance) - 1.0)
        drawn = self.passion - v.wear * hardship + v.pull * (at_work.mission - self.passion)
        self.passion = clip(drawn, -4.0, 4.0)
        self.satisfaction = (
            v.weight_pay * (self.pay_level - v.weight_aspiration * self.aspiration)
            + at_work.support
            + v.weight_passion * self.passion
            - v.weight_burnout * self.burnout
            + v.weight_trait * self.trait
        )
