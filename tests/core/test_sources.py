"""What sources of values say is there in Chinese wherever a Chinese page shows it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import orgsim.core.sources
from orgsim.core.sources import in_language
from orgsim.mechanisms import space

TABLE = json.loads(Path(orgsim.core.sources.__file__).with_suffix(".zh.json").read_text(encoding="utf-8"))
SHOWN = {p.source.where for p in space().values()} | {p.source.note for p in space().values() if p.role == "lever"}


def test_whatever_is_shown_has_its_chinese() -> None:
    assert SHOWN - {""} - set(TABLE) == set()


def test_no_chinese_is_left_of_what_no_source_says() -> None:
    assert set(TABLE) - SHOWN == set()


def test_the_chinese_has_no_english_word() -> None:
    assert {one for one in TABLE.values() if re.search("[A-Za-z]{2,}", one.replace("ln 2", ""))} == set()


def test_the_numbers_are_the_same_in_both_languages() -> None:
    """Those with a decimal point, which no change of unit such as million to 万 touches."""
    decimals = re.compile(r"\d*\.\d+(?!.{0,7}million)")
    lost = {
        (english, chinese)
        for english, chinese in TABLE.items()
        for number in map(float, decimals.findall(english))
        if number not in map(float, decimals.findall(chinese))
    }
    assert lost == set()


def test_chinese_is_what_the_table_has_and_english_where_it_has_none() -> None:
    assert {one: in_language(one, "zh") for one in TABLE} == TABLE
    assert in_language("said nowhere", "zh") == "said nowhere"


def test_english_stays_english() -> None:
    assert in_language("policy starting point", "en") == "policy starting point"
