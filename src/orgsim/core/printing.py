"""What all printed functions have in common: the arguments they take, and how they come by a column.

Every printed function takes the same arguments – the month, the keys of chance, the parameters and the packed tables –
and a kernel, besides, the replication `r` it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from orgsim.core.columns import packing
from orgsim.core.declare import Allocation
from orgsim.core.registry import Model
from orgsim.core.rule import Rule

HEAD = ("month", "moment", "seed", "replications", "parameters")
_HEAD_TYPES = ("int64", "uint64", "uint64", "uint64[::1]", "float64[:,::1]")
_TYPES: dict[type[np.generic], str] = {
    np.float64: "float64",
    np.bool_: "boolean",
    np.int64: "int64",
    np.uint64: "uint64",
}


@dataclass(frozen=True)
class Kernel:
    """One printed function: its name and its source."""

    name: str
    source: str


class Printer:
    """Collects the columns and lines of a kernel while it is printed."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.taken: dict[str, str] = {}
        self.lines: list[str] = []

    def array(self, entity: str, column: str) -> str:
        """Name under which replication r's values of a column are at hand; of `top` it is a number."""
        local = f"{entity}__{column}"
        if local not in self.taken:
            self.taken[local] = _place(self.model, entity, column)
        return local

    def line(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def finish(self, name: str) -> Kernel:
        """The function as printed."""
        head = f"def {name}(r, {', '.join(arguments(self.model))}):"
        views = [f"    {local} = {place}" for local, place in self.taken.items()]
        return Kernel(name, "\n".join([head, *views, *self.lines]))


def entry(model: Model, name: str, kernels: Iterable[Kernel]) -> Kernel:
    """A function to be called from Python: runs the kernels for one replication after the other.

    A replication at a time, for its columns are in the cache when the next kernel wants them.
    """
    given = ", ".join(arguments(model))
    lines = [f"def {name}({given}):", "    for r in range(replications.shape[0]):"]
    lines += [f"        {kernel.name}(r, {given})" for kernel in kernels]
    return Kernel(name, "\n".join(lines))


def arguments(model: Model) -> dict[str, str]:
    """Names and compiled types of the arguments that every printed function takes, in the order of `World.arrays`."""
    taken = dict(zip(HEAD, _HEAD_TYPES, strict=True))
    for entity in model.entities:
        for kind in packing(_types(model, entity)):
            taken[f"{entity}_{kind.__name__}"] = f"{_TYPES[kind]}[:,:,::1]"
        taken[f"{entity}_top"] = "int64[::1]"
    return taken


def function_name(thing: Rule | Allocation) -> str:
    """Name under which the printed module holds a rule's or an allocation's compiled function."""
    if isinstance(thing, Allocation):
        return f"{thing.mechanism}__{thing.name}"
    kind = "starting_" if thing.kind == "initial" else ""
    return f"{thing.mechanism}__{thing.entity}_{kind}{thing.name}"


def _place(model: Model, entity: str, column: str) -> str:
    if column == "top":
        return f"{entity}_top[r]"
    for kind, names in packing(_types(model, entity)).items():
        if column in names:
            return f"{entity}_{kind.__name__}[{names.index(column)}, r]"
    raise KeyError((entity, column))


def _types(model: Model, entity: str) -> dict[str, type[np.generic]]:
    return {name: column.dtype for name, column in model.columns[entity].items()}
