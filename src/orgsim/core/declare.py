"""What mechanisms and the schedule declare besides rules: entities, totals, allocations, births, deaths, phases."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "__orgsim_allocation__"


@dataclass(frozen=True)
class Entity:
    """A kind of row. `links` maps a link's name to the entity it points at; `link` holds a row number."""

    name: str
    links: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0
    """Number of rows where it is fixed; 0 where rows are born and die or a scenario sets the number."""


@dataclass(frozen=True)
class Total:
    """A column of `entity` that sums a column of its members.

    `of` are the members, `via` their link to `entity`, `value` the member column that is summed (None counts),
    `where` a yes/no member column that must hold. Sums are exact on a grid of 2^-16, so their order cannot matter.
    """

    entity: str
    name: str
    of: str
    via: str
    value: str | None = None
    where: str | None = None
    unit: str = "count"


@dataclass(frozen=True)
class Given:
    """A column that whoever makes the population fills in; rows born later have 0."""

    entity: str
    name: str
    annotation: object
    meaning: str


@dataclass(frozen=True)
class Allocation:
    """The sharing of something scarce: a function over one replication's arrays.

    Argument names are `entity__column` (one-dimensional arrays), `month`, or parameters; `writes` are the arrays it
    fills in place. Ties go by score, then id.
    """

    mechanism: str
    name: str
    function: Callable[..., Any] = field(compare=False)
    writes: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"{self.mechanism}.{self.name}"

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.function).parameters)


def allocation(*, writes: Mapping[str, object]) -> Callable[[F], F]:
    """Mark a function as an allocation; `writes` maps `entity__column` to the column's annotation."""

    def mark(function: F) -> F:
        setattr(function, _MARK, dict(writes))
        return function

    return mark


def allocations_of(mechanism: str, module: object) -> list[tuple[Allocation, dict[str, object]]]:
    """Allocations a module declares, each with the annotations of the columns it writes."""
    return [
        (Allocation(mechanism, function.__name__, function, tuple(getattr(function, _MARK))), getattr(function, _MARK))
        for function in vars(module).values()
        if hasattr(function, _MARK) and function.__module__ == getattr(module, "__name__", "")
    ]


@dataclass(frozen=True)
class Birth:
    """Rows of `entity` that come to be: each `parent` row has `count` of them, linked back by `link`."""

    entity: str
    parent: str
    count: str
    link: str


@dataclass(frozen=True)
class Death:
    """Rows of `entity` whose yes/no column `when` holds cease to be."""

    entity: str
    when: str


@dataclass(frozen=True)
class Phase:
    """One step of the month.

    `rules` maps an entity to the names of its rules, in order: a row sees its own fresh values, but of other rows
    only what no rule of the same phase writes, so agents and columns cannot differ and row order means nothing.
    A phase may instead take `totals`, run one allocation, or let rows be born or die.
    """

    name: str
    rules: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    totals: tuple[tuple[str, str], ...] = ()
    allocate: str | None = None
    birth: Birth | None = None
    death: Death | None = None


def phase(name: str, **rules: list[str]) -> Phase:
    """A phase of rules: `phase("open", funder=["budget_shock"], organization=[...])`."""
    return Phase(name, rules={entity: tuple(names) for entity, names in rules.items()})


def totals(name: str, **columns: list[str]) -> Phase:
    """A phase of totals: `totals("heads", organization=["headcount", "payroll"])`."""
    return Phase(name, totals=tuple((entity, column) for entity, names in columns.items() for column in names))


def allocate(name: str) -> Phase:
    """A phase that runs one allocation, `mechanism.name`."""
    return Phase(name, allocate=name)


def birth(name: str, entity: str, *, parent: str, count: str, link: str) -> Phase:
    """A phase in which rows are born."""
    return Phase(name, birth=Birth(entity, parent, count, link))


def death(name: str, entity: str, *, when: str) -> Phase:
    """A phase in which rows cease to be."""
    return Phase(name, death=Death(entity, when))
