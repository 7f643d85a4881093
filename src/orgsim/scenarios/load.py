"""From files to a `Scenario`: read the file, then its parents, root first, and let each child have its say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orgsim.core.calendar import date_of, month_index
from orgsim.core.parameters import ParameterSpace
from orgsim.errors import InputError
from orgsim.scenarios.document import Dated, Document, read_document
from orgsim.scenarios.find import find, find_parent
from orgsim.scenarios.nodes import Word, quoted
from orgsim.scenarios.peopling import NOTHING, Beside, population_of
from orgsim.scenarios.read import parse, read
from orgsim.scenarios.registers import Reading
from orgsim.scenarios.scenario import Scenario, Setting, Step

DEEPEST_LINEAGE = 20
MONTHS, BURN_IN = 120, 24
_Key = tuple[str, str | None]


def load(path_or_name: str | Path, space: ParameterSpace | None = None) -> Scenario:
    """The scenario in a file, or of a name such as `baseline`, with everything its parents say.

    `space` is the catalogue it is checked against, by default that of all mechanisms. Raises InputError with one
    sentence – file, line, what is wrong, what would be right – for the first mistake in the file or its parents.
    """
    space = default_space() if space is None else space
    path = find(path_or_name)
    return _with_parents(read_document(read(path), space), path, space)


def load_text(
    text: str, space: ParameterSpace | None = None, name: str = "scenario", beside: Beside = NOTHING
) -> Scenario:
    """Like `load`, for the words of a scenario that is in no file yet; its parent is a shipped one.

    Parents and registers may also be among what lies `beside` it, on no disk either: name → text of a scenario, or
    the reading of a register made for the scenario's start. Files of this machine are no register of such a text.
    """
    space = default_space() if space is None else space
    return _with_parents(_said(text, name, space, beside), None, space, beside)


def _said(text: str, name: str, space: ParameterSpace, beside: Beside) -> Document:
    """The document of a text; its register lies beside it or nowhere, so that no text can ask for a file."""
    document = read_document(parse(text, name), space)
    word = document.register
    if word is not None and not isinstance(beside.get(word.text.strip()), Reading):
        raise word.error(f"there is no register {quoted(word.text.strip())}; its name is looked for beside this file")
    return document


def default_space() -> ParameterSpace:
    """The catalogue of all mechanisms."""
    from orgsim import mechanisms  # read only where it is wanted: it takes a while, and imports nothing otherwise

    return mechanisms.space()


def _with_parents(document: Document, path: Path | None, space: ParameterSpace, beside: Beside = NOTHING) -> Scenario:
    lineage = [document]
    seen = [] if path is None else [path.resolve()]
    while (parent := lineage[-1].extends) is not None:
        file = f"{parent.text}.yaml"
        if path is None and isinstance(own := beside.get(file), str) and all(file != d.file for d in lineage):
            lineage.append(_said(own, file, space, beside))
            continue
        path = find_parent(parent, path)
        if path.resolve() in seen:
            first = seen.index(path.resolve())
            loop = " → ".join([one.stem for one in seen[first:]] + [path.stem])
            raise parent.error(f"these scenarios extend each other in a loop: {loop}")
        if len(lineage) == DEEPEST_LINEAGE:
            raise parent.error(f"more than {DEEPEST_LINEAGE} scenarios extend one another; shorten the lineage")
        seen.append(path.resolve())
        lineage.append(read_document(read(path), space))
    return _merged(lineage[::-1], beside)


def _merged(lineage: Sequence[Document], beside: Beside) -> Scenario:
    """One scenario from its files, root first: what a child says replaces what its parents said."""
    start: Word | None = None
    months, burn_in = MONTHS, BURN_IN
    levers: dict[_Key, Setting] = {}
    assumptions: dict[_Key, Setting] = {}
    schedule: list[Dated] = []
    today: tuple[Setting, ...] = ()
    for document in lineage:
        start = document.start or start
        if start is None:
            raise InputError("a scenario that extends nothing says when it starts: start: 2026-01", file=document.file)
        months = months if document.months is None else document.months
        burn_in = burn_in if document.burn_in is None else document.burn_in
        _check_horizon(document.dated, start.text, months)
        schedule = _rescheduled(schedule, document)
        levers |= {(s.parameter, s.kind): s for s in document.settings}
        assumptions |= {(s.parameter, s.kind): s for s in document.assumptions}
        if document is lineage[0] or document.register is not None:
            today = tuple(levers.values())
    assert start is not None, "the root has been checked"
    last = lineage[-1]
    return Scenario(
        name=last.name,
        file=last.file,
        title=last.title,
        question=last.question,
        lineage=tuple(d.name for d in lineage),
        start=start.text,
        months=months,
        burn_in=burn_in,
        population=population_of(lineage, start.text, beside),
        today=today,
        levers=tuple(levers.values()),
        schedule=_steps(schedule, start, months),
        assumptions=tuple(assumptions.values()),
        files=tuple(d.file for d in lineage),
    )


def _check_horizon(dated: Sequence[Dated], start: str, months: int) -> None:
    for change in dated:
        month = month_index(change.date.text, start)
        if month < 0:
            raise change.date.error(f"{change.parameter}: {change.date.text} is before the start, {start}")
        if month >= months:
            end = date_of(months - 1, start)
            raise change.date.error(f"{change.parameter}: {change.date.text} is after the last month, {end}")


def _rescheduled(inherited: Sequence[Dated], document: Document) -> list[Dated]:
    """The schedule once a child has spoken.

    A lever the child schedules loses all its parents' dates; one the child sets loses them for the kinds it sets,
    because who sets a lever means it to stay.
    """
    scheduled = {d.parameter for d in document.dated}
    settled = {(s.parameter, s.kind) for s in document.settings}
    kept = [d for d in inherited if d.parameter not in scheduled and (d.parameter, d.kind) not in settled]
    return kept + list(document.dated)


def _steps(schedule: Sequence[Dated], start: Word, months: int) -> tuple[Step, ...]:
    """Dates as months counted from the start; an inherited change after a child's shorter horizon never happens."""
    steps = []
    for change in schedule:
        month = month_index(change.date.text, start.text)
        if month < 0:
            raise start.error(
                f"start {start.text} is later than {change.date.text}, when {change.origin} changes "
                f"{change.parameter}; set or schedule that lever here"
            )
        if month < months:
            steps.append(Step(change.parameter, change.kind, month, change.value, change.over, change.origin))
    return tuple(sorted(steps, key=lambda s: s.month))
