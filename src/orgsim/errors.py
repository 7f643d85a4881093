"""Everything orgsim raises on purpose.

OrgsimError            shown as one sentence, never as a traceback
├── InputError         what a person gave is wrong: exit code 2
└── MachineError       the machine failed them: exit code 1

Sentences are raised in English. `errors.zh.json` has each again as a template with named fields, beside its Chinese,
and `sentence("zh")` finds the template that a sentence was made of. What fills a field is looked up in the same way, so
that a sentence may hold another; a person's own words, between quotation marks, stay as they are. What units are called
is in `units.zh.json`, for sentences and for tables.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNIT = "unit"
"""The field that holds a unit, whose single words such as "share" mean something else elsewhere."""
HINT = "hint"
"""The field that may be empty: what a sentence adds at its end to help, such as the nearest name."""
_HINTS = (" – ", " (", "; ")
"""How the templates of such hints begin."""
_FIELDS = {"low": r"\S+", "high": r"\S+", "entry": r"[\w.-]+", "inner": r"[\w.]*"}
"""Fields that hold one word; others hold anything."""
_IDEOGRAPH, _NARROW = re.compile("[\u4e00-\u9fff]"), re.compile(r"[\w'-]", re.ASCII)


class OrgsimError(Exception):
    """A failure whose message is written for the person who meets it."""

    exit_code = 1

    def sentence(self, language: str) -> str:
        """The message in a language: 'en', or 'zh', where it stays English if it is not in the table."""
        return in_chinese(str(self)) if language == "zh" else str(self)


class InputError(OrgsimError):
    """Something a person wrote is wrong; the message says where, what, and what would be right.

    `zh` is its Chinese where the words come from elsewhere in both languages; by default it is looked up.
    """

    exit_code = 2

    def __init__(
        self, message: str, *, file: Path | str | None = None, line: int | None = None, zh: str | None = None
    ) -> None:
        self.file = None if file is None else Path(file)
        self.line = line
        self.problem = message
        self._place = "" if file is None else f"{file}:{line}: " if line is not None else f"{file}: "
        self._chinese = zh
        super().__init__(f"{self._place}{message}")

    def sentence(self, language: str) -> str:
        """The message in a language, the place in front as in English, so that editors find it."""
        if language != "zh":
            return str(self)
        return self._place + (in_chinese(self.problem) if self._chinese is None else self._chinese)


class MachineError(OrgsimError):
    """The disk is full, a folder cannot be written: not the person's mistake."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Say ` – did you mean 'x'?` if a known name is close, else nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" – did you mean '{close[0]}'?" if close else ""


def in_chinese(english: str) -> str:
    """A sentence, or a part of one, in Chinese; as it is where no template fits."""
    for literals, pattern, template, own in _patterns():
        if all(words in english for words in literals) and (match := pattern.fullmatch(english)):
            parts = {name: _part(name, text or "", name in own) for name, text in match.groupdict().items()}
            return _filled(template, parts)
    tail = _tail().fullmatch(english)
    return in_chinese(tail["rest"]) + in_chinese(tail[HINT]) if tail else english


def unit_name(unit: str, language: str) -> str:
    """What a unit is called in a table, whose numbers are in the model's unit; as it is where none is known."""
    return _units().get(unit, unit) if language == "zh" else unit


def _part(name: str, text: str, own: bool) -> str:
    """What fills a field: words of a person, which stand between quotation marks, and numbers stay."""
    if name == UNIT and text in _units():
        return unit_name(text, "zh")
    own = own or (len(text) > 1 and text[0] == text[-1] == "'")
    return text if own or not re.search("[A-Za-z]", text) else in_chinese(text)


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """A Chinese template with its fields, spaces where Chinese meets Latin letters or numbers and nowhere else."""
    text = ""
    for words, name, _, _ in Formatter().parse(template):
        for piece in (words, parts[name] if name is not None else ""):
            text = _set(text, piece)
    return text


def _set(left: str, right: str) -> str:
    """Two pieces side by side."""
    if not left or not right.strip():
        return left + right
    before, after = left.rstrip()[-1:], right.lstrip()[:1]
    wide = [one > "\u2000" for one in (before, after)]
    if all(wide):
        return left.rstrip() + right.lstrip()
    meet = any(_IDEOGRAPH.match(one) for one in (before, after)) and any(_NARROW.match(one) for one in (before, after))
    spaced = left.endswith(" ") or right.startswith(" ")
    return left.rstrip() + (" " if meet or spaced else "") + right.lstrip()


@cache
def templates() -> Mapping[str, str]:
    """Every English template with its Chinese."""
    return _read("errors.zh.json")


@cache
def _units() -> Mapping[str, str]:
    return _read("units.zh.json")


def _read(file: str) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return found


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str], str, frozenset[str]], ...]:
    """Templates as their literal words, pattern, Chinese, and fields between quotation marks.

    Those that say most come first, so that a general one takes only what is left.
    """
    words = {one: tuple(literal for literal, *_ in Formatter().parse(one) if literal) for one in templates()}
    ranked = sorted(templates(), key=lambda one: -sum(map(len, words[one])))
    return tuple(
        (
            words[one],
            re.compile(_pattern(one), re.DOTALL),
            templates()[one],
            frozenset(re.findall(r"'\{(\w+)\}'", one)),
        )
        for one in ranked
    )


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?P<rest>.+?)(?P<{HINT}>{_any_hint()})", re.DOTALL)


@cache
def _any_hint() -> str:
    return "|".join(_pattern(english, named=False) for english in templates() if english.startswith(_HINTS))


def _pattern(english: str, *, named: bool = True) -> str:
    parts = []
    for words, name, _, _ in Formatter().parse(english):
        parts.append(re.escape(words))
        if name == HINT:
            parts.append(f"(?P<{HINT}>{_any_hint()})?")
        elif name is not None:
            inside = _FIELDS.get(name, ".*?")
            parts.append(f"(?P<{name}>{inside})" if named else inside)
    return "".join(parts)
