"""A report as one web page that needs nothing else: figures inside, and the letters it uses, so that Chinese is read
on any machine."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from io import BytesIO

from orgsim.report.blocks import Block, Code, Document, Heading, Paragraph, Picture, Points, Table
from orgsim.report.lettering import FONT_FILE

_STYLE = """
body { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "letters", sans-serif;
  max-width: 58rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6; color: #1f2937; }
table { border-collapse: collapse; font-size: 0.9rem; margin: 1rem 0; } td, th { border: 1px solid #d1d5db;
  padding: 0.3rem 0.6rem; text-align: left; white-space: pre-line; } th { background: #e8edf3; }
caption, figcaption { text-align: left; font-weight: bold; margin: 0.3rem 0; } figure { margin: 1rem 0; }
img { width: 100%; max-width: 48rem; } .note { color: #6b7280; font-size: 0.9rem; }
pre { background: #f3f4f6; padding: 0.6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
h2 { margin-top: 2rem; } td { overflow-wrap: anywhere; }
@media print { body { max-width: none; } h2, h3, caption { break-after: avoid; } tr, figure { break-inside: avoid; } }
"""


def web_page(document: Document) -> bytes:
    """The report as the content of an .html file."""
    body = [f"<h1>{escape(document.title)}</h1>", f'<p class="note">{escape(document.subtitle)}</p>']
    body += [line for block in document.blocks for line in _lines(block)]
    text = "\n".join(body)
    page = (
        f'<!doctype html>\n<html lang="{document.tongue}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="author" content="{escape(document.author)}">\n'
        f'<meta name="description" content="{escape(document.subject)}">\n'
        f"<title>{escape(document.title)}</title>\n<style>{font_face(text + document.title)}{_STYLE}</style>\n</head>\n"
        f"<body>\n{text}\n</body>\n</html>\n"
    )
    return page.encode()


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text, small):
            yield ('<p class="note">' if small else "<p>") + f"{escape(text)}</p>"
        case Points(items):
            yield from ("<ul>", *(f"<li>{escape(item)}</li>" for item in items), "</ul>")
        case Code(text):
            yield f"<pre><code>{escape(text)}</code></pre>"
        case Table():
            yield f"<table>\n<caption>{escape(block.caption)}</caption>"
            yield "<tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in block.headers) + "</tr>"
            yield from ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
            yield "</table>"
        case Picture():
            drawing = base64.b64encode(block.svg.encode()).decode()
            yield f'<figure><img alt="{escape(block.alternative)}" src="data:image/svg+xml;base64,{drawing}">'
            yield f"<figcaption>{escape(block.caption)}</figcaption></figure>"


def font_face(text: str) -> str:
    """A style rule that carries the shipped font, cut down to the letters of `text`."""
    return (
        '@font-face { font-family: "letters"; src: url(data:font/woff;base64,'
        f'{base64.b64encode(letters_for(text)).decode()}) format("woff"); }}\n'
    )


def letters_for(text: str) -> bytes:
    """The shipped font with only the letters of `text`, as WOFF."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(flavor="woff", layout_features=[], notdef_outline=True, name_IDs=["*"])
    out = BytesIO()
    with load_font(str(FONT_FILE), options) as font:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted({ord(character) for character in text}))
        subsetter.subset(font)
        save_font(font, out, options)
    return out.getvalue()
