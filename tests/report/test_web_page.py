"""The report as one web page: whole, in both languages, with the letters it needs."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from orgsim.core.parameters import Text
from orgsim.ensembles import Comparison
from orgsim.report.blocks import Document
from orgsim.report.document import document
from orgsim.report.findings import findings
from orgsim.report.lettering import letters
from orgsim.report.web_page import letters_for, web_page


class Reader(HTMLParser):
    """Text of the page, what it refers to, and tags that stay open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.sources: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.sources += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


@pytest.fixture(scope="module")
def pages(reports: dict[str, Document]) -> dict[str, str]:
    return {language: web_page(report).decode() for language, report in reports.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_is_on_the_page_and_every_tag_is_closed(
    pages: dict[str, str], simulated: Comparison, language: str
) -> None:
    page = Reader(pages[language])
    assert page.open == []
    assert all(one.text in page.text for one in findings(simulated, language))


def test_the_page_refers_to_nothing_outside_itself(pages: dict[str, str]) -> None:
    page = Reader(pages["zh"])
    assert len(page.sources) == 2
    assert all(source.startswith("data:image/svg+xml;base64,") for source in page.sources)
    assert set(re.findall(r"url\((.{9})", pages["zh"])) == {"data:font"}


def test_figures_draw_chinese_as_shapes_that_need_no_font(pages: dict[str, str]) -> None:
    drawing = base64.b64decode(Reader(pages["zh"]).sources[0].split(",")[1]).decode()
    assert "<text" not in drawing
    assert "<path" in drawing


def test_the_page_carries_every_letter_it_uses(pages: dict[str, str]) -> None:
    page = pages["zh"]
    carried = re.search(r"base64,([A-Za-z0-9+/=]+)\) format", page)
    assert carried
    font = TTFont(BytesIO(base64.b64decode(carried[1])))
    used = {character for character in Reader(page).text if character in letters()}
    assert {ord(character) for character in used} <= set(font.getBestCmap())


def test_a_font_of_few_letters_is_small() -> None:
    assert len(letters_for("现状abc")) < 20_000


def test_titles_cannot_bring_tags_into_the_page(simulated: Comparison) -> None:
    scenario = replace(simulated.others[0].scenario, title=Text(en="<script>alert(1)</script>", zh="<b>"))
    other = replace(simulated.others[0], scenario=scenario)
    page = web_page(document(Comparison(simulated.baseline, (other,)))).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_same_report_is_the_same_page(again: Document, pages: dict[str, str]) -> None:
    assert web_page(again).decode() == pages["zh"]
