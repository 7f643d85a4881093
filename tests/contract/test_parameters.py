"""Every value says what it means in both languages, where it comes from, and is used."""

from __future__ import annotations

import re
from collections import Counter

from orgsim.core.parameters import KINDS
from orgsim.core.registry import Value
from orgsim.mechanisms import space
from orgsim.schedule import model

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_title_and_meaning_in_chinese_is_chinese() -> None:
    assert [n for n, p in space().items() if not (CHINESE.search(p.title.zh) and CHINESE.search(p.meaning.zh))] == []


def test_no_title_or_meaning_in_english_is_chinese() -> None:
    assert [n for n, p in space().items() if CHINESE.search(p.title.en + p.meaning.en)] == []


def test_every_meaning_says_more_than_the_title() -> None:
    assert [n for n, p in space().items() if len(p.meaning.en) <= len(p.title.en)] == []


def test_every_value_by_kind_has_all_kinds_in_their_order() -> None:
    by_kind = {name: p for name, p in space().items() if isinstance(p.value, dict)}
    wrong = [n for n, p in by_kind.items() if p.values != tuple(dict(p.value)[kind] for kind in KINDS)]
    assert (len(by_kind) > 3, wrong) == (True, [])


def test_every_lever_and_uncertainty_can_be_varied() -> None:
    assert [n for n, p in space().items() if p.role != "fixed" and p.range[0] == p.range[1]] == []


def test_every_parameter_is_used() -> None:
    whole = model()
    used = {r.place for readings in whole.readings.values() for r in readings.values() if isinstance(r, Value)}
    for shared in whole.allocations.values():
        named = {f"{shared.mechanism}.{argument}" for argument in shared.arguments}
        used |= {whole.space.place[name] for name in named & set(whole.space)}
    assert [name for name in whole.space if whole.space.place[name] not in used] == []


def test_no_two_parameters_of_a_mechanism_have_the_same_title() -> None:
    titles = Counter((p.mechanism, text) for p in space().values() for text in (p.title.en, p.title.zh))
    assert [title for title, count in titles.items() if count > 1] == []
