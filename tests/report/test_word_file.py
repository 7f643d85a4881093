"""The report as a Word file: real headings and tables, fonts that can be had, words for those who cannot see."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm

from orgsim.report.blocks import Document, Heading, Picture, Table
from orgsim.report.word_file import SUBSTITUTES, word_file
from tests.report.test_document import said

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.fixture(scope="module")
def files(reports: dict[str, Document]) -> dict[str, bytes]:
    return {language: word_file(report) for language, report in reports.items()}


@pytest.fixture(scope="module")
def opened(files: dict[str, bytes]) -> dict[str, WordDocument]:
    return {language: docx.Document(BytesIO(content)) for language, content in files.items()}


@LANGUAGES
def test_every_text_of_the_report_is_in_the_file(
    reports: dict[str, Document], opened: dict[str, WordDocument], language: str
) -> None:
    word = opened[language]
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    lines = {line for text in (*[one.text for one in word.paragraphs], *cells) for line in text.split("\n")}
    alternatives = {one._inline.docPr.get("descr") for one in word.inline_shapes}
    wanted = {line for text in said(reports[language]) if text not in alternatives for line in text.split("\n")}
    assert wanted <= lines
    assert len(alternatives) == sum(isinstance(block, Picture) for block in reports[language].blocks)


@LANGUAGES
def test_headings_are_headings(reports: dict[str, Document], opened: dict[str, WordDocument], language: str) -> None:
    wanted = [(f"Heading {one.level}", one.text) for one in reports[language].blocks if isinstance(one, Heading)]
    styled = [(one.style.name, one.text) for one in opened[language].paragraphs if one.style]
    assert [each for each in styled if str(each[0]).startswith("Heading")] == wanted


def test_tables_repeat_their_header_and_split_no_row(
    reports: dict[str, Document], opened: dict[str, WordDocument]
) -> None:
    tables = opened["en"].tables
    assert len(tables) == sum(isinstance(block, Table) for block in reports["en"].blocks)
    for table in tables:
        first, *others = (row._tr.trPr for row in table.rows)
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:tblHeader")) is None for row in others)
        assert all(row.find(qn("w:cantSplit")) is not None for row in (first, *others))


def test_tables_and_pictures_fit_between_the_margins(opened: dict[str, WordDocument]) -> None:
    section = opened["zh"].sections[0]
    assert [round(side.cm, 1) for side in (section.top_margin, section.bottom_margin)] == [3.7, 3.5]
    assert [round(side.cm, 1) for side in (section.left_margin, section.right_margin)] == [2.8, 2.6]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room for shape in opened["zh"].inline_shapes)
    widths = [sum(column.width for column in table.columns) for table in opened["zh"].tables]
    assert widths == pytest.approx([room] * len(widths), abs=Cm(0.05))


def test_chinese_is_set_in_the_fonts_of_official_documents(opened: dict[str, WordDocument]) -> None:
    fonts = {
        name: opened["zh"].styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Body Text", "Heading 1", "Heading 2")
    }
    assert list(fonts.values()) == ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"]
    sizes = {name: opened["zh"].styles[name].font.size.pt for name in ("Title", "Body Text", "Heading 1")}
    assert list(sizes.values()) == [22.0, 16.0, 16.0]


def test_every_font_has_a_substitute(files: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(files["zh"])) as parts:
        table, styles = (parts.read(f"word/{name}.xml").decode() for name in ("fontTable", "styles"))
    named = {name for name in SUBSTITUTES if f'w:eastAsia="{name}"' in styles}
    assert len(named) > 3
    assert all(f'<w:font w:name="{name}"><w:altName w:val="{SUBSTITUTES[name][0]}"/>' in table for name in named)


@LANGUAGES
def test_the_file_says_what_it_is(reports: dict[str, Document], opened: dict[str, WordDocument], language: str) -> None:
    core = opened[language].core_properties
    assert (core.title, core.author, core.language) == (
        reports[language].title, reports[language].author, {"en": "en-GB", "zh": "zh-CN"}[language],
    )  # fmt: skip
    assert core.created is not None
    assert core.created.replace(tzinfo=None) == datetime(2026, 11, 25)


def test_the_same_report_is_the_same_file(again: Document, files: dict[str, bytes]) -> None:
    assert word_file(again) == files["zh"]
