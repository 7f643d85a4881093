"""Prints a run of rules of one entity as loops over its rows.

Each rule gets a loop of its own from row 0 on: a loop without branches is one the compiler can do four rows at a time.
Rows that are not taken are computed along with the others and never looked at. A rule with a condition is asked of few
rows: they are listed first, once for all rules with that condition. Newborn rows are few, so their first values are
given row by row.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from orgsim.core.printing import Kernel, Printer, function_name
from orgsim.core.registry import GROUP, WORDS, Draw, Linked, Model, Month, Own, Reading, Value
from orgsim.core.rule import Rule


def monthly_kernel(model: Model, name: str, entity: str, rules: Iterable[Rule]) -> Kernel:
    """One function that asks `rules`, one after the other, of all rows."""
    rules = list(rules)
    page = _Page(model, entity)
    page.together = _drawn_together(model, rules)
    body = [line for rule in rules for line in _asked_of_all(page, rule)]
    out = page.printer.line
    page.print_once()
    rows = page.printer.array(entity, "top")
    for local, dtype in page.ahead.items():
        out(1, f"{local} = np.empty({rows}, np.{dtype})")
    for depth, text in body:
        out(depth, text)
    return page.printer.finish(name)


def newborn_kernel(model: Model, name: str, entity: str, rules: Iterable[Rule], blank: Iterable[str]) -> Kernel:
    """One function that gives newborn rows their first values by `rules`, columns in `blank` zero."""
    page = _Page(model, entity)
    newborn = page.printer.array(entity, "newborn")
    body = [f"{page.cell(column)} = 0" for column in blank]
    body += [f"{page.cell(rule.name)} = {page.call(rule)}" for rule in rules]
    out = page.printer.line
    page.print_once()
    out(1, f"for i in range({page.printer.array(entity, 'top')}):")
    out(2, f"if {newborn}[i]:")
    for text in body:
        out(3, text)
    return page.printer.finish(name)


def _asked_of_all(page: _Page, rule: Rule) -> list[tuple[int, str]]:
    """Lines of one rule's loop; a rule with a condition draws only where it is asked."""
    target = page.cell(rule.name)
    loop = f"for i in range({page.printer.array(page.entity, 'top')}):"
    lines = []
    for reading in page.model.reads(rule).values():
        if isinstance(reading, Draw) and reading.key in page.together and reading.key not in page.drawn:
            lines += [(1, loop), (2, page.draw_together(reading.key))]
    page.listed.discard(rule.name)  # written now, so what was listed by it is no more
    if rule.when:
        asked, number = page.rows_where(rule.when)
        if rule.when not in page.listed:
            page.listed.add(rule.when)
            lines += [(1, f"{number} = 0"), (1, loop), (2, f"{asked}[{number}] = i")]
            lines += [(2, f"{number} += {page.cell(rule.when)}")]
        if not rule.keeps:
            lines += [(1, loop), (2, f"{target} = {target} if {page.cell(rule.when)} else {page.zero(rule.name)}")]
        return [*lines, (1, f"for k in range({number}):"), (2, f"i = {asked}[k]"), (2, f"{target} = {page.call(rule)}")]
    ready: dict[str, str] = {}
    for argument, dtype in page.scattered(rule).items():
        local = page.reserve(dtype, len(ready))
        ready[argument] = f"{local}[i]"
        lines += [(1, loop), (2, f"{local}[i] = {page.argument(rule, argument)}")]
    return [*lines, (1, loop), (2, f"{target} = {page.call(rule, ready)}")]


def _drawn_together(model: Model, rules: Iterable[Rule]) -> dict[int, list[int]]:
    """Keys of chance of which `rules` want more than one word, with these words."""
    wanted: dict[int, list[int]] = {}
    for rule in rules:
        for reading in model.reads(rule).values():
            if isinstance(reading, Draw):
                wanted.setdefault(reading.key, []).append(reading.word)
    return {key: words for key, words in wanted.items() if len(words) > 1}


