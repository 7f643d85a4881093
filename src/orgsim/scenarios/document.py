"""One scenario file, checked against the catalogue of parameters but not yet joined to the parent it extends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from orgsim.core.calendar import month_number
from orgsim.core.parameters import KINDS, Parameter, ParameterSpace, Role, Text
from orgsim.errors import InputError, nearest
from orgsim.scenarios.nodes import Node, Row, Table, Word, quoted
from orgsim.scenarios.scenario import Origin, Setting
from orgsim.scenarios.values import read_duration, read_values, read_whole

KEYS = (
    "extends",
    "title",
    "question",
    "start",
    "months",
    "burn_in",
    "population",
    "set",
    "schedule",
    "assumptions",
)
LONGEST, LONGEST_BURN_IN, MOST_FUNDERS, MOST_ORGANIZATIONS = 600, 240, 500, 200_000


@dataclass(frozen=True)
class Dated:
    """A change of a lever at a date of the calendar; `over` months of ramp, 0 for a jump."""

    parameter: str
    kind: str | None
    date: Word
    value: float
    over: int
    origin: Origin


@dataclass(frozen=True)
class Document:
    """What one file says itself; None or empty where it is silent and the parent speaks."""

    name: str
    file: str
    extends: Word | None
    title: Text
    question: Text | None
    start: Word | None
    months: int | None
    burn_in: int | None
    funders: int | None
    organizations: Mapping[str, int]
    register: Word | None
    """The register's file as written, beside this one; with the line, for complaints."""
    lines: Mapping[str, int]
    """Where the number of funders and of each kind stands."""
    settings: tuple[Setting, ...]
    dated: tuple[Dated, ...]
    assumptions: tuple[Setting, ...]


def read_document(table: Table, space: ParameterSpace) -> Document:
    """What a file says; InputError with file and line for the first thing in it that is wrong."""
    parts = keyed(table, KEYS, "a scenario")
    name = PurePath(table.file).stem
    title = words(parts["title"], "title") if "title" in parts else Text(en=name, zh=name)
    question = words(parts["question"], "question") if "question" in parts else None
    people = section(parts, "population")
    population = keyed(people, ("funders", "organizations", "register"), "population")
    organizations = keyed(section(population, "organizations"), KINDS, "organizations")
    return Document(
        name=name,
        file=table.file,
        extends=_parent(parts["extends"]) if "extends" in parts else None,
        title=title,
        question=question,
        start=_date(parts["start"], "start") if "start" in parts else None,
        months=read_duration(parts["months"], "months", 1, LONGEST) if "months" in parts else None,
        burn_in=read_duration(parts["burn_in"], "burn_in", 0, LONGEST_BURN_IN) if "burn_in" in parts else None,
        funders=read_whole(population["funders"], "funders", 1, MOST_FUNDERS) if "funders" in population else None,
        organizations={kind: read_whole(node, kind, 0, MOST_ORGANIZATIONS) for kind, node in organizations.items()},
        register=_register(population["register"]) if "register" in population else None,
        lines={key: node.line for key, node in (*population.items(), *organizations.items())},
        settings=_settings(section(parts, "set"), "set", space),
        dated=_schedule(section(parts, "schedule"), space),
        assumptions=_settings(section(parts, "assumptions"), "assumptions", space),
    )


def keyed(table: Table | None, known: Iterable[str], what: str) -> dict[str, Node]:
    """The entries of a mapping by key; a stranger among the keys is named with its nearest neighbour."""
    known = tuple(known)
    found: dict[str, Node] = {}
    for key, node in table.entries if table else ():
        if key.text not in known:
            hint = nearest(key.text, known) or f" (it has {', '.join(known)})"
            raise key.error(f"{what} has no key {quoted(key.text)}{hint}")
        found[key.text] = node
    return found


def section(parts: Mapping[str, Node], name: str) -> Table | None:
    """A part that must be a mapping; None if it is absent or has all its lines commented out."""
    node = parts.get(name)
    if node is None or (isinstance(node, Word) and node.empty):
        return None
    if not isinstance(node, Table):
        what = "a list" if isinstance(node, Row) else quoted(node.text) if isinstance(node, Word) else "this"
        raise node.error(f"{name} holds lines such as 'name: value', not {what}")
    return node


def _parent(node: Node) -> Word:
    if isinstance(node, Row):
        raise node.error("a scenario extends one parent only, not a list; write extends: baseline")
    if not isinstance(node, Word) or node.empty:
        raise node.error("extends takes the name of one parent scenario, such as extends: baseline")
    if any(mark in node.text for mark in ("/", "\\", ":")) or node.text.startswith("."):
        raise node.error(
            f"extends takes a name, of a file beside this one or shipped, not the path {quoted(node.text)}"
        )
    if "," in node.text:
        raise node.error(f"a scenario extends one parent only, not {quoted(node.text)}")
    return node


