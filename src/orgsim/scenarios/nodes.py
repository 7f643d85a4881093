"""What a file of a scenario holds once it is read: words, lists and mappings, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orgsim.errors import InputError

INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Control characters, half characters and marks that turn the direction of writing: what the eye cannot check."""


@dataclass(frozen=True)
class Node:
    """Something written in a file; `line` counts from 1."""

    file: str
    line: int

    def error(self, message: str) -> InputError:
        """A complaint about this place, to be raised."""
        return InputError(message, file=self.file, line=self.line)


@dataclass(frozen=True)
class Word(Node):
    """A scalar as it was written; `quoted` tells `"yes"` from a plain `yes`."""

    text: str
    quoted: bool

    @property
    def empty(self) -> bool:
        """Whether nothing, `~` or `null` stands where a value should."""
        return not self.text.strip() or (not self.quoted and self.text in ("~", "null", "Null", "NULL"))


@dataclass(frozen=True)
class Row(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Table(Node):
    """A mapping, in the order written; keys are words and occur once."""

    entries: tuple[tuple[Word, Node], ...]


def quoted(text: str) -> str:
    """The words of a person inside a sentence of ours: on one line, short, in quotation marks."""
    flat = " ".join(INVISIBLE.sub("?", text).split())
    return f"'{flat if len(flat) <= 60 else flat[:59] + '…'}'"
