"""What a report consists of, before it is a Word file, a PDF or a web page: a list of blocks, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from orgsim.report.lettering import wrap
from orgsim.report.texts import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DOTS_PER_INCH = 200
SHORT, FEWEST = 12, 3
"""Lines up to which a table is short, and how many rows of a longer one stay together where a page ends."""
EMS = 44.0
"""About how many letters of a table's size are as wide as the page's text."""


@dataclass(frozen=True)
class Heading:
    """Opens a section (level 1), a part of one (level 2) or an annex; `numbered` puts its number before the text."""

    text: str
    level: int = 1
    annex: bool = False
    opens_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a `small` one explains what stands above it, one that `leads` stays with what follows."""

    text: str
    small: bool = False
    leads: bool = False


@dataclass(frozen=True)
class Points:
    """A list whose order says nothing."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption above it; `widths` are the columns' shares of the page's width."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]

    @property
    def short(self) -> bool:
        """Whether the table stays on one page, even if that leaves some of the page before it empty."""
        return sum(max(map(self._lines, row, self.widths)) for row in self.rows) <= SHORT

    def _lines(self, cell: str, share: float) -> int:
        return wrap(cell, share * EMS - 1.0).count("\n") + 1


@dataclass(frozen=True)
class Picture:
    """A figure drawn for paper, its caption below it, and what it shows in words for those who cannot see it."""

    caption: str
    alternative: str
    figure: Figure

    @cached_property
    def png(self) -> bytes:
        """As dots, 200 to the inch."""
        out = BytesIO()
        self.figure.savefig(out, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
        return out.getvalue()

    @cached_property
    def svg(self) -> str:
        """As shapes, the same at every run."""
        import matplotlib as mpl

        out = StringIO()
        with mpl.rc_context({"svg.hashsalt": "orgsim"}):
            self.figure.savefig(out, format="svg", metadata={"Date": None})
        return out.getvalue()

    def _repr_png_(self) -> bytes:
        """How a notebook shows it."""
        return self.png

    @property
    def shape(self) -> float:
        """Height as a multiple of the width."""
        width, height = self.figure.get_size_inches()
        return float(height / width)


@dataclass(frozen=True)
class Code:
    """Lines to be typed or kept as they are: a command, a scenario file."""

    text: str


Block = Heading | Paragraph | Points | Table | Picture | Code


@dataclass(frozen=True)
class Document:
    """A whole report: `made` is the day it is dated, `author` what made it, `language` "en" or "zh"."""

    language: str
    title: str
    subtitle: str
    author: str
    subject: str
    made: date
    blocks: tuple[Block, ...]

    @property
    def tongue(self) -> str:
        """The language as programs name it."""
        return {"zh": "zh-CN", "en": "en-GB"}[self.language]


def numbered(blocks: Sequence[Block], language: str) -> Iterator[Block]:
    """The blocks with sections, annexes, tables and figures counted, as official documents number them."""
    sections = parts = annexes = tables = pictures = 0
    for block in blocks:
        match block:
            case Heading(annex=True):
                annexes += 1
                yield replace(block, text=say("number.annex", language, number=annexes, text=block.text))
            case Heading(level=1):
                sections, parts = sections + 1, 0
                number = say("number.section", language, number=_count(sections, language))
                yield replace(block, text=number + block.text)
            case Heading():
                parts += 1
                count = _count(parts, language) if language == "zh" else f"{sections}.{parts}"
                yield replace(block, text=say("number.part", language, number=count) + block.text)
            case Table():
                tables += 1
                yield replace(block, caption=say("number.table", language, number=tables) + block.caption)
            case Picture():
                pictures += 1
                yield replace(block, caption=say("number.figure", language, number=pictures) + block.caption)
            case _:
                yield block


def _count(number: int, language: str) -> str:
    """1, 2, 3 or 一、二、三 (up to 99)."""
    if language != "zh":
        return str(number)
    digits = " 一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (digits[tens] * (tens > 1) + "十" * (tens > 0) + digits[ones]).strip()
