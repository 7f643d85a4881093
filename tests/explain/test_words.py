"""What columns mean, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from orgsim.explain import words
from orgsim.explain.words import chinese_meaning_of, meaning_of
from orgsim.report.column_names import chinese, monthly_title
from orgsim.schedule import model
from orgsim.studies.document import SERIES

COLUMNS = [(entity, column) for entity, columns in model().columns.items() for column in columns]


@pytest.mark.parametrize("entity", sorted(model().columns))
def test_every_column_has_a_meaning_in_both_languages(entity: str) -> None:
    lacking = [
        column
        for column in model().columns[entity]
        if not meaning_of(model(), entity, column)
        or not re.search("[\u4e00-\u9fff]", chinese_meaning_of(model(), entity, column))
    ]
    assert not lacking


def test_the_chinese_register_holds_nothing_but_columns_that_are_not_totals() -> None:
    register = json.loads((Path(words.__file__).parent / "meanings.zh.json").read_text(encoding="utf-8"))
    assert set(register) == {
        f"{entity}.{column}" for entity, column in COLUMNS if (entity, column) not in model().totals
    }


def test_numbers_of_the_english_sentence_stand_in_the_chinese_one_too() -> None:
    """A rule whose thresholds change needs its sentence changed in both languages."""

    def numbers(text: str) -> list[str]:
        text = re.sub(r"(?<![\d.])\.(?=\d)", "0.", text.replace(",", "").replace("1:1", ""))
        return sorted(re.findall(r"\d+(?:\.\d+)?", text))

    differing = {
        f"{entity}.{column}": (meaning_of(model(), entity, column), chinese_meaning_of(model(), entity, column))
        for entity, column in COLUMNS
        if (entity, column) not in model().totals  # told by the names of columns
        and numbers(meaning_of(model(), entity, column)) != numbers(chinese_meaning_of(model(), entity, column))
    }
    assert not differing


def test_a_total_is_told_by_what_it_adds_up() -> None:
    told = chinese_meaning_of(model(), "sector", "credibility_sum")
    assert chinese("credibility") in told
    assert chinese("active") in told


@pytest.mark.parametrize(
    ("column", "title"),
    [
        ("closes", "本月退出登记的组织数"),
        ("headcount", "在岗人数"),
        ("income", "本月总收入合计"),
        ("tenure_sum", "任职月数之和"),
    ],
)
def test_a_monthly_sum_says_in_chinese_what_is_counted_or_summed(column: str, title: str) -> None:
    assert monthly_title(column, "zh") == title
    assert monthly_title(column, "en") == column


def test_every_monthly_sum_of_a_study_has_a_chinese_title() -> None:
    assert [one for one in SERIES if not re.search("[\u4e00-\u9fff]", monthly_title(one, "zh"))] == []
