"""The model as collected: entities, columns, rules, totals, allocations, parameters, schedule – all names checked.

Everything a rule reads is found here once, by name; a name that means nothing, or two things, stops the import.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import ModuleType

import numpy as np

from orgsim.core.declare import Allocation, Entity, Given, Phase, Total, allocations_of
from orgsim.core.draws import draw_key
from orgsim.core.parameters import ParameterSpace
from orgsim.core.rule import DeclarationError, Rule, rules_of
from orgsim.core.units import storage_of, unit_of
from orgsim.errors import nearest

WORDS = 4
"""Uniforms that one answer of chance is good for."""
GROUP = "kind"
"""The entity a value that differs 'by kind' follows."""


@dataclass(frozen=True)
class Column:
    """One attribute of an entity: how it is stored, in what unit, and which mechanism owns it."""

    entity: str
    name: str
    dtype: type[np.generic]
    unit: str
    owner: str
    meaning: str = ""


@dataclass(frozen=True)
class Own:
    """Reads a column of the same row."""

    column: str


@dataclass(frozen=True)
class Linked:
    """Reads a column of the row a link points at; `link` is None for the one row of an entity that has one."""

    link: str | None
    entity: str
    column: str


@dataclass(frozen=True)
class Value:
    """Reads a parameter, or its value for the row's kind."""

    place: int
    by_kind: bool


@dataclass(frozen=True)
class Month:
    """Reads the month."""


@dataclass(frozen=True)
class Draw:
    """Reads a uniform of this decision: one of the four words that chance answers to a key."""

    key: int
    word: int = 0


Reading = Own | Linked | Value | Month | Draw


@dataclass(frozen=True)
class Mechanism:
    """One folder of rules as imported."""

    name: str
    rules: ModuleType
    totals: Sequence[Total] = ()
    given: Sequence[Given] = ()


@dataclass
class Model:
    """Everything the engines need to know; built by `collect`, never changed after."""

    entities: dict[str, Entity]
    space: ParameterSpace
    schedule: tuple[Phase, ...]
    rules: dict[tuple[str, str], Rule] = field(default_factory=dict)
    initials: dict[str, list[Rule]] = field(default_factory=dict)
    totals: dict[tuple[str, str], Total] = field(default_factory=dict)
    allocations: dict[str, Allocation] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, dict[str, Column]] = field(default_factory=dict)
    draws: dict[str, Draw] = field(default_factory=dict)
    """Draws that share an answer of chance, by their full names; all others have a key of their own."""
    readings: dict[tuple[str, str, str], dict[str, Reading]] = field(default_factory=dict)
    """What each argument of a rule reads, keyed by (kind of rule, entity, name)."""

    def written(self) -> list[Rule | Allocation]:
        """All functions that mechanisms wrote."""
        initials = [rule for rules in self.initials.values() for rule in rules]
        return [*self.rules.values(), *initials, *self.allocations.values()]

    def left_blank(self, entity: str) -> list[str]:
        """Columns that a newborn row starts with at zero: no initial rule, not given, not the link to its parent."""
        links = {phase.birth.link for phase in self.schedule if phase.birth and phase.birth.entity == entity}
        filled = {rule.name for rule in self.initials[entity]} | set(self.given.get(entity, ())) | links
        return [name for name in self.columns[entity] if name not in filled]

    def roots(self, entity: str) -> list[Rule]:
        """First values of `entity` that rest on no other first value of the same row; they come before all others."""
        names = {rule.name for rule in self.initials[entity]}
        return [rule for rule in self.initials[entity] if not set(rule.arguments) & names]

    def number(self, phase: str) -> int:
        """Place of a phase in the month, by its name."""
        return next(number for number, one in enumerate(self.schedule) if one.name == phase)

    def reads(self, rule: Rule) -> dict[str, Reading]:
        return self.readings[rule.kind, rule.entity, rule.name]


