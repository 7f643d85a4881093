"""What docs/mesa-batch-run.md shows is what runs, and both ways give the same numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "mesa-batch-run.md"


def test_a_batch_and_a_study_of_the_same_question_give_the_same_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    for name, text in re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", page, re.M | re.S):
        Path(name).write_text(text, encoding="utf-8")
    defined: dict[str, Any] = {"__name__": "__main__"}
    for block in re.findall(r"^```python\n(.*?)^```", page, re.M | re.S):
        exec(compile(block, str(PAGE), "exec"), defined)
    assert len(defined["rows"]) == len(defined["results"]) == 12
    assert len(set(defined["theirs"].values())) > 1
    assert defined["ours"] == defined["theirs"]
