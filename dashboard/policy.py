"""A policy as the page holds it: where each slider stands, what is planned, which assumptions differ. No Streamlit."""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import PurePath

from dashboard.district import FILE, TODAY, TODAY_FILE, District, policy_text
from dashboard.levers import SUMS, Lever, Sums, by_name, levers, named
from dashboard.texts import say
from orgsim.core.parameters import KINDS, Text
from orgsim.errors import InputError
from orgsim.report.manifest import read_sources
from orgsim.scenarios import Origin, Scenario, Step, load_text
from orgsim.scenarios.write import Draft, Key, at_start, scenario_text

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
    `assumptions` are in the model's units and, with `nulls`, hold for today as well; so does `district`, without which
    the district is the baseline's.
    """

    parent: str = EXAMPLE
    positions: Mapping[str, float] = field(default_factory=dict)
    title: str = ""
    steps: tuple[Step, ...] = ()
    assumptions: Mapping[Key, float] = field(default_factory=dict)
    nulls: tuple[str, ...] = ()
    district: District | None = None

    @property
    def sums(self) -> Sums:
        """Today's money for the whole district, where it is not the baseline's."""
        return self.district.sums if self.district else ()

    @property
    def start(self) -> str:
        """Month 0."""
        return self.district.start if self.district else named(self.parent).start

    @property
    def moved(self) -> dict[str, float]:
        """Levers whose slider stands elsewhere than the starting scenario, in the numbers shown."""
        there = standing(self.parent, self.sums)
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

    @property
    def inherited(self) -> tuple[Step, ...]:
        """The dated changes of the starting scenario, money for the whole district in proportion."""
        found = by_name(self.sums)
        return tuple(
            replace(s, value=s.value * found[s.parameter].scale) if s.parameter in SUMS else s
            for s in named(self.parent).schedule
        )

    def within(self, district: District | None) -> Policy:
        """The same policy in another district, money for all of them in proportion."""
        sums = district.sums if district else ()
        before, after = by_name(self.sums), by_name(sums)
        there, here = standing(self.parent, self.sums), standing(self.parent, sums)

        def value(name: str, amount: float) -> float:
            return amount / before[name].scale * after[name].scale

        positions = {
            name: here[name]
            if shown == there[name]
            else after[name].shown(value(name, before[name].value(shown)))
            if name in SUMS
            else shown
            for name, shown in self.positions.items()
        }
        steps = tuple(replace(s, value=value(s.parameter, s.value)) if s.parameter in SUMS else s for s in self.steps)
        return replace(self, positions=positions, steps=steps, district=district)

    def text(self) -> str:
        """Its scenario file: only what differs from the starting scenario, or from today in a district of its own."""
        if self.district is not None:
            return self._district_text(self.district)
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
        if self.district is not None:
            return self.district.read(self.text(), name, {TODAY_FILE: self.today_text()})
        return read_text(self.text(), name)

    def today(self) -> Scenario:
        """What it is compared with: today under the same assumptions, in the same district."""
        if self.district is not None:
            return self.district.read(self.today_text(), TODAY_FILE, {})
        return read_text(self.today_text(), TODAY_FILE) if self.beliefs else named(TODAY)

    def today_text(self) -> str:
        """The scenario file of today under other assumptions, or in another district."""
        if self.district is not None:
            return self.district.today_text(self.beliefs)
        return scenario_text(Draft(TODAY, named(TODAY).title, {}, (), self.beliefs), named(TODAY).start)

    def files(self) -> dict[str, bytes]:
        """What nobody else has of a comparison with today: its own file, that of today, and the register."""
        mine = {FILE: self.text().encode()}
        if self.beliefs or self.district is not None:
            mine[TODAY_FILE] = self.today_text().encode()
        if self.district is not None and self.district.upload is not None:
            mine[self.district.upload.name] = self.district.upload.content
        return mine

    def download(self, name: str = FILE) -> tuple[str, bytes, str]:
        """What is taken away to go on with: file name, content, media type. In a district of its own that is a ZIP of
        the policy, the district's own file and its register."""
        if self.district is None:
            return name, self.text().encode(), "application/yaml"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
            for file, content in self.files().items():
                folder.writestr(name if file == FILE else file, content)
        return f"{PurePath(name).stem}.zip", out.getvalue(), "application/zip"

    def sources(self) -> dict[str, bytes]:
        """The scenario files of a comparison with today, as `report.manifest.read_sources` gives them."""
        return read_sources([self.today(), self.scenario()]) | self.files()

    def _district_text(self, district: District) -> str:
        there, moved = standing(self.parent, self.sums), self.moved
        own = {step.parameter for step in self.steps} | set(moved)
        return policy_text(
            district,
            self.called,
            {lever.name: lever.value({**there, **moved}[lever.name]) for lever in levers(self.sums)},
            [*(step for step in self.inherited if step.parameter not in own), *self.steps],
            [one for one in named(self.parent).assumptions if (one.parameter, one.kind) not in self.beliefs],
        )


@lru_cache(maxsize=256)
def read_text(text: str, name: str) -> Scenario:
    """The scenario of a text, read as the command line reads a file."""
    return load_text(text, name=name)


@lru_cache(maxsize=64)
def _values(name: str) -> Mapping[Key, float]:
    return at_start(named(name))


@lru_cache(maxsize=64)
def standing(name: str, sums: Sums = ()) -> Mapping[str, float]:
    """Where a shipped scenario has each lever in month 0, in the numbers shown; money in proportion to `sums`."""
    values = _values(name)
    return {lever.name: lever.shown(values[lever.name, None] * lever.scale) for lever in levers(sums)}


def beyond(name: str) -> list[tuple[Lever, float]]:
    """Levers that a scenario has beyond the ends of their sliders, with the model's value."""
    values = _values(name)
    return [(one, v) for one in levers() if abs(one.value(one.shown(v := values[one.name, None])) - v) > 1e-6 * abs(v)]


def packed(texts: list[str]) -> str:
    """Scenario texts short enough for an address."""
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(texts, ensure_ascii=False).encode(), 9)).decode()


def unpacked(text: str) -> list[str]:
    """The texts of `packed`; InputError for anything else."""
    try:
        raw = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text.encode()), 200_000)
        found = json.loads(raw)
    except (ValueError, zlib.error):
        raise InputError("no list of scenarios") from None
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
