"""The bibliography: the publications that values rest on, and how orgsim itself is cited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import normalize

import orgsim
from orgsim.core.hashing import source_hash
from orgsim.scenarios import Scenario

OWN = "orgsim"
"""The cite key of what rests on nobody but this project."""
OWN_CHINESE = "本项目设定"
"""What rests on nobody but this project, in Chinese."""
READINGS = {"read": "查阅原文", "derived": "推算", "memory": "凭记忆", "assumed": "假定"}
"""How a number was come by, in Chinese."""
TITLE = "orgsim: an agent-based simulation of policy for social organizations and their staff"
AUTHOR = "orgsim contributors"

_ENTRY = re.compile(r"^@(\w+)\{([^,\s]+),\n(.*?)^\}$", re.M | re.S)
_FIELD = re.compile(r"^  (\w+) = \{(.*)\},?$", re.M)
_ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303"}
_ACCENT = re.compile(r"\\(['`\"^~])\{?([A-Za-z])\}?")
_PLACES = ("journal", "institution", "howpublished")


@dataclass(frozen=True)
class Entry:
    """One publication: its kind and fields as BibTeX names them, and its text as the file has it."""

    key: str
    kind: str
    fields: Mapping[str, str]
    text: str

    def __str__(self) -> str:
        """Author (year). Title. Place – as far as they are known."""
        named = self.fields.get("author", "")
        authors = [named] if named.startswith("{") else re.split(r"\s+and\s+", named)
        family = [_plain(name.partition(",")[0]) for name in authors]
        few = 3
        who = f"{family[0]} et al." if len(family) > few or "others" in family else ", ".join(family)
        year = f"({self.fields['year']})" if "year" in self.fields else ""
        where = next((_plain(self.fields[place]) for place in _PLACES if place in self.fields), "")
        title = _plain(self.fields.get("title", ""))
        head = " ".join(part for part in (who, year) if part)
        return ". ".join(part.rstrip(".") for part in (head, title, where) if part) + "."


def _plain(text: str) -> str:
    """Text without what only BibTeX needs: braces, accents spelt out, doubled dashes."""
    accented = _ACCENT.sub(lambda found: normalize("NFC", found[2] + _ACCENTS[found[1]]), text)
    return accented.replace("{", "").replace("}", "").replace("--", "–")


def references_file() -> Path:
    """Where the bibliography lies: inside an installed package, or in the docs of the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_docs" / "references.bib"
    return installed if installed.is_file() else package.parents[1] / "docs" / "references.bib"


@cache
def entries() -> Mapping[str, Entry]:
    """Every publication of the bibliography by its key."""
    return read_entries(references_file().read_text(encoding="utf-8"))


def read_entries(text: str) -> dict[str, Entry]:
    """The entries of a BibTeX file written as this project writes it: one field a line, in braces."""
    return {
        found[2]: Entry(found[2], found[1], dict(_FIELD.findall(found[3])), found[0]) for found in _ENTRY.finditer(text)
    }


def software_entry(version: str, note: str) -> str:
    """orgsim itself as a BibTeX entry; `note` says which run."""
    return "\n".join(
        (
            f"@software{{{OWN},",
            f"  author = {{{{{AUTHOR}}}}},",
            f"  title = {{{TITLE}}},",
            f"  version = {{{version}}},",
            f"  note = {{{note}}}",
            "}",
        )
    )


def run_words(scenarios: Sequence[Scenario], seed: int, language: str) -> str:
    """What a run is of, by name and content: its scenarios, seed and model."""
    if language == "zh":
        named = "、".join(f"{one.name}（{one.fingerprint()}）" for one in scenarios)
        return f"情景 {named}，随机种子 {seed}，模型 {source_hash()}"
    named = ", ".join(f"{one.name} ({one.fingerprint()})" for one in scenarios)
    word = "Scenario" if len(scenarios) == 1 else "Scenarios"
    return f"{word} {named}, seed {seed}, model {source_hash()}"


def citation(scenarios: Sequence[Scenario], seed: int, language: str) -> str:
    """How a run is cited."""
    version = f"版本 {orgsim.__version__}" if language == "zh" else f"Version {orgsim.__version__}"
    return f"{AUTHOR}. {TITLE}. {version}. {run_words(scenarios, seed, language)}."
