"""What the verbs share: the language of their words, the catalogue, and output that survives pipes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from orgsim.core.parameters import ParameterSpace
from orgsim.scenarios import Scenario
from orgsim.scenarios.load import default_space

PIPE_CLOSED = 141
"""Exit code of a program whose reader went away, as shells count it (128 + SIGPIPE)."""


class Language(StrEnum):
    """Language of tables and sentences."""

    en = "en"
    zh = "zh"

    def say(self, english: str, chinese: str) -> str:
        """The words in this language."""
        return chinese if self is Language.zh else english


SPOKEN: ContextVar[Language] = ContextVar("language", default=Language.en)
"""The language of the command that runs, in which what goes wrong is told too."""


def spoken(chosen: Language) -> Language:
    """Keep the language that was asked for before anything else is looked at."""
    SPOKEN.set(chosen)
    return chosen


LanguageOption = Annotated[
    Language,
    typer.Option(
        "--lang",
        envvar="ORGSIM_LANG",
        help="Language of tables and sentences: en or zh (中文).",
        callback=spoken,
        is_eager=True,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs instead of a table.")]

SCENARIO_HELP = (
    "A scenario file such as my.yaml, or the name of one in ./scenarios/ or shipped with orgsim, such as baseline."
)


def catalogue() -> ParameterSpace:
    """Every lever and assumption of the model."""
    return default_space()


def date_text(scenario: Scenario, month: int, language: Language) -> str:
    """The date of a month index; the burn-in is one word."""
    return language.say("burn-in", "预热期") if month < 0 else scenario.date(month)


def print_json(content: object) -> None:
    """Readable JSON, Chinese left as it is."""
    print_text(json.dumps(content, ensure_ascii=False, indent=2))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal; as wide as its content where the output goes to a file or another program."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else 10_000)
    with console.capture() as capture:
        console.print(table)
    lines = (line.rstrip() for line in capture.get().splitlines())
    print_text("\n".join(lines).strip("\n"))


def print_text(text: str) -> None:
    """Print, unless the reader has gone (`orgsim parameters | head`): then end quietly."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        end_of_pipe()


def end_of_pipe() -> NoReturn:
    """End as programs do whose reader has gone: no words, exit code 141."""
    # What is still buffered would fail once more when Python closes the stream, so it goes nowhere instead.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(PIPE_CLOSED)