def words(node: Node, what: str) -> Text:
    """Words in both languages; plain text serves for both."""
    if isinstance(node, Word) and not node.empty:
        return Text(en=node.text.strip(), zh=node.text.strip())
    if not isinstance(node, Table):
        raise node.error(f"{what} takes words, or {{en: …, zh: …}}")
    parts = keyed(node, ("en", "zh"), what)
    said: dict[str, str] = {}
    for language in ("en", "zh"):
        word = parts.get(language)
        if not isinstance(word, Word) or word.empty:
            raise (word or node).error(f"{what} has no words under {language}; give both en and zh, or plain words")
        said[language] = word.text.strip()
    return Text(en=said["en"], zh=said["zh"])


def _register(node: Node) -> Word:
    if not isinstance(node, Word) or node.empty:
        raise node.error("register takes the file of a bureau's list, such as register: my-district.csv")
    return node


def _date(node: Node, what: str) -> Word:
    if not isinstance(node, Word) or node.empty:
        raise node.error(f"{what} takes a month such as 2027-01")
    try:
        month_number(node.text)
    except InputError as error:
        raise node.error(f"{what}: {error.problem}") from None
    return node


def _settings(table: Table | None, section: str, space: ParameterSpace) -> tuple[Setting, ...]:
    found = []
    for key, node in table.entries if table else ():
        parameter = _known(key, section, space)
        for kind, value, line in read_values(node, parameter):
            found.append(Setting(parameter.name, kind, value, Origin(key.file, line)))
    return tuple(found)


def _schedule(table: Table | None, space: ParameterSpace) -> tuple[Dated, ...]:
    found: list[Dated] = []
    for key, node in table.entries if table else ():
        parameter = _known(key, "schedule", space)
        if not isinstance(node, Table) or not node.entries:
            raise node.error(
                f"{key.text}: a schedule has dates, such as {{2027-01: VALUE}}; what holds all along goes under set"
            )
        free, before = 0, ""  # the first month not taken by an earlier change, and the date of that change
        for word, change in node.entries:
            date = _date(word, key.text)
            month = month_number(date.text)
            if before and date.text <= before:
                raise date.error(f"{key.text}: {date.text} comes after {before} here; dates must run forwards")
            if month < free:
                raise date.error(f"{key.text}: at {date.text} the ramp that begins at {before} is still running")
            value, over = _change(change, key.text)
            free, before = month + over, date.text
            for kind, number, _ in read_values(value, parameter):
                found.append(Dated(parameter.name, kind, date, number, over, Origin(date.file, date.line)))
    return tuple(found)


def _change(node: Node, lever: str) -> tuple[Node, int]:
    """The value a change leads to, and the months of its ramp (0 for a jump)."""
    if not isinstance(node, Table) or all(key.text in KINDS for key, _ in node.entries):
        return node, 0
    parts = keyed(node, ("to", "over"), f"a change of {lever}")
    if "to" not in parts:
        raise node.error(f"{lever}: a ramp says where it leads: {{to: VALUE, over: 12 months}}")
    over = read_duration(parts["over"], f"{lever}: over", 1, LONGEST) if "over" in parts else 0
    return parts["to"], over


_PLACE: Mapping[Role, str] = {"lever": "set or schedule", "uncertainty": "assumptions"}


def _known(key: Word, section: str, space: ParameterSpace) -> Parameter:
    """The parameter a line names; a stranger, or one that belongs elsewhere, is told so."""
    wanted: Role = "uncertainty" if section == "assumptions" else "lever"
    noun = "assumption" if section == "assumptions" else "lever"
    name = key.text
    if name not in space:
        ours = [other for other in space if space[other].role == wanted]
        raise key.error(f"there is no {noun} {quoted(name)}{meant(name, ours, space)}")
    parameter = space[name]
    if parameter.role == "fixed":
        what = "an assumption to vary" if section == "assumptions" else "a lever"
        raise key.error(f"'{name}' is fixed by definition, not {what}")
    if parameter.role != wanted:
        article = "a lever" if parameter.role == "lever" else "an assumption"
        raise key.error(f"'{name}' is {article}; it belongs under {_PLACE[parameter.role]}, not under {section}")
    return parameter


def meant(name: str, ours: Sequence[str], space: ParameterSpace) -> str:
    """What a misspelt name may mean among `ours`: the right ending, a member of its mechanism, or a neighbour."""
    endings = [other for other in ours if other.split(".", 1)[-1] == name]
    members = [other for other in ours if space[other].mechanism == name]
    if endings:
        return f" – did you mean '{endings[0]}'?"
    if members:
        return f"; names are written in full, such as '{members[0]}'"
    return nearest(name, ours) or nearest(name, space)
