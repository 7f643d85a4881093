"""A draw is a pure function of seed, replication, decision, month and entity, and a good one."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from orgsim.core import draws
from orgsim.core.draws import MONTH_ZERO, draw_key, one_uniform, philox
from orgsim.core.registry import Draw
from orgsim.schedule import TOGETHER, model
from orgsim.testing import assert_counts, assert_distribution

Words = tuple[int, ...]

# Salmon et al. 2011, Random123 1.14, tests/kat_vectors: philox4x32 with ten rounds (counter, key, answer).
KNOWN_ANSWERS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> list[np.uint64]:
    return [np.uint64(int(word, 16)) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter: str, key: str, answer: str) -> None:
    assert [f"{int(word):08x}" for word in philox(*words(counter), *words(key))] == answer.split()


@pytest.fixture(scope="module")
def many() -> np.ndarray:
    """Uniforms of 40,000 decisions, over entities, months, replications and decisions alike."""
    return np.array(
        [
            one_uniform(11, replication, draw_key(f"a.b.u_{draw}"), month, entity)
            for replication in range(10)
            for draw in range(10)
            for month in range(-10, 10)
            for entity in range(20)
        ]
    )


def test_draws_are_uniform(many: np.ndarray) -> None:
    assert_distribution(many, stats.uniform.cdf, "a draw")


def test_draws_fill_every_hundredth_alike(many: np.ndarray) -> None:
    assert_counts(np.histogram(many, 100, (0.0, 1.0))[0], np.full(100, 0.01), "hundredths of a draw")


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("entity", (1, 1, 1, 0, 1)),
        ("month", (1, 1, 1, 1, 0)),
        ("decision", (1, 1, 2, 0, 0)),
        ("replication", (1, 2, 1, 0, 0)),
        ("seed", (2, 1, 1, 0, 0)),
    ],
)
def test_draws_of_neighbours_know_nothing_of_each_other(what: str, other: Words) -> None:
    counts = np.zeros((6, 6))
    seed, replication, draw, month, shift = other
    for i in range(8000):
        here = one_uniform(1, 1, 1, 0, i)
        there = one_uniform(seed, replication, draw, month, i + shift)
        counts[int(here * 6), int(there * 6)] += 1
    assert_counts(counts.ravel(), np.full(36, 1 / 36), f"pairs of draws of neighbours by {what}")


@pytest.mark.parametrize(("one", "other"), combinations(range(4), 2))
def test_words_of_one_answer_know_nothing_of_each_other(one: int, other: int) -> None:
    counts = np.zeros((6, 6))
    for i in range(8000):
        pair = (one_uniform(1, 1, 1, 0, i, word) for word in (one, other))
        counts[tuple(int(u * 6) for u in pair)] += 1
    assert_counts(counts.ravel(), np.full(36, 1 / 36), f"pairs of words {one} and {other}")


@pytest.mark.parametrize("word", [0, 0xFFFFFFFF])
def test_a_draw_never_reaches_its_ends(word: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draws, "philox", lambda *_: (np.uint64(word),) * 4)
    assert all(0.0 < u < 1.0 for u in draws.uniforms.py_func(*(np.uint64(0),) * 5))


def test_draws_do_not_depend_on_the_order_in_which_they_are_asked() -> None:
    forwards = [one_uniform(1, 2, 3, month, 4) for month in range(50)]
    backwards = [one_uniform(1, 2, 3, month, 4) for month in reversed(range(50))]
    assert forwards == backwards[::-1]


def test_a_kernel_draws_the_very_bits_a_person_can_ask_for() -> None:
    word = np.uint64
    drawn = draws.uniforms(word(9), word(8), word(7), word(MONTH_ZERO - 5), word(6))
    assert list(drawn) == [one_uniform(9, 8, 7, -5, 6, at) for at in range(4)]


def test_a_decision_keeps_its_key_for_ever() -> None:
    assert draw_key("turnover.quits.u_quits") == 0xBC6503F0


def test_no_two_decisions_of_the_model_share_a_word() -> None:
    whole = model()
    words = Counter(r for readings in whole.readings.values() for r in readings.values() if isinstance(r, Draw))
    words.update(Draw(draw_key(f"birth of {phase.birth.entity}")) for phase in whole.schedule if phase.birth)
    assert [word for word, count in words.items() if count > 1] == []


def test_what_is_drawn_together_is_asked_of_one_entity_in_one_phase() -> None:
    whole = model()
    for names in TOGETHER:
        rules = [next(r for r in whole.rules.values() if r.path == name.rpartition(".")[0]) for name in names]
        homes = {
            (r.entity, phase.name) for r in rules for phase in whole.schedule if r.name in phase.rules.get(r.entity, ())
        }
        assert len(homes) == 1, names
