"""Decisions a subclass takes over: a method `decide_<rule>` answers in place of the rule of that name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orgsim.core.rule import DeclarationError, Rule
from orgsim.core.units import storage_of
from orgsim.errors import nearest
from orgsim.mesa_api.agents import BASES, RowAgent
from orgsim.mesa_api.views import ColumnView, storable, views

if TYPE_CHECKING:
    from orgsim.core.registry import Model

PREFIX = "decide_"


@dataclass(frozen=True)
class Decision:
    """One rule that agents of a class answer themselves; `accepts` are the arguments the method asks for."""

    rule: Rule
    method: str
    accepts: frozenset[str]

    def bound_to(self, agent: RowAgent) -> Callable[..., Any]:
        """The function the engine calls with the rule's arguments in order, for one agent."""
        method = getattr(agent, self.method)
        dtype, what = storage_of(self.rule.result), f"what {type(agent).__name__}.{self.method} answers"

        def decide(*values: Any) -> Any:
            named = zip(self.rule.arguments, values, strict=True)
            return storable(method(**{name: value for name, value in named if name in self.accepts}), dtype, what)

        return decide


def decisions_of(kind: type[RowAgent], model: Model) -> dict[str, Decision]:
    """The decisions a class overrides, by rule; DeclarationError for one that no rule would ever ask for."""
    rules = {name: rule for (entity, name), rule in model.rules.items() if entity == kind.entity}
    found = {}
    for method in dir(kind):
        if not method.startswith(PREFIX):
            continue
        name = method.removeprefix(PREFIX)
        if name not in rules:
            hint = nearest(name, rules)
            raise DeclarationError(f"{kind.__name__}.{method}: {kind.entity} has no rule '{name}'{hint}")
        found[name] = Decision(rules[name], method, _accepted(kind, method, rules[name]))
    return found


def _accepted(kind: type[RowAgent], method: str, rule: Rule) -> frozenset[str]:
    parameters = list(inspect.signature(getattr(kind, method)).parameters.values())[1:]
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return frozenset(rule.arguments)
    names = [p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    strangers = [p.name for p in parameters if p.name not in rule.arguments or p.name not in names]
    if strangers:
        raise DeclarationError(
            f"{kind.__name__}.{method}: the rule reads no '{strangers[0]}'{nearest(strangers[0], rule.arguments)}; "
            f"it reads {', '.join(rule.arguments)}"
        )
    return frozenset(names)


def equip(model: Model, kinds: dict[str, type[RowAgent]]) -> None:
    """Give the agent classes a descriptor for each column of the model, once.

    Raises DeclarationError where a column's name is already taken by Mesa or by a subclass: one would hide the other.
    """
    for entity, base in BASES.items():
        for name, view in views(model, entity).items():
            if name not in vars(base):
                if hasattr(base, name):
                    raise DeclarationError(f"{entity}.{name}: the name is taken by mesa.Agent")
                setattr(base, name, view)
            kind = kinds[entity]
            if not isinstance(getattr(kind, name), ColumnView):
                raise DeclarationError(f"{kind.__name__}.{name} hides the column '{name}'; choose another name")
