"""A report as a PDF that needs nothing else: A4, the shipped font cut down to the letters used, outline, page numbers.

Lines are broken here, since the library knows no Chinese. The same document gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, time
from io import BytesIO

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont

from orgsim.report.blocks import FEWEST, Block, Code, Document, Heading, Paragraph, Picture, Points, Table
from orgsim.report.lettering import FONT_FILE, MISSING, drawable, wrap
from orgsim.report.texts import say

TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""Margins of official documents in millimetres (GB/T 9704)."""
POINT = 25.4 / 72.0
TITLE, SECTION, PART, BODY, SMALL, CELL, FOOT = 20.0, 15.0, 13.0, 12.5, 10.0, 9.5, 11.0
LEAD = 1.65
"""Height of a line of text as a multiple of its size; `TIGHT` in tables and notes."""
TIGHT = 1.4
PADDING = 1.4
"""Millimetres between a table's lines and its words."""
HEAVY = 0.012
"""Line around the letters of headings, millimetres by point: the shipped font has one weight."""
INK, GREY, RULE, SHADE = (34, 34, 34), (90, 90, 90), (170, 178, 189), (232, 237, 243)


def pdf_file(document: Document) -> bytes:
    """The report as the content of a .pdf file."""
    pdf = _Pdf(document)
    pdf.add_page()
    pdf.lines(document.title, TITLE, align="C", bold=True)
    pdf.lines(document.subtitle, BODY, align="C", colour=GREY)
    for place, block in enumerate(document.blocks):
        pdf.room(pdf.needs(document.blocks, place))
        pdf.block(block)
    if pdf.lacked:
        pdf.lines(say("report.letters", document.language, sign=MISSING), SMALL, colour=GREY)
    out = BytesIO()
    pdf.output(out)
    return out.getvalue()


