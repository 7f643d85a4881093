"""A policy as the page holds it: where each slider stands, what is planned, which assumptions differ. No Streamlit."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dashboard.levers import Lever, by_name, comparable, levers, named
from dashboard.limits import check_organizations
from dashboard.texts import say
from orgsim.core.parameters import KINDS, Text
from orgsim.errors import InputError
from orgsim.report.manifest import read_sources
from orgsim.scenarios import Origin, Scenario, Step, load_text
from orgsim.scenarios.write import Draft, Key, at_start, drafted, scenario_text

TODAY = "baseline"
FILE, TODAY_FILE = "my-policy.yaml", "today.yaml"
"""What the files are called that a person takes away."""
EXAMPLE = "balanced-package"
"""What a first visit shows."""
NULLS: Mapping[str, str] = {
    "party_building": "null-party-building",
    "participation": "null-participation",
    "crowd_out": "null-crowd-out",
    "inverted_u": "null-inverted-u",
    "rating": "null-rating-advantage",
}
"""Contested effects, and the shipped scenario that leaves each out."""
_HERE = Origin("", 0)


@dataclass(frozen=True)
class Policy:
    """A starting scenario and what differs from it.

    `positions` says where each slider stands, in the numbers shown; a lever not named stands where `parent` has it.
    `assumptions` are in the model's units and, with `nulls`, hold for today as well.
    """

    parent: str = EXAMPLE
    positions: Mapping[str, float] = field(default_factory=dict)
    title: str = ""
    steps: tuple[Step, ...] = ()
    assumptions: Mapping[Key, float] = field(default_factory=dict)
    nulls: tuple[str, ...] = ()

    @property
    def moved(self) -> dict[str, float]:
        """Levers whose slider stands elsewhere than the starting scenario, in the numbers shown."""
        there = standing(self.parent)
        return {name: shown for name, shown in self.positions.items() if shown != there[name]}

    @property
    def beliefs(self) -> dict[Key, float]:
        """Every assumption that is changed, those of the nulls included."""
        chosen: dict[Key, float] = {}
        for null in self.nulls:
            chosen |= {(s.parameter, s.kind): s.value for s in named(NULLS[null]).assumptions}
        return chosen | dict(self.assumptions)

    @property
    def called(self) -> Text:
        """Its title: the name given, or the starting scenario's, marked if something was changed."""
        if self.title:
            return Text(en=self.title, zh=self.title)
        parent = named(self.parent).title
        mine = self.parent == TODAY
        if not mine and not self.moved and not self.steps:
            return parent
        texts = {
            language: say("policy.mine", language) if mine else say("policy.changed", language, title=parent(language))
            for language in ("en", "zh")
        }
        return Text(**texts)

    def text(self) -> str:
        """Its scenario file: only what differs from the starting scenario."""
        draft = Draft(
            self.parent,
            self.called,
            {(name, None): by_name()[name].value(shown) for name, shown in self.moved.items()},
            self.steps,
            self.beliefs,
        )
        return scenario_text(draft, named(self.parent).start)

    def scenario(self, name: str = FILE) -> Scenario:
        """What is simulated; InputError where the link it came from asks for what cannot be."""
        return read_text(self.text(), name)

    def today(self) -> Scenario:
        """What it is compared with: today under the same assumptions."""
        return read_text(self.today_text(), TODAY_FILE) if self.beliefs else named(TODAY)

    def today_text(self) -> str:
        """The scenario file of today under other assumptions."""
        return scenario_text(Draft(TODAY, named(TODAY).title, {}, (), self.beliefs), named(TODAY).start)

    def sources(self) -> dict[str, bytes]:
        """The scenario files of a comparison with today, as `report.manifest.read_sources` gives them."""
        mine = {FILE: self.text().encode()}
        if self.beliefs:
            mine[TODAY_FILE] = self.today_text().encode()
        return read_sources([self.today(), self.scenario()]) | mine


@lru_cache(maxsize=256)
def read_text(text: str, name: str) -> Scenario:
    """The scenario of a text, read as the command line reads a file."""
    return load_text(text, name=name)


@lru_cache(maxsize=64)
def standing(name: str) -> Mapping[str, float]:
    """Where a shipped scenario has each lever in month 0, in the numbers shown."""
    values = at_start(named(name))
    return {lever.name: lever.shown(values[lever.name, None]) for lever in levers()}


