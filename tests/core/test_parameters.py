"""A parameters file says everything about its values, and nothing that cannot be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from orgsim.core.parameters import KINDS, ParameterSpace, read_parameters
from orgsim.errors import InputError

LEGAL = """\
growth:
  title: {en: Growth, zh: 生长}
  meaning: {en: "How fast.", zh: "多快。"}
  unit: share
  value: 0.5
  range: [0, 1]
  role: uncertainty
  source: {cite: tree2020, where: table 1, grade: B, reading: read}
"""
BY_KIND = "{association: 1, service: 0.8, social_work: 0.6, foundation: 0.4, community: 0.2}"


def read(folder: Path, text: str) -> ParameterSpace:
    file = folder / "parameters.yaml"
    file.write_text(text, encoding="utf-8")
    return ParameterSpace(read_parameters("orchard", file))


def test_a_legal_file_is_read_whole(tmp_path: Path) -> None:
    growth = read(tmp_path, LEGAL)["orchard.growth"]
    assert (growth.values, growth.mechanism, growth.title("zh"), growth.by_kind) == ((0.5,), "orchard", "生长", False)


def test_a_mechanism_may_have_no_parameters(tmp_path: Path) -> None:
    assert read_parameters("orchard", tmp_path / "parameters.yaml") == []


def test_a_value_by_kind_takes_one_place_a_kind(tmp_path: Path) -> None:
    text = LEGAL.replace("value: 0.5", f"value: {BY_KIND}") + LEGAL.replace("growth", "shade")
    space = read(tmp_path, text)
    assert (space.place, space.size) == ({"orchard.growth": 0, "orchard.shade": len(KINDS)}, len(KINDS) + 1)
    np.testing.assert_array_equal(space.defaults(), [1, 0.8, 0.6, 0.4, 0.2, 0.5])


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no lever or assumption 'orchard\.grwth' – did you mean 'orchard"):
        read(tmp_path, LEGAL).named("orchard.grwth")


@pytest.mark.parametrize(
    ("legal", "wrong", "complaint"),
    [
        ("  unit: share", "  units: share", "unit: Field required"),
        ("  role: uncertainty", "  role: uncertainty\n  colour: red", "colour: Extra inputs are not permitted"),
        ("  title: {en: Growth, zh: 生长}", "  title: {en: Growth}", "title.zh: Field required"),
        ("zh: 生长", "zh: ''", "title.zh: String should have at least 1 character"),
        ("value: 0.5", "value: 1.5", "value 1.5 lies outside its own range [0.0, 1.0]"),
        (
            "value: 0.5",
            f"value: {BY_KIND.replace('service: 0.8', 'service: 8')}",
            "value 8.0 lies outside",
        ),
        ("value: 0.5", "value: .nan", "Input should be a finite number"),
        ("value: 0.5", "value: {association: 0.1}", "give one value for each of association, service"),
        ("value: 0.5", "value: half", "Input should be a valid number"),
        ("range: [0, 1]", "range: [1, 0]", "range [1.0, 0.0] runs backwards"),
        ("range: [0, 1]", "range: [0]", "range.1: Field required"),
        ("role: uncertainty", "role: lever\n  no_effect: 2", "no_effect 2.0 lies outside the range"),
        ("role: uncertainty", "role: lever\n  choices: [a, b, c]", "the range of a choice counts its choices from 0"),
        ("role: uncertainty", "role: guess", "Input should be 'lever', 'uncertainty' or 'fixed'"),
        ("grade: B, reading: read", "grade: A, reading: memory", "a value that is 'memory' cannot be graded A"),
        ("grade: B, reading: read", "grade: A, reading: assumed", "a value that is 'assumed' cannot be graded A"),
        ("grade: B", "grade: D", "Input should be 'A', 'B' or 'C'"),
        (", reading: read", "", "source.reading: Field required"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(legal: str, wrong: str, complaint: str, tmp_path: Path) -> None:
    assert legal in LEGAL
    with pytest.raises(InputError) as refused:
        read(tmp_path, "# a comment\n\n" + LEGAL.replace(legal, wrong))
    assert str(refused.value).startswith(f"{tmp_path / 'parameters.yaml'}:3: growth: ")
    assert complaint in str(refused.value)


def test_an_entry_that_is_no_table_is_told_with_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"parameters\.yaml:1: growth: "):
        read(tmp_path, "growth: 0.5\n")
