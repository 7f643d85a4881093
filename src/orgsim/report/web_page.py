"""Findings as one web page that needs nothing else: figures inside, and the letters it uses, so that Chinese is read
on any machine."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO, StringIO

from matplotlib.figure import Figure

from orgsim.ensembles import Comparison
from orgsim.report.charts import retention_chart, survival_chart
from orgsim.report.findings import findings, headline
from orgsim.report.lettering import FONT_FILE
from orgsim.report.manifest import command, read_sources
from orgsim.report.page import findings_table, of
from orgsim.report.tables import titles
from orgsim.report.texts import say

_STYLE = """
body { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "letters", sans-serif;
  max-width: 58rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6; color: #1f2937; }
table { border-collapse: collapse; font-size: 0.9rem; } td, th { border: 1px solid #d1d5db; padding: 0.3rem 0.6rem;
  text-align: left; } img { width: 100%; } .note { color: #6b7280; font-size: 0.9rem; }
code { overflow-wrap: anywhere; }
"""


def web_page(
    comparison: Comparison,
    language: str = "en",
    sources: Mapping[str, bytes] | None = None,
    engine: str = "columns",
) -> str:
    """The page as HTML; `sources` are the scenario files as they were read (`manifest.read_sources`)."""
    sources = read_sources([run.scenario for run in comparison.runs]) if sources is None else sources
    called = titles(comparison, language)
    baseline = called[comparison.baseline.scenario.name]
    others = (", " if language == "en" else "、").join(f"“{called[run.scenario.name]}”" for run in comparison.others)
    kind = "compare" if comparison.others else "run"
    title = say(f"page.title.{kind}", language, scenario=baseline, baseline=baseline, others=others).lstrip("# ")
    body = [f"<h1>{escape(title)}</h1>", f"<p>{escape(headline(comparison, language))}</p>"]
    found = findings(comparison, language)
    for run in comparison.others or (comparison.baseline,):
        if comparison.others:
            body.append(_heading(say("page.against", language, scenario=called[run.scenario.name], baseline=baseline)))
        body += ["<ul>", *(f"<li>{escape(one.text)}</li>" for one in of(found, run)), "</ul>"]
    body.append(f'<p class="note">{escape(say("caveat", language))}</p>')
    for name, chart in (("survival", survival_chart), ("retention", retention_chart)):
        body.append(_figure(chart(comparison, language), say(f"page.{name}_alt", language)))
    for run in comparison.others or (comparison.baseline,):
        body += _table(*findings_table(comparison, found, run, language))
    if comparison.others:
        body.append(_heading(say("page.reading", language)))
        body += [f"<p>{escape(say(f'page.{part}', language))}</p>" for part in ("paired", "unit_cost")]
    body += [
        _heading(say("page.again", language)),
        f"<p><code>{escape(command(comparison, sources, engine))}</code></p>",
    ]
    text = "\n".join(body)
    tongue = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{font_face(text + title)}{_STYLE}</style>\n</head>\n"
        f"<body>\n{text}\n</body>\n</html>\n"
    )


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


def _heading(markdown: str) -> str:
    return f"<h2>{escape(markdown.lstrip('# '))}</h2>"


def _figure(figure: Figure, alternative: str) -> str:
    out = StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    drawing = base64.b64encode(out.getvalue().encode()).decode()
    return f'<p><img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{drawing}"></p>'


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    yield "<table>"
    yield "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in headers) + "</tr>"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    yield "</table>"
