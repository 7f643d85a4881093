"""Prints the schedule as plain loops: one function a phase and entity, over all replications and rows.

The printed module stands in the cache folder for anyone to read. It holds no logic of its own: each line calls the
same scalar rule the agents call, in the same order. Printing beats one compiled ufunc a rule on both counts that
matter: numba keeps such loops on disk (a ufunc is linked anew at every start, a tenth of a second each), and what a
row computes stays in registers between its rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from orgsim.core.declare import Allocation, Birth, Death, Phase, Total
from orgsim.core.draws import draw_key
from orgsim.core.registry import Draw, Linked, Model, Month, Own, Value
from orgsim.core.rule import Rule

GRID = 65536.0
"""Totals are summed on a grid of 1/GRID, so that sums below 2^37 are exact in any order."""
LONGEST = 12
"""Rules or totals in one printed function, at most."""

T = TypeVar("T")


@dataclass
class Kernel:
    """One printed function: its name, its source, and which arrays it takes after month, seed, keys and values."""

    name: str
    source: str
    arrays: list[tuple[str, str]] = field(default_factory=list)
    """(entity, column) of each array argument, in order."""
    label: str = ""


class _Printer:
    """Collects array arguments and lines while a kernel is printed."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.arrays: dict[tuple[str, str], str] = {}
        self.lines: list[str] = []

    def array(self, entity: str, column: str) -> str:
        return self.arrays.setdefault((entity, column), f"{entity}__{column}")

    def line(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)


def function_name(rule: Rule | Allocation) -> str:
    """Name under which the printed module holds a rule's compiled function."""
    kind = "starting_" if isinstance(rule, Rule) and rule.kind == "initial" else ""
    entity = f"{rule.entity}_" if isinstance(rule, Rule) else ""
    return f"{rule.mechanism}__{entity}{kind}{rule.name}"


def phase_kernels(model: Model, number: int, phase: Phase) -> list[Kernel]:
    """Kernels of one phase, in the order they run."""
    tag = f"p{number:02d}_{phase.name.replace('.', '_')}"
    kernels = []
    for entity, names in phase.rules.items():
        rules = [model.rules[entity, name] for name in names]
        for part, some in enumerate(_parts(rules)):
            kernels.append(_rules_kernel(model, f"{tag}__{entity}_{part}", entity, some, "present"))
    for part, some in enumerate(_parts(phase.totals)):
        kernels.append(_totals_kernel(model, f"{tag}__totals_{part}", [model.totals[key] for key in some]))
    if phase.allocate:
        kernels.append(_allocation_kernel(model, tag, model.allocations[phase.allocate]))
    if phase.birth:
        kernels.append(_birth_kernel(model, tag, phase.birth))
    if phase.death:
        kernels.append(_death_kernel(model, tag, phase.death))
    for kernel in kernels:
        kernel.label = phase.name
    return kernels


def initial_kernels(model: Model, entity: str) -> list[Kernel]:
    """Kernels that give newborn rows of `entity` their first values."""
    blank = model.left_blank(entity)
    return [
        _rules_kernel(model, f"initial__{entity}_{part}", entity, rules, "newborn", [] if part else blank)
        for part, rules in enumerate(_parts(model.initials[entity]))
    ]


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices of at most `LONGEST`: compiling time grows faster than a function's length."""
    return (things[at : at + LONGEST] for at in range(0, len(things), LONGEST))


def _rules_kernel(model: Model, name: str, entity: str, rules: Iterable[Rule], mask: str, blank: Iterable[str] = ()) -> Kernel:
    printer = _Printer(model)
    printer.array(entity, mask)
    rules = list(rules)
    before, draws, body = _Printer(model), [], _Printer(model)
    before.arrays = body.arrays = printer.arrays
    known: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for rule in rules:
        arguments = []
        for argument, reading in model.reads(rule).items():
            match reading:
                case Month():
                    arguments.append("month")
                case Draw(key) if mask == "newborn":
                    ids = printer.array(entity, "id")
                    arguments.append(f"uniform(seed, replications[r], uint64({key}), moment, {ids}[r, i])")
                case Draw(key):
                    draws.append((f"d_{rule.name}_{argument}", key))
                    arguments.append(f"d_{rule.name}_{argument}[i]")
                case Own(column):
                    if column not in known:
                        known[column] = f"v_{column}"
                        body.line(3, f"v_{column} = {printer.array(entity, column)}[r, i]")
                    arguments.append(known[column])
                case Value(place, False):
                    if f"p{place}" not in fixed:
                        fixed[f"p{place}"] = ""
                        before.line(2, f"p{place} = parameters[r, {place}]")
                    arguments.append(f"p{place}")
                case Value(place, True):
                    index = "i" if entity == "kind" else f"{printer.array(entity, 'kind')}[r, i]"
                    arguments.append(f"parameters[r, uint64({place} + {index})]")
                case Linked(None, target, column):
                    local = f"s_{target}_{column}"
                    if local not in fixed:
                        fixed[local] = ""
                        before.line(2, f"{local} = {printer.array(target, column)}[r, 0]")
                    arguments.append(local)
                case Linked(link, target, column):
                    local = f"l_{link}_{column}"
                    if local not in known:
                        known[local] = local
                        row = printer.array(entity, str(link))
                        body.line(3, f"{local} = {printer.array(target, column)}[r, uint64({row}[r, i])]")
                    arguments.append(local)
        known[rule.name] = f"v_{rule.name}"
        body.line(3, f"v_{rule.name} = {function_name(rule)}({', '.join(arguments)})")
        body.line(3, f"{printer.array(entity, rule.name)}[r, i] = v_{rule.name}")
    if draws:
        printer.array(entity, "id")
    out = printer.line
    out(1, f"rows = {printer.array(entity, mask)}.shape[1]")
    for local, _ in draws:
        out(1, f"{local} = np.empty(rows)")
    out(1, f"for r in range({printer.array(entity, mask)}.shape[0]):")
    printer.lines += before.lines
    for local, key in draws:
        out(2, "for i in range(rows):")
        ids = printer.array(entity, "id")
        out(3, f"{local}[i] = uniform(seed, replications[r], uint64({key}), moment, {ids}[r, i])")
    out(2, "for i in range(rows):")
    out(3, f"if not {printer.array(entity, mask)}[r, i]:")
    out(4, "continue")
    for column in blank:
        out(3, f"{printer.array(entity, column)}[r, i] = 0")
    printer.lines += body.lines
    return _finish(printer, name)


