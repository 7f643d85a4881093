"""The report as a PDF: no character lost, whatever the machine; outline, language and words for pictures in it."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest

from orgsim.report.blocks import Document, Heading, Paragraph, Picture, Points, Table
from orgsim.report.lettering import MISSING, drawable
from orgsim.report.pdf_file import pdf_file
from tests.report.test_document import said

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\) ?Tj", re.DOTALL)


def streams(content: bytes) -> list[bytes]:
    """Every stream of the file, unpacked where it is packed."""
    found = []
    for stream in re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return found


def pages_of(content: bytes) -> list[str]:
    """The text of each page as a reader copies it out: codes that are shown, looked up in the font's own table."""
    unpacked = streams(content)
    table = next(one for one in unpacked if b"beginbfchar" in one)
    known = {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)
    }
    pages = []
    for page in (one for one in unpacked if b") Tj" in one):
        shown = (re.sub(rb"\\([\\()])", rb"\1", each).replace(rb"\r", b"\r") for each in SHOWN.findall(page))
        lines = ("".join(known[int.from_bytes(codes[n : n + 2])] for n in range(0, len(codes), 2)) for codes in shown)
        pages.append("\n".join(lines))
    return pages


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def files(reports: dict[str, Document]) -> dict[str, bytes]:
    return {language: pdf_file(report) for language, report in reports.items()}


@LANGUAGES
def test_no_character_is_lost(reports: dict[str, Document], files: dict[str, bytes], language: str) -> None:
    told = bare("".join(re.sub(r"\n[—–] \d+ [—–]$", "", page) for page in pages_of(files[language])))
    pictures = {block.alternative for block in reports[language].blocks if isinstance(block, Picture)}
    lines = (line for text in said(reports[language]) if text not in pictures for line in text.split("\n"))
    assert [line for line in lines if bare(drawable(line)) not in told] == []


def test_the_font_is_in_the_file(files: dict[str, bytes]) -> None:
    assert b"/FontFile3" in files["zh"]
    assert {name.partition(b"+")[2] for name in re.findall(rb"/BaseFont /(\S+)", files["zh"])} == {b"orgsimSansSC"}


@LANGUAGES
def test_the_outline_has_every_heading(reports: dict[str, Document], files: dict[str, bytes], language: str) -> None:
    titles = {block.text for block in reports[language].blocks if isinstance(block, Heading)}
    assert [text for text in titles if b"/Title " + _written(text) not in files[language]] == []


def _written(text: str) -> bytes:
    """A title as PDF writes it."""
    if text.isascii():
        return b"(" + re.sub(r"([\\()])", r"\\\1", text).encode() + b")"
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def test_the_file_says_its_language_and_what_pictures_show(files: dict[str, bytes]) -> None:
    assert b"/Lang (zh-CN)" in files["zh"]
    assert b"/Lang (en-GB)" in files["en"]
    assert files["en"].count(b"/Alt ") == 2
    assert b"/H1" in files["en"]


def test_a_character_that_the_font_lacks_is_marked_and_said_to_be_missing(reports: dict[str, Document]) -> None:
    report = replace(reports["zh"], title="\U00020000地", blocks=())
    (told,) = pages_of(pdf_file(report))
    assert told.startswith(f"{MISSING}地")
    assert "缺少该字" in told
    assert "缺少该字" not in pages_of(pdf_file(replace(report, title="本地")))[0]


def test_a_long_table_goes_on_under_its_header(reports: dict[str, Document]) -> None:
    rows = tuple((f"row {number}", "long " * 40) for number in range(40))
    pages = pages_of(pdf_file(replace(reports["en"], blocks=(Table("Table", ("first", "second"), rows, (0.3, 0.7)),))))
    assert len(pages) > 2
    assert all(page.count("second") == 1 for page in pages)


def test_a_heading_never_ends_a_page(reports: dict[str, Document]) -> None:
    below = (Paragraph("below " * 60), Points(("below " * 60,) * 2))
    blocks = [block for n in range(60) for block in (*[Paragraph("line")] * (n % 4), Heading("Heading"), below[n % 2])]
    pages = pages_of(pdf_file(replace(reports["en"], blocks=tuple(blocks))))
    assert len(pages) > 5
    assert {page.split("\n")[-2] for page in pages} & {"1. Heading", "Heading", "•"} == set()


def test_the_same_report_is_the_same_file(again: Document, files: dict[str, bytes]) -> None:
    assert pdf_file(again) == files["zh"]
