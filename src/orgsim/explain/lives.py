"""Lives: organizations and people of one replication month by month, and what becomes of the same ones under a policy.

Kept are those that are there as the policy begins, as they stand at each month's end; who goes during a month has a
last month with what was known at that moment, as in the panel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles.burn_in import WORLDS
from orgsim.ensembles.run import ready
from orgsim.errors import InputError
from orgsim.scenarios import Scenario, resolve

Entity = Literal["organization", "staff"]
Floats = NDArray[np.float32]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "organization": tuple(
        """
        kind size_third cash months_of_cash income headcount credibility quality active dormant becomes_dormant revived
        closing award pays_late rating newly_rated inspected found_by found sanctioned listed leader_leaves leavers
        innovates
        """.split()
    ),
    "staff": tuple(
        """
        employer pay pay_gap satisfaction burnout skill tenure quit_probability full_time certificate bonus quits leaves
        displaced stays_in_sector goes_to_business
        """.split()
    ),
}
"""What is kept of each."""
MORALE = "morale"
"""Of an organization: the mean satisfaction of its people, SD; NaN where it has none."""
LOW, ENOUGH = 1.0, 2.0
"""Months of cash below which money is short, and from which on it is not any more."""
MANY = 0.2
"""Share of the people whose going in one month is an event."""
WEARY, RESTED = 1.0, 0.5
"""Burnout from which on it is an event, and below which it is over, SD."""
OFTEN = ("contract", "bonus", "innovates", "inspected")
"""Events that are told once a year."""


@dataclass(frozen=True)
class Life:
    """One organization or person: months in a row, and each column in them, shape (months,).

    `gone` says whether it ended in the last of these months.
    """

    identity: int
    months: NDArray[np.int64]
    columns: Mapping[str, Floats]
    gone: bool

    def there(self, month: int) -> bool:
        """Whether it was there at the end of a month."""
        return bool(self.months[0] <= month <= self.months[-1] - self.gone)


@dataclass(frozen=True)
class Event:
    """Something worth telling: the month, what it is (`contract`, `rated`, …), how much, and how grave, 1 to 3.

    What comes often is told once a year: `amount` is then the sum, and `times` how often.
    """

    month: int
    what: str
    amount: float = 0.0
    weight: int = 1
    times: int = 1


@dataclass
class Lives:
    """All that were there as month 0 began, in one scenario and replication."""

    scenario: Scenario
    frames: dict[str, list[tuple[int, bool, NDArray[np.uint64], dict[str, Floats]]]] = field(
        default_factory=lambda: {"organization": [], "staff": []}
    )
    """By entity: month, whether these go in it, ids in order, columns."""
    rows: NDArray[np.int64] = field(default_factory=lambda: np.array([], np.int64))
    """Rows of the organizations as month 0 began, in the order of their ids: what `employer` means then."""

    def first(self, entity: Entity) -> tuple[NDArray[np.uint64], dict[str, Floats]]:
        """Ids as month 0 began, in order, and what they were."""
        return self.frames[entity][0][2:]

    def life(self, entity: Entity, identity: int) -> Life:
        """One of them; InputError for a stranger."""
        months: list[int] = []
        rows: list[dict[str, Floats]] = []
        gone = False
        for month, goes, ids, columns in self.frames[entity]:
            at = int(np.searchsorted(ids, np.uint64(identity)))
            if at < len(ids) and int(ids[at]) == identity:
                months.append(month)
                rows.append({name: values[at] for name, values in columns.items()})
                gone = goes
        if not months:
            raise InputError(f"no {entity} of {self.scenario.name} had the id {identity} as month 0 began")
        return Life(
            identity,
            np.array(months),
            {name: np.array([row[name] for row in rows], np.float32) for name in rows[0]},
            gone,
        )

    def well(self, entity: Entity, month: int) -> NDArray[np.uint64]:
        """Ids of organizations at work, or of people still in their post, at the end of a month."""
        for at, goes, ids, columns in self.frames[entity]:
            if at == month and not goes:
                return ids[columns["active"] > 0] if entity == "organization" else ids
        return np.array([], np.uint64)


def lives(scenario: Scenario, *, seed: int = 1, replication: int = 0) -> Lives:
    """The lives of one replication; the same world as `simulate` with that seed has."""
    model, compiled = ready()
    table = resolve(scenario)
    world = WORLDS.get(model, compiled, table, scenario.population, seed, np.array([replication], np.uint64))
    found, engine = Lives(scenario), ColumnsEngine(world, compiled)
    there: dict[str, NDArray[np.bool_]] = {}

    def look(_birth: int) -> None:
        """Before rows are born, and could take the places of those that went: keep these as they last were."""
        for entity, before in there.items():
            present = world[entity].present[0]
            went = np.zeros_like(present)
            went[: len(before)] = before & ~present[: len(before)]
            _keep(found, world, entity, went, True)
            there[entity] = present.copy()

    def end() -> None:
        for entity in COLUMNS:
            there[entity] = world[entity].present[0].copy()
            _keep(found, world, entity, there[entity], False)

    end()
    for month in range(table.months):
        engine.parameters[:] = table.at(month)
        engine.step(look)
        end()
    return found


def cases(today: Lives, policy: Lives, entity: Entity, month: int) -> dict[tuple[bool, bool], NDArray[np.uint64]]:
    """Ids by (well under today, well under the policy) at the end of a month; `well` says what that means.

    All were there, and at work, as month 0 began. The largest come first: most people, or longest in post.
    """
    ids, columns = today.first(entity)
    size = columns["headcount" if entity == "organization" else "tenure"]
    chosen = columns["active"] > 0 if entity == "organization" else np.ones(len(ids), bool)
    order = np.argsort(-size[chosen], kind="stable")
    ids = ids[chosen][order]
    here, there = (np.isin(ids, one.well(entity, month)) for one in (today, policy))
    return {(a, b): ids[(here == a) & (there == b)] for a in (True, False) for b in (True, False)}


def events(entity: Entity, life: Life, most: int = 20) -> list[Event]:
    """What happened to one, in order of time; of more than `most` the graver ones, and of these the later."""
    found = _yearly(_of_organization(life) if entity == "organization" else _of_person(life))
    chosen = sorted(found, key=lambda one: (-one.weight, -one.month))[:most]
    return sorted(chosen, key=lambda one: (one.month, one.weight))


def _yearly(found: Iterable[Event]) -> list[Event]:
    """Events with those that come often joined by year, in the place of the first."""
    joined: dict[tuple[str, int], Event] = {}
    for number, one in enumerate(found):
        key = (one.what, one.month // 12) if one.what in OFTEN else ("", -number)
        known = joined.get(key)
        joined[key] = one if known is None else replace(known, amount=known.amount + one.amount, times=known.times + 1)
    return list(joined.values())


def _of_organization(life: Life) -> Iterator[Event]:
    short = False
    for month, now, before in _pairs(life):
        if now["award"] > 0.0:
            yield Event(month, "contract", float(now["award"]))
        for name, weight in (("inspected", 1), ("innovates", 1), ("leader_leaves", 2), ("sanctioned", 3)):
            if now[name]:
                yield Event(month, name, weight=weight)
        if now["found"]:
            yield Event(month, "found", float(now["found_by"]), 3)
        if now["newly_rated"]:
            yield Event(month, "rated", float(now["rating"]), 2)
        for name in ("listed", "pays_late"):
            if now[name] != before[name]:
                yield Event(month, name if now[name] else f"{name}_ends", weight=3 if name == "listed" else 2)
        if now["months_of_cash"] < LOW and not short and now["active"]:
            short = True
            yield Event(month, "short", float(now["months_of_cash"]), 2)
        elif now["months_of_cash"] >= ENOUGH and short:
            short = False
            yield Event(month, "short_ends", float(now["months_of_cash"]), 2)
        if now["leavers"] >= max(2.0, MANY * before["headcount"]):
            yield Event(month, "leavers", float(now["leavers"]), 2)
        for name in ("becomes_dormant", "revived"):
            if now[name]:
                yield Event(month, name, weight=3)
        if now["closing"] > 0:
            yield Event(month, f"closing_{int(now['closing'])}", weight=3)


def _of_person(life: Life) -> Iterator[Event]:
    weary = False
    for month, now, before in _pairs(life):
        if now["certificate"] and not before["certificate"]:
            yield Event(month, "certificate", weight=2)
        if now["bonus"] > 0.0:
            yield Event(month, "bonus", float(now["bonus"]))
        if now["burnout"] >= WEARY if not weary else now["burnout"] < RESTED:
            weary = not weary
            yield Event(month, "weary" if weary else "weary_ends", float(now["burnout"]), 2)
        if now["displaced"]:
            yield Event(month, "displaced", weight=3)
        elif now["leaves"]:
            yield Event(month, _whither(now), weight=3)


def _whither(now: Mapping[str, float]) -> str:
    if not now["quits"]:
        return "let_go"
    if now["stays_in_sector"]:
        return "quits_sector"
    return "quits_business" if now["goes_to_business"] else "quits_elsewhere"


def _pairs(life: Life) -> Iterator[tuple[int, dict[str, float], dict[str, float]]]:
    """Each month after the first seen, with what was and what had been."""
    for at in range(1, len(life.months)):
        now, before = ({name: float(v[place]) for name, v in life.columns.items()} for place in (at, at - 1))
        yield int(life.months[at]), now, before


def _keep(found: Lives, world: World, entity: str, chosen: NDArray[np.bool_], goes: bool) -> None:
    """Keep those of the chosen rows that were there as month 0 began."""
    table, frames = world[entity], found.frames[entity]
    rows = np.flatnonzero(chosen)
    ids = table.id[0][rows]
    if frames:
        known = np.isin(ids, frames[0][2], assume_unique=True)
        rows, ids = rows[known], ids[known]
    order = np.argsort(ids, kind="stable")
    rows, ids = rows[order], ids[order]
    if goes and not len(ids):
        return
    if not frames and entity == "organization":
        found.rows = rows
    columns = {name: table[name][0][rows].astype(np.float32) for name in COLUMNS[entity]}
    if entity == "organization":
        columns[MORALE] = _morale(world)[rows]
    frames.append((world.month, goes, ids, columns))


def _morale(world: World) -> Floats:
    """Mean satisfaction of each organization's people, by row."""
    staff, rows = world["staff"], world["organization"].rows
    there = staff.present[0]
    employers = staff["employer"][0][there]
    people = np.bincount(employers, minlength=rows)
    sums = np.bincount(employers, weights=staff["satisfaction"][0][there], minlength=rows)
    with np.errstate(invalid="ignore"):
        return np.where(people > 0, sums / np.maximum(people, 1), np.nan).astype(np.float32)