def _totals_kernel(model: Model, name: str, chosen: Sequence[Total]) -> Kernel:
    printer = _Printer(model)
    out = printer.line
    for total in chosen:
        out(1, f"{printer.array(total.entity, total.name)}[:, :] = 0.0")
    for members in dict.fromkeys(total.of for total in chosen):
        present = printer.array(members, "present")
        out(1, f"for r in range({present}.shape[0]):")
        out(2, f"for i in range({present}.shape[1]):")
        out(3, f"if not {present}[r, i]:")
        out(4, "continue")
        for total in chosen:
            if total.of != members:
                continue
            one_row = total.via not in model.entities[members].links
            row = "0" if one_row else f"uint64({printer.array(members, total.via)}[r, i])"
            depth = 3
            if total.where:
                out(depth, f"if {printer.array(members, total.where)}[r, i]:")
                depth = 4
            if total.value is None:
                amount = "1.0"
            elif model.columns[members][total.value].dtype is np.float64:
                amount = f"floor({printer.array(members, total.value)}[r, i] * {GRID} + 0.5) / {GRID}"
            else:
                amount = f"float({printer.array(members, total.value)}[r, i])"
            out(depth, f"{printer.array(total.entity, total.name)}[r, {row}] += {amount}")
    return _finish(printer, name)


def _allocation_kernel(model: Model, name: str, shared: Allocation) -> Kernel:
    printer = _Printer(model)
    arguments = []
    for argument in shared.arguments:
        prefix, _, rest = argument.partition("__")
        if argument == "month":
            arguments.append("month")
        elif prefix in model.entities:
            arguments.append(f"{printer.array(prefix, rest)}[r]")
        else:
            arguments.append(f"parameters[r, {model.space.place[f'{shared.mechanism}.{argument}']}]")
    printer.line(1, "for r in range(parameters.shape[0]):")
    printer.line(2, f"{function_name(shared)}({', '.join(arguments)})")
    return _finish(printer, name)


def _birth_kernel(model: Model, name: str, event: Birth) -> Kernel:
    printer = _Printer(model)
    arrays = [printer.array(event.parent, column) for column in ("present", "id", event.count)]
    arrays += [printer.array(event.entity, column) for column in ("present", "newborn", "id", event.link)]
    printer.line(1, f"for r in range({arrays[0]}.shape[0]):")
    key = draw_key(f"birth of {event.entity}")
    printer.line(2, f"place(moment, uint64({key}), {', '.join(f'{a}[r]' for a in arrays)})")
    given = [printer.array(event.entity, column) for column in model.given.get(event.entity, ())]
    if given:
        printer.line(2, f"for i in range({arrays[3]}.shape[1]):")
        printer.line(3, f"if {arrays[4]}[r, i]:")
        for array in given:
            printer.line(4, f"{array}[r, i] = 0")
    return _finish(printer, name)


def _death_kernel(model: Model, name: str, event: Death) -> Kernel:
    printer = _Printer(model)
    present, when = printer.array(event.entity, "present"), printer.array(event.entity, event.when)
    printer.line(1, f"for r in range({present}.shape[0]):")
    printer.line(2, f"remove({present}[r], {when}[r])")
    return _finish(printer, name)


def _finish(printer: _Printer, name: str) -> Kernel:
    arrays = list(printer.arrays.items())
    head = f"def {name}(month, moment, seed, replications, parameters, {', '.join(a for _, a in arrays)}):"
    return Kernel(name, "\n".join([head, *printer.lines]), [key for key, _ in arrays])


def print_module(model: Model, kernels: Iterable[Kernel]) -> str:
    """Source of the whole printed module: imports, compiled rules, one function a kernel."""
    rules = [*model.rules.values(), *(r for rules in model.initials.values() for r in rules)]
    lines = [
        '"""Printed from the rules; see orgsim.core.kernels. Do not edit: a change of the rules prints it anew."""',
        "from math import floor",
        "import numpy as np",
        "from numba import njit, uint64",
        "from orgsim.core import births",
        "from orgsim.core.draws import uniform",
    ]
    for module in dict.fromkeys(r.function.__module__ for r in [*rules, *model.allocations.values()]):
        lines.append(f"import {module}")
    lines += [
        "inner = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, nogil=True, error_model='numpy')",
        "place = inner(births.place)",
        "remove = inner(births.remove)",
    ]
    lines += [
        f"{function_name(r)} = inner({r.function.__module__}.{r.function.__name__})"
        for r in [*rules, *model.allocations.values()]
    ]
    return "\n".join(lines) + "\n\n\n" + "\n\n\n".join(kernel.source for kernel in kernels) + "\n"
