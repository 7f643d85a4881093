"""The plain engine: every row is asked in turn, and answers by calling the rule itself.

It interprets what the columns engine compiles – the same rules, the same order, the same draws – so the two agree to
the last bit. It is for teaching, debugging and subclassing; rows that come to be or cease do so by the shared code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled
from orgsim.core.declare import Allocation, Phase, Total
from orgsim.core.draws import one_uniform
from orgsim.core.elementary import on_grid
from orgsim.core.registry import Draw, Linked, Month, Own, Reading, Value
from orgsim.core.rule import Rule
from orgsim.engines.columns import ColumnsEngine, make_room

Reader = Callable[[int, int], Any]
Rows = Callable[[str], Iterable[tuple[int, Callable[[Rule], Callable[..., Any]]]]]
"""For an entity: each row's number and the function it answers a rule with."""


def _as_written(rule: Rule) -> Callable[..., Any]:
    return rule.function


class AgentsEngine:
    """Steps a world of one replication, row by row.

    `rows` may be given by a caller whose agents answer some rules differently; by default every present row answers
    with the rule as written.
    """

    def __init__(self, world: World, compiled: Compiled, rows: Rows | None = None) -> None:
        if len(world.replications) != 1:
            raise ValueError("the agents engine steps one replication at a time")
        self.world = world
        self.model = world.model
        self.shared = ColumnsEngine(world, compiled)
        self.rows = rows or self._present
        self._cached: dict[tuple[str, str, str], list[Reader]] = {}

    @property
    def parameters(self) -> NDArray[np.float64]:
        return self.shared.parameters

    def _present(self, entity: str) -> Iterable[tuple[int, Callable[[Rule], Callable[..., Any]]]]:
        return ((int(i), _as_written) for i in np.flatnonzero(self.world[entity].present[0]))

    def step(self) -> None:
        """One month."""
        self.world.month += 1
        for number in range(len(self.model.schedule)):
            self.run(number)

    def run(self, number: int) -> None:
        """Phase `number` of the world's month."""
        month = self.world.month
        phase = self.model.schedule[number]
        for entity, names in phase.rules.items():
            rules = [(self.model.rules[entity, name], self._readers(self.model.rules[entity, name])) for name in names]
            for row, answer in self.rows(entity):
                for rule, readers in rules:
                    if rule.when and not self.world[entity][rule.when][0, row]:
                        if not rule.keeps:
                            self.world[entity][rule.name][0, row] = 0
                        continue
                    value = answer(rule)(*[read(row, month) for read in readers])
                    self.world[entity][rule.name][0, row] = value
        for key in phase.totals:
            self._total(self.model.totals[key])
        if phase.allocate:
            self._allocate(self.model.allocations[phase.allocate])
        if phase.birth or phase.death:
            self._change_rows(number, phase)

    def _change_rows(self, number: int, phase: Phase) -> None:
        if phase.birth and make_room(self.world, phase.birth):
            self._cached.clear()
        self.shared.change_rows(number)
        if phase.birth:
            self._begin(phase.birth.entity)

    def _begin(self, entity: str) -> None:
        month = self.world.month
        table = self.world[entity]
        rules = [(rule, self._readers(rule)) for rule in self.model.initials[entity]]
        blank = self.model.left_blank(entity)
        for row in np.flatnonzero(table.newborn[0]):
            for name in blank:
                table[name][0, row] = 0
            for rule, readers in rules:
                table[rule.name][0, row] = rule.function(*[read(int(row), month) for read in readers])

    def _readers(self, rule: Rule) -> list[Reader]:
        key = (rule.kind, rule.entity, rule.name)
        if key not in self._cached:
            self._cached[key] = [self._reader(rule.entity, r) for r in self.model.reads(rule).values()]
        return self._cached[key]

    def _reader(self, entity: str, reading: Reading) -> Reader:
        world = self.world
        seed, replication = world.seed, int(world.replications[0])
        match reading:
            case Month():
                return lambda _row, month: month
            case Draw(key, word):
                ids = world[entity].id
                return lambda row, month: one_uniform(seed, replication, key, month, ids.item(0, row), word)
            case Own(column):
                own = world[entity][column]
                return lambda row, _month: own.item(0, row)
            case Value(place, False):
                values = self.parameters
                return lambda _row, _month: values.item(0, place)
            case Value(place, True):
                values = self.parameters
                if entity == "kind":
                    return lambda row, _month: values.item(0, place + row)
                kinds = world[entity]["kind"]
                return lambda row, _month: values.item(0, place + kinds.item(0, row))
            case Linked(None, target, column):
                single = world[target][column]
                return lambda _row, _month: single.item(0, 0)
            case Linked(link, target, column):
                link_rows, far = world[entity][str(link)], world[target][column]
                return lambda row, _month: far.item(0, link_rows.item(0, row))
        raise AssertionError(reading)

    def _total(self, total: Total) -> None:
        members = self.world[total.of]
        result = self.world[total.entity][total.name]
        result[:] = 0.0
        for row in np.flatnonzero(members.present[0]):
            if total.where and not members[total.where][0, row]:
                continue
            target = 0 if total.via not in members.columns else members[total.via][0, row]
            if total.value is None:
                amount = 1.0
            elif members[total.value].dtype == np.float64:
                amount = on_grid(members[total.value].item(0, row))
            else:
                amount = float(members[total.value].item(0, row))
            result[0, target] += amount

    def _allocate(self, shared: Allocation) -> None:
        arguments: list[Any] = []
        for argument in shared.arguments:
            prefix, _, rest = argument.partition("__")
            if argument == "month":
                arguments.append(self.world.month)
            elif prefix in self.model.entities:
                arguments.append(self.world[prefix][rest][0])
            else:
                arguments.append(self.parameters.item(0, self.model.space.place[f"{shared.mechanism}.{argument}"]))
        shared.function(*arguments)
