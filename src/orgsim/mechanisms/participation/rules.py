"""Participation: organizations tell government what is needed, and government learns, slowly.

Tips by residents are a lever of their own (`supervision.public_channel`), and so is the voice of staff inside an
organization (`morale.staff_voice`); neither is counted again here.
"""

from __future__ import annotations

from orgsim.core.numerics import clip, power
from orgsim.core.rule import initial, rule
from orgsim.core.units import Flag, LogRatio, Money, Months, Ratio, Share


@initial("sector")
def starting_heard(channel: Share) -> Share:
    """Government starts with what today's channel tells it."""
    return channel


@rule("sector")
def heard(heard: Share, channel: Share, learning_months: Months) -> Share:
    """How much of what organizations report government has learnt: it follows the channel with a lag."""
    return heard + (channel - heard) / learning_months


@initial("organization")
def starting_reach(scale: Money, fees__typical_scale: Money, access: Ratio) -> Ratio:
    """How far its voice reaches against a typical one's: (size / typical)^.5; lasting."""
    return clip(power(scale / fees__typical_scale, access), 0.3, 3.0)


@rule("organization")
def fit(reach: Ratio, sector__heard: Share, mismatch: Share, mismatch_relief: Share) -> LogRatio:
    """What a say adds to quality: services miss needs less, more so for those whose voice reaches further.

    mismatch / (1 - mismatch) x relief x heard x reach
    """
    return mismatch / (1.0 - mismatch) * mismatch_relief * sector__heard * reach


@rule("organization")
def channel_cost(active: Flag, channel: Share, channel_price: Money) -> Money:
    """Public cost of running the channel this month."""
    return channel * channel_price / 12.0 if active else 0.0
