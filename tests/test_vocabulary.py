"""One word for one thing in Chinese too: docs/vocabulary.md has them."""

from __future__ import annotations

import re

import pytest

from tests.test_structure import ROOT, tracked

LEGAL = "社会服务|社会工作服务|社会工作|社工服务|社工"
"""Kinds of organization whose legal or usual name ends in 机构."""
OFFICES = "研究|第三方|评估"
"""Other bodies than social organizations."""
AGENCY = re.compile("".join(f"(?<!{name})" for name in f"{LEGAL}|{OFFICES}".split("|")) + "机构")
QUOTING = (
    "CHANGELOG.md",
    "docs/report",
    "docs/vocabulary.md",
    "experiments/",
    "src/orgsim/report/claims/",
    "src/orgsim/scenarios/registers/",
    "src/orgsim/scenarios/units.py",
    "tests/",
)
"""What quotes others, reads what people write, or keeps what was said at its time."""


def lines(pattern: re.Pattern[str], *passed_over: str) -> list[str]:
    """Lines of the project's own texts that hold a word."""
    found = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix in {".py", ".md", ".json", ".yaml"} and not name.startswith(passed_over):
            text = path.read_text(encoding="utf-8")
            found += [f"{name}: {line.strip()}" for line in text.splitlines() if pattern.search(line)]
    return found


def test_a_social_organization_is_called_so_and_not_an_agency() -> None:
    assert lines(AGENCY, *QUOTING) == []


@pytest.mark.parametrize("word", ["分片文件", "个分片合并", "分卷作业"])
def test_a_part_of_a_store_and_a_shard_of_a_study_have_their_own_words(word: str) -> None:
    assert lines(re.compile(word), "tests/") == []