def planned(name: str) -> tuple[Step, ...]:
    """The dated changes of a shipped scenario."""
    return named(name).schedule


def beyond(name: str) -> list[tuple[Lever, float]]:
    """Levers that a scenario has beyond the ends of their sliders, with the model's value."""
    values = at_start(named(name))
    return [(one, v) for one in levers() if abs(one.value(one.shown(v := values[one.name, None])) - v) > 1e-6 * abs(v)]


def opened(text: str, file: str) -> Policy:
    """The policy of a scenario file; InputError as `orgsim check` has it, or for what the page cannot show."""
    scenario = load_text(text, name=file)
    check_organizations(scenario)
    if scenario.population.register is not None:
        raise InputError("names a register, which this page cannot open; use orgsim compare", file=file)
    draft = drafted(scenario)
    if draft.parent not in comparable():
        raise InputError(f"extends '{draft.parent}'; this page knows {', '.join(comparable())}", file=file)
    parent = named(draft.parent)
    mine, theirs = ((s.start, s.months, s.burn_in, s.population) for s in (scenario, parent))
    if mine != theirs:
        names = ("start", "months", "burn_in", "population")
        changed = ", ".join(name for name, a, b in zip(names, mine, theirs, strict=True) if a != b)
        raise InputError(f"changes {changed}, which this page keeps as they are today; use orgsim compare", file=file)
    positions = {name: by_name()[name].shown(value) for (name, _), value in draft.levers.items()}
    title = scenario.title.zh if scenario.title.zh == scenario.title.en else ""
    return Policy(
        draft.parent,
        {**standing(draft.parent), **positions},
        title or scenario.title.zh,
        draft.steps,
        draft.assumptions,
    )


def packed(texts: list[str]) -> str:
    """Scenario texts short enough for an address."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(texts, ensure_ascii=False).encode(), 9)).decode()


def unpacked(text: str) -> list[str]:
    """The texts of `packed`; InputError for anything else."""
    try:
        raw = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text.encode()), 200_000)
        found = json.loads(raw)
    except (ValueError, zlib.error) as error:
        raise InputError(str(error)) from None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InputError("no list of scenarios")
    return found


def plan_text(steps: tuple[Step, ...]) -> str:
    """A plan as it stands in an address: lever@month=value~months, separated by semicolons."""
    return ";".join(f"{s.parameter}@{s.month}={s.value:.12g}~{s.over}" for s in steps)


def plan_of(text: str) -> tuple[Step, ...]:
    """The plan of `plan_text`; InputError for anything else."""
    steps = []
    for piece in filter(None, text.split(";")):
        try:
            name, rest = piece.split("@")
            month, rest = rest.split("=")
            value, over = rest.split("~")
            steps.append(Step(by_name()[name].name, None, int(month), float(value), int(over), _HERE))
        except (ValueError, KeyError):
            raise InputError(piece) from None
    return tuple(sorted(steps, key=lambda one: one.month))


def moved_text(moved: Mapping[str, float]) -> str:
    """Sliders as they stand in an address: lever=number shown, separated by semicolons."""
    return ";".join(f"{name}={shown:.12g}" for name, shown in moved.items())


def moved_of(text: str) -> dict[str, float]:
    """The sliders of `moved_text`; InputError for a lever there is not, or a number beyond its slider."""
    found = {}
    for piece in filter(None, text.split(";")):
        name, _, number = piece.partition("=")
        lever = by_name().get(name)
        try:
            shown = float(number)
        except ValueError:
            raise InputError(piece) from None
        if lever is None or not lever.low <= shown <= lever.high:
            raise InputError(piece)
        found[name] = shown
    return found


def beliefs_text(values: Mapping[Key, float]) -> str:
    """Assumptions as they stand in an address: name=value, or name[kind]=value, separated by semicolons."""
    return ";".join(f"{name}{f'[{kind}]' if kind else ''}={value:.12g}" for (name, kind), value in values.items())


def beliefs_of(text: str) -> dict[Key, float]:
    """The assumptions of `beliefs_text`; InputError for anything else."""
    found: dict[Key, float] = {}
    for piece in filter(None, text.split(";")):
        label, _, number = piece.partition("=")
        name, _, kind = label.rstrip("]").partition("[")
        try:
            found[name, kind or None] = float(number)
        except ValueError:
            raise InputError(piece) from None
        if kind and kind not in KINDS:
            raise InputError(piece)
    return found
