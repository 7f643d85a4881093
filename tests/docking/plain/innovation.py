"""Who tries something new, who learns from whom, and who leads."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, exp, log, normal, standard, total


class Organization(Actor):
    successor_age = links = know_how = learning_cost = 0.0
    leader_leaves = innovates = False

    def begin_leadership(self) -> None:
        self.openness = normal(self.chance("innovation.openness.u_openness"))
        self.leader_age = self._age_of_new_leader("innovation.leader_age.u_age")
        self.novelty = self.values.innovation.usual_novelty
        self.led_for = 0.0
        if self.from_the_start:
            self.led_for = min(self.age, -60.0 * log(self.chance("innovation.led_for.u_led")))

    def _age_of_new_leader(self, decision: str) -> float:
        v = self.values.innovation
        return clip(v.leader_age_mean + v.leader_age_spread * normal(self.chance(decision)), 22.0, 85.0)

    def be_led(self) -> None:
        likelier = exp(clip((self.leader_age - 60.0) / 8.0, -4.0, 3.0))
        u = self.chance("innovation.leader_leaves.u_leader")
        self.leader_leaves = u < self.values.innovation.succession * likelier
        self.successor_age = 0.0
        self.leader_age += 1.0 / 12.0
        self.led_for += 1.0
        if self.leader_leaves:
            self.successor_age = self._age_of_new_leader("innovation.successor_age.u_successor")
            self.leader_age, self.led_for = self.successor_age, 0.0

    def try_something_new(self) -> None:
        v = self.values.innovation
        self.links = clip(standard((self.market + self.social) / 2.0, 0.106) + v.university_links, -3.0, 4.0)
        hazard = v.success * v.base_hazard * exp(clip(self._urge(), -4.0, 3.0))
        self.innovates = self.active and self.chance("innovation.innovates.u_innovates") < hazard
        self.novelty = self.novelty * (1.0 - 1.0 / v.novelty_months) + float(self.innovates)

    def _urge(self) -> float:
        v = self.values.innovation
        experience = clip((self.led_for - 60.0) / 60.0, -1.0, 2.0)
        return (
            v.openness_effect * self.openness
            + (v.link_effect + v.experience_links * experience) * self.links
            + v.experience_effect * experience
            + v.age_effect * (self.leader_age - 45.0) / 10.0
            + v.autonomy_effect * clip(standard(self.autonomy, 0.1), -3.0, 3.0)
            + v.drift_effect * clip(self.mission - self.mission_root, -3.0, 0.0)
        )

    def learn_from_peers(self) -> None:
        if not self.active:
            return
        v = self.values.innovation
        mean = self.kind.quality_sum / self.kind.peers if self.kind.peers else self.quality
        width = v.peer_spread / 1.702
        ahead = width * log(1.0 + exp(clip((mean - self.quality) / width, -30.0, 30.0)))
        told = v.lesson * v.forums / 12.0 * ahead * (1.0 - v.competition_loss * self.dependence)
        self.know_how = self.know_how * (1.0 - 1.0 / v.lesson_months) + told

    def pay_for_learning(self) -> None:
        v = self.values.innovation
        yearly = v.forums * v.forum_price + v.university_links * v.university_price
        self.learning_cost = yearly / 12.0 if self.active else 0.0


class Kind(Actor):
    quality_sum = 0.0
    peers = 0

    def count_peers(self) -> None:
        at_work = [o for o in self.members if o.active]
        self.quality_sum = total(o.quality for o in at_work)
        self.peers = len(at_work)
