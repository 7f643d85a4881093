"""Whether a finding stands under other assumptions: the same difference judged under both, and the two compared.

turns      under the other assumptions it is at least likely that the difference has the other sign
weakens    its sign can no longer be told, or it is less than half as large
appears    it could not be told before, or did not matter, and can now
stands     everything else: the same sign, and half as large at least
open       it could not be told before and cannot be told now
"""

from __future__ import annotations

from enum import StrEnum

from orgsim.report.verdicts import Judgement, Verdict

HALF = 0.5
_SIGN = {
    Verdict.very_likely_more: 1,
    Verdict.likely_more: 1,
    Verdict.likely_less: -1,
    Verdict.very_likely_less: -1,
}


class Standing(StrEnum):
    """What becomes of a finding."""

    stands = "stands"
    weakens = "weakens"
    turns = "turns"
    appears = "appears"
    open = "open"


GRAVEST = (Standing.turns, Standing.weakens, Standing.appears, Standing.stands, Standing.open)
"""From what gives most to think about to what says least."""


def standing(before: Judgement, after: Judgement) -> Standing:
    """What becomes of the finding `before` when assumptions change so that it is `after`."""
    was, now = _SIGN.get(before.verdict, 0), _SIGN.get(after.verdict, 0)
    if was == 0:
        if now != 0:
            return Standing.appears
        return Standing.stands if before.verdict == after.verdict == Verdict.no_difference else Standing.open
    if now == -was:
        return Standing.turns
    if now == 0 or abs(after.difference) < HALF * abs(before.difference):
        return Standing.weakens
    return Standing.stands


def worst(found: list[Standing]) -> Standing:
    """What to say of several findings together: the one that gives most to think about, in `GRAVEST`'s order."""
    return next(one for one in GRAVEST if one in found)
