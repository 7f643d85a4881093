"""A district of one's own: who is there, from a register or from counts, and what is spent on them. No Streamlit."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import PurePath

import numpy as np

from dashboard.levers import SUMS, Sums, by_name, levers, named
from dashboard.limits import MOST_BYTES, MOST_ORGANIZATIONS, checked
from orgsim.core.calendar import date_of
from orgsim.core.parameters import KINDS, Text
from orgsim.errors import InputError
from orgsim.register import KNOWN, Register
from orgsim.scenarios import ParameterTable, Scenario, Setting, Step, load_text, resolve
from orgsim.scenarios.load import default_space
from orgsim.scenarios.registers import Reading, read_content, usual_purchase
from orgsim.scenarios.resolve import place_of
from orgsim.scenarios.write import Draft, Key, at_start, scenario_text

TODAY = "baseline"
"""The shipped scenario that a policy is compared with."""
FILE, TODAY_FILE = "my-policy.yaml", "today.yaml"
"""What the files are called that a person takes away."""
ENDINGS = ("csv", "txt", "tsv", "xlsx")
ROUNDED = 10_000.0
"""CNY: sums are told in whole 万元."""
TITLE = Text(en="Our district today", zh="本区现状")
_REMEMBERED = 256
"""Scenarios that a district remembers."""


@dataclass(frozen=True)
class Upload:
    """A register that somebody gave: its name, its bytes, and how they were read for a scenario of this `start`."""

    name: str
    content: bytes = field(repr=False)
    reading: Reading = field(repr=False, compare=False)
    start: str


@dataclass(frozen=True)
class District:
    """Who is there in the first month, and today's sums of money for all of them together.

    What was read of it is remembered in the object itself, so that it ends with the visit it belongs to.
    """

    funders: int
    organizations: tuple[int, ...]
    """How many of each kind, in the order of `KINDS`."""
    sums: Sums
    upload: Upload | None = None
    _read: dict[tuple[str, ...], Scenario] = field(default_factory=dict, repr=False, compare=False)

    @property
    def total(self) -> int:
        """Number of organizations."""
        return sum(self.organizations)

    @property
    def start(self) -> str:
        """Month 0."""
        return named(TODAY).start if self.upload is None else self.upload.start

    def today_text(self, assumptions: Mapping[Key, float]) -> str:
        """The scenario file of this district as it is.

        Today's levers are those of a file that extends nothing, or that names a register, with those of its parents.
        """
        now, space = named(TODAY), default_space()
        sums: dict[Key, float] = {(name, None): value for name, value in self.sums}
        if self.upload is not None:
            name = json.dumps(self.upload.name, ensure_ascii=False)
            listed = (f"start: {self.start}", f"population: {{register: {name}}}")
            return scenario_text(Draft(TODAY, TITLE, sums, (), assumptions, listed), self.start)
        people = ", ".join(f"{kind}: {count}" for kind, count in zip(KINDS, self.organizations, strict=True))
        default = space.defaults()
        named_there = {k: v for k, v in at_start(now).items() if v != default[place_of(space, *k)]}
        frame = (
            f"start: {self.start}",
            f"months: {now.months}",
            f"burn_in: {now.burn_in}",
            f"population:\n  funders: {self.funders}\n  organizations: {{{people}}}",
        )
        return scenario_text(Draft("", TITLE, named_there | sums, (), assumptions, frame), self.start)

    def read(self, text: str, name: str, beside: Mapping[str, str]) -> Scenario:
        """The scenario of a text about this district, as the command line reads its file beside the others."""
        key = (text, name, *beside.values())
        if key not in self._read:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            register = {} if self.upload is None else {self.upload.name: self.upload.reading}
            self._read[key] = load_text(text, name=name, beside={**beside, **register})
        return self._read[key]

    def address(self) -> str:
        """What stands of it in an address; nothing for an upload, which no address can hold."""
        if self.upload is not None:
            return ""
        counts = {"funders": self.funders, **dict(zip(KINDS, self.organizations, strict=True))}
        return ";".join(f"{name}={value:.12g}" for name, value in (*counts.items(), *self.sums))


def typed(funders: int, organizations: Sequence[int], budget: float) -> District:
    """The district of counts that somebody typed, of which `budget` CNY a year are spent on services today."""
    return District(*checked(funders, organizations), sums_of(budget))


def uploaded(upload: Upload, budget: float) -> District:
    """The district of a register."""
    offices = len(upload.reading.offices)
    funders = 1 + offices if offices else named(TODAY).population.funders
    counts = tuple(upload.reading.register.counts().values())
    return District(*checked(funders, counts), sums_of(budget), upload)


def read_upload(name: str, content: bytes, start: str | None = None) -> Upload:
    """A register that somebody gave; InputError in a sentence if it cannot be used, or is larger than a page takes.

    It is read for a scenario that begins in `start`; by default when the baseline does or, if organizations were
    founded later, in the month after the last of them.
    """
    name = file_name(name)
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise InputError(f"is {len(content) / 1e6:.1f} MB long; {most} MB is the most this page takes", file=name)
    begin = start or named(TODAY).start
    reading = read_content(content, name, begin)
    if start is None and (later := _month_after_the_last(reading, content)) > begin:
        begin, reading = later, read_content(content, name, later)
    count = len(reading.register)
    if count > MOST_ORGANIZATIONS:
        raise InputError(
            f"lists {count:,} organizations; {MOST_ORGANIZATIONS:,} is the most this page takes, use orgsim compare",
            file=name,
        )
    return Upload(name, content, reading, begin)


def _month_after_the_last(reading: Reading, content: bytes) -> str:
    """The month after the latest founding up to now, where some could not be read as they are after the start."""
    dates = {column.letter for column in reading.columns if column.field == "founded"}
    if not any(problem.column in dates for problem in reading.problems):
        return ""
    next_month = date_of(1, datetime.now(UTC).strftime("%Y-%m"))
    ages = read_content(content, reading.register.file, next_month).register.columns["age"]
    return "" if np.isnan(ages).all() else date_of(-int(np.nanmin(ages)), next_month)


def file_name(name: str) -> str:
    """A name of a register's file that every system and every scenario can hold."""
    plain = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    plain = re.sub(r'[<>:"|?*\x00-\x1f\x7f]', "_", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:80]}.{ending}" if dot and stem and ending.lower() in ENDINGS else "register.csv"


