"""What the library of the command line finds wrong – no such option, no number – told in Chinese where that is asked.

It looks at words before any of them has been taken, so the language is looked for in the words themselves.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from orgsim.cli.shared import SPOKEN, Language
from orgsim.errors import InputError, in_chinese

USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]
"""What is raised for wrong usage, of which a bad parameter is one; typer does not name it itself."""


def asked(words: Sequence[str]) -> Language:
    """The language that the words of a command ask for, else the environment's, else English."""
    options = words[: words.index("--")] if "--" in words else words
    apart = [value for option, value in pairwise(options) if option == "--lang"]
    joined = [word.removeprefix("--lang=") for word in options if word.startswith("--lang=")]
    known = [word for word in (os.environ.get("ORGSIM_LANG", ""), *apart, *joined) if word in set(Language)]
    return Language(known[-1]) if known else Language.en


class Verbs(TyperGroup):
    """All verbs, those of studies among them; wrong usage is one sentence in Chinese, and the library's in English."""

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> Any:
        """Begin, once it is known which language is asked for."""
        SPOKEN.set(asked(args))
        try:
            return super().make_context(info_name, args, *more, **extra)
        except USAGE_ERROR as error:
            raise _told(error) from error

    def invoke(self, ctx: Any) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except USAGE_ERROR as error:
            raise _told(error) from error


def _told(error: Any) -> Exception:
    """The error in one sentence if Chinese is spoken and it is no page of help, else as it is."""
    problem: str = error.format_message().rstrip(".").replace("' / '", " / ")  # one name of an option beside the other
    if SPOKEN.get() is not Language.zh or "\n" in problem:
        return error  # type: ignore[no-any-return]
    help_page = f"（用法：{error.ctx.command_path} --help）" if error.ctx else ""
    return InputError(problem, zh=in_chinese(problem) + help_page)
