"""Prints the schedule as plain loops: one function a phase and entity, over all rows of a replication.

The printed module stands in the cache folder for anyone to read. It holds no logic of its own: each line calls the
same scalar rule the agents call, in the same order. Printing beats one compiled ufunc a rule because numba keeps such
loops on disk; a ufunc is linked anew at every start, a tenth of a second each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np

from orgsim.core.declare import Allocation, Birth, Death, Total
from orgsim.core.draws import draw_key
from orgsim.core.printing import Kernel, Printer, arguments, entry, function_name
from orgsim.core.registry import Model
from orgsim.core.rule import Rule
from orgsim.core.rule_kernels import monthly_kernel, newborn_kernel

LONGEST = 24
"""Rules or totals in one printed function, at most."""

T = TypeVar("T")


def stretches(model: Model) -> list[list[int]]:
    """Numbers of the phases that run in one go: rows may be born only in the first, for which there must be room."""
    starts = [number for number, phase in enumerate(model.schedule) if number == 0 or phase.birth]
    ends = [*starts[1:], len(model.schedule)]
    return [list(range(start, end)) for start, end in zip(starts, ends, strict=True)]


def month_kernels(model: Model) -> list[Kernel]:
    """What a month needs besides its phases: `find_tops`, and `fits_…` for each phase in which rows are born."""
    tops = Printer(model)
    changes = [change for phase in model.schedule for change in (phase.birth, phase.death) if change]
    for entity in dict.fromkeys(change.entity for change in changes):
        tops.line(1, f"{entity}_top[r] = reach({tops.array(entity, 'present')}, {entity}_top[r])")
    tops.line(1, "return None")  # in some models nothing is born
    kernels = [tops.finish("find_tops")]
    for number, phase in enumerate(model.schedule):
        if phase.birth:
            printer = Printer(model)
            arrays = [printer.array(phase.birth.parent, column) for column in ("present", phase.birth.count)]
            printer.line(1, f"return fits({', '.join(arrays)}, {printer.array(phase.birth.entity, 'present')})")
            kernels.append(printer.finish(f"fits_{number:02d}"))
    return kernels


def month(
    model: Model, phases: Sequence[Sequence[Kernel]], initials: Mapping[str, tuple[list[Kernel], list[Kernel]]]
) -> Kernel:
    """A function that runs the month for one replication after the other; False if rows are wanting somewhere.

    `at[r]` is the stretch from which replication r goes on, and then the one it waits at; nobody goes beyond `last`.
    One replication goes all the way before the next, for its columns are in the cache when the next kernel wants them.
    """
    given = ", ".join(arguments(model))
    cuts = stretches(model)
    lines = [f"def month_of_all(at, last, {given}):", "    done = True", "    for r in range(replications.shape[0]):"]
    for stretch, numbers in enumerate(cuts):
        event = model.schedule[numbers[0]].birth
        room = f" and fits_{numbers[0]:02d}(r, {given})" if event else ""
        kernels = [kernel for number in numbers for kernel in phases[number]]
        if event:
            born = len(phases[numbers[0]])
            kernels[born:born] = chain(*initials.get(event.entity, ()))
        lines += [f"        if at[r] == {stretch} and last > {stretch}{room}:"]
        lines += [f"            find_tops(r, {given})"] * (stretch == 0)
        lines += [f"            {kernel.name}(r, {given})" for kernel in kernels]
        lines += [f"            at[r] = {stretch + 1}"]
    lines += ["        done = done and at[r] == last", "    return done"]
    return Kernel("month_of_all", "\n".join(lines))


def entries(
    model: Model, phases: Sequence[Sequence[Kernel]], initials: Mapping[str, tuple[list[Kernel], list[Kernel]]]
) -> Iterator[Kernel]:
    """Functions to call from Python: the month, single phases, first values of the newborn."""
    yield month(model, phases, initials)
    for number, kernels in enumerate(phases):
        yield entry(model, f"phase_{number:02d}", kernels)
    for entity, (roots, rest) in initials.items():
        yield entry(model, f"begin_{entity}", [*roots, *rest])
        if roots and rest:
            yield entry(model, f"begin_{entity}_roots", roots)
            yield entry(model, f"begin_{entity}_rest", rest)


def phase_kernels(model: Model, number: int) -> list[Kernel]:
    """Kernels of phase `number`, in the order they run."""
    phase = model.schedule[number]
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
        kernels.append(_death_kernel(model, tag, phase.death))
    return kernels


def initial_kernels(model: Model, entity: str) -> tuple[list[Kernel], list[Kernel]]:
    """Kernels that give newborn rows of `entity` their first values: the roots, and what rests on them."""
    blank = model.left_blank(entity)
    roots = model.roots(entity)
    rest = [rule for rule in model.initials[entity] if rule not in roots]
    return (
        [
            newborn_kernel(model, f"initial__{entity}_roots_{part}", entity, rules, [] if part else blank)
            for part, rules in enumerate(_parts(roots))
        ],
        [
            newborn_kernel(model, f"initial__{entity}_rest_{part}", entity, rules, [])
            for part, rules in enumerate(_parts(rest))
        ],
    )


def _parts(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Slices of at most `LONGEST`: compiling time grows faster than a function's length."""
    return (things[at : at + LONGEST] for at in range(0, len(things), LONGEST))


