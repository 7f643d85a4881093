"""Prints a run of rules of one entity as one loop over its rows."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from orgsim.core.printing import Kernel, Printer, function_name
from orgsim.core.registry import GROUP, Draw, Linked, Model, Month, Own, Reading, Value
from orgsim.core.rule import Rule


def rules_kernel(
    model: Model, name: str, entity: str, rules: Iterable[Rule], mask: str = "present", blank: Iterable[str] = ()
) -> Kernel:
    """One function that asks `rules` in turn of each row where `mask` holds, `blank` columns set to zero first.

    Draws of rules that every row is asked are made ahead, four at a time; those of rules asked of few rows, or of
    newborns, where they are needed.
    """
    loop = _Loop(model, entity, mask)
    for column in blank:
        loop.body.append((3, f"{loop.printer.array(entity, column)}[r, i] = 0"))
    for rule in rules:
        loop.add(rule)
    return loop.kernel(name)


class _Loop:
    """A loop while it is put together: what is read once a replication, what is drawn ahead, what each row does."""

    def __init__(self, model: Model, entity: str, mask: str) -> None:
        self.model, self.entity, self.mask = model, entity, mask
        self.printer = Printer()
        self.printer.array(entity, mask)
        self.once: dict[str, str] = {}
        self.draws: dict[str, int] = {}
        self.body: list[tuple[int, str]] = []
        self.known: set[str] = set()

    def add(self, rule: Rule) -> None:
        """Print one rule; a rule with a condition leaves nothing behind that later rules could miss."""
        result = f"v_{rule.name}"
        depth = 3
        if rule.when:
            condition = self._read(Own(rule.when), rule, "", keep=True)
            rest = self._read(Own(rule.name), rule, "", keep=True) if rule.keeps else "0"
            if rest != result:
                zero = "False" if self.model.columns[self.entity][rule.name].dtype is np.bool_ else "0"
                self.body.append((3, f"{result} = {zero}"))
            self.body.append((3, f"if {condition}:"))
            depth = 4
        arguments = [
            self._read(reading, rule, argument, keep=not rule.when)
            for argument, reading in self.model.reads(rule).items()
        ]
        self.body.append((depth, f"{result} = {function_name(rule)}({', '.join(arguments)})"))
        self.body.append((3, f"{self.printer.array(self.entity, rule.name)}[r, i] = {result}"))
        self.known.add(result)

    def _read(self, reading: Reading, rule: Rule, argument: str, *, keep: bool) -> str:
        """Expression for what a rule reads; with `keep` it is read once a row and named."""
        match reading:
            case Month():
                return "month"
            case Draw(key):
                return self._draw(key, rule, argument)
            case Value(place, False):
                return self._once(f"p{place}", f"parameters[r, {place}]")
            case Value(place, True):
                index = "i" if self.entity == GROUP else f"{self.printer.array(self.entity, GROUP)}[r, i]"
                return f"parameters[r, uint64({place} + {index})]"
            case Linked(None, target, column):
                return self._once(f"s_{target}_{column}", f"{self.printer.array(target, column)}[r, 0]")
            case Linked(link, target, column):
                row = f"{self.printer.array(self.entity, str(link))}[r, i]"
                return self._name(f"l_{link}_{column}", f"{self.printer.array(target, column)}[r, uint64({row})]", keep)
            case Own(column):
                return self._name(f"v_{column}", f"{self.printer.array(self.entity, column)}[r, i]", keep)
        raise AssertionError(reading)

    def _draw(self, key: int, rule: Rule, argument: str) -> str:
        ids = self.printer.array(self.entity, "id")
        if self.mask == "newborn" or rule.when:
            return f"uniform(seed, replications[r], uint64({key}), moment, {ids}[r, i])"
        self.draws[f"d_{rule.name}_{argument}"] = key
        return f"d_{rule.name}_{argument}[i]"

    def _once(self, local: str, expression: str) -> str:
        self.once[local] = expression
        return local

    def _name(self, local: str, expression: str, keep: bool) -> str:
        if local in self.known:
            return local
        if not keep:
            return expression
        self.known.add(local)
        self.body.append((3, f"{local} = {expression}"))
        return local

    def kernel(self, name: str) -> Kernel:
        out = self.printer.line
        mask, top = self.printer.array(self.entity, self.mask), self.printer.array(self.entity, "top")
        for local in self.draws:
            out(1, f"{local} = np.empty({mask}.shape[1])")
        out(1, f"for r in range({mask}.shape[0]):")
        out(2, f"rows = {top}[r]")
        for local, expression in self.once.items():
            out(2, f"{local} = {expression}")
        for local, key in self.draws.items():
            ids = self.printer.array(self.entity, "id")
            out(2, "for i in range(rows):")
            out(3, f"{local}[i] = uniform(seed, replications[r], uint64({key}), moment, {ids}[r, i])")
        out(2, "for i in range(rows):")
        out(3, f"if not {mask}[r, i]:")
        out(4, "continue")
        for depth, text in self.body:
            out(depth, text)
        return self.printer.finish(name)
