"""From a lever to outcomes: the few chains of rules by which most of a change came, out of the whole graph.

A chain goes along arrows of `graph.dependencies`, each of which a rule, sum or share of the model reads. An arrow costs
the more the smaller its part in the change of what reads it (`shares`), and each step costs a little, so the chain that
is found is short and goes where the change went. What only counts for the record is passed without being shown.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orgsim.core.registry import Model
from orgsim.ensembles.averages import ENTITIES, Averages
from orgsim.ensembles.doubt import doubt
from orgsim.explain.graph import OUTCOME, PARAMETER, PRESENT, Item, Reads, parameters_of, readers
from orgsim.explain.shares import Shares

MOST = 12
"""Items in a picture."""
LONGEST = 4
"""Columns of one chain that are shown; of more, those that only carry on are passed, then those that moved least."""
CARRIES_ON = 0.95
"""From this part on a column says no more than the one before it."""
BOOKS = ("records",)
"""Mechanisms whose columns only count."""
STEP, STILL = 0.25, 1.0
"""What each step costs beside the logarithm of its part, and what a column costs that did not clearly move."""
LEAST, UNSPLIT = 1e-4, 0.1
"""The part of an arrow that carried nothing, and of one whose part is not known, such as those of an allocation."""
WORTH = 0.05
"""The part that each arrow of a second chain carries at least."""


@dataclass(frozen=True)
class Change:
    """A column's average under today and under the policy, and the mean paired difference with its 95 % interval.

    `size` is the difference in standard deviations of the column over rows and months, without sign.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float
    size: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves nought out."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Hop:
    """An arrow of the picture; `through` are the items between that are not shown, in order.

    `share` is the part of the target's change that came this way, of all parts without sign, below nought where it
    works against the whole; NaN where it is not known.
    """

    source: Item
    target: Item
    through: tuple[Item, ...] = ()
    share: float = float("nan")

    @property
    def items(self) -> tuple[Item, ...]:
        """All of the chain, both ends included."""
        return (self.source, *self.through, self.target)


@dataclass(frozen=True)
class Picture:
    """A lever and what leads from it to the outcomes: the lever first, each outcome after what leads to it."""

    items: tuple[Item, ...]
    hops: tuple[Hop, ...]


def changes(before: Averages, after: Averages) -> dict[Item, Change]:
    """What each column is on average in two scenarios that were run on the same replications."""
    found = {}
    for column, values in after.means.items():
        difference = doubt(values - before.means[column])
        mean, reach = float(difference.mean), float(difference.reach)
        spread = before.spread[column]
        found[Item(*column)] = Change(
            float(before.means[column].mean()),
            float(values.mean()),
            mean,
            mean - reach,
            mean + reach,
            abs(mean) / spread if spread > 0.0 else 0.0,
        )
    return found


@dataclass(frozen=True)
class Evidence:
    """What is known of a pair of runs: how columns changed, what came through which arrow, and what was not split."""

    moved: Mapping[Item, Change]
    shares: Shares
    unsplit: frozenset[tuple[Item, Item]] = frozenset()
    """Arrows whose part is not known, source first."""
    books: frozenset[Item] = frozenset()
    """Columns that only count for the record."""

    def part(self, source: Item, target: Item) -> float:
        """The share of an arrow, NaN where it is not known, nought where nothing came."""
        known = self.shares.get((source, target))
        if known is None:
            return float("nan") if (source, target) in self.unsplit else 0.0
        return known

    def cost(self, source: Item, target: Item) -> float:
        """What a step along an arrow costs."""
        part = self.part(source, target)
        least = UNSPLIT if np.isnan(part) else max(abs(part), LEAST)
        still = target in self.moved and self.visible(target) and not self.moved[target].clear
        return STEP + STILL * still - float(np.log(least))

    def visible(self, item: Item) -> bool:
        """Whether a column can be shown: not one that only counts, nor one that is nought at every month's end."""
        change = self.moved.get(item)
        counting = item.entity not in ENTITIES or item.name == PRESENT or item in self.books
        return change is not None and not counting and not (change.before == change.after == 0.0)


