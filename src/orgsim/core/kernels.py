"""Prints the schedule as plain loops: one function a phase and entity, over all replications and rows.

The printed module stands in the cache folder for anyone to read. It holds no logic of its own: each line calls the
same scalar rule the agents call, in the same order. Printing beats one compiled ufunc a rule because numba keeps such
loops on disk; a ufunc is linked anew at every start, a tenth of a second each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np

from orgsim.core.declare import Allocation, Birth, Death, Phase, Total
from orgsim.core.draws import draw_key
from orgsim.core.printing import Kernel, Printer, function_name
from orgsim.core.registry import Model
from orgsim.core.rule_kernels import monthly_kernel, newborn_kernel

GRID = 65536.0
"""Totals are summed on a grid of 1/GRID, so that sums below 2^37 are exact in any order."""
LONGEST = 24
"""Rules or totals in one printed function, at most."""

T = TypeVar("T")


def phase_kernels(model: Model, number: int, phase: Phase) -> list[Kernel]:
    """Kernels of one phase, in the order they run."""
    tag = f"p{number:02d}_{phase.name.replace('.', '_')}"
    kernels = []
    for entity, names in phase.rules.items():
        for part, some in enumerate(_parts(names)):
            rules = [model.rules[entity, name] for name in some]
            kernels.append(monthly_kernel(model, f"{tag}__{entity}_{part}", entity, rules))
    for part, keys in enumerate(_parts(phase.totals)):
        kernels.append(_totals_kernel(model, f"{tag}__totals_{part}", [model.totals[key] for key in keys]))
    if phase.allocate:
        kernels.append(_allocation_kernel(model, tag, model.allocations[phase.allocate]))
    if phase.birth:
        kernels.append(_birth_kernel(model, tag, phase.birth))
    if phase.death:
        kernels.append(_death_kernel(tag, phase.death))
    return kernels


def initial_kernels(model: Model, entity: str) -> list[Kernel]:
    """Kernels that give newborn rows of `entity` their first values."""
    blank = model.left_blank(entity)
    return [
        newborn_kernel(model, f"initial__{entity}_{part}", entity, rules, [] if part else blank)
        for part, rules in enumerate(_parts(model.initials[entity]))
    ]


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices of at most `LONGEST`: compiling time grows faster than a function's length."""
    return (things[at : at + LONGEST] for at in range(0, len(things), LONGEST))


def _totals_kernel(model: Model, name: str, chosen: Sequence[Total]) -> Kernel:
    printer = Printer()
    out = printer.line
    for total in chosen:
        out(1, f"{printer.array(total.entity, total.name)}[:, :] = 0.0")
    for members in dict.fromkeys(total.of for total in chosen):
        present = printer.array(members, "present")
        out(1, f"for r in range({present}.shape[0]):")
        out(2, f"for i in range({printer.array(members, 'top')}[r]):")
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
    return printer.finish(name)


def _allocation_kernel(model: Model, name: str, shared: Allocation) -> Kernel:
    printer = Printer()
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
    return printer.finish(name)


def _birth_kernel(model: Model, name: str, event: Birth) -> Kernel:
    printer = Printer()
    arrays = [printer.array(event.parent, column) for column in ("present", "id", event.count)]
    arrays += [printer.array(event.entity, column) for column in ("present", "newborn", "id", event.link)]
    printer.line(1, f"for r in range({arrays[0]}.shape[0]):")
    key = draw_key(f"birth of {event.entity}")
    top = printer.array(event.entity, "top")
    printer.line(2, f"reached = place(moment, uint64({key}), {', '.join(f'{a}[r]' for a in arrays)})")
    printer.line(2, f"{top}[r] = max({top}[r], reached)")
    given = [printer.array(event.entity, column) for column in model.given.get(event.entity, ())]
    if given:
        printer.line(2, f"for i in range({top}[r]):")
        printer.line(3, f"if {arrays[4]}[r, i]:")
        for array in given:
            printer.line(4, f"{array}[r, i] = 0")
    return printer.finish(name)


def _death_kernel(name: str, event: Death) -> Kernel:
    printer = Printer()
    present, when = printer.array(event.entity, "present"), printer.array(event.entity, event.when)
    printer.line(1, f"for r in range({present}.shape[0]):")
    printer.line(2, f"remove({present}[r], {when}[r])")
    return printer.finish(name)


def print_module(model: Model, kernels: Iterable[Kernel]) -> str:
    """Source of the whole printed module: imports, compiled rules, one function a kernel."""
    written = model.written()
    lines = [
        '"""Printed from the rules; see orgsim.core.kernels. Do not edit: a change of the rules prints it anew."""',
        "from math import floor",
        "import numpy as np",
        "from numba import njit, uint64",
        "from orgsim.core import births",
        "from orgsim.core.draws import uniform",
    ]
    lines += [f"import {module}" for module in dict.fromkeys(thing.function.__module__ for thing in written)]
    lines += [
        "inner = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, nogil=True, error_model='numpy')",
        "place = inner(births.place)",
        "remove = inner(births.remove)",
    ]
    lines += [f"{function_name(t)} = inner({t.function.__module__}.{t.function.__name__})" for t in written]
    return "\n".join(lines) + "\n\n\n" + "\n\n\n".join(kernel.source for kernel in kernels) + "\n"
