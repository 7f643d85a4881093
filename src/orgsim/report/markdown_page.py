"""A report as Markdown, with its figures beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgsim.report.blocks import Block, Code, Document, Heading, Paragraph, Picture, Points, Table
from orgsim.report.sections import one_line, table


def markdown_page(document: Document, pictures: Sequence[str]) -> str:
    """The whole page; `pictures` are the places of its figures, in the order of the page."""
    places = iter(pictures)
    lines = [f"# {document.title}", "", document.subtitle, ""]
    for block in document.blocks:
        lines += _lines(block, places)
    return "\n".join(lines).rstrip("\n") + "\n"


def _lines(block: Block, places: Iterator[str]) -> list[str]:
    match block:
        case Heading(text, level):
            return [f"{'#' * (level + 1)} {text}", ""]
        case Paragraph(text, small):
            return [f"*{text}*" if small else text, ""]
        case Points(items):
            return [*(f"- {item}" for item in items), ""]
        case Code(text):
            return ["```", text, "```", ""]
        case Table():
            rows = [[one_line(cell) for cell in row] for row in block.rows]
            return [f"**{block.caption}**", "", *table(block.headers, rows)]
        case Picture():
            return [f"![{block.caption}]({next(places)})", "", block.caption, ""]
