"""Numbers as people read them."""

from __future__ import annotations

import pytest

from orgsim.report.measures import measure, range_text


@pytest.mark.parametrize(
    ("unit", "value", "language", "text"),
    [
        ("share", 0.1234, "en", "12.3%"),
        ("rate per year", 0.0315, "zh", "3.1%"),
        ("months", 2.34, "zh", "2.3个月"),
        ("CNY", 1.2345e9, "en", "CNY 1,234.5 million"),
        ("CNY", 155_632.0, "en", "CNY 156,000"),
        ("CNY", 1.2345e9, "zh", "12.35亿元"),
        ("CNY", 4.24e7, "zh", "4,240万元"),
        ("CNY", 155_632.0, "zh", "15.6万元"),
        ("CNY", 950.0, "zh", "950元"),
        ("person-months", 802_812.0, "en", "803,000 person-months"),
        ("person-months", 6_294_500.0, "zh", "629.45万人月"),
        ("years", 4012.3, "en", "4,010 years"),
        ("index", 0.51234, "en", "0.512"),
    ],
)
def test_a_value_is_written_in_its_unit(unit: str, value: float, language: str, text: str) -> None:
    assert measure(unit, (value,), language).value(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.012, "+1.2 points"), (-0.012, "−1.2 points"), (0.004, "+0.40 points"), (0.0, "0.0 points")]
)
def test_a_difference_has_its_sign_unless_it_is_nought(value: float, text: str) -> None:
    assert measure("share", (value,), "en").change(value) == text


def test_less_money_has_its_sign_before_the_currency() -> None:
    assert measure("CNY", (5e7,), "en").change(-5e7) == "−CNY 50.0 million"


def test_a_share_counted_out_of_a_hundred_names_no_per_cent() -> None:
    counted = measure("share", (0.743,), "en", "organizations")
    assert (counted.value(0.743), counted.change(0.08)) == ("74.3", "+8.0 of 100")


def test_a_range_does_not_reach_beyond_what_can_be() -> None:
    assert range_text(measure("share", (0.9,), "en"), -0.1, 1.2, "en") == "0.0 to 100.0"


def test_a_range_of_differences_may_lie_below_nought() -> None:
    assert range_text(measure("share", (0.1,), "zh"), -0.1, 0.1, "zh", signed=True) == "−10.0至+10.0"


def test_what_is_not_known_is_a_dash_without_a_range() -> None:
    nan = float("nan")
    written = measure("share", (nan,), "en")
    assert (written.value(nan), range_text(written, nan, nan, "en")) == ("—", "")