def collect(
    entities: Iterable[Entity],
    mechanisms: Iterable[Mechanism],
    space: ParameterSpace,
    schedule: tuple[Phase, ...],
    together: Iterable[Sequence[str]] = (),
) -> Model:
    """Gather and check a model.

    `together` names draws that share an answer of chance, up to four at a time, as `mechanism.rule.u_name`.

    Raises `DeclarationError` with mechanism and rule for a name without meaning, two owners of a column, a rule the
    schedule forgets or names twice, a phase that reads what it writes, or two draws with one key.
    """
    model = Model({e.name: e for e in entities}, space, schedule)
    for names in together:
        if len(names) > WORDS:
            raise DeclarationError(f"an answer of chance is good for {WORDS} draws, not {len(names)}: {names[0]} …")
        model.draws |= {name: Draw(draw_key(names[0]), word) for word, name in enumerate(names)}
    for entity in model.entities.values():
        model.columns[entity.name] = {
            link: Column(entity.name, link, np.int64, "row", "core", f"row of its {target}")
            for link, target in entity.links.items()
        }
        model.initials[entity.name] = []
    for mechanism in mechanisms:
        _add(model, mechanism)
    for entity_name in model.initials:
        model.initials[entity_name] = _in_order(model.initials[entity_name])
    _resolve(model)
    _check_draws(model)
    _check_schedule(model)
    return model


def _own(model: Model, column: Column) -> None:
    if column.entity not in model.entities:
        raise DeclarationError(f"{column.owner}: there is no entity '{column.entity}'")
    other = model.columns[column.entity].get(column.name)
    if other is not None and other.owner not in (column.owner, "core"):
        raise DeclarationError(f"{column.entity}.{column.name} belongs to {other.owner}; {column.owner} writes it too")
    if other is None or not other.meaning or other.owner == "core":
        model.columns[column.entity][column.name] = column


def _add(model: Model, mechanism: Mechanism) -> None:
    for rule in rules_of(mechanism.name, mechanism.rules):
        _own(
            model,
            Column(rule.entity, rule.name, storage_of(rule.result), rule.unit, mechanism.name, rule.meaning),
        )
        if rule.kind == "initial":
            model.initials[rule.entity].append(rule)
        else:
            model.rules[rule.entity, rule.name] = rule
    for given in mechanism.given:
        dtype, unit = storage_of(given.annotation), unit_of(given.annotation)
        _own(model, Column(given.entity, given.name, dtype, unit, mechanism.name, given.meaning))
        model.given.setdefault(given.entity, []).append(given.name)
    for total in mechanism.totals:
        _own(model, Column(total.entity, total.name, np.float64, total.unit, mechanism.name, _total_meaning(total)))
        model.totals[total.entity, total.name] = total
    for shared, writes in allocations_of(mechanism.name, mechanism.rules):
        model.allocations[shared.path] = shared
        for target, annotation in writes.items():
            entity, _, name = target.partition("__")
            _own(model, Column(entity, name, storage_of(annotation), unit_of(annotation), mechanism.name, target))


def _total_meaning(total: Total) -> str:
    what = f"number of {total.of} rows" if total.value is None else f"sum of {total.of}.{total.value}"
    return what + (f" where {total.where}" if total.where else "")


def _in_order(rules: list[Rule]) -> list[Rule]:
    """Initial rules sorted so that each comes after those it reads."""
    waiting = {rule.name: rule for rule in rules}
    done: list[Rule] = []
    while waiting:
        free = [r for r in waiting.values() if not (set(r.arguments) & set(waiting) - {r.name})]
        if not free:
            raise DeclarationError(f"initial rules wait for each other: {', '.join(waiting)}")
        for rule in free:
            done.append(waiting.pop(rule.name))
    return done


def _resolve(model: Model) -> None:
    everything = [*model.rules.values(), *(r for rules in model.initials.values() for r in rules)]
    for rule in everything:
        model.readings[rule.kind, rule.entity, rule.name] = {
            argument: _meaning(model, rule, argument) for argument in rule.arguments
        }
        if rule.when is not None and rule.when not in model.columns[rule.entity]:
            raise DeclarationError(f"{rule.path}: {rule.entity} has no column '{rule.when}' to depend on")
    for total in model.totals.values():
        for column in (total.value, total.where):
            if column is not None and column not in model.columns[total.of]:
                raise DeclarationError(f"total {total.entity}.{total.name}: {total.of} has no column '{column}'")
        if model.entities[total.of].links.get(total.via) != total.entity and total.via != total.entity:
            raise DeclarationError(f"total {total.entity}.{total.name}: '{total.via}' does not lead there")


