"""Prints a run of rules of one entity as loops over its rows.

Each rule gets a loop of its own from row 0 on: a loop without branches is one the compiler can do four rows at a time.
Rows that are not taken are computed along with the others and never looked at. Newborn rows are few, so their first
values are given row by row.
"""

from __future__ import annotations

from collections.abc import Iterable

from orgsim.core.printing import Kernel, Printer, function_name
from orgsim.core.registry import GROUP, Draw, Linked, Model, Month, Own, Reading, Value
from orgsim.core.rule import Rule


def monthly_kernel(model: Model, name: str, entity: str, rules: Iterable[Rule]) -> Kernel:
    """One function that asks `rules`, one after the other, of all rows."""
    page = _Page(model, entity)
    body = [line for rule in rules for line in _asked_of_all(page, rule)]
    out = page.printer.line
    first = page.printer.array(entity, "present")
    if page.draws:
        out(1, f"luck = np.empty({first}.shape[1])")
    out(1, f"for r in range({first}.shape[0]):")
    page.print_once()
    out(2, f"rows = {page.printer.array(entity, 'top')}[r]")
    for depth, text in body:
        out(depth, text)
    return page.printer.finish(name)


def newborn_kernel(model: Model, name: str, entity: str, rules: Iterable[Rule], blank: Iterable[str]) -> Kernel:
    """One function that gives newborn rows their first values by `rules`, columns in `blank` zero."""
    page = _Page(model, entity)
    newborn = page.printer.array(entity, "newborn")
    body = [f"{page.printer.array(entity, column)}[r, i] = 0" for column in blank]
    for rule in rules:
        body.append(f"{page.printer.array(entity, rule.name)}[r, i] = {page.call(rule)}")
    out = page.printer.line
    out(1, f"for r in range({newborn}.shape[0]):")
    page.print_once()
    out(2, f"for i in range({page.printer.array(entity, 'top')}[r]):")
    out(3, f"if not {newborn}[r, i]:")
    out(4, "continue")
    for text in body:
        out(3, text)
    return page.printer.finish(name)


def _asked_of_all(page: _Page, rule: Rule) -> list[tuple[int, str]]:
    """Lines of one rule's loop; a rule with a condition draws only where it is asked."""
    target = f"{page.printer.array(page.entity, rule.name)}[r, i]"
    if rule.when:
        lines = [
            (2, "for i in range(rows):"),
            (3, f"if {page.printer.array(page.entity, rule.when)}[r, i]:"),
            (4, f"{target} = {page.call(rule)}"),
        ]
        return lines if rule.keeps else [*lines, (3, "else:"), (4, f"{target} = 0")]
    # only the first draw is made ahead: a rule must run once a row, for it may read the column it writes
    ahead = [(a, r.key) for a, r in page.model.reads(rule).items() if isinstance(r, Draw)][:1]
    lines = []
    for _, key in ahead:
        page.draws = True
        lines += [(2, "for i in range(rows):"), (3, f"luck[i] = {page.uniform(key)}")]
    call = page.call(rule, {argument: "luck[i]" for argument, _ in ahead})
    return [*lines, (2, "for i in range(rows):"), (3, f"{target} = {call}")]


class _Page:
    """What a function reads, while it is printed: array arguments, and values read once a replication."""

    def __init__(self, model: Model, entity: str) -> None:
        self.model, self.entity = model, entity
        self.printer = Printer()
        self.once: dict[str, str] = {}
        self.draws = False

    def call(self, rule: Rule, ready: dict[str, str] | None = None) -> str:
        """The rule called on row i of replication r; `ready` names arguments already at hand."""
        arguments = [
            (ready or {}).get(argument) or self._read(reading)
            for argument, reading in self.model.reads(rule).items()
        ]
        return f"{function_name(rule)}({', '.join(arguments)})"

    def uniform(self, key: int) -> str:
        ids = self.printer.array(self.entity, "id")
        return f"uniform(seed, replications[r], uint64({key}), moment, {ids}[r, i])"

    def print_once(self) -> None:
        for local, expression in self.once.items():
            self.printer.line(2, f"{local} = {expression}")

    def _read(self, reading: Reading) -> str:
        match reading:
            case Month():
                return "month"
            case Draw(key):
                return self.uniform(key)
            case Value(place, False):
                return self._kept(f"p{place}", f"parameters[r, {place}]")
            case Value(place, True):
                index = "i" if self.entity == GROUP else f"{self.printer.array(self.entity, GROUP)}[r, i]"
                return f"parameters[r, uint64({place} + {index})]"
            case Linked(None, target, column):
                return self._kept(f"s_{target}_{column}", f"{self.printer.array(target, column)}[r, 0]")
            case Linked(link, target, column):
                row = f"{self.printer.array(self.entity, str(link))}[r, i]"
                return f"{self.printer.array(target, column)}[r, uint64({row})]"
            case Own(column):
                return f"{self.printer.array(self.entity, column)}[r, i]"
        raise AssertionError(reading)

    def _kept(self, local: str, expression: str) -> str:
        self.once[local] = expression
        return local
