"""The report that a person takes away, in the form asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import orgsim
from orgsim.errors import InputError, nearest
from orgsim.report.blocks import Document, Paragraph
from orgsim.report.texts import say

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html",
}
"""Endings of the files a report can be written as, and their media types."""


def kinds_of(text: str) -> tuple[str, ...]:
    """The kinds named in a list such as 'docx,pdf'; InputError for one there is not."""
    kinds = tuple(dict.fromkeys(word.strip().lower() for word in text.split(",") if word.strip()))
    for kind in kinds:
        if kind not in KINDS:
            raise InputError(f"a report is written as {', '.join(KINDS)}, not '{kind}'{nearest(kind, KINDS)}")
    return kinds


def report_file(document: Document, kind: str) -> bytes:
    """The content of the file; `kind` is one of `KINDS`."""
    return _writer(kind)(document)


def excuse(kind: str, language: str) -> bytes:
    """A page that says, instead of the report, that there is none."""
    title, sentence = (say(f"report.{key}", language) for key in ("error.title", "error"))
    made = datetime.now(UTC).date()
    author = f"orgsim {orgsim.__version__}"
    return report_file(Document(language, title, "", author, title, made, (Paragraph(sentence),)), kind)


def _writer(kind: str) -> Callable[[Document], bytes]:
    """Libraries are loaded when they are needed: most people want one kind or none."""
    if kind == "docx":
        from orgsim.report.word_file import word_file

        return word_file
    if kind == "pdf":
        from orgsim.report.pdf_file import pdf_file

        return pdf_file
    from orgsim.report.web_page import web_page

    return web_page
