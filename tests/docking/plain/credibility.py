"""Trust in an organization, its kind and the sector: slow to build, fast to lose."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, normal, total
from .supervision import PRESS


class Organization(Actor):
    scandal = scandal_weight = 0.0

    def begin_credibility(self) -> None:
        luck = normal(self.chance("credibility.credibility.u_credibility"))
        self.credibility = clip(0.5 + self.values.credibility.credibility_spread * luck, 0.05, 0.95)

    def become_known(self) -> None:
        v = self.values.credibility
        self.scandal = 0.0
        if self.found:
            self.scandal = v.press_exposure if self.found_by == PRESS else v.quiet_exposure
            self.scandal *= 1.0 if self.serious_misconduct else v.mild
        self.scandal_weight = self.scandal * self.scale

    def win_or_lose_trust(self) -> None:
        v = self.values.credibility
        deserved = 0.4
        if self.active:
            deserved = (
                0.5
                + v.quality_weight * (self.quality - 0.5)
                + v.transparency_weight * (self.management - 0.5)
                + (v.rating_weight if self.rating >= 3.0 else 0.0)
                + v.kind_weight * (self.kind.trust - 0.5)
                + self.values.party_building.trust_effect * self.party_function
            )
        built = v.building * (deserved - self.credibility)
        self.credibility = clip(self.credibility + built - v.scandal_loss * self.scandal, 0.02, 0.98)


class Kind(Actor):
    scandal_sum = scale_sum = 0.0

    def begin_trust(self) -> None:
        self.trust = 0.5

    def count_scandals(self) -> None:
        self.scandal_sum = total(o.scandal_weight for o in self.members)
        self.scale_sum = total(o.scale for o in self.members if o.active)

    def hurt(self) -> float:
        """What the month's scandals take from trust."""
        return self.values.credibility.spillover * self.scandal_sum / self.scale_sum if self.scale_sum > 0.0 else 0.0

    def heal(self) -> None:
        healed = self.values.credibility.recovery * (0.5 - self.trust)
        self.trust = clip(self.trust + healed - self.hurt(), 0.05, 0.95)


class Sector(Actor):
    scandal_sum = scale_sum = credibility_sum = 0.0
    trusted = 0
    hurt = Kind.hurt

    def begin_public_trust(self) -> None:
        self.public_trust = 0.5

    def hear_talk(self) -> None:
        trusted = [o for o in self.model.organizations if o.active]
        self.scandal_sum = total(o.scandal_weight for o in self.model.organizations)
        self.scale_sum = total(o.scale for o in trusted)
        self.credibility_sum = total(o.credibility for o in trusted)
        self.trusted = len(trusted)

    def trust(self) -> None:
        v = self.values.credibility
        mean = self.credibility_sum / self.trusted if self.trusted else v.usual_credibility
        goal = 0.5 + v.pull * (mean - v.usual_credibility)
        step = v.recovery * (goal - self.public_trust) - self.hurt()
        self.public_trust = clip(self.public_trust + step, 0.05, 0.95)
