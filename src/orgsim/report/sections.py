"""The parts of the model's reference page, each a function from the model to lines of Markdown."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from orgsim.core.declare import Phase
from orgsim.core.parameters import Parameter, ParameterSpace
from orgsim.core.registry import Column, Draw, Linked, Model, Month, Own, Reading
from orgsim.core.rule import Rule
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.scenarios.values import number_text, value_text

ROLES = ("lever", "uncertainty", "fixed")
GRADES = ("A", "B", "C")
READINGS = ("read", "derived", "memory", "assumed")
Citation = Callable[[str], str]
"""Gives a cite key's Markdown, with a link to its entry."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; a bar inside a cell is spelt so that it ends nothing."""
    lines = [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def one_line(text: str) -> str:
    """Text with its line breaks and runs of spaces made single spaces."""
    return " ".join(text.split())


def docstring_parts(function: object) -> tuple[str, list[str]]:
    """What a docstring says first, and the paragraphs after it: formula, source, what surprises.

    A formula may stand in the first paragraph too, set off by three spaces.
    """
    first, *rest = (inspect.getdoc(function) or "").split("\n\n")
    meaning, *formula = re.split(r" {3,}", first, maxsplit=1)
    return one_line(meaning), [*(one_line(f) for f in formula), *rest]


def entities(model: Model) -> list[str]:
    """Every entity with its links and columns."""
    lines = ["## Entities and their columns", ""]
    for entity in model.entities.values():
        lines += [f"### {entity.name}", ""]
        if entity.rows:
            lines += [f"{entity.rows} row{'s' if entity.rows > 1 else ''} in every replication.", ""]
        if entity.links:
            links = (f"`{link}` ({target})" if link != target else f"`{link}`" for link, target in entity.links.items())
            lines += [f"Linked to: {', '.join(links)}.", ""]
        columns = model.columns[entity.name].values()
        if columns:
            lines += table(("column", "kept as", "unit", "belongs to", "meaning"), map(_column, columns))
    return lines


def _column(column: Column) -> tuple[str, ...]:
    kept = getattr(column.dtype, "__name__", str(column.dtype)).rstrip("_")
    meaning = one_line(re.split(r" {3,}", column.meaning, maxsplit=1)[0])
    written = re.fullmatch(r"\w+?__\w+", column.meaning)
    return f"`{column.name}`", kept, column.unit, column.owner, "shared out by an allocation" if written else meaning


def month(model: Model) -> list[str]:
    """The phases in order, each with what it does."""
    lines = ["## The month", ""]
    lines += [
        "A row sees its own fresh values in the order listed, but of other rows only what no rule of the same phase "
        "writes. So the order of rows means nothing, and the two engines agree to the last bit.",
        "",
    ]
    rows = [(str(number), phase.name, "<br>".join(_doings(phase))) for number, phase in enumerate(model.schedule, 1)]
    return lines + table(("", "phase", "what happens"), rows)


def _doings(phase: Phase) -> list[str]:
    doings = [f"**{entity}**: {_names(names)}" for entity, names in phase.rules.items()]
    for entity in dict.fromkeys(entity for entity, _ in phase.totals):
        doings.append(f"totals of **{entity}**: {_names(name for owner, name in phase.totals if owner == entity)}")
    if phase.allocate:
        doings.append(f"allocation `{phase.allocate}`")
    if phase.birth:
        doings.append(
            f"births: each {phase.birth.parent} has `{phase.birth.count}` new **{phase.birth.entity}** rows, "
            f"linked by `{phase.birth.link}`"
        )
    if phase.death:
        doings.append(f"deaths: **{phase.death.entity}** rows whose `{phase.death.when}` holds")
    return doings


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def mechanism(model: Model, name: str, module: object, cite: Citation) -> list[str]:
    """One mechanism: its docstring, allocations, rules, first values, totals and parameters."""
    first, *rest = (inspect.getdoc(module) or "").split("\n\n")
    lines = [f"### {name}", "", one_line(first), "", *(line for part in rest for line in (one_line(part), ""))]
    lines += [f"[rules](../src/orgsim/mechanisms/{name}/rules.py)", ""]
    rules = [rule for rule in model.rules.values() if rule.mechanism == name]
    first_values = [r for some in model.initials.values() for r in some if r.mechanism == name]
    lines += _rules(model, "Rules", rules) + _rules(model, "First values", first_values)
    lines += _allocations(model, name)
    totals = [t for key, t in model.totals.items() if model.columns[key[0]][key[1]].owner == name]
    if totals:
        shown = [
            (f"`{t.entity}.{t.name}`", one_line(model.columns[t.entity][t.name].meaning), f"`{t.via}`", t.unit)
            for t in totals
        ]
        lines += ["#### Totals", "", *table(("total", "what is summed", "by", "unit"), shown)]
    parameters = [p for p in model.space.values() if p.mechanism == name]
    if parameters:
        lines += ["#### Parameters", ""]
        header = ("name", "meaning", "value", "range", "unit", "role", "grade", "source")
        lines += table(header, (_parameter(p, cite) for p in parameters))
    return lines


def _rules(model: Model, title: str, rules: Sequence[Rule]) -> list[str]:
    lines = [f"#### {title}", ""] if rules else []
    for rule in rules:
        meaning, more = docstring_parts(rule.function)
        unit = f" ({rule.unit})" if rule.unit else ""
        reads = ", ".join(f"`{shown}`" for shown in _reads(model, rule))
        said = [meaning, *(_plain(line) for part in more for line in part.splitlines()), f"reads {reads or 'nothing'}"]
        lines.append(f"- **`{rule.entity}.{rule.name}`**{unit} – {'<br>'.join(said)}")
    return [*lines, ""] if lines else []


def _plain(text: str) -> str:
    """A formula as Markdown that shows it as it stands."""
    return re.sub(r"([*<])", r"\\\1", text)


def _reads(model: Model, rule: Rule) -> list[str]:
    return [_reading(rule, argument, reading) for argument, reading in model.reads(rule).items()]


def _reading(rule: Rule, argument: str, reading: Reading) -> str:
    match reading:
        case Own(column):
            return column
        case Linked(link, entity, column):
            return f"{link or entity}.{column}"
        case Month():
            return "month"
        case Draw():
            return f"{argument} (luck)"
    prefix, _, rest = argument.partition("__")
    return f"{prefix}.{rest}" if rest else f"{rule.mechanism}.{argument}"


def _allocations(model: Model, name: str) -> list[str]:
    shared = [a for a in model.allocations.values() if a.mechanism == name]
    lines = ["#### Allocations", ""] if shared else []
    for allocation in shared:
        meaning, more = docstring_parts(allocation.function)
        reads = _names(argument.replace("__", ".") for argument in allocation.arguments)
        writes = _names(column.replace("__", ".") for column in allocation.writes)
        said = [" ".join([meaning, *map(one_line, more)]), f"reads {reads}", f"writes {writes}"]
        lines.append(f"- **`{allocation.path}`** – {'<br>'.join(said)}")
    return [*lines, ""] if lines else []


def _parameter(parameter: Parameter, cite: Citation) -> tuple[str, ...]:
    source = parameter.source
    values = parameter.values
    value = value_text(parameter, values[0])
    if isinstance(parameter.value, Mapping) and len(set(values)) > 1:
        value = "<br>".join(f"{kind} {value_text(parameter, v)}" for kind, v in parameter.value.items())
    low, high = (number_text(bound) for bound in parameter.range)
    said = f"**{parameter.title.en}** {parameter.title.zh}<br>{one_line(parameter.meaning.en)}"
    where = "<br>".join(part for part in (cite(source.cite), one_line(source.where), one_line(source.note)) if part)
    return (
        f"`{parameter.name.partition('.')[2]}`",
        said,
        value,
        ", ".join(parameter.choices) or f"{low} – {high}",
        parameter.unit,
        parameter.role,
        f"{source.grade}, {source.reading}",
        where,
    )


def counts(space: ParameterSpace) -> list[str]:
    """How many parameters of each role rest on what."""
    lines = ["## What the numbers rest on", ""]
    lines += [
        "Grade A is official or measured where it is used, B measured elsewhere or adapted, C weak or assumed. A "
        "number was *read* in a public copy, *derived* by arithmetic from such, recalled from *memory*, or *assumed*.",
        "",
    ]
    for title, kinds, of in (("grade", GRADES, _grade), ("reading", READINGS, _how)):
        found: Counter[tuple[str, str]] = Counter((p.role, of(p)) for p in space.values())
        rows = [(role, *_sums([found[role, kind] for kind in kinds])) for role in ROLES]
        rows.append(("all", *_sums([sum(found[role, kind] for role in ROLES) for kind in kinds])))
        lines += table((f"{title} by role", *kinds, "all"), rows)
    return lines


def _grade(parameter: Parameter) -> str:
    return parameter.source.grade


def _how(parameter: Parameter) -> str:
    return parameter.source.reading


def _sums(numbers: Sequence[int]) -> list[str]:
    return [str(number) for number in (*numbers, sum(numbers))]


def nulls(space: ParameterSpace) -> list[str]:
    """Contested effects, each with the value that switches it off."""
    found = [p for p in space.values() if p.no_effect is not None]
    lines = ["## Effects that may be nothing", ""]
    lines += ["Each of these is contested. At the value in the last column the effect is not there at all.", ""]
    rows = [
        (f"`{p.name}`", one_line(p.meaning.en), value_text(p, p.values[0]), value_text(p, p.no_effect))
        for p in found
        if p.no_effect is not None
    ]
    return lines + table(("parameter", "meaning", "value", "no effect at"), rows)


def outcomes() -> list[str]:
    """What is reported."""
    rows = [
        (
            f"`{o.name}`",
            f"{o.title.en} {o.title.zh}",
            o.unit,
            "everybody" if o.people else "registered",
            {1: "more", -1: "less", 0: "–"}[o.better],
        )
        for o in OUTCOMES
    ]
    return ["## Outcomes", "", *table(("outcome", "meaning", "unit", "counts", "better"), rows)]
