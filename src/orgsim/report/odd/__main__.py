"""Writes the ODD+D description, `docs/odd.md` and `docs/odd-submodels.md`, with its figures.

python -m orgsim.report.odd            write the pages
python -m orgsim.report.odd --check    only tell whether they are up to date
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from orgsim.report.odd.figures import FIGURES, fresh, save
from orgsim.report.odd.page import page, submodels_page
from orgsim.report.odd.submodels import PAGE
from orgsim.report.reference import DOCS, bibliography
from orgsim.schedule import model as package_model


def main(arguments: list[str] | None = None) -> int:
    """Write the pages and figures, or compare them; 1 if a comparison finds one out of date."""
    parser = argparse.ArgumentParser(prog="python -m orgsim.report.odd", description="Write the ODD+D description.")
    parser.add_argument("--check", action="store_true", help="only tell whether the pages are up to date")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where references.bib and the pages lie")
    chosen = parser.parse_args(arguments)
    folder: Path = chosen.folder
    model = package_model()
    entries = bibliography((folder / "references.bib").read_text(encoding="utf-8"))
    pages = {folder / "odd.md": page(model, entries), folder / PAGE: submodels_page(model, entries)}
    images = {folder / "images" / f"odd-{name}.png": draw for name, draw in FIGURES.items()}
    if chosen.check:
        stale = [file for file, text in pages.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
        stale += [file for file in images if not fresh(file, model)]
        for file in stale:
            print(f"{file} is out of date: run make docs")
        if not stale:
            print(f"{folder / 'odd.md'} and what belongs to it are up to date")
        return 1 if stale else 0
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8")
        print(f"wrote {file}")
    (folder / "images").mkdir(exist_ok=True)
    for file, draw in images.items():
        if not fresh(file, model):  # a picture differs a little on every machine
            save(file, draw, model)
            print(f"wrote {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
