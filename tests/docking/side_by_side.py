"""One district in both implementations, and the first thing in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import isclose
from pathlib import Path
from typing import Any

from orgsim.core.columns import Table
from orgsim.core.parameters import ParameterSpace
from orgsim.mechanisms import space
from orgsim.scenarios import Scenario, resolve
from orgsim.testing import TinyWorld, tiny_world
from tests.docking.plain.district import District
from tests.docking.plain.luck import SharedLuck
from tests.docking.plain.values import Number, Values, printed_values

Place = tuple[int, int]

DOCS = Path(__file__).resolve().parents[2] / "docs"
ODD = DOCS / "odd.md"
SUBMODELS = DOCS / "odd-submodels.md"
SEED = 1
START: Place = (0, 0)
END: Place = (99, 0)
"""Where lasting columns stand in the month, and who is there when it is over."""
EXACT = {"bool", "int64"}
LINKS = {"kind", "funder", "employer", "peer"}
REGISTERED_ONLY = {"given_funder"}
GONE = {"displaced", "spell_ends", "spell_cut"}
"""Whoever these hold for has left before the month ends; the bins of spells count them."""


@cache
def printed() -> dict[str, Number]:
    """Default values, as the document prints them."""
    return printed_values(SUBMODELS)


def values_of(scenario: Scenario, instead: Mapping[str, Number] | None = None) -> Values:
    """The scenario's values month by month, as the document's numbers and rules have them; `instead` of the numbers."""
    return Values(
        {**printed(), **(instead or {})}, scenario.today, scenario.levers, scenario.assumptions, scenario.schedule
    )


@cache
def documented_columns() -> dict[str, dict[str, str]]:
    """How each column of each entity is kept, by the document."""
    columns: dict[str, dict[str, str]] = {}
    entity = ""
    for line in ODD.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            entity = line.removeprefix("### Columns of ") if line.startswith("### Columns of ") else ""
        elif entity and line.startswith("| `"):
            name, _, _, kept, *_ = line.strip("| ").split(" | ")
            columns.setdefault(entity, {})[name.strip("`")] = kept
    return columns


@cache
def documented_order() -> dict[tuple[str, str], Place]:
    """The phase that writes a column, and its place in the phase, by the document's table of the month."""
    order: dict[tuple[str, str], Place] = {("organization", "peer"): (14, 0)}
    for number, what in re.findall(r"^\| (\d+) \| \w+ \| (.*) \|$", ODD.read_text(encoding="utf-8"), re.M):
        entity = ""
        for place, (named, column) in enumerate(re.findall(r"\*\*(\w+)\*\*|`(\w+)`", what)):
            entity = named or entity
            order.setdefault((entity, column), (int(number), place))
    return order


def moved(instead: Mapping[str, Number]) -> ParameterSpace:
    """orgsim's parameters with other values, whatever their ranges."""
    return ParameterSpace(
        parameter.model_copy(update={"value": instead[name]}) if name in instead else parameter
        for name, parameter in space().items()
    )


def plain_district(scenario: Scenario, luck: SharedLuck, instead: Mapping[str, Number] | None = None) -> District:
    """The scenario's district by the document."""
    people = scenario.population
    return District(people.organizations, people.funders, scenario.burn_in, values_of(scenario, instead), luck)


class EngineDistrict:
    """The scenario's district in orgsim, at the end of the month before the burn-in."""

    def __init__(
        self, scenario: Scenario, replications: int | Sequence[int], instead: Mapping[str, Number] | None = None
    ) -> None:
        people, before = scenario.population, -scenario.burn_in - 1
        self.table = resolve(scenario, moved(instead or {}))
        self.world: TinyWorld = tiny_world(
            people.organizations,
            funders=people.funders,
            parameters=self.table.at(before + 1),
            replications=replications,
            seed=SEED,
            month=before,
        )

    def step(self) -> None:
        self.world.parameters[:] = self.table.at(self.world.month + 1)
        self.world.step()

    def __getitem__(self, entity: str) -> Table:
        return self.world[entity]

    def link(self, entity: str, column: str, row: int) -> int:
        """Id of the row a link of the one replication points at."""
        world = self.world.world
        target = world[world.model.entities[entity].links[column]]
        return int(target.id[0, world[entity][column][0, row]])


class SideBySide:
    """The same district, seed and replication in orgsim and by the document, at the end of `month`."""

    def __init__(self, scenario: Scenario, replication: int, instead: Mapping[str, Number] | None = None) -> None:
        """`instead` are default values to put in place of the document's and orgsim's, whatever their ranges."""
        self.columns, self.order = documented_columns(), documented_order()
        self.engine = EngineDistrict(scenario, [replication], instead)
        self.plain = plain_district(scenario, SharedLuck(SEED, replication), instead)

    @property
    def month(self) -> int:
        return self.plain.month

    def step(self) -> None:
        self.engine.step()
        self.plain.step()

    def first_difference(self) -> str:
        """The difference in what the month wrote first, or nothing."""
        found = [d for entity in self._actors() for d in self._differences(entity)]
        found += self._differences_of_counts()
        return f"month {self.month}: {min(found)[1]}" if found else ""

    def _actors(self) -> dict[str, list[Any]]:
        plain = self.plain
        actors = {"funder": plain.funders, "organization": plain.organizations, "staff": plain.people}
        return {"sector": [plain.sector], "kind": plain.kinds, **actors}

    def _differences(self, entity: str) -> Iterator[tuple[Place, str]]:
        table = self.engine[entity]
        rows = {int(table.id[0, row]): row for row in table.present[0].nonzero()[0]}
        actors = {actor.id: actor for actor in self._actors()[entity]}
        for identity in sorted(rows.keys() ^ actors.keys()):
            where = "orgsim" if identity in rows else "the document"
            yield END, f"{entity} {identity} is there by {where} only"
        for column, kept in self.columns[entity].items():
            if column.startswith("extra_") or column in REGISTERED_ONLY | GONE:
                continue
            for identity in rows.keys() & actors.keys():
                there = getattr(actors[identity], column)
                if column == "peer" and not self._still_means_something(actors[identity]):
                    continue
                here = self._value(entity, column, rows[identity])
                there = there.id if column in LINKS else there
                if not same(here, there, kept in EXACT):
                    place = self.order.get((entity, column), START)
                    yield place, f"{entity}.{column} of {identity} is {here}, by the document {there}"

    def _still_means_something(self, organization: Any) -> bool:
        """Whether its peer was met this month and is still there: the row of one that left may be another's by now."""
        return organization.reconsiders and organization.peer in organization.kind.members

    def _value(self, entity: str, column: str, row: int) -> Any:
        return self.engine.link(entity, column, row) if column in LINKS else self.engine[entity][column][0, row]

    def _differences_of_counts(self) -> Iterator[tuple[Place, str]]:
        for (entity, column), counts in self.plain.books.counts.items():
            kept = self.engine[entity][column][0]
            for place in {*kept.nonzero()[0].tolist(), *counts}:
                if not same(kept[place], counts[place], exact=False):
                    yield (
                        self.order[entity, column],
                        f"{entity}.{column} in place {place} is {kept[place]}, by the document {counts[place]}",
                    )


def same(a: Any, b: Any, exact: bool) -> bool:
    """Whether two values are the same: yes/no and whole numbers exactly, others to a relative 1e-9."""
    return bool(a == b) if exact else isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
