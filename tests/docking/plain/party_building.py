"""Where Party organizations are, how far they work, and what that costs."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, log, logistic, logit, share


class Organization(Actor):
    party_cost = 0.0

    def begin_party_building(self) -> None:
        v = self.values.party_building
        larger = v.size_slope * clip(log(self.scale / v.usual_scale), -3.0, 3.0)
        members = logistic(logit(v.members_share) + larger)
        self.has_members = self.chance("party_building.has_members.u_members") < members
        u = self.chance("party_building.party_branch.u_branch")
        if self.from_the_start:
            older = v.age_slope * clip((self.age - 96.0) / 60.0, -2.0, 2.0)
            self.party_branch = u < logistic(logit(v.start_coverage) + larger + older)
        else:
            self.party_branch = self.has_members and u < self._pushed(v.register_push)
        self.party_function = v.rest_function if self.party_branch else 0.0

    def _pushed(self, push: float) -> float:
        usual = self.values.party_building.usual_push
        return usual + (1.0 - usual) * push

    def build_party(self) -> None:
        v = self.values.party_building
        hazard = v.joint_reach * v.instructors
        if self.has_members:
            hazard += v.growth * self._pushed(v.annual_report_push)
        if self.active and self.chance("party_building.party_branch.u_establishes") < hazard:
            self.party_branch = True
        if not self.party_branch:
            self.party_function = 0.0
            return
        gain = (v.report_gain * v.annual_report_push + v.instructor_gain * v.instructors) / 12.0
        back = v.function_fade * (v.rest_function - self.party_function)
        self.party_function = share(self.party_function + gain * (1.0 - self.party_function) + back)

    def pay_for_instructors(self) -> None:
        v = self.values.party_building
        self.party_cost = v.instructors * v.instructor_price / 1200.0 if self.active else 0.0
