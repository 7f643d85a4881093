"""What depends on what: parameters, columns and outcomes, as rules, sums, shares and measures read each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from orgsim.core.declare import Allocation
from orgsim.core.registry import Linked, Model, Own, Value
from orgsim.core.rule import Rule
from orgsim.mechanisms.records.mechanism import CASH_BINS, INCOME_BINS, STRATA
from orgsim.outcomes.catalogue import BY_NAME, Outcome
from orgsim.outcomes.recorder import Recording
from orgsim.outcomes.strata import strata
from orgsim.schedule import model as package_model

PARAMETER, OUTCOME, PRESENT = "parameter", "outcome", "present"
LONG_ENOUGH = 120
"""Months for which outcomes are asked what they read: the longest that any of them needs."""


class Item(NamedTuple):
    """A column of an entity, whether its rows are there (`present`), a parameter, or an outcome (`entity` says which).

    `Item("parameter", "pay.wage_subsidy")`, `Item("staff", "pay")`, `Item("outcome", "annual_turnover")`.
    """

    entity: str
    name: str


Reads = Mapping[Item, frozenset[Item]]
"""For each item those it is made from directly, of this month or the last."""


@cache
def dependencies() -> Reads:
    """The graph of this package's model, its outcomes included."""
    found = columns_read(package_model())
    return {**found, **{Item(OUTCOME, name): outcome_reads(BY_NAME[name]) for name in BY_NAME}}


def columns_read(model: Model) -> dict[Item, frozenset[Item]]:
    """What each column is made from: arguments and condition of its rules, what it sums, what its sharing asks."""
    found: dict[Item, set[Item]] = {}
    for item, read in _edges(model):
        found.setdefault(item, set()).add(read)
    return {item: frozenset(some) for item, some in found.items()}


def readers(reads: Reads) -> dict[Item, frozenset[Item]]:
    """The same arrows the other way: which items are made from each."""
    found: dict[Item, set[Item]] = {}
    for item, some in reads.items():
        for read in some:
            found.setdefault(read, set()).add(item)
    return {item: frozenset(some) for item, some in found.items()}


def parameters_of(model: Model, item: Item) -> tuple[str, ...]:
    """Names of the parameters that make a column, those of its monthly rule before those of its first value."""
    owners = {place: name for name, place in model.space.place.items()}
    named = []
    for rule in _rules(model, item):
        named += [owners[read.place] for read in model.reads(rule).values() if isinstance(read, Value)]
    for shared in model.allocations.values():
        if "__".join(item) in shared.writes:
            own = (f"{shared.mechanism}.{argument}" for argument in shared.arguments)
            named += [name for name in own if name in model.space]
    return tuple(dict.fromkeys(named))


def unsplit(model: Model) -> frozenset[tuple[Item, Item]]:
    """Arrows, source first, of which no monthly rule is asked: those of allocations, and of first values alone."""
    monthly = {arrow for rule in model.rules.values() for arrow in _of_rule(model, rule)}
    shared = {arrow for one in model.allocations.values() for arrow in _of_allocation(model, one)}
    first = {arrow for some in model.initials.values() for rule in some for arrow in _of_rule(model, rule)}
    return frozenset((source, target) for target, source in shared | (first - monthly))


def outcome_reads(outcome: Outcome) -> frozenset[Item]:
    """The recorded sums from which an outcome is measured, found by measuring an empty recording."""
    empty = _Watched.empty()
    outcome.measure(empty, strata(outcome.people)["all"])
    return frozenset(empty.seen)


def _edges(model: Model) -> Iterator[tuple[Item, Item]]:
    for rule in [*model.rules.values(), *(rule for some in model.initials.values() for rule in some)]:
        yield from _of_rule(model, rule)
    for total in model.totals.values():
        via = None if total.via == total.entity else total.via
        for column in (total.value, total.where, via, PRESENT):
            if column is not None:
                yield Item(total.entity, total.name), Item(total.of, column)
    for shared in model.allocations.values():
        yield from _of_allocation(model, shared)
    for phase in model.schedule:
        if phase.birth:
            yield Item(phase.birth.entity, PRESENT), Item(phase.birth.parent, phase.birth.count)
        if phase.death:
            yield Item(phase.death.entity, PRESENT), Item(phase.death.entity, phase.death.when)


def _of_rule(model: Model, rule: Rule) -> Iterator[tuple[Item, Item]]:
    names = {place: name for name, place in model.space.place.items()}
    here = Item(rule.entity, rule.name)
    if rule.when is not None:
        yield here, Item(rule.entity, rule.when)
    for reading in model.reads(rule).values():
        match reading:
            case Own(column):
                yield here, Item(rule.entity, column)
            case Linked(link, entity, column):
                yield here, Item(entity, column)
                if link is not None:
                    yield here, Item(rule.entity, link)
            case Value(place, _):
                yield here, Item(PARAMETER, names[place])


def _of_allocation(model: Model, shared: Allocation) -> Iterator[tuple[Item, Item]]:
    for written in shared.writes:
        here = Item(*written.split("__", 1))
        for argument in shared.arguments:
            prefix, _, column = argument.partition("__")
            if prefix in model.entities and column not in ("id", PRESENT) and argument != written:
                yield here, Item(prefix, column)
            elif f"{shared.mechanism}.{argument}" in model.space:
                yield here, Item(PARAMETER, f"{shared.mechanism}.{argument}")


def _rules(model: Model, item: Item) -> list[Rule]:
    monthly = model.rules.get((item.entity, item.name))
    first = [rule for rule in model.initials.get(item.entity, ()) if rule.name == item.name]
    return first if monthly is None else [monthly, *first]


class _Sums(dict[str, Any]):
    """Recorded sums, all nought, that remember who was asked for."""

    def __init__(self, seen: set[Item]) -> None:
        super().__init__()
        self.seen = seen

    def __missing__(self, name: str) -> Any:
        self.seen.add(Item("stratum", name))
        return np.zeros((1, LONG_ENOUGH + 1, STRATA))


class _Watched(Recording):
    """An empty recording that remembers what is read of it."""

    seen: set[Item]

    @classmethod
    def empty(cls) -> _Watched:
        seen: set[Item] = set()
        years = LONG_ENOUGH // 12 + 1
        made = cls(
            np.zeros(1, np.uint64),
            LONG_ENOUGH,
            _Sums(seen),
            np.zeros((1, years, STRATA, CASH_BINS)),
            np.zeros((1, years, STRATA, INCOME_BINS)),
            {},
        )
        object.__setattr__(made, "seen", seen)
        return made

    def __getattribute__(self, name: str) -> Any:
        binned = {"cash": Item("cash_bin", "holders"), "income": Item("income_bin", "earners")}
        if name in binned and "seen" in object.__getattribute__(self, "__dict__"):
            object.__getattribute__(self, "seen").add(binned[name])
        return object.__getattribute__(self, name)
