"""A register's file as rows of text: CSV in the usual encodings and delimiters, or the first sheet of an Excel file."""

from __future__ import annotations

import csv
import datetime
import io
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from orgsim.errors import InputError, MachineError

MOST_BYTES = 50_000_000
MOST_UNPACKED = 400_000_000
"""Bytes of an Excel file once it is unpacked: a small file may be made to hold far more than a register is."""
MOST_ROWS = 200_000
SEARCHED = 20
"""Rows in which the headings are looked for; titles may stand above them."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "，": "full-width comma"}
Row = tuple[int, tuple[str, ...]]
"""A row's number in the file, counted from 1, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """Rows that hold anything, in order; `form` tells how the file was read ('UTF-8, comma', 'Excel, sheet 名册')."""

    file: str
    form: str
    digest: str
    rows: tuple[Row, ...]
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Row number and column of formulas whose result the file does not hold."""
    merged: tuple[tuple[int, int, str], ...] = ()
    """First and last row and name of each block of merged cells."""


Score = Callable[[Sequence[str]], int]
"""How many known headings a row holds."""


def read_sheet(data: bytes, file: str, score: Score) -> Sheet:
    """The rows of a file's content; InputError in one sentence if it is empty, or is neither text nor Excel."""
    if not data.strip():
        raise InputError("the register is empty", file=file)
    digest = blake2b(data, digest_size=16).hexdigest()
    if data.startswith(b"PK\x03\x04"):
        return _excel(data, file, digest)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError("is an Excel file of the old kind (.xls); save it as .xlsx or as CSV", file=file)
    text, encoding = _decoded(data, file)
    name, rows = _table(text, file, score)
    return Sheet(file, f"{encoding}, {name}", digest, rows)


def letter(column: int) -> str:
    """A column's name in Excel: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def content_of(path: Path) -> bytes:
    """A register's bytes; InputError if the file cannot be read, or is too long for a register."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("is a directory, not a register", file=path)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("is not an ordinary file", file=path)
        if status.st_size > MOST_BYTES:
            raise InputError(f"is {status.st_size / 1e6:.0f} MB long; 50 MB is the most that is read", file=path)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("does not exist", file=path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot be read: {reason}", file=path) from None


def _decoded(data: bytes, file: str) -> tuple[str, str]:
    """Text and the name of its encoding: what Excel in Chinese writes, in the order in which a mistake shows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        names = ["utf-16"]
    elif b"\0" in data:
        raise InputError("is neither text nor an Excel file; save the register as CSV or .xlsx", file=file)
    else:
        names = ["utf-8-sig", "gb18030"]
    for name in names:
        try:
            return data.decode(name), {"utf-8-sig": "UTF-8"}.get(name, name.upper())
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
    raise InputError("is neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or .xlsx", file=file, line=line)


def _table(text: str, file: str, score: Score) -> tuple[str, tuple[Row, ...]]:
    """The delimiter under which most headings are known, by name, and the rows it gives."""
    tables: dict[str, tuple[Row, ...]] = {}
    broken = 0  # the line at which the quotation marks stop making sense
    for delimiter, name in DELIMITERS.items():
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            tables[name] = tuple(_rows(reader, file))
        except csv.Error:
            broken = broken or max(1, reader.line_num)

    def known(name: str) -> int:
        return max((score(cells) for _, cells in tables[name][:SEARCHED]), default=0)

    best = max(tables, key=known, default="")
    if broken and (not best or known(best) == 0):
        raise InputError("a quotation mark is opened and not closed, or closed too early", file=file, line=broken)
    if not tables[best]:
        raise InputError("the register is empty", file=file)
    return best, tables[best]


def _rows(reader: Any, file: str) -> Iterator[Row]:
    for number, cells in enumerate(reader, start=1):  # as Excel counts: a cell may hold line breaks
        _check_length(number, file)
        if any(cell.strip() for cell in cells):
            yield number, tuple(cells)


def _check_length(rows: int, file: str) -> None:
    if rows > MOST_ROWS + SEARCHED:
        raise InputError(f"has more than {MOST_ROWS:,} rows, the most organizations a world can have", file=file)


def _excel(data: bytes, file: str, digest: str) -> Sheet:
    try:
        import openpyxl
    except ImportError:
        raise MachineError("Excel files are read with openpyxl, which is not installed: pip install openpyxl") from None
    try:
        with ZipFile(io.BytesIO(data)) as folder:
            unpacked = sum(part.file_size for part in folder.infolist())
        if unpacked > MOST_UNPACKED:
            raise InputError(f"unpacks to {unpacked / 1e6:.0f} MB, far more than a register holds", file=file)
        shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError):
        raise InputError("is a damaged Excel file, or no Excel file; save it again as .xlsx", file=file) from None
    sheets = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"] or shown.worksheets
    if not sheets:
        raise InputError("has no sheet with cells", file=file)
    sheet = sheets[0]
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            rows.append((number, tuple(_text(cell) for cell in cells)))
        _check_length(len(rows), file)
    formulas = frozenset(_formulas(written[sheet.title], sheet))
    if not rows and not formulas:
        raise InputError(f"the register is empty: sheet '{sheet.title}' has no cells", file=file)
    merged = tuple((block.min_row, block.max_row, block.coord) for block in sheet.merged_cells.ranges)
    return Sheet(file, f"Excel, sheet {sheet.title}", digest, tuple(rows), formulas, merged)


def _formulas(written: object, shown: object) -> Iterator[tuple[int, int]]:
    for row in written.iter_rows():  # type: ignore[attr-defined]
        for cell in row:
            if cell.data_type == "f" and shown.cell(cell.row, cell.column).value is None:  # type: ignore[attr-defined]
                yield cell.row, cell.column - 1


def _text(value: object) -> str:
    """A cell of Excel as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
