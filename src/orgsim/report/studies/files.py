"""The folder of an analysis: tables, figures and the page, ready to be written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa

import orgsim
from orgsim.report.blocks import Document, Picture
from orgsim.report.markdown_page import markdown_page
from orgsim.report.studies.gallery import Shown, gallery
from orgsim.report.studies.names import Names
from orgsim.report.studies.page import page
from orgsim.report.web_page import web_page
from orgsim.studies.analysis import Analysis
from orgsim.studies.layout import Manifest
from orgsim.studies.parts import parquet

OURS = frozenset({"manifest.json", "analysis.md", "analysis.html", "tables", "figures"})
"""What such a folder holds."""


@dataclass(frozen=True)
class Told:
    """An analysis with its figures and its page."""

    analysis: Analysis
    shown: tuple[Shown, ...]
    document: Document


def told(
    analysis: Analysis, design: pd.DataFrame, manifest: Manifest, language: str, *, whole: bool, command: str,
    made: date | None = None,
) -> Told:  # fmt: skip
    """Figures and page of an analysis in a language; see `page`. `made` is by default today (UTC)."""
    names = Names(manifest, language)
    shown = tuple(gallery(analysis, design, names))
    day = made or datetime.now(UTC).date()
    return Told(analysis, shown, page(analysis, shown, names, whole=whole, command=command, made=day))


def analysis_files(found: Told, manifest: Manifest, options: Mapping[str, object]) -> dict[str, bytes]:
    """The files, relative name → content. The same rows give the same tables to the last bit."""
    files = {}
    for name, table in found.analysis.tables.items():
        files[f"tables/{name}.csv"] = table.to_csv(index=False, lineterminator="\n").encode()
        files[f"tables/{name}.parquet"] = parquet(pa.Table.from_pandas(table, preserve_index=False))
    called = {id(one.picture.figure): f"figures/{one.name}" for one in found.shown}
    pictures = [block for block in found.document.blocks if isinstance(block, Picture)]
    for picture in pictures:
        files[called[id(picture.figure)] + ".png"] = picture.png
        files[called[id(picture.figure)] + ".svg"] = picture.svg.encode()
    places = [called[id(picture.figure)] + ".png" for picture in pictures]
    files["analysis.md"] = markdown_page(found.document, places).encode()
    files["analysis.html"] = web_page(found.document)
    kept = ("study", "code", "environment", "fingerprints", "points", "replications", "uncertainty", "rows", "seed")
    content = {
        "analysis": manifest["study"],
        "orgsim": orgsim.__version__,
        "options": dict(options),
        "of": {key: manifest[key] for key in kept},
    }
    files["manifest.json"] = (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    return files
