"""How each outcome comes from what is kept each month, taken from the catalogue's own source."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from typing import Any

from orgsim.outcomes import catalogue, reducers
from orgsim.report.odd import code
from orgsim.report.sections import table

_REDUCERS: tuple[Callable[..., Any], ...] = (
    reducers.ratio,
    reducers.unknown,
    reducers.cohort_survival,
    reducers.staff_retention,
    reducers.at_month,
    reducers.yearly,
    reducers.total,
    reducers.share,
    reducers.median_cash,
    reducers._median,
    reducers.gini,
)


def outcomes() -> list[str]:
    """A table of outcomes with the call that gives each, and the functions called."""
    said = measures()
    rows = [
        (
            f"`{o.name}`",
            o.title.en,
            o.unit,
            "everybody" if o.people else "registered",
            f"`{said[o.name] if o.name in said else said['public_cost.'].format(name=o.name.partition('.')[2])}`",
        )
        for o in catalogue.OUTCOMES
    ]
    lines = table(("outcome", "meaning", "unit", "counts", "from what is kept"), rows)
    return [*lines, *code.block(_REDUCERS)]


def measures() -> dict[str, str]:
    """The expression that measures each outcome, by name, as the catalogue has it.

    Costs by channel share one, under the name `public_cost.`; in it stands `{name}` for the channel.
    """
    found = {}
    for node in ast.walk(ast.parse(inspect.getsource(catalogue))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Outcome":
            name, measure = node.args[0], ast.unparse(node.args[3])
            if isinstance(name, ast.Constant):
                found[str(name.value)] = measure
            elif isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
                found[str(name.values[0].value)] = measure.replace("name", "'{name}'")
    return found
