"""Party building: where Party organizations are, how far they work, and what that costs.

Effects act only through how far a Party organization works (`party_function`), in the mechanisms they concern. Larger
and older organizations have one more often at the start, so that a cross-section shows more income where there is one
even if every effect is set to zero.
"""

from __future__ import annotations

from orgsim.core.elementary import log
from orgsim.core.numerics import clip, logistic, logit
from orgsim.core.rule import initial, rule
from orgsim.core.units import Flag, Hazard, LogRatio, Money, Months, Ratio, Share, Uniform


@initial("organization")
def starting_has_members(
    scale: Money, usual_scale: Money, members_share: Share, size_slope: LogRatio, u_members: Uniform
) -> Flag:
    """Has three or more formal Party members, enough for a branch of its own; lasting, likelier if large."""
    larger = clip(log(scale / usual_scale), -3.0, 3.0)
    return u_members < logistic(logit(members_share) + size_slope * larger)


@initial("organization")
def starting_party_branch(
    from_the_start: Flag,
    has_members: Flag,
    scale: Money,
    age: Months,
    usual_scale: Money,
    start_coverage: Share,
    size_slope: LogRatio,
    age_slope: LogRatio,
    usual_push: Share,
    register_push: Share,
    u_branch: Uniform,
) -> Flag:
    """Has a Party organization: from the start by size and age, later if it is set up at registration."""
    if from_the_start:
        larger = clip(log(scale / usual_scale), -3.0, 3.0)
        older = clip((age - 96.0) / 60.0, -2.0, 2.0)
        return u_branch < logistic(logit(start_coverage) + size_slope * larger + age_slope * older)
    return has_members and u_branch < usual_push + (1.0 - usual_push) * register_push


@rule("organization")
def party_branch(
    party_branch: Flag,
    has_members: Flag,
    active: Flag,
    annual_report_push: Share,
    instructors: Ratio,
    growth: Hazard,
    joint_reach: Hazard,
    usual_push: Share,
    u_establishes: Uniform,
) -> Flag:
    """Has a Party organization, of its own or a joint one."""
    own = growth * (usual_push + (1.0 - usual_push) * annual_report_push) if has_members else 0.0
    hazard = joint_reach * instructors + own
    return party_branch or (active and u_establishes < hazard)


@initial("organization")
def starting_party_function(party_branch: Flag, rest_function: Share) -> Share:
    """Starts as far as it works when nobody attends to it."""
    return rest_function if party_branch else 0.0


@rule("organization")
def party_function(
    party_function: Share,
    party_branch: Flag,
    annual_report_push: Share,
    instructors: Ratio,
    rest_function: Share,
    report_gain: Share,
    instructor_gain: Share,
    function_fade: Hazard,
) -> Share:
    """How far the Party organization works, 0 to 1: promotion raises it, without promotion it falls back."""
    if not party_branch:
        return 0.0
    gain = (report_gain * annual_report_push + instructor_gain * instructors) / 12.0
    back = function_fade * (rest_function - party_function)
    return clip(party_function + gain * (1.0 - party_function) + back, 0.0, 1.0)


@rule("organization")
def party_cost(active: Flag, instructors: Ratio, instructor_price: Money) -> Money:
    """Public cost of instructors this month."""
    return instructors * instructor_price / 1200.0 if active else 0.0
