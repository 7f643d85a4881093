"""Targets: the patterns of the evidence that the model is held against, read from a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Literal, cast

from orgsim.analysis.bands import Band, read_bands
from orgsim.errors import InputError, nearest

SHIPPED = Path(__file__).parent / "targets.csv"
COLUMNS = ("id", "use", "fact", "target", "band", "basis", "evidence")
Use = Literal["calibrate", "check"]


@dataclass(frozen=True)
class Target:
    """One row: a fact, the value the evidence gives, and the band in which the model may lie.

    `use` says whether the model is fitted to it (calibrate) or only held against it (check); `bands` are the bands of
    its quantities in order, `remarks` what its band says in words; `basis` and `evidence` tell what it rests on.
    """

    id: str
    use: Use
    fact: str
    target: str
    band: str
    basis: str
    evidence: str
    bands: tuple[Band, ...]
    remarks: tuple[str, ...] = ()
    line: int = 0


@cache
def shipped_targets() -> tuple[Target, ...]:
    """The targets that come with orgsim."""
    return read_targets(SHIPPED)


def read_targets(file: Path) -> tuple[Target, ...]:
    """The targets of a CSV file in UTF-8, with or without a byte order mark, in the order of its rows.

    Raises InputError with file and line for a file that cannot be read, lacks a column or has a malformed row.
    """
    rows = _rows(_text(file), file)
    line, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        hint = nearest(missing[0], [name for name in names if name not in COLUMNS])
        needed = ", ".join(COLUMNS)
        raise InputError(f"has no column '{missing[0]}'{hint}; the columns are {needed}", file=file, line=line)
    targets: list[Target] = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            raise InputError(
                f"has {len(cells)} cells, its header {len(names)}; put quotes around commas", file=file, line=line
            )
        target = _target(dict(zip(names, (cell.strip() for cell in cells), strict=True)), file, line)
        twin = next((other for other in targets if other.id == target.id), None)
        if twin:
            raise InputError(
                f"'{target.id}' stands in line {twin.line} too; give each row its own id", file=file, line=line
            )
        targets.append(target)
    if not targets:
        raise InputError("holds no target", file=file)
    return tuple(targets)


def _text(file: Path) -> str:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=file) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError("is not written in UTF-8; save it as CSV UTF-8", file=file, line=line) from error
    if "\0" in text:
        raise InputError(
            "is no text; save the table as CSV UTF-8", file=file, line=text[: text.index("\0")].count("\n") + 1
        )
    return text


def _rows(text: str, file: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins in."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(f"is not CSV: {error}", file=file, line=line) from error
        yield line, cells


def _target(row: dict[str, str], file: Path, line: int) -> Target:
    for name in ("id", "fact", "band"):
        if not row[name]:
            raise InputError(f"the cell '{name}' is empty", file=file, line=line)
    use = row["use"].lower()
    if use not in ("calibrate", "check"):
        raise InputError(
            f"use is calibrate or check, not '{row['use']}'{nearest(use, ('calibrate', 'check'))}", file=file, line=line
        )
    try:
        bands, remarks = read_bands(row["band"], row["target"])
    except InputError as error:
        raise InputError(f"band of {row['id']}: {error.problem}", file=file, line=line) from None
    cells = {name: row[name] for name in COLUMNS if name != "use"}
    return Target(use=cast(Use, use), bands=bands, remarks=remarks, line=line, **cells)
