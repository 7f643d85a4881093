"""What the document prints to check an implementation by, and what it lists, hold for both implementations."""

from __future__ import annotations

import re

import pytest

from orgsim.mechanisms import space
from orgsim.testing import tiny_world
from tests.docking.plain import arithmetic
from tests.docking.plain.luck import WORD_OF, SharedLuck, key_of, philox
from tests.docking.side_by_side import ODD, documented_columns, printed


@pytest.mark.parametrize("name", ["exp", "log", "logistic", "logit", "power", "innovation", "normal", "on_grid"])
def test_arithmetic_gives_the_document_s_values(name: str) -> None:
    function = {"innovation": arithmetic.flat_shock, "on_grid": lambda x: arithmetic.total([x])}.get(
        name, getattr(arithmetic, name, None)
    )
    checks = re.findall(rf"^\| `{name}\((.*)\)` \| (\S+) \|$", ODD.read_text(encoding="utf-8"), re.M)
    assert checks
    for arguments, value in checks:
        assert function(*map(float, arguments.split(", "))) == pytest.approx(float(value), rel=1e-14)


def test_the_document_names_every_column() -> None:
    engine = tiny_world({"service": 1}).world
    assert {e: set(columns) for e, columns in documented_columns().items()} == {
        entity: {*table.columns} for entity, table in engine.tables.items()
    }


def test_the_printed_values_are_those_that_run() -> None:
    assert printed() == {name: p.value for name, p in space().items()}


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_gives_the_published_words(counter: str, key: str, words: str) -> None:
    """Known answers of Random123, the library of Salmon et al. 2011 (its file kat_vectors)."""
    c, k = (tuple(int(word, 16) for word in text.split()) for text in (counter, key))
    assert " ".join(f"{word:08x}" for word in philox(c, k)) == words


def test_luck_and_ids_are_those_of_the_document_s_tables() -> None:
    page = ODD.read_text(encoding="utf-8")
    draws = re.findall(r"^\| (\d+) \| (\d+) \| `(\S+)` \| (\w+) \| (\d) \| (-?\d+) \| (\d+) \| (\S+) \|$", page, re.M)
    births = re.findall(r"^\| `birth of (\w+)` \| (\w+) \| (\d+) \| (-?\d+) \| (\d+) \| (\d+) \|$", page, re.M)
    assert (len(draws), len(births)) == (4, 3)
    for seed, replication, decision, key, word, month, who, uniform in draws:
        assert WORD_OF.get(decision, (key_of(decision), 0)) == (int(key, 16), int(word) - 1)
        assert SharedLuck(int(seed), int(replication)).uniform(decision, int(month), int(who)) == float(uniform)
    for entity, key, parent, month, ordinal, identity in births:
        assert key_of(f"birth of {entity}") == int(key, 16)
        assert SharedLuck(1, 0).newborn(entity, int(parent), int(month), int(ordinal)) == int(identity)