def proposed(organizations: Sequence[int], register: Register | None = None) -> float:
    """Yearly purchase of services of such a district, CNY, to begin from.

    What the register lists where it lists any, as `orgsim check` tells it; else the baseline's budget in proportion to
    what organizations of these kinds usually carry.
    """
    table = today_table()
    counts = dict(zip(KINDS, organizations, strict=True))
    if register is not None and not np.isnan(register.columns["purchase"]).all():
        return _rounded(usual_purchase(register, counts, table))
    here = usual_purchase(_nobody() if register is None else register, counts, table)
    there = usual_purchase(_nobody(), named(TODAY).population.organizations, table)
    return _rounded(_today("contracts.yearly_budget") * here / there)


@cache
def today_table() -> ParameterTable:
    """The values of today, as shipped."""
    return resolve(named(TODAY))


def sums_of(budget: float) -> Sums:
    """Today's sums of a district that spends `budget` CNY a year on services: the others in proportion."""
    scale = budget / _today("contracts.yearly_budget")
    return tuple((name, _rounded(_today(name) * scale)) for name in SUMS)


def district_of(address: str) -> District:
    """The district of `District.address`; InputError for anything else."""
    try:
        found = {name: float(value) for name, _, value in (part.partition("=") for part in address.split(";"))}
        numbers = [int(found[name]) for name in ("funders", *KINDS)]
        sums = tuple((name, found[name]) for name in SUMS)
    except (KeyError, ValueError, OverflowError):
        raise InputError(address[:80]) from None
    for name, value in sums:
        low, high = by_name()[name].parameter.range
        if not low <= value <= high:
            raise InputError(f"{name}={value:.12g}")
    return District(*checked(numbers[0], numbers[1:]), sums)


def policy_text(
    district: District, title: Text, values: Mapping[str, float], steps: Sequence[Step], assumptions: Sequence[Setting]
) -> str:
    """The file of a policy in a district: it extends the district's own file, so that it says all that differs.

    `values` are the levers in the model's units.
    """
    today = {lever.name: lever.value(lever.today) for lever in levers(district.sums)}
    draft = Draft(
        PurePath(TODAY_FILE).stem,
        title,
        {(name, None): value for name, value in values.items() if value != today[name]},
        tuple(steps),
        {(one.parameter, one.kind): one.value for one in assumptions},
    )
    return scenario_text(draft, district.start)


def _today(name: str) -> float:
    return by_name()[name].value(by_name()[name].today)


def _rounded(value: float) -> float:
    return max(ROUNDED, round(value / ROUNDED) * ROUNDED)


def _nobody() -> Register:
    """A register that lists nobody: all organizations are drawn."""
    return Register(np.zeros(0, np.int64), np.zeros(0, np.uint64), {name: np.zeros(0) for name in KNOWN})
