"""What all printed functions have in common: a name, a source, and the arrays they take."""

from __future__ import annotations

from dataclasses import dataclass, field

from orgsim.core.declare import Allocation
from orgsim.core.rule import Rule


@dataclass
class Kernel:
    """One printed function: its name, its source, and which arrays it takes after month, seed, keys and values."""

    name: str
    source: str
    arrays: list[tuple[str, str]] = field(default_factory=list)
    """(entity, column) of each array argument, in order."""


class Printer:
    """Collects array arguments and lines while a function is printed."""

    def __init__(self) -> None:
        self.arrays: dict[tuple[str, str], str] = {}
        self.lines: list[str] = []

    def array(self, entity: str, column: str) -> str:
        """Name of the argument that holds a column."""
        return self.arrays.setdefault((entity, column), f"{entity}__{column}")

    def line(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def finish(self, name: str) -> Kernel:
        """The function as printed."""
        head = f"def {name}(month, moment, seed, replications, parameters, {', '.join(self.arrays.values())}):"
        return Kernel(name, "\n".join([head, *self.lines]), list(self.arrays))


def function_name(thing: Rule | Allocation) -> str:
    """Name under which the printed module holds a rule's or an allocation's compiled function."""
    if isinstance(thing, Allocation):
        return f"{thing.mechanism}__{thing.name}"
    kind = "starting_" if thing.kind == "initial" else ""
    return f"{thing.mechanism}__{thing.entity}_{kind}{thing.name}"
