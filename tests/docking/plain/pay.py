"""What a post earns against the outside wage, and what public money adds to it."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, exp, log, normal, total


class Organization(Actor):
    wage_subsidy_receipt = allowances = wage_bill = bonuses = 0.0

    def begin_pay(self) -> None:
        v = self.values.pay
        luck = normal(self.chance("pay.usual_pay_ratio.u_usual"))
        self.usual_pay_ratio = clip(v.usual_pay * exp(v.usual_pay_spread * luck), 0.45, 1.6)
        self.pay_ratio = self.usual_pay_ratio

    def receive_allowances(self) -> None:
        v = self.values.pay
        due = v.wage_subsidy * self.full_time_staff + v.certificate_allowance * self.certified_staff
        self.wage_subsidy_receipt = due if self.active else 0.0
        self.allowances = v.pass_through * due

    def count_payroll(self) -> None:
        self.wage_bill = total(person.wage_cost for person in self.staff)
        self.bonuses = total(person.bonus for person in self.staff)

    def set_pay(self) -> None:
        v = self.values.pay
        usual, affordable = self.usual_pay_ratio, self.usual_pay_ratio
        if self.fte > 0.0:
            affordable = v.staff_share * self.income_trend / (v.on_cost * self.sector.outside_wage * self.fte)
        step = v.repricing * (clip(affordable, 0.8 * usual, 1.1 * usual) - self.pay_ratio)
        self.pay_ratio = max(self.pay_ratio + step, v.minimum_wage, v.pay_floor)


class Person(Actor):
    allowance = pay = wage_cost = bonus = 0.0

    def begin_pay(self) -> None:
        self.pay_gap = log(self.employer.pay_ratio)

    def be_paid(self) -> None:
        v = self.values.pay
        subsidy = v.wage_subsidy if self.full_time else 0.0
        self.allowance = v.pass_through * (subsidy + (v.certificate_allowance if self.certificate else 0.0))
        premium = v.tenure_premium * (min(self.tenure / 12.0, 10.0) - 3.0)
        if self.certificate:
            premium += v.certificate_premium
        self.pay = self.employer.pay_ratio * self.sector.outside_wage * (1.0 + premium)
        self.pay_gap = log((self.pay + self.allowance) / self.sector.outside_wage)
        self.wage_cost = self.pay * (1.0 if self.full_time else v.part_time_hours)
        anniversary = self.tenure > 0.0 and self.tenure % 12.0 == 0.0
        self.bonus = 12.0 * v.retention_bonus * self.wage_cost if anniversary else 0.0


class Sector(Actor):
    def begin_wages(self) -> None:
        self.outside_wage = self.values.pay.outside_wage_start
        self.price_index = 1.0

    def raise_wages(self) -> None:
        v = self.values.pay
        self.outside_wage *= exp(log(1.0 + v.outside_wage_growth) / 12.0)
        self.price_index = self.outside_wage / v.outside_wage_start
