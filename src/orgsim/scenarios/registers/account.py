"""The account of a register that is read: its columns, its organizations, and what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from orgsim.core.parameters import Text
from orgsim.register import Register
from orgsim.scenarios.registers.headings import Heading
from orgsim.scenarios.registers.sheet import letter


@dataclass(frozen=True)
class Problem:
    """Something that was not used as it stands; row and column as Excel names them; column None for a whole row."""

    row: int
    column: str | None
    heading: str
    why: Text
    refused: bool
    """Whether the whole row was left out; else only the cell was, and its value is drawn."""


@dataclass(frozen=True)
class Column:
    """A recognized column: what it was read as, how many of the kept rows say it, how many do not or cannot."""

    letter: str
    heading: str
    field: str
    unit: float
    given: int
    missing: int
    unusable: int


@dataclass(frozen=True)
class Reading:
    """A register and how it was read."""

    register: Register
    form: str
    rows: int
    columns: tuple[Column, ...]
    ignored: tuple[tuple[str, str, str], ...]
    """Letter, heading and the known heading it resembles (the end of a sentence, or nothing) of each unused column."""
    problems: tuple[Problem, ...]
    notes: tuple[Text, ...]
    offices: tuple[str, ...]
    """Street and town offices in the order of their funders' rows, from row 1 on."""
    sample: tuple[tuple[str, ...], ...] = ()
    """The row of headings and the first rows below it, as they are written."""

    @property
    def refused(self) -> int:
        """Number of rows left out."""
        return self.register.left_out[0]

    @property
    def unusable(self) -> int:
        """Number of cells that could not be used."""
        return self.register.left_out[1]


@dataclass
class Entry:
    """One organization while it is being read."""

    row: int
    kind: int
    known: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    told: set[int] = field(default_factory=set)
    """Columns whose cell could be read."""


@dataclass
class Account:
    """What is noted down while a file is read."""

    headings: Sequence[Heading]
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """Number of rows left out; each is complained of once."""
        return sum(problem.refused for problem in self.problems)

    def cell(self, row: int, heading: Heading, why: Text) -> None:
        self.problems.append(Problem(row, letter(heading.column), heading.text, why, refused=False))

    def whole(self, row: int, why: Text, heading: Heading | None = None) -> None:
        place = letter(heading.column) if heading else None
        self.problems.append(Problem(row, place, heading.text if heading else "", why, refused=True))

    def named(self, row: int, name: str, why: Text) -> None:
        """A complaint about what was read as `name`, wherever it stands; about nothing if it stands nowhere."""
        for heading in self.headings:
            if heading.field.name == name:
                self.cell(row, heading, why)