def _totals_kernel(model: Model, name: str, chosen: Sequence[Total]) -> Kernel:
    """Sums over rows; one that goes to a single row is kept at hand until all are through.

    A member that a sum leaves out adds nought to it: processors guess conditions, and a wrong guess costs more than
    an addition. Only where every sum over a link has its condition are members that meet none passed over: few do.
    """
    printer = Printer(model)
    out = printer.line
    single = [total for total in chosen if total.via not in model.entities[total.of].links]
    places = {
        total: f"sum_{total.entity}_{total.name}" if total in single else printer.array(total.entity, total.name)
        for total in chosen
    }
    for total, place in places.items():
        out(1, f"{place} = 0.0" if total in single else f"{place}[:] = 0.0")
    for members in dict.fromkeys(total.of for total in chosen):
        out(1, f"for i in range({printer.array(members, 'top')}):")
        out(2, f"if {printer.array(members, 'present')}[i]:")
        for via in dict.fromkeys(total.via for total in chosen if total.of == members):
            some = [total for total in chosen if (total.of, total.via) == (members, via)]
            depth = 3
            conditions = dict.fromkeys(total.where for total in some if total.where)
            if all(total.where for total in some):
                out(3, f"if {' or '.join(f'{printer.array(members, each)}[i]' for each in conditions)}:")
                depth = 4
            for total in some:
                row = "" if total in single else f"[uint64({printer.array(members, total.via)}[i])]"
                out(depth, f"{places[total]}{row} += {_share(printer, total)}")
    for total in single:
        out(1, f"{printer.array(total.entity, total.name)}[0] = {places[total]}")
    return printer.finish(name)


def _share(printer: Printer, total: Total) -> str:
    """What member i adds to a sum."""
    amount = "1.0"
    if total.value is not None:
        exact = printer.model.columns[total.of][total.value].dtype is not np.float64
        amount = f"{'float' if exact else 'on_grid'}({printer.array(total.of, total.value)}[i])"
    return f"{amount} if {printer.array(total.of, total.where)}[i] else 0.0" if total.where else amount


def _allocation_kernel(model: Model, name: str, shared: Allocation) -> Kernel:
    printer = Printer(model)
    given = []
    for argument in shared.arguments:
        prefix, _, rest = argument.partition("__")
        if argument == "month":
            given.append("month")
        elif prefix in model.entities:
            given.append(printer.array(prefix, rest))
        else:
            given.append(f"parameters[r, {model.space.place[f'{shared.mechanism}.{argument}']}]")
    printer.line(1, f"{function_name(shared)}({', '.join(given)})")
    return printer.finish(name)


def _birth_kernel(model: Model, name: str, event: Birth) -> Kernel:
    printer = Printer(model)
    arrays = [printer.array(event.parent, column) for column in ("present", "id", event.count)]
    arrays += [printer.array(event.entity, column) for column in ("present", "newborn", "id", event.link)]
    key = draw_key(f"birth of {event.entity}")
    printer.line(1, f"reached = place(moment, uint64({key}), {', '.join(arrays)})")
    printer.line(1, f"{event.entity}_top[r] = max({event.entity}_top[r], reached)")
    given = [printer.array(event.entity, column) for column in model.given.get(event.entity, ())]
    if given:
        printer.line(1, f"for i in range({event.entity}_top[r]):")
        printer.line(2, f"if {arrays[4]}[i]:")
        for array in given:
            printer.line(3, f"{array}[i] = 0")
    return printer.finish(name)


def _death_kernel(model: Model, name: str, event: Death) -> Kernel:
    printer = Printer(model)
    present, when = printer.array(event.entity, "present"), printer.array(event.entity, event.when)
    printer.line(1, f"remove({present}, {when})")
    return printer.finish(name)


def print_module(model: Model, kernels: Iterable[Kernel], called: Iterable[Kernel]) -> str:
    """Source of the whole printed module: imports, compiled rules, kernels, the functions that run them."""
    written = model.written()
    lines = [
        '"""Printed from the rules; see orgsim.core.kernels. Do not edit: a change of the rules prints it anew."""',
        "from functools import partial",
        "import numpy as np",
        "from numba import njit, uint64",
        "from orgsim.core import births",
        "from orgsim.core.draws import uniforms",
        "from orgsim.core.elementary import on_grid",
    ]
    lines += [f"import {module}" for module in dict.fromkeys(thing.function.__module__ for thing in written)]
    lines += [
        "inner = partial(njit, no_cpython_wrapper=True, no_cfunc_wrapper=True, nogil=True, error_model='numpy')",
        "place = inner(births.place)",
        "remove = inner(births.remove)",
        "fits = inner(births.fits)",
        "reach = inner(births.reach)",
    ]
    # rules are inlined, however long: one that is called is asked one row at a time
    lines += [
        f"{function_name(t)} = inner({t.function.__module__}.{t.function.__name__}, forceinline={isinstance(t, Rule)})"
        for t in written
    ]
    blocks = [
        "\n".join(lines),
        *(f"@inner\n{kernel.source}" for kernel in kernels),
        *(kernel.source for kernel in called),
    ]
    return "\n\n\n".join(blocks) + "\n"
