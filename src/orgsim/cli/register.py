"""`orgsim register`: how is a bureau's list of its organizations read, and what of it is drawn or refused?"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_table, print_text
from orgsim.errors import InputError, MachineError
from orgsim.register import KNOWN
from orgsim.scenarios.registers import KIND_WORDS, Reading, drawn, read_register, template, title_of

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
    known, refused = len(reading.register), reading.refused
    counts = reading.register.counts().items()
    kinds = ", ".join(f"{lang.say(kind, KIND_WORDS[kind][0])} {number}" for kind, number in counts)
    print_text(
        lang.say(
            f"{reading.register.file} ({reading.form}): {reading.rows} rows, {known} organizations used, "
            f"{refused} rows refused\n{kinds}",
            f"{reading.register.file}（{reading.form}）：共 {reading.rows} 行，采用 {known} 个组织，"
            f"拒收 {refused} 行\n{kinds}",
        )
    )
    print_text("")
    print_table(*_columns(reading, lang))
    for line in _rest(reading, lang):
        print_text(line)
    if reading.problems:
        print_text("\n" + lang.say("Not used as they stand:", "未按原样采用："))
        print_table(*_problems(reading, lang))
        more = len(reading.problems) - SHOWN
        if more > 0:
            print_text(lang.say(f"and {more} more; --json lists all", f"另有 {more} 条，用 --json 查看全部"))


def _columns(reading: Reading, lang: Language) -> tuple[list[str], list[list[str]]]:
    headers = [
        lang.say("column", "列"),
        lang.say("heading", "表头"),
        lang.say("read as", "识别为"),
        lang.say("given", "已填"),
        lang.say("missing, drawn", "缺失（抽取）"),
        lang.say("unusable, drawn", "不可用（抽取）"),
    ]
    rows = [
        [
            column.letter,
            column.heading,
            title_of(column.field)(lang) + (f" × {column.unit:,.0f}" if column.unit != 1.0 else ""),
            str(column.given),
            str(column.missing),
            str(column.unusable),
        ]
        for column in reading.columns
    ]
    return headers, rows


def _rest(reading: Reading, lang: Language) -> Iterator[str]:
    """What no column tells, which columns were not used, and what is worth a second look."""
    unknown = drawn(reading)
    wholly = [name for name, count in unknown.items() if count == len(reading.register)]
    if unknown["full_time"] + unknown["part_time"] < 2 * len(reading.register) and "staff" in wholly:
        wholly.remove("staff")  # its parts are known
    if wholly:
        listed = ", ".join(_column_title(name, lang) for name in wholly)
        yield lang.say(f"\nDrawn for all: {listed}", f"\n全部抽取：{listed}")
    for letter, heading, near in reading.ignored:
        yield lang.say(f"Ignored: column {letter} '{heading}'{near}", f"未使用：{letter} 列“{heading}”{_near(near)}")
    for note in reading.notes:
        yield lang.say(f"Note: {note.en}", f"提示：{note.zh}")


def _near(hint: str) -> str:
    word = hint.partition("'")[2].partition("'")[0]
    return f"，是否应为“{word}”？" if word else ""


def _column_title(name: str, lang: Language) -> str:
    return title_of("founded" if name == "age" else name)(lang)


def _problems(reading: Reading, lang: Language) -> tuple[list[str], list[list[str]]]:
    headers = [
        lang.say("row", "行"),
        lang.say("column", "列"),
        lang.say("what", "问题"),
        lang.say("so", "处理"),
    ]
    row_out, cell_out = lang.say("row refused", "拒收该行"), lang.say("set aside", "不采用该值")
    rows = [
        [
            str(problem.row),
            f"{problem.column} {problem.heading}" if problem.column else "",
            problem.why(lang),
            row_out if problem.refused else cell_out,
        ]
        for problem in reading.problems[:SHOWN]
    ]
    return headers, rows


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
