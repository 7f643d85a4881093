"""The submodels' page: each mechanism's rules, first values, allocations, totals and parameters."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from types import ModuleType

from orgsim.core.parameters import KINDS, Parameter
from orgsim.core.registry import Model
from orgsim.core.rule import Rule
from orgsim.mechanisms import mechanisms
from orgsim.report.odd import code
from orgsim.report.sections import Citation, docstring_parts, one_line, table
from orgsim.scenarios.values import number_text

PAGE = "odd-submodels.md"


def anchor(title: str) -> str:
    """The anchor that a Markdown heading gets."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def link(rule: Rule) -> str:
    """A rule's name, linked to its section of the submodels' page."""
    return f"[`{rule.name}`]({PAGE}#{anchor(heading(rule))})"


def heading(rule: Rule) -> str:
    """Title of a rule's section."""
    return f"{'First value: ' if rule.kind == 'initial' else ''}{rule.entity}.{rule.name}"


def submodels(model: Model, cite: Citation) -> list[str]:
    """Every mechanism in a section of its own."""
    lines = []
    for part in mechanisms():
        lines += _mechanism(model, part.name, part.rules, cite)
    return lines


def contents() -> list[str]:
    """Links to the mechanisms' sections."""
    titles = {part.name: one_line((inspect.getdoc(part.rules) or "").split("\n\n", 1)[0]) for part in mechanisms()}
    return [f"- [{name}]({PAGE}#{anchor(name)}) – {said.partition(': ')[2] or said}" for name, said in titles.items()]


def _mechanism(model: Model, name: str, module: ModuleType, cite: Citation) -> list[str]:
    places = code.writers(model)
    said = (inspect.getdoc(module) or "").split("\n\n")
    lines = [f"## {name}", ""]
    for part in said:
        lines += ["```", part, "```", ""] if "\n  " in part or part.startswith(" ") else [one_line(part), ""]
    monthly = sorted((r for r in model.rules.values() if r.mechanism == name), key=lambda r: places[r.entity, r.name])
    first = [r for some in model.initials.values() for r in some if r.mechanism == name]
    parameters = [p for p in model.space.values() if p.mechanism == name]
    if parameters:
        lines += [f"### Parameters of {name}", "", *_parameters(parameters, cite)]
    totals = [t for t in model.totals.values() if model.columns[t.entity][t.name].owner == name]
    if totals:
        lines += [f"### Totals of {name}", ""]
        header = ("total", "unit", "sums over", "by", "what is added", "only where", "phase")
        lines += table(
            header,
            (
                (
                    f"`{t.entity}.{t.name}`",
                    t.unit,
                    t.of,
                    f"`{t.via}`",
                    f"`{t.value}`" if t.value else "1",
                    f"`{t.where}`" if t.where else "–",
                    str(places[t.entity, t.name][0] + 1),
                )
                for t in totals
            ),
        )
    shared = [a for a in model.allocations.values() if a.mechanism == name]
    if shared:
        lines += [f"### Allocations of {name}", ""]
    for allocation in shared:
        written = ", ".join(f"`{w}`" for w in allocation.writes)
        lines += [f"#### Allocation {allocation.path}", "", f"Writes {written}.", ""]
        lines += _block(code.whole(allocation.function))
    for title, rules in (("First values", first), ("Monthly rules", monthly)):
        if rules:
            lines += [f"### {title} of {name}", ""]
        for rule in rules:
            lines += _rule(model, rule, places)
    return lines


def _rule(model: Model, rule: Rule, places: Mapping[tuple[str, str], code.Place]) -> list[str]:
    meaning, more = docstring_parts(rule.function)
    column = model.columns[rule.entity][rule.name]
    head = [f"{column.dtype.__name__.rstrip('_')}{f', {column.unit}' if column.unit else ''}"]
    if rule.kind == "rule":
        phase, place = places[rule.entity, rule.name]
        head.append(f"phase {phase + 1} ({model.schedule[phase].name}), rule {place + 1} of {rule.entity}")
    if rule.when:
        head.append(f"asked where `{rule.when}` holds, else {'it keeps its value' if rule.keeps else '0'}")
    lines = [f"#### {heading(rule)}", "", f"*{'; '.join(head)}.* {_plain(meaning)}", ""]
    lines += [line for part in more for line in (_plain(one_line(part)), "")]
    lines += [f"- {origin}: {', '.join(names)}" for origin, names in code.sources(model, rule, places).items()]
    return [*lines, "", *_block(code.arithmetic(rule.function))]


def _plain(text: str) -> str:
    return re.sub(r"([*<])", r"\\\1", text)


def _block(text: str) -> list[str]:
    return ["```python", *text.splitlines(), "```", ""]


def _parameters(parameters: Iterable[Parameter], cite: Citation) -> list[str]:
    header = ("parameter", "meaning", "value", "unit", "range", "role", "grade", "source")
    return table(header, (_parameter(parameter, cite) for parameter in parameters))


def _parameter(parameter: Parameter, cite: Citation) -> tuple[str, ...]:
    values = [exact(value) for value in parameter.values]
    if parameter.by_kind:
        shown = "<br>".join(f"{kind} {value}" for kind, value in zip(KINDS, values, strict=True))
    else:
        shown = values[0]
    low, high = (exact(bound) for bound in parameter.range)
    span = ", ".join(f"{n} {choice}" for n, choice in enumerate(parameter.choices)) or f"{low} to {high}"
    return (
        f"`{parameter.name}`",
        one_line(parameter.meaning.en),
        shown,
        parameter.unit,
        span,
        parameter.role,
        f"{parameter.source.grade}, {parameter.source.reading}",
        cite(parameter.source.cite),
    )


def exact(value: float) -> str:
    """A number with all the digits that tell it from its neighbours."""
    short = number_text(value)
    return short if float(short) == value else repr(value)