def _meaning(model: Model, rule: Rule, argument: str) -> Reading:
    entity = model.entities[rule.entity]
    own = model.columns[rule.entity]
    parameter = model.space.get(f"{rule.mechanism}.{argument}")
    if argument == "month":
        return Month()
    if argument.startswith("u_"):
        name = f"{rule.path}.{argument}"
        return model.draws.get(name) or Draw(draw_key(name))
    if argument in own and parameter is not None:
        raise DeclarationError(f"{rule.path}: '{argument}' is both a column of {rule.entity} and a parameter")
    if argument in own:
        return Own(argument)
    prefix, _, rest = argument.partition("__")
    target = entity.links.get(prefix)
    if target is None and prefix in model.entities and model.entities[prefix].rows == 1:
        target = prefix
    if target is not None and rest in model.columns[target]:
        return Linked(prefix if prefix in entity.links else None, target, rest)
    if parameter is None and rest:
        parameter = model.space.get(f"{prefix}.{rest}")
    if parameter is None:
        known = [*own, *(p.split(".", 1)[1] for p in model.space if p.startswith(f"{rule.mechanism}."))]
        raise DeclarationError(f"{rule.path}: '{argument}' is no column, link or parameter{nearest(argument, known)}")
    if parameter.by_kind and GROUP not in entity.links and entity.name != GROUP:
        raise DeclarationError(f"{rule.path}: '{argument}' differs by kind, and {rule.entity} has no kind")
    return Value(model.space.place[parameter.name], parameter.by_kind)


def _check_draws(model: Model) -> None:
    seen: dict[Draw, str] = {}
    for (kind, entity, name), readings in model.readings.items():
        rules = [model.rules[entity, name]] if kind == "rule" else model.initials[entity]
        mechanism = next(r.mechanism for r in rules if r.name == name)
        for argument, reading in readings.items():
            if isinstance(reading, Draw):
                # A first value and a monthly rule of one name, or rules of two entities, would hash to one key.
                full = f"{mechanism}.{name}.{argument} ({kind} of {entity})"
                if seen.setdefault(reading, full) != full:
                    raise DeclarationError(f"draws {full} and {seen[reading]} share a key; rename one")
    for name, draw in model.draws.items():
        if draw not in seen:
            raise DeclarationError(f"to be drawn together with others, but no rule draws it: {name}")


def _check_schedule(model: Model) -> None:
    placed: set[tuple[str, str]] = set()
    for phase in model.schedule:
        written = {(entity, name) for entity, names in phase.rules.items() for name in names} | set(phase.totals)
        for entity, name in written:
            known = model.totals if (entity, name) in phase.totals else model.rules
            if (entity, name) not in known:
                close = nearest(name, [n for e, n in known if e == entity])
                raise DeclarationError(f"phase {phase.name}: {entity} has no rule or total '{name}'{close}")
            if (entity, name) in placed:
                raise DeclarationError(f"phase {phase.name}: {entity}.{name} is scheduled twice")
            placed.add((entity, name))
        for entity, names in phase.rules.items():
            for name in names:
                for reading in model.reads(model.rules[entity, name]).values():
                    if isinstance(reading, Linked) and (reading.entity, reading.column) in written:
                        raise DeclarationError(
                            f"phase {phase.name}: {entity}.{name} reads {reading.entity}.{reading.column}, "
                            "which the same phase writes"
                        )
        if phase.allocate is not None and phase.allocate not in model.allocations:
            raise DeclarationError(f"phase {phase.name}: there is no allocation '{phase.allocate}'")
    forgotten = (set(model.rules) | set(model.totals)) - placed
    if forgotten:
        raise DeclarationError(f"not in the schedule: {', '.join(sorted('.'.join(f) for f in forgotten))}")
    unused = set(model.allocations) - {p.allocate for p in model.schedule}
    if unused:
        raise DeclarationError(f"not in the schedule: {', '.join(sorted(unused))}")