class _Page:
    """What a function reads, while it is printed: array arguments, and values read once a replication."""

    def __init__(self, model: Model, entity: str) -> None:
        self.model, self.entity = model, entity
        self.printer = Printer(model)
        self.once: dict[str, str] = {}
        self.ahead: dict[str, str] = {}
        self.listed: set[str] = set()
        self.together: dict[int, list[int]] = {}
        self.drawn: set[int] = set()

    def cell(self, column: str) -> str:
        """A column's value in row i."""
        return f"{self.printer.array(self.entity, column)}[i]"

    def scattered(self, rule: Rule) -> dict[str, str]:
        """Arguments to be collected before a rule's loop, with their types: what lies elsewhere than in row i.

        Of an array read at places that are data themselves the compiler cannot tell that it is not the one written,
        and would not do four rows at a time. Of draws one goes ahead: it is vectorized best alone.
        """
        found = {}
        drawn = False
        for argument, reading in self.model.reads(rule).items():
            match reading:
                case Draw(key) if key not in self.together and not drawn:
                    found[argument], drawn = "float64", True
                case Linked(link, target, column) if link is not None:
                    found[argument] = np.dtype(self.model.columns[target][column].dtype).name
                case Value(_, True) if self.entity != GROUP:
                    found[argument] = "float64"
        return found

    def reserve(self, dtype: str, number: int) -> str:
        """A row of that type to collect an argument in; the `number`-th of a rule."""
        dtype = "bool_" if dtype == "bool" else dtype
        local = f"{dtype.rstrip('_')}_{number}"
        self.ahead[local] = dtype
        return local

    def zero(self, column: str) -> str:
        """Nought as that column writes it."""
        return {np.float64: "0.0", np.bool_: "False"}.get(self.model.columns[self.entity][column].dtype, "0")

    def rows_where(self, condition: str) -> tuple[str, str]:
        """Names of the list of rows where a condition holds, and of their number."""
        self.ahead[f"rows_{condition}"] = "uint64"
        return f"rows_{condition}", f"number_{condition}"

    def argument(self, rule: Rule, argument: str) -> str:
        """What one argument of the rule reads, in row i of replication r."""
        return self._read(self.model.reads(rule)[argument])

    def call(self, rule: Rule, ready: dict[str, str] | None = None) -> str:
        """The rule called on row i of replication r; `ready` names arguments already at hand."""
        arguments = [
            (ready or {}).get(argument) or self._read(reading) for argument, reading in self.model.reads(rule).items()
        ]
        return f"{function_name(rule)}({', '.join(arguments)})"

    def uniforms(self, key: int) -> str:
        return f"uniforms(seed, replications[r], uint64({key}), moment, {self.cell('id')})"

    def draw_together(self, key: int) -> str:
        """Row i's uniforms of one key, all that are wanted, kept for the loops to come."""
        self.drawn.add(key)
        words = self.together[key]
        self.ahead |= {f"luck_{key}_{word}": "float64" for word in words}
        kept = {word: f"luck_{key}_{word}[i]" for word in words}
        return f"{', '.join(kept.get(word, '_') for word in range(WORDS))} = {self.uniforms(key)}"

    def print_once(self) -> None:
        for local, expression in self.once.items():
            self.printer.line(1, f"{local} = {expression}")

    def _read(self, reading: Reading) -> str:
        match reading:
            case Month():
                return "month"
            case Draw(key, word) if key in self.together:
                return f"luck_{key}_{word}[i]"
            case Draw(key, word):
                return f"{self.uniforms(key)}[{word}]"
            case Value(place, False):
                return self._kept(f"p{place}", f"parameters[r, {place}]")
            case Value(place, True):
                index = "i" if self.entity == GROUP else self.cell(GROUP)
                return f"parameters[r, uint64({place} + {index})]"
            case Linked(None, target, column):
                return self._kept(f"s_{target}_{column}", f"{self.printer.array(target, column)}[0]")
            case Linked(link, target, column):
                return f"{self.printer.array(target, column)}[uint64({self.cell(str(link))})]"
            case Own(column):
                return self.cell(column)
        raise AssertionError(reading)

    def _kept(self, local: str, expression: str) -> str:
        self.once[local] = expression
        return local
