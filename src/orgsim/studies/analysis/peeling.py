"""The patient rule induction method (Friedman and Fisher 1999): a box of factors in which cases of interest are dense.

Peeling takes away, again and again, the twentieth part of the box at one end of one factor, or one choice, whose loss
raises the density most for each case lost (the lenient criterion of Kwakkel and Jaxa-Rozen 2016). Of the boxes on the
way the one with the largest harmonic mean of coverage and density is taken, and what does not hold it up is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from orgsim.outcomes.recorder import Floats

Bools = NDArray[np.bool_]
SHARE = 0.05
"""The part of a box that is peeled at once."""
FEWEST = 5
"""Cases that a box keeps."""
ALPHA = 0.05


@dataclass(frozen=True)
class Peeled:
    """Boxes on the way, each within the one before: `inside`, shape (boxes, cases), and what the way shows.

    `coverage` is the share of all cases of interest that lie in the box, `density` their share of the cases in it.
    """

    inside: Bools
    interest: Bools

    @property
    def coverage(self) -> Floats:
        found: Floats = (self.inside & self.interest).sum(axis=1) / self.interest.sum()
        return found

    @property
    def density(self) -> Floats:
        found: Floats = (self.inside & self.interest).sum(axis=1) / self.inside.sum(axis=1)
        return found

    @property
    def best(self) -> int:
        """The box with the largest harmonic mean of coverage and density, the first of equals."""
        return int(np.argmax(harmonic(self.coverage, self.density)))


def harmonic(coverage: Floats, density: Floats) -> Floats:
    """2 c d / (c + d); 0 where both are."""
    whole = coverage + density
    found: Floats = np.divide(2.0 * coverage * density, whole, out=np.zeros_like(whole), where=whole > 0.0)
    return found


def peel(places: Floats, interest: Bools, unordered: Sequence[bool]) -> Peeled:
    """Peel until too few cases are left, or nothing raises the density.

    `places`, shape (cases, factors), are values of factors; those of `unordered` ones are choices.
    """
    inside = np.ones(len(places), dtype=bool)
    boxes = [inside]
    while True:
        density = interest[inside].mean()
        best, gain = None, 0.0
        for factor, loose in enumerate(unordered):
            for smaller in _candidates(places[:, factor], inside, loose):
                lost = int(inside.sum() - smaller.sum())
                if lost and smaller.sum() >= FEWEST:
                    raised = (interest[smaller].mean() - density) / lost
                    if raised > gain * (1.0 + 1e-12):
                        best, gain = smaller, raised
        if best is None:
            return Peeled(np.array(boxes), interest)
        inside = best
        boxes.append(inside)


def _candidates(column: Floats, inside: Bools, unordered: bool) -> list[Bools]:
    """The box without some of its cases: one choice, or a twentieth at either end, with all that are equal to it."""
    there = np.sort(column[inside])
    if there[0] == there[-1]:
        return []
    if unordered:
        return [inside & (column != choice) for choice in np.unique(there)]
    count = max(1, int(np.ceil(SHARE * len(there))))
    low, high = there[count], there[-1 - count]
    low = low if low > there[0] else there[there > there[0]][0]
    high = high if high < there[-1] else there[there < there[-1]][-1]
    return [inside & (column >= low), inside & (column <= high)]


def spans(places: Floats, inside: Bools, unordered: Sequence[bool]) -> list[Bools]:
    """For each factor which cases lie within the box's range of it, or have one of its choices."""
    found = []
    for factor, loose in enumerate(unordered):
        column = places[:, factor]
        there = column[inside]
        found.append(np.isin(column, there) if loose else (column >= there.min()) & (column <= there.max()))
    return found


def supported(spanned: Sequence[Bools], interest: Bools) -> dict[int, float]:
    """The factors that a box needs, each with the quasi-p-value of its restriction (Bryant and Lempert 2010).

    That is the chance to find in the box as many cases of interest as there are if the factor's restriction told
    nothing: if they were as dense as in the box without it. The least needed is dropped until each is below 0.05. A
    range that leaves no case out but at its very ends is none.
    """
    kept = [n for n, cases in enumerate(spanned) if not cases.all()]
    while kept:
        inside = np.logical_and.reduce([spanned[n] for n in kept])
        chances = {}
        for n in kept:
            without = np.logical_and.reduce([spanned[m] for m in kept if m != n] or [np.ones_like(interest)])
            hits = int(interest[inside].sum())
            chances[n] = float(binom.sf(hits - 1, int(inside.sum()), interest[without].mean()))
        worst = max(chances, key=lambda n: chances[n])
        if chances[worst] < ALPHA:
            return chances
        kept.remove(worst)
    return {}
