"""The page of failures, in both languages: row by row the same tests, which exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / name for name in ("studies-failures.md", "studies-failures.zh.md")]


def held_by(page: Path) -> list[list[str]]:
    """What the last cell of each row names: tests, folders, commands, and the mark of those that take minutes."""
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")][2:]
    return [sorted(re.findall(r"`[^`]+`|◆", row.split("|")[-2])) for row in rows]


def test_both_languages_name_the_same_tests_row_by_row() -> None:
    english, chinese = map(held_by, PAGES)
    assert len(english) > 30
    assert english == chinese


def test_every_test_that_is_named_exists() -> None:
    named = {word.strip("`") for row in held_by(PAGES[0]) for word in row if "test_" in word}
    places = (ROOT, ROOT / "tests" / "studies")
    assert {name for name in named if not any((place / name).is_file() for place in places)} == set()
