"""Registers saved by Excel: cells of every type, formulas, merged cells, damaged files."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from orgsim.errors import InputError
from orgsim.scenarios.registers import read_register

Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Write rows to the first sheet of an Excel file, change the sheet, and return the file's path."""

    def write(*rows: list[object], change: Callable[[Any], object] = id) -> Path:
        made = openpyxl.Workbook()
        sheet = made.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        change(sheet)
        made.save(tmp_path / "register.xlsx")
        return tmp_path / "register.xlsx"

    return write


HEAD = ["类型", "成立日期", "年收入（万元）", "工作人员数"]


def test_dates_and_numbers_of_excel_are_read(book: Book) -> None:
    known = read_register(book(HEAD, ["基金会", datetime.datetime(2015, 3, 1), 12.5, 4.0]), "2026-01").register.columns
    assert (known["age"][0], known["income"][0], known["staff"][0]) == (129.0, 125_000.0, 4.0)


def test_the_same_content_as_csv_has_the_same_fingerprint(book: Book, tmp_path: Path) -> None:
    csv = tmp_path / "register.csv"
    csv.write_text("类型,成立日期,年收入（万元）,工作人员数\n基金会,2015-03-01,12.5,4\n", encoding="utf-8")
    excel = book(HEAD, ["基金会", datetime.date(2015, 3, 1), 12.5, 4])
    assert read_register(excel, "2026-01").register.fingerprint == read_register(csv, "2026-01").register.fingerprint


def test_a_merged_title_above_the_headings_does_no_harm(book: Book) -> None:
    file = book(["示例区名册"], HEAD, ["基金会", "2015", 1, 2], change=lambda sheet: sheet.merge_cells("A1:D1"))
    assert len(read_register(file, "2026-01").register) == 1


def test_merged_cells_among_the_rows_stop_with_their_place(book: Book) -> None:
    file = book(HEAD, ["基金会", "2015", 1, 2], [None, "2016", 1, 2], change=lambda sheet: sheet.merge_cells("A2:A3"))
    with pytest.raises(InputError, match="cells A2:A3 are merged; give every row its own values"):
        read_register(file, "2026-01")


def test_a_formula_without_a_saved_result_is_set_aside(book: Book) -> None:
    reading = read_register(book(HEAD, ["基金会", "2015", "=1+2", 2]), "2026-01")
    ((row, column, why),) = [(p.row, p.column, p.why.en) for p in reading.problems]
    assert (row, column) == (2, "C")
    assert why == "a formula whose result is not saved; open and save it in Excel"


def test_a_packed_file_that_is_not_excel_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    file.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(InputError, match="is a damaged Excel file, or no Excel file"):
        read_register(file, "2026-01")


def test_an_empty_sheet_is_refused(book: Book) -> None:
    with pytest.raises(InputError, match="the register is empty"):
        read_register(book(), "2026-01")
