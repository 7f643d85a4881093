"""What training and supervision build, what people get done, and the quality of what they do."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, exp, log, normal


class Organization(Actor):
    demand = professionalism = training_cost = 0.0
    load = 1.0

    def begin_quality(self) -> None:
        self.ability = normal(self.chance("skills.ability.u_ability"))
        self.quality = clip(0.5 + self.values.skills.ability_effect * self.ability, 0.05, 0.95)

    def share_out_work(self) -> None:
        self.demand = self._work() if self.active else 0.0
        if self.effective_fte > 0.0:
            self.load += 0.25 * (clip(self.demand / self.effective_fte, 0.4, 2.5) - self.load)
        else:
            self.load = 1.0

    def _work(self) -> float:
        v, pay = self.values.skills, self.values.pay
        underpriced = v.reference_coverage / self.values.contracts.price_coverage - 1.0
        reports = v.reporting_load * (1.0 - self.values.autonomy.unrestricted_share)
        meetings = self.values.party_building.time_effect * self.party_function
        burden = 1.0 + self.dependence * (underpriced + reports) + self.trading_pull + meetings
        bought = pay.staff_share * self.income_trend * burden
        return v.standard_output * bought / (pay.on_cost * self.usual_pay_ratio * self.sector.outside_wage)

    def pay_for_training(self) -> None:
        v = self.values.skills
        exams = max(0.0, self.headcount - self.certified_staff) * v.certificate_drive * v.exam_price
        self.training_cost = (self.headcount * v.training * v.programme_price + exams) / 12.0

    def become_professional(self) -> None:
        mean = self.skill_sum / self.fte if self.fte > 0.0 else 0.0
        managed = 1.0 + self.values.skills.management_effect * (self.management - 0.5)
        self.professionalism = clip((0.5 + 0.15 * mean) * managed, 0.0, 1.0)

    def improve_quality(self) -> None:
        if not self.active:
            return
        v, new = self.values.skills, self.values.innovation
        output = self.effective_fte / self.fte if self.fte > 0.0 else v.usual_output
        goal = (
            0.5
            + v.ability_effect * self.ability
            + v.output_effect * (output - v.usual_output)
            + v.skill_quality * (self.professionalism - 0.5)
            - v.turnover_loss * clip(self.turnover_trend - v.usual_turnover, -0.5, 1.0)
            - v.load_loss * clip(self.load - 1.0, -0.5, 1.0)
            + new.quality_gain * (self.novelty - new.usual_novelty)
            + self.know_how
        )
        step = v.quality_speed * (goal * exp(self.balance + self.fit) - self.quality)
        self.quality = clip(self.quality + step, 0.05, 0.95)


class Person(Actor):
    def begin_work(self) -> None:
        hiring, wages = self.values.hiring, self.values.pay
        drawn = hiring.pay_quality * log(self.employer.pay_ratio / hiring.reference_ratio)
        drawn += hiring.university_skill * self.values.innovation.university_links
        self.skill = drawn + hiring.skill_spread * normal(self.chance("skills.skill.u_skill"))
        self.rawness = exp(-self.tenure / self.values.skills.learning_months)
        self.hours = 1.0 if self.full_time else wages.part_time_hours
        self.productivity = self._seasoned()
        self._count_output()

    def _seasoned(self) -> float:
        return 1.0 - self.values.skills.newcomer_loss * self.rawness

    def _count_output(self) -> None:
        self.output = self.hours * self.productivity
        self.weighted_skill = self.hours * self.skill

    def lose_rawness(self) -> None:
        self.rawness *= self.sector.learning_fade

    def work(self) -> None:
        v = self.values.skills
        built = v.learning * v.training / 12.0 * (1.0 - self.skill / v.ceiling)
        guided = v.supervision_learning * self.values.supervision.professional_supervision / 12.0
        self.skill += built + guided - v.decay * self.skill
        worn = 1.0 - v.burnout_loss * clip(self.burnout, 0.0, 4.0)
        self.productivity = self._seasoned() * exp(v.skill_output * self.skill) * worn
        self._count_output()


class Sector(Actor):
    learning_fade = 0.0

    def fade_rawness(self) -> None:
        self.learning_fade = exp(-1.0 / self.values.skills.learning_months)
