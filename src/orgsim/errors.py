"""Everything orgsim raises on purpose.

OrgsimError            shown as one sentence, never as a traceback
├── InputError         what a person gave is wrong: exit code 2
└── MachineError       the machine failed them: exit code 1
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class OrgsimError(Exception):
    """A failure whose message is written for the person who meets it."""

    exit_code = 1

    def sentence(self, language: str) -> str:
        """The message in a language."""
        return str(self)


class InputError(OrgsimError):
    """Something a person wrote is wrong; the message says where, what, and what would be right."""

    exit_code = 2

    def __init__(self, message: str, *, file: Path | str | None = None, line: int | None = None) -> None:
        self.file = None if file is None else Path(file)
        self.line = line
        self.problem = message
        place = "" if file is None else f"{file}:{line}: " if line is not None else f"{file}: "
        super().__init__(f"{place}{message}")


class MachineError(OrgsimError):
    """The disk is full, a folder cannot be written: not the person's mistake."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Say ` – did you mean 'x'?` if a known name is close, else nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" – did you mean '{close[0]}'?" if close else ""
