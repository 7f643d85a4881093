"""What the ODD page shows of the model itself: each part a piece of Markdown made from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from orgsim.analysis.targets import shipped_targets
from orgsim.core import elementary, numerics
from orgsim.core.declare import Phase
from orgsim.core.draws import MONTH_ZERO, descend, draw_key, one_uniform
from orgsim.core.parameters import KINDS
from orgsim.core.registry import Column, Draw, Model
from orgsim.report import sections
from orgsim.report.odd import code, observation
from orgsim.report.odd.submodels import PAGE, anchor, contents, exact, link
from orgsim.report.sections import one_line, table
from orgsim.scenarios import Scenario, load, resolve


def made(model: Model) -> dict[str, str]:
    """Every part that the texts may name."""
    baseline = load("baseline")
    numbers = dict(baseline.population.organizations)
    tables = {
        "nulls": _deeper(sections.nulls(model.space)),
        "outcomes": observation.outcomes(),
        "entities": _entities(model),
        "schedule": _schedule(model),
        "totals": _totals(model),
        "first": _first_values(model),
        "elementary": code.block(_shared(model, elementary)),
        "numerics": code.block(_shared(model, numerics)),
        "checks": _checks(),
        "draws": _draws(model),
        "ids": _ids(),
        "contents": [*contents(), "", *_deeper(sections.counts(model.space))],
        "baseline": [_baseline(baseline)],
    }
    words: Mapping[str, object] = {
        "funders": baseline.population.funders,
        "registered": sum(numbers.values()) - numbers["community"],
        "community": numbers["community"],
        "organizations": sum(numbers.values()),
        "numbers": ", ".join(f"{number} of `{kind}`" for kind, number in numbers.items()),
        "kinds": ", ".join(f"`{kind}`" for kind in KINDS),
        "phases": len(model.schedule),
        "parameters": len(model.space),
        "assumed": sum(p.source.reading == "assumed" for p in model.space.values()),
        "targets": len(shipped_targets()),
        "burn_in": f"−{baseline.burn_in}",
        "before": f"−{baseline.burn_in + 1}",
        "months": baseline.months,
        "last": baseline.months - 1,
        "month_zero": MONTH_ZERO,
    }
    return {name: "\n".join(lines).strip() for name, lines in tables.items()} | {k: str(v) for k, v in words.items()}


def _deeper(lines: list[str]) -> list[str]:
    """A part of the reference page one level further down."""
    return [f"#{line}" if line.startswith("#") else line for line in lines]


def _entities(model: Model) -> list[str]:
    places = code.writers(model)
    lines = []
    for entity in model.entities.values():
        fixed = f"{entity.rows} row{'s' if entity.rows > 1 else ''}. " if entity.rows else ""
        links = ", ".join(f"`{name}` (a row of `{target}`)" for name, target in entity.links.items())
        lines += [f"### Columns of {entity.name}", "", f"{fixed}{f'Links: {links}.' if links else ''}".strip(), ""]
        columns = model.columns[entity.name].values()
        header = ("column", "meaning", "unit", "kept as", "set", "mechanism")
        if columns:
            lines += table(header, (_column(model, column, places) for column in columns))
    return lines


def _column(model: Model, column: Column, places: Mapping[tuple[str, str], code.Place]) -> tuple[str, ...]:
    kept = column.dtype.__name__.rstrip("_")
    rule = model.rules.get((column.entity, column.name))
    said = one_line((rule.meaning if rule else column.meaning).split("   ")[0])
    if any(written == f"{column.entity}__{column.name}" for a in model.allocations.values() for written in a.writes):
        said = "shared out by an allocation"
    ways = []
    if any(rule.name == column.name for rule in model.initials[column.entity]):
        ways.append("first")
    if column.name in model.given.get(column.entity, ()):
        ways.append("given")
    if column.name in model.entities[column.entity].links:
        ways.append("link")
    if (column.entity, column.name) in places:
        ways.append(str(places[column.entity, column.name][0] + 1))
    return f"`{column.name}`", said, column.unit, kept, ", ".join(ways), column.owner


def _schedule(model: Model) -> list[str]:
    rows = [(str(number), phase.name, "<br>".join(_doings(model, phase))) for number, phase in _numbered(model)]
    return table(("", "phase", "what is done, in order"), rows)


def _numbered(model: Model) -> list[tuple[int, Phase]]:
    return list(enumerate(model.schedule, 1))


def _doings(model: Model, phase: Phase) -> list[str]:
    doings = [
        f"**{entity}**: {', '.join(_asked(model, entity, name) for name in names)}"
        for entity, names in phase.rules.items()
    ]
    for entity in dict.fromkeys(entity for entity, _ in phase.totals):
        names = ", ".join(f"`{name}`" for owner, name in phase.totals if owner == entity)
        doings.append(f"[totals](#totals) of **{entity}**: {names}")
    if phase.allocate:
        doings.append(f"allocation [`{phase.allocate}`]({PAGE}#{anchor(f'Allocation {phase.allocate}')})")
    if phase.birth:
        event = phase.birth
        doings.append(
            f"births: each {event.parent} has `{event.count}` new **{event.entity}** rows, linked by `{event.link}`, "
            f"with their [first values](#first-values-of-{event.entity})"
        )
    if phase.death:
        doings.append(f"deaths: **{phase.death.entity}** rows whose `{phase.death.when}` holds")
    return doings


def _asked(model: Model, entity: str, name: str) -> str:
    rule = model.rules[entity, name]
    if not rule.when:
        return link(rule)
    return f"{link(rule)} (when `{rule.when}`{', keep' if rule.keeps else ''})"


def _totals(model: Model) -> list[str]:
    rows = []
    for number, phase in _numbered(model):
        for key in phase.totals:
            total = model.totals[key]
            added = "1"
            if total.value is not None:
                kept = model.columns[total.of][total.value].dtype
                added = f"`{total.value}`{', on the grid' if kept is np.float64 else ''}"
            where = f"`{total.where}`" if total.where else ""
            rows.append((str(number), f"`{total.entity}.{total.name}`", total.of, f"`{total.via}`", added, where))
    return table(("phase", "total", "members", "by", "adds", "where"), rows)


def _first_values(model: Model) -> list[str]:
    lines = []
    for entity, rules in model.initials.items():
        if not rules:
            continue
        lines += [f"### First values of {entity}", ""]
        given = ", ".join(f"`{name}`" for name in model.given.get(entity, ()))
        blank = ", ".join(f"`{name}`" for name in model.left_blank(entity))
        lines += [f"Given: {given or 'none'}.", "", f"Still nought: {blank or 'none'}.", ""]
        lines += [f"{n}. {link(rule)} ({rule.mechanism})" for n, rule in enumerate(rules, 1)]
        lines.append("")
    return lines


def _shared(model: Model, module: ModuleType) -> list[Callable[..., Any]]:
    """Functions of `module` that rules, allocations or totals call, themselves or by others, in the module's order."""
    homes = (elementary.__name__, numerics.__name__)
    waiting: list[Any] = [thing.function for thing in model.written()]
    used = {elementary.on_grid.__name__: elementary.on_grid}
    while waiting:
        function = inspect.unwrap(waiting.pop())
        for name in function.__code__.co_names:
            called = function.__globals__.get(name)
            if getattr(called, "__module__", "") in homes and name not in used:
                used[name] = called
                waiting.append(called)
    return [used[name] for name in vars(module) if name in used and used[name].__module__ == module.__name__]


