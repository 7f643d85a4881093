"""What a scenario says, once its files have been read and merged: frozen, dated, with the line that said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from orgsim.core.calendar import date_of
from orgsim.core.hashing import content_hash
from orgsim.core.parameters import Text
from orgsim.register import Register

ORGANIZATIONS: Mapping[str, int] = MappingProxyType(
    {"association": 195, "service": 173, "social_work": 97, "foundation": 5, "community": 1100}
)
"""Default number of organizations of each kind, in the order of `KINDS`: one urban district."""


@dataclass(frozen=True)
class Origin:
    """The place that set a value; `line` counts from 1, and 0 means that the whole file is meant."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Setting:
    """A value of one parameter, in the parameter's unit; `kind` is None unless the parameter differs by kind."""

    parameter: str
    kind: str | None
    value: float
    origin: Origin


@dataclass(frozen=True)
class Step:
    """A dated change of a lever: at month index `month` it jumps to `value` (`over` 0) or starts a linear ramp.

    A ramp of `over` months reaches `value` in its last month, `month + over − 1`.
    """

    parameter: str
    kind: str | None
    month: int
    value: float
    over: int
    origin: Origin


@dataclass(frozen=True)
class Population:
    """How many funders, and how many organizations of each kind, the first month has.

    Those of `register`, if there is one, are among `organizations`; the others are drawn.
    """

    funders: int = 18
    organizations: Mapping[str, int] = field(default_factory=lambda: ORGANIZATIONS)
    register: Register | None = None

    def content(self) -> dict[str, object]:
        """What decides results, ready to be hashed."""
        listed = {} if self.register is None else {"register": self.register.fingerprint}
        return {"funders": self.funders, "organizations": dict(self.organizations), **listed}


@dataclass(frozen=True)
class Scenario:
    """What is assumed: who is there, which levers stand where and when, which assumptions hold.

    The burn-in, months −burn_in … −1, runs with `today`, the levers of the root of the lineage, or of the file that
    names the register, which describes a district as it is, with those of its parents; from month 0
    `levers` hold, which are those of the whole lineage merged; `schedule` changes them at its dates, sorted by
    month. `assumptions` and `population` hold from the first month of the burn-in. Whatever is not named keeps
    its default. `lineage` and `files` run from the root to the scenario itself.
    """

    name: str
    file: str
    title: Text
    question: Text | None
    lineage: tuple[str, ...]
    start: str
    months: int = 120
    burn_in: int = 24
    population: Population = field(default_factory=Population)
    today: tuple[Setting, ...] = ()
    levers: tuple[Setting, ...] = ()
    schedule: tuple[Step, ...] = ()
    assumptions: tuple[Setting, ...] = ()
    files: tuple[str, ...] = ()

    def date(self, month: int) -> str:
        """The date 'YYYY-MM' of a month index."""
        return date_of(month, self.start)

    def fingerprint(self) -> str:
        """Content hash of what decides results: population, months, values and steps, never words or places.

        The calendar date of month 0 is left out: the model counts months. Two scenarios with the same
        fingerprint give the same results; one that spells out a default differs here, though its resolved
        table does not, so results are found again by `ParameterTable.fingerprint`.
        """
        return content_hash(
            {
                "months": self.months,
                "burn_in": self.burn_in,
                **self.population.content(),
                "today": _values(self.today),
                "levers": _values(self.levers),
                "assumptions": _values(self.assumptions),
                "schedule": sorted([s.parameter, s.kind or "", s.month, float(s.value), s.over] for s in self.schedule),
            }
        )


def _values(settings: tuple[Setting, ...]) -> dict[str, float]:
    return {label(s.parameter, s.kind): float(s.value) for s in settings}


def label(parameter: str, kind: str | None) -> str:
    """How one value is called where one word is needed: 'fees.price', or 'fees.price[service]' for one kind."""
    return parameter if kind is None else f"{parameter}[{kind}]"
