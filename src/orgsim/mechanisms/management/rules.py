"""Management: how well an organization is run inside, and what makes it better or worse.

It acts on overhead, on the use of skill, on misconduct, on trust and on ratings, in the mechanisms that own these;
survival follows from them and is not helped a second time here.
"""

from __future__ import annotations

from math import floor

from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import Count, Flag, Hazard, Index, Months, Probability, Share, Uniform


@initial("organization")
def starting_management_root(mean_management: Index, management_spread: Index, u_management: Uniform) -> Index:
    """Quality of management an organization tends to by itself; lasting."""
    return clip(mean_management + management_spread * normal(u_management), 0.0, 1.0)


@initial("organization")
def starting_management(management_root: Index) -> Index:
    """Starts at its own level."""
    return management_root


@rule("organization")
def rectifying(
    rectifying: Months, sanctioned: Flag, rating_months: Months, supervision__validity: Months, order_term: Months
) -> Months:
    """Months left of working on one's management: after a sanction, or when a rating was newly given."""
    if sanctioned or rating_months == supervision__validity:
        return order_term
    return max(0.0, rectifying - 1.0)


@rule("organization")
def management(
    management: Index,
    management_root: Index,
    rectifying: Months,
    active: Flag,
    turnover_trend: Share,
    skills__usual_turnover: Share,
    supervision__daily_management: Share,
    order_gain: Index,
    daily_gain: Index,
    settling: Hazard,
    leaving_loss: Index,
) -> Index:
    """Quality of internal management, 0 to 1: better while it is worked on or looked at, worse as people leave.

    G' = G + .01 [rectifying] + .001 daily supervision - .004 (turnover - usual) - .02 (G - own level)
    Harris, Petrovits & Yetman 2017 for what monitoring goes with
    """
    if not active:
        return management
    worked_on = order_gain if rectifying > 0.0 else 0.0
    left = leaving_loss * clip(turnover_trend - skills__usual_turnover, -0.5, 1.0)
    step = worked_on + daily_gain * supervision__daily_management - left - settling * (management - management_root)
    return clip(management + step, 0.0, 1.0)


@initial("organization")
def starting_silence(u_silence: Uniform) -> Uniform:
    """How readily it lets the annual report go once it no longer works; lasting."""
    return u_silence


@initial("organization")
def starting_missed_reports(from_the_start: Flag, dormant: Flag, silence: Uniform, missed_if_dormant: Share) -> Count:
    """Dormant ones that are silent have been so for one to five years."""
    if not from_the_start or not dormant or silence >= missed_if_dormant:
        return 0.0
    return floor(1.0 + 5.0 * silence / missed_if_dormant)


@rule("organization")
def report_due(registered: Flag, month: int) -> Flag:
    """The annual report is due: once a year, for everybody on the register."""
    return registered and month % 12 == 5


@rule("organization", when="report_due", keep=True)
def missed_reports(
    missed_reports: Count,
    active: Flag,
    silence: Uniform,
    missed_if_active: Probability,
    missed_if_dormant: Share,
    u_report: Uniform,
) -> Count:
    """Annual reports missed in a row, 0 for who has filed the last one.

    A working organization forgets now and then; of the dormant some have gone silent for good. Missing a report leads
    to nothing by itself here: what follows for the dormant is the clean-up.
    """
    missed = u_report < missed_if_active if active else silence < missed_if_dormant
    return missed_reports + 1.0 if missed else 0.0
