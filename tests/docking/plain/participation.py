"""Organizations tell government what is needed, and government learns, slowly."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import clip, power


class Organization(Actor):
    fit = channel_cost = 0.0

    def begin_voice(self) -> None:
        size = self.scale / self.values.fees.typical_scale
        self.reach = clip(power(size, self.values.participation.access), 0.3, 3.0)

    def be_heard(self) -> None:
        v = self.values.participation
        self.fit = v.mismatch / (1.0 - v.mismatch) * v.mismatch_relief * self.sector.heard * self.reach

    def pay_for_channel(self) -> None:
        v = self.values.participation
        self.channel_cost = v.channel * v.channel_price / 12.0 if self.active else 0.0


class Sector(Actor):
    def begin_hearing(self) -> None:
        self.heard = self.values.participation.channel

    def hear(self) -> None:
        v = self.values.participation
        self.heard += (v.channel - self.heard) / v.learning_months
