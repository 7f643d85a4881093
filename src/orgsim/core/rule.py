"""Rules: pure scalar functions, each computing one column and carrying its name.

A rule's argument names say what it reads:

    tenure                 a column of the same entity
    employer__pay          a column of the linked entity
    base_hazard            a parameter of the same mechanism
    pay__wage_subsidy      a parameter of another mechanism
    month                  the month, 0 at the start, negative before it
    u_leaves               this decision's own uniform draw
"""

from __future__ import annotations

import dis
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, Literal, TypeVar, get_type_hints

from orgsim.core.units import storage_of, unit_of

Kind = Literal["rule", "initial"]
F = TypeVar("F", bound=Callable[..., Any])
_MARK = "__orgsim_rule__"
EXACT = ("ceil", "copysign", "fabs", "floor", "inf", "pi", "sqrt", "trunc")
"""What `math` gives to the last bit on every system; exp and log are in `orgsim.core.elementary`."""


class DeclarationError(Exception):
    """A mechanism is written wrongly; raised where rules are collected, before anything runs."""


@dataclass(frozen=True)
class Rule:
    """One rule as collected from a mechanism."""

    mechanism: str
    entity: str
    name: str
    kind: Kind
    function: Callable[..., Any] = field(compare=False)
    arguments: tuple[str, ...] = ()
    result: object = field(default=None, compare=False)
    when: str | None = None
    """Yes/no column of the same row that must hold for the rule to be asked."""
    keeps: bool = False
    """Whether rows that are not asked keep their value."""

    @property
    def path(self) -> str:
        """`mechanism.name`, as the schedule's and the draws' names are built."""
        return f"{self.mechanism}.{self.name}"

    @property
    def unit(self) -> str:
        return unit_of(self.result)

    @property
    def meaning(self) -> str:
        """First sentence of the docstring."""
        return (inspect.getdoc(self.function) or "").split("\n\n", 1)[0]


def rule(entity: str, *, when: str | None = None, keep: bool = False) -> Callable[[F], F]:
    """Mark a scalar function as the rule that gives `entity` the column of its name, each month.

    With `when`, only rows where that yes/no column holds are asked: in the others the column is 0 or, with `keep`,
    stays as it was.
    """
    return _marker(entity, "rule", when, keep)


def initial(entity: str) -> Callable[[F], F]:
    """Mark a scalar function as giving the column of its name to a newborn row of `entity`."""
    return _marker(entity, "initial")


def _marker(entity: str, kind: Kind, when: str | None = None, keep: bool = False) -> Callable[[F], F]:
    def mark(function: F) -> F:
        setattr(function, _MARK, (entity, kind, when, keep))
        return function

    return mark


def rules_of(mechanism: str, module: object) -> list[Rule]:
    """All rules a module declares, in the order it declares them, checked."""
    found = []
    for function in vars(module).values():
        mark = getattr(function, _MARK, None)
        if mark is None or function.__module__ != getattr(module, "__name__", ""):
            continue
        entity, kind, when, keep = mark
        hints = get_type_hints(function, include_extras=True)
        name = function.__name__.removeprefix("starting_") if kind == "initial" else function.__name__
        declared = Rule(
            mechanism,
            entity,
            name,
            kind,
            function,
            tuple(inspect.signature(function).parameters),
            hints.get("return"),
            when,
            keep,
        )
        check_purity(declared)
        found.append(declared)
    return found


def check_purity(declared: Rule) -> None:
    """Refuse what would make a rule impure or let the two engines differ."""
    function = declared.function
    if not isinstance(function, FunctionType) or declared.result is None:
        raise DeclarationError(f"{declared.path}: a rule is a plain function with an annotated result")
    storage_of(declared.result)
    if not inspect.getdoc(function):
        raise DeclarationError(f"{declared.path}: a rule says in its docstring what it means")
    for instruction in dis.get_instructions(function):
        if instruction.opname == "BINARY_OP" and instruction.argrepr in ("**", "**="):
            raise DeclarationError(f"{declared.path}: write x * x or power(x, y); '**' may differ once compiled")
        if instruction.opname == "MAKE_FUNCTION":
            raise DeclarationError(f"{declared.path}: a rule makes no function inside")
    for name in (*function.__code__.co_names, *function.__code__.co_freevars):
        thing = function.__globals__.get(name, getattr(math, name, None))
        home = getattr(thing, "__module__", "")
        pure = (
            isinstance(thing, (float, int))
            or name in ("min", "max", "abs", "int", "float")
            or home in ("orgsim.core.numerics", "orgsim.core.elementary")
            or (home == "math" and name in EXACT)
        )
        if not pure:
            hint = "; take it from orgsim.core.elementary" if name in ("exp", "log") else ""
            raise DeclarationError(
                f"{declared.path}: a rule may not use '{name}', only its arguments and exact arithmetic{hint}"
            )