class _Pdf(FPDF):
    """A page that grows downwards, block by block."""

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4")
        self.language = document.language
        self.lacked = False
        self._widths: dict[str, float] = {}
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0.0
        self.add_font("orgsim", fname=FONT_FILE)
        font = self.fonts["orgsim"]
        assert isinstance(font, TTFFont)
        font.ttfont.recalcBBoxes = False  # the whole font's boxes do, and to renew them takes half the time
        self.set_font("orgsim", size=BODY)
        self.set_lang(document.tongue)
        self.set_title(document.title)
        self.set_author(document.author)
        self.set_creator(document.author)
        self.set_subject(document.subject)
        self.set_creation_date(datetime.combine(document.made, time(), UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def footer(self) -> None:
        """The page's number at the outer edge."""
        self.set_y(-BOTTOM + 7.0)
        self.set_font_size(FOOT)
        self.set_text_color(*INK)
        text = say("number.page", self.language, number=self.page_no())
        self.cell(self.epw, 6.0, drawable(text), align="R" if self.page_no() % 2 else "L")

    def room(self, height: float) -> None:
        """Go to a new page if less than `height` millimetres are left on this one, unless nothing stands on it."""
        if self.full(height):
            self.add_page()

    def full(self, height: float) -> bool:
        """Whether something stands on this page and less than `height` millimetres are left."""
        return self.y > TOP + 1.0 and bool(self.will_page_break(height))

    def needs(self, blocks: Sequence[Block], place: int) -> float:
        """Millimetres that a block wants before a page ends: a heading those of what follows it as well."""
        block = blocks[place]
        match block:
            case Heading(level=level):
                height = _above(level) + self.height(block.text, _size(level), LEAD)
                return min(height + self.needs_next(blocks, place), self.page_break_trigger - TOP)
            case Paragraph(leads=True):
                return self.height(block.text, BODY, LEAD) + self.needs_next(blocks, place)
            case Picture():
                note = blocks[place + 1] if place + 1 < len(blocks) else None
                below = self.height(note.text, SMALL, TIGHT) if isinstance(note, Paragraph) and note.small else 0.0
                return self.epw * block.shape + self.height(block.caption, SMALL, TIGHT) + below + 2.0
            case Table():
                heights = [self.row_height(block, cells) for cells in (block.headers, *block.rows)]
                caption = self.height(block.caption, SMALL, TIGHT) + 4.0
                whole = caption + sum(heights)
                return whole if block.short else caption + sum(heights[: 1 + FEWEST])
            case _:
                return 2.0 * BODY * LEAD * POINT

    def needs_next(self, blocks: Sequence[Block], place: int) -> float:
        """What the block after this one wants, if there is one."""
        return self.needs(blocks, place + 1) if place + 1 < len(blocks) else 0.0

    def block(self, block: Block) -> None:
        """Write one block."""
        match block:
            case Heading(text, level):
                if block.opens_page and self.y > TOP + 1.0:
                    self.add_page()
                self.y += _above(level) if self.y > TOP + 1.0 else 0.0
                self.start_section(text, level - 1)
                self.lines(text, _size(level), bold=True, tag=f"H{level}")
                self.y += 1.0
            case Paragraph(text, small):
                indent = "　　" if self.language == "zh" and not small else ""
                self.lines(indent + text, SMALL if small else BODY, colour=GREY if small else INK)
                self.y += 2.5 if small else 1.5
            case Points(items):
                for item in items:
                    self.point(item)
                self.y += 1.0
            case Code(text):
                self.code(text)
            case Table():
                self.table_block(block)
            case Picture():
                self.picture(block)

    def picture(self, picture: Picture) -> None:
        self.image(BytesIO(picture.png), x=LEFT, w=self.epw, alt_text=picture.alternative)
        self.y += 1.0
        self.lines(picture.caption, SMALL, align="C", bold=True)
        self.y += 1.0

    def point(self, text: str) -> None:
        """One item of a list, with a mark before it."""
        indent = 5.0
        several = len(self.broken(text, BODY, self.epw - indent)) > 1
        self.room(BODY * LEAD * POINT * (2 if several else 1))
        self.set_text_color(*INK)
        self.set_font_size(BODY)
        top = self.y
        self.set_x(LEFT + 0.5)
        self.cell(indent, BODY * LEAD * POINT, "•")
        self.set_xy(LEFT, top)
        self.lines(text, BODY, indent=indent)
        self.y += 1.0

    def code(self, text: str) -> None:
        self.y += 1.0
        for line in text.splitlines():
            self.lines(line or " ", CELL, tight=True, shade=True)
        self.y += 2.5

    def table_block(self, table: Table) -> None:
        """A table with its caption; its header is repeated on every page."""
        self.y += 1.5
        self.lines(table.caption, SMALL, bold=True, tight=True)
        self.y += 1.0
        self.row(table, table.headers, header=True)
        for place, cells in enumerate(table.rows):
            left = table.rows[place:]
            together = left if len(left) == FEWEST else [cells]
            if self.will_page_break(sum(self.row_height(table, each) for each in together)):
                self.add_page()
                self.row(table, table.headers, header=True)
            self.row(table, cells)
        self.set_draw_color(0)
        self.y += 3.0

    def row(self, table: Table, cells: Sequence[str], *, header: bool = False) -> None:
        """One row, as high as its longest cell."""
        height, top, left = self.row_height(table, cells), self.y, LEFT
        self.set_draw_color(*RULE)
        self.set_fill_color(*SHADE)
        for text, share in zip(cells, table.widths, strict=True):
            width = share * self.epw
            self.rect(left, top, width, height, style="DF" if header else "D")
            self.set_xy(left + PADDING, top + PADDING / 2.0)
            self.lines(text, CELL, bold=header, tight=True, indent=left + PADDING - LEFT, width=width - 2 * PADDING)
            left += width
        self.set_xy(LEFT, top + height)

    def row_height(self, table: Table, cells: Sequence[str]) -> float:
        widths = (share * self.epw - 2 * PADDING for share in table.widths)
        return PADDING + max(self.height(text, CELL, TIGHT, width) for text, width in zip(cells, widths, strict=True))

    def height(self, text: str, size: float, lead: float, width: float | None = None) -> float:
        """How high a text stands, in millimetres."""
        return len(self.broken(text, size, width)) * size * lead * POINT

    def broken(self, text: str, size: float, width: float | None = None) -> list[str]:
        """The lines of a text within `width` millimetres, by default those of the page."""
        shown = drawable(text)
        self.lacked |= MISSING in shown and MISSING not in text
        return wrap(shown, (width or self.epw) / size, self.wide).split("\n")

    def wide(self, character: str) -> float:
        """Millimetres that a character takes, by point of its size."""
        if character not in self._widths:
            self._widths[character] = self.get_string_width(character) / self.font_size_pt
        return self._widths[character]

    def lines(
        self,
        text: str,
        size: float,
        *,
        align: str = "L",
        bold: bool = False,
        tight: bool = False,
        shade: bool = False,
        colour: tuple[int, int, int] = INK,
        indent: float = 0.0,
        width: float | None = None,
        tag: str = "P",
    ) -> None:
        """A text line by line; no page ends after the first line of several, or begins with the last.

        `tag` is what the text is, for those who have it read aloud.
        """
        width = width or self.epw - indent
        tight = tight or size <= SMALL
        high = size * (TIGHT if tight else LEAD) * POINT
        lines = self.broken(text, size, width)
        self.set_font_size(size)
        self.set_text_color(*colour)
        self.set_fill_color(*SHADE)
        mode = TextMode.FILL_STROKE if bold else TextMode.FILL
        page = 0
        with ExitStack() as tagged:
            for place, line in enumerate(lines):
                left = len(lines) - place
                if self.full(high * (2 if left == 2 or (place == 0 and left > 1) else 1)):
                    tagged.close()
                    self.add_page()
                if self.page != page:
                    tagged.enter_context(self._marked_sequence()).s = f"/{tag}"
                    page = self.page
                self.set_x(LEFT + indent)
                with self.local_context(text_mode=mode, line_width=HEAVY * size, draw_color=colour):
                    self.cell(width, high, line, align=align, fill=shade)
                self.y += high
        self.set_x(LEFT)


def _size(level: int) -> float:
    return SECTION if level == 1 else PART


def _above(level: int) -> float:
    """Millimetres above a heading."""
    return 5.0 if level == 1 else 2.5
