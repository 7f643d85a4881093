"""Fills the hand-written texts of the ODD page with what is made from the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from orgsim.core.registry import Model
from orgsim.report.bibliography import OWN
from orgsim.report.odd import parts, submodels

TEXTS = tuple(Path(__file__).parent / "text" / f"{name}.md" for name in ("overview", "process", "design", "details"))
_PLACE = re.compile(r"\{\{([\w.]+)\}\}")
"""A part made from the model, or a parameter's value, in a text."""
_CITED = re.compile(r"\[(@\w+(?:; @\w+)*)\]")


def page(model: Model, entries: Mapping[str, int]) -> str:
    """The ODD page; `entries` maps a cite key to its line in `references.bib`.

    Raises KeyError for a text that cites or asks for what is not there.
    """
    cite = citation(entries)
    made = parts.made(model) | {name: submodels.exact(p.values[0]) for name, p in model.space.items()}
    text = "\n".join(file.read_text(encoding="utf-8") for file in TEXTS)
    text = _CITED.sub(lambda found: f"({', '.join(cite(key) for key in cited_keys(found[0]))})", text)
    return _PLACE.sub(lambda found: made[found[1]], text).rstrip() + "\n"


def submodels_page(model: Model, entries: Mapping[str, int]) -> str:
    """The page of submodels."""
    head = [
        "# Submodels of the ODD+D description",
        "",
        "*Made by `python -m orgsim.report.odd` from the rules and their values. Change those, not this page.*",
        "",
        "How to read this page, the arithmetic, draws and ids: [the ODD+D description](odd.md#7-submodels). Phases are "
        "numbered as in [the month](odd.md#the-month).",
        "",
        *submodels.contents(),
        "",
    ]
    return "\n".join([*head, *submodels.submodels(model, citation(entries))]).rstrip() + "\n"


def citation(entries: Mapping[str, int]) -> Callable[[str], str]:
    """Gives a cite key's link to its entry."""
    return lambda key: "own judgement" if key == OWN else f"[{key}](references.bib#L{entries[key]})"


def cited_keys(text: str) -> list[str]:
    """Cite keys that a text names as `[@key; @other]`, in order."""
    return [key for found in _CITED.finditer(text) for key in re.findall(r"@(\w+)", found[1])]


def texts_cite() -> set[str]:
    """Cite keys of the hand-written texts."""
    return {key for file in TEXTS for key in cited_keys(file.read_text(encoding="utf-8"))}
