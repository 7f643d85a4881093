"""What docs/mesa.md shows is what runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "mesa.md"


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """Everything the page's code defines, once it has run from top to bottom as a script."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    defined: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), defined)
    return defined


def test_the_code_of_the_mesa_page_runs_as_shown(names: dict[str, Any]) -> None:
    assert names["model"].date == "2026-03"
    assert names["organization"].cash == 0.0


def test_the_decisions_of_the_mesa_page_have_the_effect_it_claims(names: dict[str, Any]) -> None:
    ours, usual = (names[name].staff.agg("quit_probability", max) for name in ("ours", "usual"))
    assert ours < usual


def test_the_batch_of_the_mesa_page_has_a_row_for_each_combination(names: dict[str, Any]) -> None:
    found = {(row["contracts__duration"], row["seed"]) for row in names["rows"]}
    assert found == {(12, 1), (12, 2), (36, 1), (36, 2)}
