"""The page of validation lists every target, its numbers are those of the table beside it, and it is up to date."""

from __future__ import annotations

import re
from math import inf
from pathlib import Path

import pandas as pd
import pytest

from orgsim.analysis.bands import Band
from orgsim.analysis.targets import shipped_targets
from orgsim.errors import InputError
from orgsim.report.validation import page, read_remarks, read_table, records, verdicts
from orgsim.report.validation_chart import validation_chart
from orgsim.report.validation_texts import band_text, interval_text, value_text

DOCS = Path(__file__).resolve().parents[2] / "docs"
TARGETS = shipped_targets()


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return read_table(DOCS / "validation.csv")


@pytest.fixture(scope="module")
def text() -> str:
    return (DOCS / "validation.md").read_text(encoding="utf-8")


def test_the_page_is_made_from_the_table_beside_it(table: pd.DataFrame, text: str) -> None:
    assert page(table, TARGETS, read_remarks()) == text, "run make validate ARGS=--page"


def test_the_page_and_the_table_list_every_target(table: pd.DataFrame, text: str) -> None:
    shown = re.findall(r"^\| (\w+) \| (?:calibrate|check) \|", text, re.M)
    assert sorted(shown) == sorted(target.id for target in TARGETS)
    assert list(dict.fromkeys(table["id"])) == [target.id for target in TARGETS]


def test_the_bands_of_the_table_are_those_of_the_targets(table: pd.DataFrame) -> None:
    for target in TARGETS:
        rows = [row for row in records(table) if row["id"] == target.id]
        for band, row in zip(target.bands, rows, strict=False):
            assert (row["band_low"], row["band_high"]) == (pytest.approx(band.low), pytest.approx(band.high)), target.id


def test_a_verdict_says_whether_the_mean_lies_in_the_band(table: pd.DataFrame) -> None:
    for row in records(table):
        if row["verdict"] in ("inside", "outside"):
            inside = row["value"] in Band(row["band_low"], row["band_high"])
            assert inside == (row["verdict"] == "inside"), row["id"]


def test_every_row_that_is_outside_is_discussed(table: pd.DataFrame, text: str) -> None:
    discussion = re.split("## Outside|## How each", text)[1]
    outside = [row for row, verdict in verdicts(table).items() if verdict != "inside"]
    for row in outside:
        remark = re.search(rf"^- \*\*{row}, .*?\.\*\* (.+)$", discussion, re.M)
        assert remark, row
        assert len(remark[1]) > 20, row


def test_the_picture_draws_a_line_for_every_quantity_that_has_a_band(table: pd.DataFrame) -> None:
    told = table["verdict"].isin(["inside", "outside"]) & table["band_unit"].ne("holds")
    assert len(validation_chart(table).axes[0].get_yticklabels()) == int(told.sum())


@pytest.mark.parametrize(
    ("value", "low", "high", "place"),
    [(3, 2, 4, 0), (4, 2, 4, 1), (5, 2, 4, 2), (2, 2, inf, -1), (4, 2, inf, 1), (2, -inf, 2, 1), (0.1, -inf, 0, 2)],
)
def test_a_band_reaches_from_minus_one_to_one(value: float, low: float, high: float, place: float) -> None:
    assert Band(low, high).standardized(float(value)) == pytest.approx(place)


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (0.0312, "%", "3.12 %", "3.12 %"),
        (-0.05, "points", "−5 points", "−5 个百分点"),
        (13.24, "months", "13.2 months", "13.2 个月"),
        (0.00012, "", "0", "0"),
        (1.0, "holds", "yes", "成立"),
        (0.0, "holds", "no", "不成立"),
        (float("nan"), "%", "", ""),
    ],
)
def test_a_value_is_written_in_the_unit_of_its_band(value: float, unit: str, english: str, chinese: str) -> None:
    band = Band(0, 1, unit)
    assert (value_text(value, band), value_text(value, band, "zh")) == (english, chinese)


def test_bands_are_written_as_they_are_meant() -> None:
    assert band_text(Band(0.02, 0.06, "%")) == "2 to 6 %"
    assert band_text(Band(-inf, 0.03, "%")) == "≤ 3 %"
    assert band_text(Band(1, inf)) == "≥ 1"
    assert band_text(Band(0.02, 0.06, "%"), "zh") == "2 至 6 %"
    assert band_text(None) == ""
    assert interval_text(1.0, 1.0, None) == ""


def test_a_remark_on_no_target_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "remarks.yaml"
    file.write_text("F1: fine\nF999: nothing\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"remarks.yaml:2: 'F999' is no target"):
        read_remarks(file)
