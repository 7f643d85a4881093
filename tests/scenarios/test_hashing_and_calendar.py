"""Content has one name everywhere, and months are counted as people write them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.core.calendar import date_of, month_index, month_number
from orgsim.core.hashing import canonical_json, content_hash
from orgsim.errors import InputError


def test_a_hash_is_the_same_on_every_machine() -> None:
    assert canonical_json({"b": [1, 1.0, -0.0, None, True], "a": "合同"}) == (
        '{"a":"s:\\u5408\\u540c","b":[1,"f:0x1.0000000000000p+0","f:0x0.0p+0",null,true]}'
    )
    assert content_hash({"b": 1, "a": 2.5}) == "c4a80b70f68b687fdad49ffef89f42f5"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (0, False),
        (1.0, "f:0x1.0000000000000p+0"),
        ("f:0x1.0000000000000p+0", 1.0),
        (None, "null"),
        ([1], [[1]]),
        ([], {}),
        (0.1, 0.1 + 2**-56),
        (np.zeros(2), np.zeros((1, 2))),
        (np.zeros(2), np.zeros(2, dtype=np.int64)),
    ],
)
def test_different_content_has_different_names(one: object, other: object) -> None:
    assert content_hash(one) != content_hash(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (0.0, -0.0),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ((1, 2), [1, 2]),
        (np.float64(0.5), 0.5),
        (np.int64(5), 5),
        (np.array([0.0, 1.0]), np.array([-0.0, 1.0])),
        (np.arange(6.0).reshape(2, 3)[:, ::2], np.array([[0.0, 2.0], [3.0, 5.0]])),
        (np.arange(3, dtype=">f8"), np.arange(3, dtype="<f8")),
    ],
)
def test_the_same_content_has_the_same_name(one: object, other: object) -> None:
    assert content_hash(one) == content_hash(other)


@pytest.mark.parametrize("content", [float("nan"), {"a": [np.nan]}, np.array([1.0, np.nan])])
def test_not_a_number_has_no_name(content: object) -> None:
    with pytest.raises(ValueError, match="NaN"):
        content_hash(content)


@pytest.mark.parametrize("content", [object(), {1: 2}, {1, 2}, b"x", np.array(["a"])])
def test_what_has_no_spelling_is_refused(content: object) -> None:
    with pytest.raises(TypeError):
        content_hash(content)


def test_months_are_counted_from_the_start() -> None:
    assert month_index("2026-01", "2026-01") == 0
    assert month_index("2027-03", "2026-01") == 14
    assert month_index("2025-12", "2026-01") == -1
    assert date_of(-24, "2026-01") == "2024-01"
    assert date_of(119, "2026-01") == "2035-12"


@given(month=st.integers(-500, 500), start=st.integers(12 * 1950, 12 * 2150))
def test_a_month_and_its_date_are_each_others_inverse(month: int, start: int) -> None:
    first = f"{start // 12}-{start % 12 + 1:02d}"
    assert month_index(date_of(month, first), first) == month


@pytest.mark.parametrize(
    "date",
    [
        "2026",
        "2026-1",
        "2026-00",
        "2026-13",
        "26-01",
        "2026-01-01",
        "2026/01",
        " 2026-01",
        "２０２６-01",
        "",
        "1899-12",
    ],
)
def test_any_other_way_to_write_a_month_is_refused(date: str) -> None:
    with pytest.raises(InputError):
        month_number(date)
