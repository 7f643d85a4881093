"""A report as a Word file: A4 with the margins and fonts of Chinese official documents, real headings and tables.

Fonts are named, not embedded; each has a substitute that ordinary machines have. The same document gives the same
bytes.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from orgsim.report.blocks import FEWEST, Block, Code, Document, Heading, Paragraph, Picture, Points, Table
from orgsim.report.texts import say

TOP, BOTTOM, LEFT, RIGHT = 3.7, 3.5, 2.8, 2.6
"""Margins of official documents in centimetres (GB/T 9704)."""
WIDTH = 21.0 - LEFT - RIGHT
TITLE, BODY, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
SUBSTITUTES = {
    TITLE: ("SimSun", "020B0604020202020204", "roman"),
    BODY: ("FangSong,STFangsong,Noto Serif CJK SC", "02010609030101010101", "modern"),
    KAI: ("KaiTi,STKaiti,Noto Serif CJK SC", "02010609030101010101", "modern"),
    HEI: ("SimHei,Noto Sans CJK SC", "02010609060101010101", "modern"),
    SONG: ("SimSun,Noto Serif CJK SC", "02010600030101010101", "auto"),
}
"""What stands in where a font is not there, its PANOSE number, its family."""
LATIN = "Times New Roman"
_LATIN_BODY, _CHINESE_BODY = 12.0, 16.0
INK = RGBColor(0x22, 0x22, 0x22)


def word_file(document: Document) -> bytes:
    """The report as the content of a .docx file."""
    word = docx.Document()
    _page(word, document)
    _styles(word, document.language)
    _fonts(word)
    _metadata(word, document)
    _paragraph(word, "Title", document.title, document.language)
    _paragraph(word, "Subtitle", document.subtitle, document.language)
    for block in document.blocks:
        _add(word, block, document.language)
    return _same_bytes(word, document)


def _add(word: WordDocument, block: Block, language: str) -> None:
    match block:
        case Heading(text, level):
            heading = _paragraph(word, f"Heading {level}", text, language)
            heading.paragraph_format.page_break_before = block.opens_page or None
        case Paragraph(text, small):
            paragraph = _paragraph(word, "Note" if small else "Body Text", text, language)
            paragraph.paragraph_format.keep_with_next = block.leads or None
        case Points(items):
            for item in items:
                _paragraph(word, "List Bullet", item, language)
        case Code(text):
            for line in text.splitlines():
                _paragraph(word, "Typed", line, "en")
        case Table():
            _table(word, block, language)
        case Picture():
            _picture(word, block, language)


def _paragraph(word: WordDocument, style: str, text: str, language: str) -> WordParagraph:
    paragraph = word.add_paragraph()
    _fill(paragraph, style, text, language)
    return paragraph


def _fill(paragraph: WordParagraph, style: str, text: str, language: str) -> None:
    """Text in a style; quotation marks belong to the Chinese font where the text is Chinese."""
    paragraph._p.style = style.replace(" ", "")  # the id; to look it up by name takes most of the time
    run = paragraph.add_run(text)
    if language == "zh":
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _picture(word: WordDocument, picture: Picture, language: str) -> None:
    paragraph = _paragraph(word, "Figure", "", language)
    shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Cm(WIDTH))
    shape._inline.docPr.set("descr", picture.alternative)
    shape._inline.docPr.set("title", picture.caption)
    _paragraph(word, "Caption", picture.caption, language).paragraph_format.keep_with_next = True


def _table(word: WordDocument, block: Table, language: str) -> None:
    _paragraph(word, "Caption", block.caption, language).paragraph_format.keep_with_next = True
    table = word.add_table(rows=1 + len(block.rows), cols=len(block.headers))
    table._tbl.tblStyle_val = "TableGrid"
    table.autofit = False
    table._tbl.tblPr.append(_element("tblCaption", val=block.caption))
    for column, share in zip(table._tbl.tblGrid.gridCol_lst, block.widths, strict=True):
        column.w = Cm(WIDTH * share)
    for number, (row, texts) in enumerate(zip(table._tbl.tr_lst, (block.headers, *block.rows), strict=True)):
        settings = row.get_or_add_trPr()
        settings.append(_element("cantSplit"))
        if number == 0:
            settings.append(_element("tblHeader"))
        for cell, text, share in zip(row.tc_lst, texts, block.widths, strict=True):
            cell.width = Cm(WIDTH * share)
            if number == 0:
                cell.get_or_add_tcPr().append(_element("shd", val="clear", fill="E8EDF3"))
            paragraph = WordParagraph(cell.p_lst[0], table)
            _fill(paragraph, "Table text" if number else "Table header", text, language)
            ends = number < FEWEST or len(block.rows) - FEWEST < number
            if number < len(block.rows) and (block.short or ends):
                paragraph.paragraph_format.keep_with_next = True
    _paragraph(word, "After table", "", language)


def _element(name: str, **values: str) -> BaseOxmlElement:
    """An element of Word's own namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _page(word: WordDocument, document: Document) -> None:
    """A4, margins, and the page's number at the outer edge."""
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(TOP), Cm(BOTTOM)
    section.left_margin, section.right_margin = Cm(LEFT), Cm(RIGHT)
    section.footer_distance = Cm(BOTTOM - 1.0)
    word.settings.odd_and_even_pages_header_footer = True
    before, after = say("number.page", document.language, number="|").split("|")
    sides = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, side in sides:
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        shape = paragraph.paragraph_format
        shape.left_indent = shape.right_indent = Pt(14.0)
        _font(paragraph.add_run(before)._element.get_or_add_rPr(), LATIN, SONG, 14.0)
        field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        paragraph._p.append(field)
        _font(field[0].get_or_add_rPr(), LATIN, SONG, 14.0)
        _font(paragraph.add_run(after)._element.get_or_add_rPr(), LATIN, SONG, 14.0)