def picture(reads: Reads, lever: str, outcomes: Sequence[str], seen: Evidence, most: int = MOST) -> Picture:
    """The chains from a lever to each outcome, no more than `most` items together; an outcome out of reach is left out.

    Each outcome has its cheapest chain, in the order given. Where one outcome is asked for, there is a second chain
    that shares no column with the first, if all along it something moved.
    """
    onward, start = readers(reads), Item(PARAMETER, lever)
    chains = [cheapest(onward, start, Item(OUTCOME, outcome), seen) for outcome in outcomes]
    if len(chains) == 1 and chains[0] is not None:
        second = cheapest(onward, start, chains[0][-1], seen, frozenset(chains[0][1:-1]))
        chains += [second] if second is not None and _worth(second, seen) else []
    found: list[tuple[list[Item], list[Item]]] = []
    for chain in (one for one in chains if one is not None):
        drawn = {item for _, kept in found for item in kept}
        passed = {item for other, _ in found for item in other} - drawn
        for longest in range(LONGEST, 0, -1):
            kept = shown(chain, seen, longest, passed)
            if len(drawn | set(kept)) <= most:
                found.append((chain, kept))
                break
    return _joined(found, seen)


def cheapest(
    onward: Reads, start: Item, end: Item, seen: Evidence, shut: frozenset[Item] = frozenset()
) -> list[Item] | None:
    """The cheapest chain along the arrows, both ends included, through none of `shut`; None if there is none."""
    best: dict[Item, float] = {start: 0.0}
    came: dict[Item, Item] = {}
    heap = [(0.0, start)]
    while heap:
        spent, here = heapq.heappop(heap)
        if here == end:
            chain = [here]
            while here in came:
                here = came[here]
                chain.append(here)
            return chain[::-1]
        if spent > best[here]:
            continue
        for there in onward.get(here, ()):
            total = spent + seen.cost(here, there)
            if there not in shut and total < best.get(there, np.inf):
                best[there], came[there] = total, here
                heapq.heappush(heap, (total, there))
    return None


def weights(reads: Reads, model: Model, levers: Sequence[str], outcome: str, seen: Evidence) -> list[str]:
    """Parameters in the rules along the cheapest chains from these levers to an outcome, those that carry most first.

    A chain carries the product of its parts; a parameter counts for every chain whose rules it stands in, divided
    among the parameters of a rule. The levers themselves are left out.
    """
    onward = readers(reads)
    carried: dict[str, float] = {}
    for lever in levers:
        chain = cheapest(onward, Item(PARAMETER, lever), Item(OUTCOME, outcome), seen)
        if chain is None:
            continue
        strength = float(np.exp(-sum(seen.cost(*arrow) for arrow in pairwise(chain))))
        for item in chain[1:-1]:
            names = [name for name in parameters_of(model, item) if name not in levers]
            for name in names:
                carried[name] = carried.get(name, 0.0) + strength / len(names)
    return sorted(carried, key=lambda name: -carried[name])


def shown(chain: Sequence[Item], seen: Evidence, longest: int = LONGEST, passed: Collection[Item] = ()) -> list[Item]:
    """The items of a chain that a picture has: both ends, and at most `longest` columns between, none of `passed`."""
    part = {target: abs(seen.part(source, target)) for source, target in pairwise(chain)}
    columns = [item for item in chain[1:-1] if seen.visible(item) and item not in passed]

    def tells(item: Item) -> tuple[bool, bool, float]:
        return not part[item] >= CARRIES_ON, seen.moved[item].clear, seen.moved[item].size

    while len(columns) > longest:
        columns.remove(min(columns[1:] or columns, key=tells))
    return [chain[0], *columns, chain[-1]]


def books(model: Model) -> frozenset[Item]:
    """Columns that only count for the record."""
    columns = (column for some in model.columns.values() for column in some.values())
    return frozenset(Item(column.entity, column.name) for column in columns if column.owner in BOOKS)


def _worth(chain: Sequence[Item], seen: Evidence) -> bool:
    """Whether a second chain says something: every column of it moved, and every arrow carried a part."""
    arrows = pairwise(chain)
    moved = all(seen.moved[item].clear for item in chain[1:-1] if seen.visible(item))
    return moved and all(not abs(seen.part(*arrow)) < WORTH for arrow in arrows)


def _joined(chains: Sequence[tuple[Sequence[Item], Sequence[Item]]], seen: Evidence) -> Picture:
    items: dict[Item, None] = {}
    hops: dict[tuple[Item, Item], Hop] = {}
    for chain, kept in chains:
        items |= dict.fromkeys(kept)
        places = [chain.index(item) for item in kept]
        for at, until in pairwise(places):
            steps = chain[at : until + 1]
            share = float(np.prod([seen.part(*arrow) for arrow in pairwise(steps)]))
            hop = Hop(steps[0], steps[-1], tuple(steps[1:-1]), share)
            known = hops.get((hop.source, hop.target))
            if known is None or len(hop.through) < len(known.through):
                hops[hop.source, hop.target] = hop
    return Picture(tuple(items), tuple(hops.values()))
