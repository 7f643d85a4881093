"""Builds the tree of one value: asks each rule again with what it read, and holds it to what the run has stored.

What a rule read follows from docs/decisions/0002: of its own row the fresh values of rules that come earlier in the
phase, everything else as the phase began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from orgsim.core.columns import Array
from orgsim.core.declare import Allocation, Birth, Phase, Total
from orgsim.core.draws import one_uniform
from orgsim.core.elementary import on_grid
from orgsim.core.parameters import KINDS
from orgsim.core.registry import Draw, Linked, Month, Own, Reading, Value
from orgsim.core.rule import Rule
from orgsim.explain.film import Film, History
from orgsim.explain.luck import luck_of
from orgsim.explain.node import Basis, Cell, DoesNotAddUp, Node
from orgsim.explain.words import formula_of, meaning_of

LARGEST = 5
"""Contributions to a total that are shown."""
PRESENT = "present"
"""Not a column of the model, but explained like one: how a row came to be, or ceased."""


@dataclass(frozen=True)
class Place:
    """A cell at a moment: as it stood when phase number `limit` of `month` began."""

    entity: str
    row: int
    column: str
    month: int
    limit: int


@dataclass(frozen=True)
class _Argument:
    """One argument of a rule: what it was called with, and how its node is made."""

    name: str
    value: Any
    node: Callable[[int], Node]


class Trees:
    """Makes trees out of one history; what one tree has opened it does not open again."""

    def __init__(self, history: History) -> None:
        self.history, self.model = history, history.model
        self.end = len(self.model.schedule)
        self._opened: dict[tuple[str, int, str, int, int], int] = {}
        self._parameters = {place: name for name, place in self.model.space.place.items()}

    def tree(self, place: Place, depth: int) -> Node:
        """The value at `place` with what it was made of, `depth` levels deep."""
        self._opened.clear()
        return self._cell(place.column, place, depth)

    def _cell(self, name: str, at: Place, left: int) -> Node:
        film = self.history.film(at.month)
        number = self._written(film, at)
        if number is None:
            return self._earlier(name, at, left)
        phase = self.model.schedule[number]
        node = replace(self._head(name, at), phase=phase.name)
        key = (at.entity, at.row, at.column, at.month, number)
        again = left > 0 and self._opened.get(key, 0) >= left
        if not again:
            self._opened[key] = max(left, self._opened.get(key, 0))
        node = self._made(node, replace(at, limit=number), phase, 0 if again else left)
        hidden = node.more == "deeper"
        return replace(node, more="above") if again and hidden else node

    def _written(self, film: Film, at: Place) -> int | None:
        """The phase that gave the cell its value this month; None if it stood so as the month began."""
        for number, array in film.writings(at.entity, at.column, at.limit):
            phase = self.model.schedule[number]
            if phase.birth:
                if film.before(at.entity, "newborn", number + 1)[at.row]:
                    return number
            elif phase.death:
                if _at(film.before(at.entity, PRESENT, number), at.row) and not array[at.row]:
                    return number
            elif not phase.rules or _at(film.before(at.entity, PRESENT, number), at.row):
                return number
        return None

    def _head(self, name: str, at: Place) -> Node:
        film = self.history.film(at.month)
        column = self.model.columns[at.entity].get(at.column)
        return Node(
            name,
            "stands",
            self._shown(film, at),
            column.unit if column else "yes or no",
            at.month,
            at.entity,
            _at(film.before(at.entity, "id", at.limit), at.row),
            at.column,
            mechanism=column.owner if column else "core",
            meaning=meaning_of(self.model, at.entity, at.column),
        )

    def _shown(self, film: Film, at: Place) -> Cell:
        raw: Cell = _at(film.before(at.entity, at.column, at.limit), at.row)
        target = self.model.entities[at.entity].links.get(at.column)
        if target is None:
            return raw
        return KINDS[int(raw)] if target == "kind" else str(_at(film.before(target, "id", at.limit), int(raw)))

    def _earlier(self, name: str, at: Place, left: int) -> Node:
        """The cell stood so as the month began: it comes from a month before, or from before month 0."""
        film = self.history.film(at.month)
        node = self._head(name, replace(at, limit=0))
        if not _at(film.start[at.entity, PRESENT], at.row):
            return replace(node, what="vacant")
        came = at.month - 1
        if self._lasting(at):
            came = self.history.came(at.entity, _at(film.start[at.entity, "id"], at.row), came)
        if came < 0:
            return replace(node, what="before", month=-1)
        if left == 0:
            return replace(node, month=came, more="deeper")
        return self._cell(name, replace(at, month=came, limit=self.end), left)

    def _lasting(self, at: Place) -> bool:
        """Whether the column is given at birth and never again."""
        key = (at.entity, at.column)
        shared = any("__".join(key) in a.writes for a in self.model.allocations.values())
        return not (key in self.model.rules or key in self.model.totals or shared)

    def _made(self, node: Node, at: Place, phase: Phase, left: int) -> Node:
        """The node with what the phase did; `at` is the cell as the phase began."""
        key = (at.entity, at.column)
        if phase.rules:
            return self._rule(node, at, self.model.rules[key], phase.rules[at.entity], left)
        if phase.totals:
            return self._total(node, at, self.model.totals[key], left)
        if phase.allocate:
            return self._allocation(node, at, self.model.allocations[phase.allocate], left)
        if phase.death:
            why = replace(at, column=phase.death.when)
            return self._with(node, "ended", left, lambda n: [self._cell(why.column, why, n)])
        assert phase.birth is not None
        return self._born(node, at, phase.birth, left)

    def _born(self, node: Node, at: Place, birth: Birth, left: int) -> Node:
        """A newborn row: why it came to be, or where its first value is from."""
        film = self.history.film(at.month)
        first = {rule.name: rule for rule in self.model.initials[at.entity]}
        if at.column in first:
            return self._asked(node, at, first[at.column], lambda _column: at.limit + 1, left, "first")
        if at.column not in (birth.link, PRESENT):
            return replace(node, what="blank")
        parent = _at(film.before(at.entity, birth.link, at.limit + 1), at.row)
        count = Place(birth.parent, parent, birth.count, at.month, at.limit)
        return self._with(node, "born", left, lambda n: [self._cell(f"{birth.link}__{birth.count}", count, n)])

    def _rule(self, node: Node, at: Place, rule: Rule, names: tuple[str, ...], left: int) -> Node:
        """A monthly rule: of its own row it saw what comes earlier in `names` fresh."""
        fresh = set(names[: names.index(at.column)])

        def limit(column: str) -> int:
            return at.limit + 1 if column in fresh else at.limit

        film = self.history.film(at.month)
        if rule.when is None or _at(film.before(at.entity, rule.when, limit(rule.when)), at.row):
            return self._asked(node, at, rule, limit, left, "rule")
        kept = _at(film.before(at.entity, at.column, at.limit), at.row) if rule.keeps else 0
        self._hold(at, kept, f"the rule {rule.path}, which is not asked,")
        node = replace(node, formula=formula_of(rule.function))
        condition = replace(at, column=rule.when, limit=limit(rule.when))

        def children(n: int) -> list[Node]:
            before = [self._cell(at.column, at, n)] if rule.keeps else []
            return [self._cell(str(rule.when), condition, n), *before]

        return self._with(node, "not_asked", left, children)

    def _asked(self, node: Node, at: Place, rule: Rule, limit: Callable[[str], int], left: int, what: Any) -> Node:
        arguments = [self._argument(at, rule, name, read, limit) for name, read in self.model.reads(rule).items()]
        values = [argument.value for argument in arguments]
        self._hold(at, rule.function(*values), f"the rule {rule.path}")
        node = replace(node, formula=formula_of(rule.function))

        def children(n: int) -> list[Node]:
            made = [argument.node(n) for argument in arguments]
            link = at.column in self.model.entities[at.entity].links
            return [
                child if child.what != "draw" else replace(child, luck=None if link else luck_of(rule, values, place))
                for place, child in enumerate(made)
            ]

        return self._with(node, what, left, children)

    def _argument(self, at: Place, rule: Rule, name: str, reading: Reading, limit: Callable[[str], int]) -> _Argument:
        film = self.history.film(at.month)
        match reading:
            case Own(column):
                own = replace(at, column=column, limit=limit(column))
                return self._read(name, own)
            case Linked(link, target, column):
                row = 0 if link is None else int(_at(film.before(at.entity, link, limit(link)), at.row))
                return self._read(name, Place(target, row, column, at.month, at.limit))
            case Value(place, by_kind):
                kind = None
                if by_kind:
                    kind = at.row if at.entity == "kind" else int(self._raw(replace(at, column="kind"), at.limit + 1))
                return self._parameter(name, place, kind, at.month)
            case Month():
                return _Argument(name, at.month, lambda _n: Node(name, "month", at.month, "months", at.month))
            case Draw(key, word):
                identity = int(self._raw(replace(at, column="id"), at.limit + 1))
                u = one_uniform(self.history.seed, self.history.replication, key, at.month, identity, word)
                title = f"{rule.path}.{name}"
                return _Argument(name, u, lambda _n: Node(name, "draw", u, "uniform on (0, 1)", at.month, column=title))
        raise AssertionError(reading)

    def _raw(self, at: Place, limit: int) -> Any:
        return _at(self.history.film(at.month).before(at.entity, at.column, limit), at.row)

    def _read(self, name: str, at: Place) -> _Argument:
        return _Argument(name, self._raw(at, at.limit), lambda n: self._cell(name, at, n))

    def _parameter(self, name: str, place: int, kind: int | None, month: int) -> _Argument:
        table = self.history.table
        parameter = table.space[self._parameters[place]]
        value = float(self.history.film(month).parameters[place + (kind or 0)])
        word = None if kind is None else KINDS[kind]
        since = table.since(parameter.name, word, month)
        ours = since.origin.file in self.history.scenario.files
        node = Node(
            name,
            "parameter",
            value,
            parameter.unit,
            month,
            column=parameter.name,
            mechanism=parameter.mechanism,
            meaning=parameter.title.en,
            basis=Basis(parameter, word, since.origin, since.over, ours),
        )
        return _Argument(name, value, lambda _n: node)

    def _total(self, node: Node, at: Place, total: Total, left: int) -> Node:
        film = self.history.film(at.month)
        chosen = film.before(total.of, PRESENT, at.limit).copy()
        if total.where:
            chosen &= film.before(total.of, total.where, at.limit).astype(bool)
        if total.via in self.model.entities[total.of].links:
            chosen &= film.before(total.of, total.via, at.limit) == at.row
        rows = [int(row) for row in np.flatnonzero(chosen)]
        amounts = {row: self._amount(film, total, row, at.limit) for row in rows}
        self._hold(at, sum(amounts.values(), 0.0), f"the sum {total.entity}.{total.name}")
        largest = sorted(rows, key=lambda row: (-abs(amounts[row]), row))[:LARGEST]
        column = total.value or total.where or PRESENT
        name = f"{total.of}.{column}"

        def children(n: int) -> list[Node]:
            return [self._cell(name, Place(total.of, row, column, at.month, at.limit), n) for row in largest]

        return self._with(replace(node, members=len(rows)), "total", left, children)

    def _amount(self, film: Film, total: Total, row: int, limit: int) -> float:
        if total.value is None:
            return 1.0
        amount = _at(film.before(total.of, total.value, limit), row)
        return on_grid(amount) if isinstance(amount, float) else float(amount)

    def _allocation(self, node: Node, at: Place, shared: Allocation, left: int) -> Node:
        """An allocation is made again for everybody; what is shown is what this row brought to it."""
        film = self.history.film(at.month)
        arguments: dict[str, Any] = {}
        makers: list[Callable[[int], Node]] = []
        for argument in shared.arguments:
            prefix, _, rest = argument.partition("__")
            if argument == "month":
                arguments[argument] = at.month
                makers.append(lambda _n: Node("month", "month", at.month, "months", at.month))
            elif prefix in self.model.entities:
                arguments[argument] = film.before(prefix, rest, at.limit).copy()
                row = self._partner(film, at, prefix)
                if row is not None and rest not in (PRESENT, "id") and argument not in shared.writes:
                    makers.append(self._read(argument, Place(prefix, row, rest, at.month, at.limit)).node)
            else:
                place = self.model.space.place[f"{shared.mechanism}.{argument}"]
                asked = self._parameter(argument, place, None, at.month)
                arguments[argument] = asked.value
                makers.append(asked.node)
        shared.function(*arguments.values())
        self._hold(at, arguments[f"{at.entity}__{at.column}"][at.row], f"the allocation {shared.path}")
        return self._with(node, "allocation", left, lambda n: [make(n) for make in makers])

    def _partner(self, film: Film, at: Place, entity: str) -> int | None:
        """The row of `entity` that stands for this one in an allocation: itself, its link's, or the only one."""
        if entity == at.entity:
            return at.row
        if self.model.entities[entity].rows == 1:
            return 0
        links = [link for link, target in self.model.entities[at.entity].links.items() if target == entity]
        return int(_at(film.before(at.entity, links[0], at.limit), at.row)) if len(links) == 1 else None

    def _with(self, node: Node, what: Any, left: int, children: Callable[[int], list[Node]]) -> Node:
        if left == 0:
            return replace(node, what=what, more="deeper")
        return replace(node, what=what, children=tuple(children(left - 1)))

    def _hold(self, at: Place, answer: Any, who: str) -> None:
        """Raise DoesNotAddUp unless `answer` is, bit for bit, what the phase left in the cell."""
        stored = self.history.film(at.month).before(at.entity, at.column, at.limit + 1)[at.row : at.row + 1]
        if np.array([answer], stored.dtype).tobytes() != stored.tobytes():
            identity = self._raw(replace(at, column="id"), at.limit + 1)
            raise DoesNotAddUp(
                f"{at.entity}.{at.column} of {identity} in month {at.month} is {stored[0]!r} in the run, "
                f"but {who} now gives {answer!r}; this explanation cannot be trusted"
            )


def _at(array: Array, row: int) -> Any:
    """The cell as plain Python; nought for a row that the table did not have yet."""
    return array.item(row) if row < len(array) else array.dtype.type(0).item()