def _styles(word: WordDocument, language: str) -> None:
    """Sizes of official documents in Chinese (二号 22, 三号 16 points), usual ones in English."""
    chinese = language == "zh"
    size = _CHINESE_BODY if chinese else _LATIN_BODY
    lead = 28.0 if chinese else 18.0
    normal = _style(word, "Normal", BODY, size, lead)
    normal.paragraph_format.widow_control = True
    body = _style(word, "Body Text", BODY, size, lead)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if chinese else WD_ALIGN_PARAGRAPH.LEFT
    body.paragraph_format.space_after = Pt(0 if chinese else 6)
    if chinese:  # the first line begins two characters further in
        body.paragraph_format.first_line_indent = Pt(2 * size)
        body.element.pPr.ind.set(qn("w:firstLineChars"), "200")
    title = _style(word, "Title", TITLE, 22.0, 36.0 if chinese else 30.0)
    title.paragraph_format.space_after = Pt(8)
    subtitle = _style(word, "Subtitle", KAI, size, lead)
    subtitle.paragraph_format.space_after = Pt(lead / 2)
    for style in (title, subtitle):
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level, font in ((1, HEI), (2, KAI)):
        heading = _style(word, f"Heading {level}", font, size + (0 if chinese or level == 2 else 3), lead)
        heading.font.bold = not chinese
        heading.paragraph_format.space_before = Pt(10 if level == 1 else 4)
        heading.paragraph_format.space_after = Pt(2)
        heading.paragraph_format.keep_with_next = True
    listed = _style(word, "List Bullet", BODY, size, lead)
    listed.paragraph_format.space_after = Pt(2 if chinese else 4)
    caption = _style(word, "Caption", HEI, 12.0 if chinese else 11.0, 18.0)
    caption.font.bold = not chinese
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(4), Pt(4)
    small = 10.5 if chinese else 10.0
    for name, font, lines in (
        ("Note", BODY, 16.0), ("Table header", HEI, 14.0), ("Table text", SONG, 14.0), ("Typed", SONG, 14.0),
        ("After table", BODY, 8.0), ("Figure", BODY, None),
    ):  # fmt: skip
        made = word.styles.add_style(name, 1)
        assert isinstance(made, ParagraphStyle)
        made.base_style = normal
        style = _style(word, name, font, 12.0 if name == "Note" and chinese else small, lines)
        style.paragraph_format.space_after = Pt(6 if name == "Note" else 0)
        if name.startswith("Table"):
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1.5)
    word.styles["Figure"].paragraph_format.keep_with_next = True
    word.styles["Typed"].paragraph_format.space_before = Pt(0)
    word.styles["Table header"].font.bold = not chinese


def _style(word: WordDocument, name: str, chinese: str, size: float, lead: float | None) -> ParagraphStyle:
    """A style with its fonts, size and exact line height; flush left, without what the template gave it."""
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    element = style.element
    for part in ("w:rPr", "w:pPr"):
        found = element.find(qn(part))
        keep = found is not None and part == "w:pPr" and found.find(qn("w:numPr")) is not None
        if found is not None and not keep:
            element.remove(found)
    _font(element.get_or_add_rPr(), "Courier New" if name == "Typed" else LATIN, chinese, size)
    style.font.color.rgb = INK
    shape = style.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH.LEFT
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if lead is not None:
        shape.line_spacing = Pt(lead)
    if name.startswith("Heading"):
        element.get_or_add_pPr().append(_element("outlineLvl", val=str(int(name[-1]) - 1)))
    return style


def _font(properties: object, latin: str, chinese: str, size: float) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.attrib.clear()
    for place, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{place}"), name)
    properties.get_or_add_sz().val = Pt(size)  # type: ignore[attr-defined]


def _fonts(word: WordDocument) -> None:
    """The font table: what stands in for a font that is not there."""
    entries = []
    for name, (others, panose, family) in SUBSTITUTES.items():
        entries.append(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/>'
            f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    for part in word.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            part._blob = f"{head}<w:fonts {nsdecls('w')}>{''.join(entries)}</w:fonts>".encode()


def _metadata(word: WordDocument, document: Document) -> None:
    """Title, author, day and language; and that this is today's format, so that Word opens it as such."""
    core = word.core_properties
    core.title, core.subject, core.author, core.language = (
        document.title, document.subject, document.author, document.tongue,
    )  # fmt: skip
    core.last_modified_by, core.comments, core.keywords, core.revision = document.author, "", "", 1
    core.created = core.modified = datetime.combine(document.made, time())
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>')
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(language)
    settings = word.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    today = (
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    place = settings.find(qn("w:rsids"))  # their order is prescribed
    place.addprevious(parse_xml(today))


def _same_bytes(word: WordDocument, document: Document) -> bytes:
    """The file with the report's day for every part, so that the hour of writing leaves no trace."""
    raw, out = BytesIO(), BytesIO()
    word.save(raw)
    day = (document.made.year, document.made.month, document.made.day, 0, 0, 0)
    with ZipFile(raw) as written, ZipFile(out, "w", ZIP_DEFLATED) as even:
        for name in written.namelist():
            even.writestr(ZipInfo(name, day), written.read(name), ZIP_DEFLATED)
    return out.getvalue()
