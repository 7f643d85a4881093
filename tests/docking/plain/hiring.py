"""How many posts the money carries, who is let go, how fast vacancies fill and with whom."""

from __future__ import annotations

from math import floor

from .actor import Actor
from .arithmetic import clip, exp, log, standard, total


class Organization(Actor):
    layoff_probability = vacancies = fill_probability = 0.0
    hires = headcount = full_time_staff = certified_staff = cohort_staff = 0
    fte = effective_fte = skill_sum = tenure_sum = 0.0
    recruits = False

    def begin_posts(self) -> None:
        self.rounding = self.chance("hiring.rounding.u_rounding")
        money = self.values.pay.staff_share * self.income_trend
        self.posts = floor(money / self._cost_of_post(self.usual_pay_ratio) + self.rounding) if self.active else 0.0

    def _cost_of_post(self, pay_ratio: float) -> float:
        return self.values.pay.on_cost * pay_ratio * self.sector.outside_wage * self.values.hiring.hours_per_head

    def plan_posts(self) -> None:
        v = self.values.hiring
        if not self.active:
            self.posts, self.layoff_probability = 0.0, 0.0
            return
        purse = clip(self.months_of_cash / max(self.reserve_target, 0.5), 0.0, 1.0)
        money = self.values.pay.staff_share * self.income_trend * (1.0 - v.caution * (1.0 - purse))
        affordable = money / self._cost_of_post(max(self.usual_pay_ratio, self.pay_ratio))
        low = floor(affordable * (1.0 - v.inertia) + self.rounding)
        high = floor(affordable * (1.0 + v.inertia) + self.rounding)
        self.posts = clip(self.posts, low, max(low, high))
        surplus = self.headcount - self.posts
        short = surplus > 0.0 and self.months_of_cash < v.layoff_below
        self.layoff_probability = v.layoff_rate * surplus / self.headcount if short else 0.0

    def look_for_people(self) -> None:
        v = self.values.hiring
        self.vacancies = max(0.0, self.posts - (self.headcount - self.leavers))
        self.recruits = self.active and self.vacancies > 0.0 and self.months_of_cash >= v.freeze_below
        self.fill_probability, self.hires = 0.0, 0
        if self.recruits:
            self.fill_probability = 1.0 - exp(-self._speed_of_filling())
            self.hires = floor(self.vacancies * self.fill_probability + self.chance("hiring.hires.u_hires"))

    def _speed_of_filling(self) -> float:
        v = self.values.hiring
        subsidy = self.values.pay.pass_through * self.values.pay.wage_subsidy
        offered = self.pay_ratio + subsidy / self.sector.outside_wage
        lean = v.credibility_effect * standard(self.credibility) + v.policy_effect * self.values.morale.policy_support
        return v.base_fill * exp(v.recruitment_elasticity * log(offered / v.reference_ratio) + lean)

    def count_team(self) -> None:
        team = self.staff
        self.headcount = len(team)
        self.full_time_staff = sum(person.full_time for person in team)
        self.certified_staff = sum(person.certificate for person in team)
        self.cohort_staff = sum(person.joined_before for person in team)
        self.fte = total(person.hours for person in team)
        self.effective_fte = total(person.output for person in team)
        self.skill_sum = total(person.weighted_skill for person in team)
        self.tenure_sum = total(person.tenure for person in team)


class Person(Actor):
    joined_before = False

    def begin_post(self) -> None:
        v = self.values.hiring
        self.tenure = 0.0
        if self.from_the_start:
            served = -v.start_tenure_mean * log(self.chance("hiring.tenure.u_tenure"))
            self.tenure = float(floor(min(self.employer.age, served)))
        purse = clip(self.employer.months_of_cash, 0.0, 6.0) / 3.0 - 1.0
        daring = clip(v.full_time_share + v.stability_effect * purse, 0.0, 1.0)
        self.full_time = self.chance("hiring.full_time.u_full") < daring
        self.certificate = self.chance("hiring.certificate.u_certificate") < v.certified_share
        self.exam_hurdle = self.sector.preparing - log(self.chance("hiring.exam_hurdle.u_exam"))
        self.new_hire = self.model.month >= 0
        self.experience = self.tenure
        if self.chance("hiring.experience.u_before") < self.values.turnover.stay_share:
            self.experience -= v.experience_mean * log(self.chance("hiring.experience.u_years"))

    def grow_older_in_post(self) -> None:
        self.tenure += 1.0
        self.experience += 1.0
        self.certificate = self.certificate or self.sector.preparing > self.exam_hurdle
        self.joined_before = self.joined_before or self.model.month == 0


class Sector(Actor):
    preparing = 0.0

    def prepare_for_examination(self) -> None:
        self.preparing += self.values.skills.certificate_drive / 12.0
