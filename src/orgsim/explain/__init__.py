"""Why is this number so? The rule tree of one value of one organization or person in one month.

    from orgsim.explain import explain

    why = explain("baseline", "quit_probability", staff=6123456789012345678, month=14)
    print(why)                                       # as the command does
    [(child.name, child.value) for child in why.tree.children]

Every rule in the tree is asked again with what it read; a value that is not, bit for bit, that of the run raises
`DoesNotAddUp`.
"""

from __future__ import annotations

import re
from pathlib import Path

from orgsim.core.calendar import date_of, month_index
from orgsim.ensembles.run import Report
from orgsim.errors import InputError, nearest
from orgsim.explain.film import History
from orgsim.explain.node import Basis, DoesNotAddUp, Explanation, Luck, Node
from orgsim.explain.rows import entity_of, named, place_of, telling
from orgsim.explain.tree import Trees
from orgsim.scenarios import Scenario, load

__all__ = ["Basis", "DoesNotAddUp", "Explanation", "History", "Luck", "Node", "explain", "explain_in"]

DEEPEST = 24
"""Levels of a tree, at most; each may lead a month back."""


def explain(
    scenario: Scenario | str | Path,
    column: str,
    *,
    month: int | str,
    replication: int = 0,
    seed: int = 1,
    depth: int = 2,
    report: Report | None = None,
    **who: int | str | None,
) -> Explanation:
    """Why a column of one row is what it is in one month.

    `scenario` is a loaded scenario, a file or a shipped name; `column` a name such as 'cash', or 'sector.public_trust'
    where several entities have one; `month` a number from 0 or a date 'YYYY-MM'; `depth` how many levels of rules are
    opened, which may lead months back. `who` names the row, by entity: `staff=` or `organization=` an id as in the
    panel's column `id`, `funder=` a number from 1, `kind=` a name. Left out, a telling row is chosen. The value is the
    one the panel shows: at the month's end, or the last that was known of a row that ends in the month.

    Raises InputError for what there is not, and DoesNotAddUp if a rule now gives anything else than the run stored.
    """
    chosen = load(scenario) if isinstance(scenario, (str, Path)) else scenario
    _check(depth, {name: identity for name, identity in who.items() if identity is not None})
    when = month_of(month, chosen)
    return explain_in(History(chosen, seed, replication, report), column, month=when, depth=depth, **who)


def explain_in(history: History, column: str, *, month: int, depth: int = 2, **who: int | str | None) -> Explanation:
    """Like `explain`, for many questions to one replication: what has been computed is used again."""
    given = {name: identity for name, identity in who.items() if identity is not None}
    _check(depth, given)
    known = history.model.entities
    for entity in given:
        if entity not in known:
            raise InputError(f"there is no entity '{entity}'{nearest(entity, known)}; they are {', '.join(known)}")
    entity, name = entity_of(history, column, next(iter(given), None))
    if given:
        sight, why = named(history, entity, given[entity], month), ""
    else:
        sight, why = telling(history, entity, name, month)
    scenario = history.scenario
    return Explanation(
        scenario.name,
        history.seed,
        history.replication,
        month,
        date_of(month, scenario.start),
        scenario.start,
        depth,
        why,
        Trees(history).tree(place_of(sight, entity, name, month), depth),
    )


def month_of(month: int | str, scenario: Scenario) -> int:
    """The number of a month given as one or as a date; InputError with the legal range."""
    text = str(month).strip()
    counted = re.fullmatch(r"-?\d{1,9}", text, re.ASCII)
    number = int(text) if counted else month_index(text, scenario.start)
    if not 0 <= number < scenario.months:
        last = scenario.months - 1
        raise InputError(
            f"month {text[:40]} is outside {scenario.name}, whose months run from 0 to {last} "
            f"({scenario.date(0)} to {scenario.date(last)})"
        )
    return number


def _check(depth: int, given: dict[str, int | str]) -> None:
    if not 0 <= depth <= DEEPEST:
        raise InputError(f"the depth is a whole number from 0 to {DEEPEST}, not {depth}")
    if len(given) > 1:
        raise InputError(f"one row is explained at a time; {' and '.join(given)} are {len(given)}")