def _checks() -> list[str]:
    shown = [
        ("exp(-0.3)", elementary.exp(-0.3)),
        ("exp(2.5)", elementary.exp(2.5)),
        ("log(0.7)", elementary.log(0.7)),
        ("log(0.0)", elementary.log(0.0)),
        ("logistic(-1.5)", numerics.logistic(-1.5)),
        ("logit(0.25)", numerics.logit(0.25)),
        ("power(0.97, 0.0833)", numerics.power(0.97, 0.0833)),
        ("innovation(0.9)", numerics.innovation(0.9)),
        ("normal(0.6)", numerics.normal(0.6)),
        ("normal(0.02)", numerics.normal(0.02)),
        ("normal(1e-12)", numerics.normal(1e-12)),
        ("on_grid(1234.56789)", elementary.on_grid(1234.56789)),
        ("nearest(2.5)", elementary.nearest(2.5)),
    ]
    return table(("expression", "value"), ((f"`{what}`", repr(value)) for what, value in shown))


def _draws(model: Model) -> list[str]:
    """A few uniforms to check an implementation by: the first draw of each agent entity, and the last of an answer."""
    rows = []
    asked = (
        (1, 0, -25, "organization", 1 << 32 | 1, 0),
        (1, 7, 0, "staff", 0x0123456789ABCDEF, 0),
        (42, 3, 119, "funder", 18, 0),
        (1, 7, 0, "staff", 0x0123456789ABCDEF, max(draw.word for draw in model.draws.values())),
    )
    for seed, replication, month, entity, row, word in asked:
        rules = [*model.initials[entity], *(r for r in model.rules.values() if r.entity == entity)]
        name, draw = next(
            (f"{rule.path}.{argument}", reading)
            for rule in rules
            for argument, reading in model.reads(rule).items()
            if isinstance(reading, Draw) and reading.word == word
        )
        value = one_uniform(seed, replication, draw.key, month, row, word)
        place = (str(seed), str(replication), f"`{name}`", f"{draw.key:#010x}", str(word + 1), str(month), str(row))
        rows.append((*place, repr(value)))
    return table(("seed", "replication", "decision", "key", "word", "month", "id", "uniform"), rows)


def _ids() -> list[str]:
    rows = []
    for entity, parent, month, ordinal in (
        ("staff", 1 << 32 | 1, -25, 0),
        ("staff", 5 << 32 | 1100, 12, 2),
        ("organization", 5, 3, 1),
    ):
        key = draw_key(f"birth of {entity}")
        word = np.uint64
        born = int(descend(word(parent), word(month + MONTH_ZERO), word(ordinal), word(key)))
        rows.append((f"`birth of {entity}`", f"{key:#010x}", str(parent), str(month), str(ordinal), str(born)))
    return table(("name", "its key", "parent", "month", "ordinal", "id of the newborn"), rows)


def _baseline(scenario: Scenario) -> str:
    """Whether the baseline gives every parameter its listed value."""
    values = resolve(scenario)
    space = values.space
    differing = [
        name
        for name in space
        if any((values.values[:, space.place[name] + n] != value).any() for n, value in enumerate(space[name].values))
    ]
    if not differing:
        return "The shipped baseline gives every parameter the value listed under its mechanism, in every month."
    named = ", ".join(f"`{name}` ({exact(float(values.at(0)[space.place[name]]))})" for name in differing)
    return f"The shipped baseline gives every parameter the value listed under its mechanism but {named}."
