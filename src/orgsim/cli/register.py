"""`orgsim register`: how is a bureau's list of its organizations read, and what of it is drawn or refused?"""

from __future__ import annotations

import os
import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_table, print_text
from orgsim.errors import InputError, MachineError
from orgsim.register import KNOWN
from orgsim.scenarios.registers import Reading, drawn, read_register, telling, template

SHOWN = 200
"""Problems listed at most; --json gives all."""


def register(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A list of organizations: CSV or Excel (.xlsx).")
    ] = None,
    new: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.csv", help="Write an empty register to fill in.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", help="Month a scenario begins, such as 2026-01; by default the next one.")
    ] = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Read a bureau's list of organizations and say what was read, drawn and refused.

    A scenario uses it with population: {register: FILE}. Columns are recognized by their headings, in Chinese or
    English; what is missing is drawn to match the rest. The exit code is 2 if the file cannot be used.

    \b
    orgsim register --template my-district.csv
    orgsim register my-district.csv --lang zh
    """
    if (file is None) == (new is None):
        raise InputError("give a register to read, or --template FILE.csv to write an empty one")
    if new is not None:
        _write(new)
        print_text(lang.say(f"{new}: written; fill it in with Excel", f"{new}：已生成，请用 Excel 填写"))
        return
    assert file is not None, "one of the two is given"
    reading = read_register(file, start or _next_month())
    if as_json:
        print_json(_tree(reading))
    else:
        _tell(reading, lang)


def _next_month() -> str:
    today = datetime.now(UTC)
    year, month = divmod(12 * today.year + today.month, 12)
    return f"{year:04d}-{month + 1:02d}"


def _write(target: Path) -> None:
    """Write the template whole or not at all; nobody's filled-in register is overwritten."""
    if os.path.lexists(target):
        raise InputError("exists already; choose another name", file=target)
    draft = target.parent / f".{target.name[:60]}.{secrets.token_hex(4)}"
    try:
        draft.write_bytes(template())
        draft.rename(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise MachineError(f"{target} could not be written: {error.strerror or error}") from None


def _tell(reading: Reading, lang: Language) -> None:
    print_text(telling.head(reading, lang))
    print_text("")
    print_table(*telling.people(reading, lang))
    print_text("")
    print_table(*telling.columns(reading, lang))
    for line in telling.remarks(reading, lang):
        print_text(line)
    if reading.problems:
        print_text("\n" + lang.say("Not used as they stand:", "未按原样采用："))
        print_table(*telling.problems(reading, lang, SHOWN))
        more = len(reading.problems) - SHOWN
        if more > 0:
            print_text(lang.say(f"and {more} more; --json lists all", f"另有 {more} 条，用 --json 查看全部"))


def _tree(reading: Reading) -> dict[str, object]:
    return {
        "file": reading.register.file,
        "form": reading.form,
        "rows": reading.rows,
        "organizations": reading.register.counts(),
        "rows_refused": reading.refused,
        "cells_unusable": reading.unusable,
        "columns": [asdict(column) for column in reading.columns],
        "ignored": [{"letter": letter, "heading": heading} for letter, heading, _ in reading.ignored],
        "drawn": {name: drawn(reading)[name] for name in KNOWN},
        "problems": [asdict(problem) | {"why": problem.why.model_dump()} for problem in reading.problems],
        "notes": [note.model_dump() for note in reading.notes],
        "offices": list(reading.offices),
        "fingerprint": reading.register.fingerprint,
        "blake2b": reading.register.digest,
    }
