"""Which row is meant: of an id a person gives, or the most telling one if none is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orgsim.core.parameters import KINDS
from orgsim.errors import InputError, nearest
from orgsim.explain.film import Film, History
from orgsim.explain.tree import PRESENT, Place

WHO = ("organization", "staff", "funder", "kind", "sector")
"""Entities in the order in which a name that several have is looked for; tables of outcomes come last."""
COME_AND_GO = ("organization", "staff")


@dataclass(frozen=True)
class Sight:
    """A row as it was last seen in a month: the number of the phase before which that was."""

    row: int
    identity: int
    limit: int


def entity_of(history: History, column: str, given: str | None) -> tuple[str, str]:
    """Entity and column that a name means, `cash` or `organization.cash`; `given` is the entity of an id."""
    columns = history.model.columns
    prefix, dot, rest = column.partition(".")
    if dot and prefix not in columns:
        raise InputError(f"there is no entity '{prefix}'{nearest(prefix, columns)}; they are {', '.join(columns)}")
    if dot and given not in (None, prefix):
        raise InputError(f"'{column}' is a column of {prefix}, but the id is that of a {given}; give only one of them")
    wanted, name = (prefix, rest) if dot else (given, column)
    order = [wanted] if wanted else [*WHO, *(entity for entity in columns if entity not in WHO)]
    for entity in order:
        if name in columns[entity] or (name == PRESENT and entity in COME_AND_GO):
            return entity, name
    known = {each for entity in order for each in columns[entity]}
    elsewhere = [entity for entity in columns if name in columns[entity]]
    hint = f"; it is a column of {' and '.join(elsewhere)}" if elsewhere else nearest(name, known)
    raise InputError(f"{f'{wanted} has' if wanted else 'there is'} no column '{name}'{hint}")


def named(history: History, entity: str, who: int | str, month: int) -> Sight:
    """The row of an id, or of a kind's name; InputError says when it was there if it was not in that month."""
    if entity == "kind" and isinstance(who, str) and not who.isdigit():
        if who not in KINDS:
            raise InputError(f"'{who}' is no kind of organization ({', '.join(KINDS)}){nearest(who, KINDS)}")
        who = KINDS.index(who) + 1
    text = str(who)
    if not (text.isascii() and text.isdigit() and len(text) <= 20 and int(text) < 2**64):
        raise InputError(f"an id is a whole number such as the panel's column 'id' holds, not {text[:40]!r}")
    for sight in sights(history, history.film(month), entity):
        if sight.identity == int(text):
            return sight
    last = history.table.months - 1
    raise InputError(_absent(history, entity, int(text), month, history.months_of(entity, int(text), last)))


def _absent(history: History, entity: str, identity: int, month: int, there: list[int]) -> str:
    date = history.scenario.date
    run = f"replication {history.replication} of seed {history.seed} of {history.scenario.name}"
    if entity not in COME_AND_GO:
        rows = len(history.film(month).start[entity, "id"])
        return f"{entity} {identity} is not there: {run} has {rows}, counted from 1"
    if not there:
        return f"no {entity} of {run} has the id {identity}; ids are in the column 'id' of orgsim run --panel"
    spell = f"from {'before the start' if there[0] < 0 else date(there[0])} to the end of {date(there[-1])}"
    return f"{entity} {identity} is not there in {date(month)} (month {month}); it is {spell} (month {there[-1]})"


def telling(history: History, entity: str, column: str, month: int) -> tuple[Sight, str]:
    """A row worth looking at, and why: one that ends this month, else the one whose value is the largest."""
    film = history.film(month)
    written = [number for number, _ in film.takes.get((entity, column), ())]
    first = -1 if column == PRESENT else min(written, default=-1)
    seen = [sight for sight in sights(history, film, entity) if sight.limit > first]
    if not seen:
        raise InputError(f"there is no {entity} in {history.scenario.date(month)} (month {month})")
    ending = [sight for sight in seen if sight.limit < len(history.model.schedule)]

    def size(sight: Sight) -> tuple[float, int]:
        return -abs(float(film.before(entity, column, sight.limit)[sight.row])), sight.identity

    only = "" if len(seen) == 1 else "largest"
    return min(ending or seen, key=size), "ends" if ending else only


def sights(history: History, film: Film, entity: str) -> Iterator[Sight]:
    """Every row of an entity that was there at some time of the month, as it was last seen."""
    schedule = history.model.schedule
    births = [n for n, p in enumerate(schedule) if p.birth and p.birth.entity == entity]
    deaths = [n for n, p in enumerate(schedule) if p.death and p.death.entity == entity]
    arrivals = [(0, film.start[entity, PRESENT]), *((n + 1, film.before(entity, "newborn", n + 1)) for n in births)]
    for since, there in arrivals:
        for row in np.flatnonzero(there):
            gone = (n for n in deaths if n >= since and not film.before(entity, PRESENT, n + 1)[row])
            yield Sight(int(row), int(film.before(entity, "id", since)[row]), next(gone, len(schedule)))


def place_of(sight: Sight, entity: str, column: str, month: int) -> Place:
    """Where the value of a month stands: as the panel shows it, at the month's end or when the row was last there."""
    return Place(entity, sight.row, column, month, sight.limit + (column == PRESENT))
