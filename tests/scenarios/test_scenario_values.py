"""Numbers with units mean what people mean by them, and other units are refused."""

from __future__ import annotations

import pytest

from orgsim.core.parameters import KINDS, ParameterSpace
from orgsim.errors import InputError
from orgsim.scenarios import load_text
from orgsim.scenarios.units import read_quantity


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("36", "months", 36),
        ("36 months", "months", 36),
        ("1 month", "months", 1),
        ("3 years", "months", 36),
        ("1.5年", "months", 18),
        ("3个月", "months", 3),
        ("3 个月", "months", 3),
        ("18 months", "years", 1.5),
        ("2 years", "years", 2),
        ("1e3", "count", 1000),
        ("+5", "count", 5),
        (".5", "share", 0.5),
        ("-0.5 SD", "SD", -0.5),
        ("−0.5 SD", "SD", -0.5),
        ("200000 CNY", "CNY per year", 200_000),
        ("200000 CNY per year", "CNY per year", 200_000),
        ("200000 CNY/year", "CNY per year", 200_000),
        ("200000 cny a year", "CNY per year", 200_000),
        ("20 万 CNY", "CNY per year", 200_000),
        ("20万元", "CNY per year", 200_000),
        ("20 万", "CNY per year", 200_000),
        ("20万元/年", "CNY per year", 200_000),
        ("20万元每年", "CNY per year", 200_000),
        ("20.1万", "CNY", 201_000),
        ("２０万元", "CNY", 200_000),
        ("1.2亿", "CNY per year", 120_000_000),
        ("35%", "share", 0.35),
        ("35 %", "share of full cost", 0.35),
        ("35％", "index 0 to 1", 0.35),
        ("12.5 percent", "probability", 0.125),
        ("150%", "ratio", 1.5),
        ("20% per year", "per year", 0.2),
        ("0.02 per month", "per month", 0.02),
        ("0.02/month", "per month", 0.02),
        ("4 persons", "people", 4),
        ("4人", "people", 4),
        ("2 meetings", "meetings per year", 2),
        ("500 CNY per organization per year", "CNY/organization/year", 500),
        ("0.5 full-time", "full-time equivalents", 0.5),
    ],
)
def test_a_quantity_means_what_people_mean(text: str, unit: str, value: float) -> None:
    assert read_quantity(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3 CNY", "months"),
        ("3 days", "months"),
        ("200000 CNY per month", "CNY per year"),
        ("200000 USD", "CNY per year"),
        ("20%", "months"),
        ("20%", "per year"),
        ("20% per month", "per year"),
        ("0.2 per year", "per month"),
        ("3 years", "CNY per year"),
        ("3 months", "per month"),
        ("3 k", "CNY"),
        ("3e months", "months"),
        ("3 万 years", "CNY"),
    ],
)
def test_another_unit_is_refused_with_the_unit_wanted(text: str, unit: str) -> None:
    with pytest.raises(InputError, match="not in the right unit; write a number") as caught:
        read_quantity(text, unit)
    assert unit in str(caught.value)


def _set(space: ParameterSpace, line: str, section: str = "set") -> dict[str | None, float]:
    scenario = load_text(f"start: 2026-01\n{section}:\n  {line}\n", space)
    return {s.kind: s.value for s in (*scenario.today, *scenario.assumptions)}


@pytest.mark.parametrize(
    ("text", "value"),
    [("off", 0), ("on", 1), ("true", 1), ("false", 0), ("True", 1), ("'on'", 1), ("0", 0), ("1", 1)],
)
def test_a_switch_takes_off_on_false_true_or_its_index(text: str, value: float, space: ParameterSpace) -> None:
    assert _set(space, f"autonomy.dual_management: {text}") == {None: value}


@pytest.mark.parametrize(("text", "value"), [("static", 0), ("dynamic", 1), ("1", 1)])
def test_a_choice_takes_its_word_or_its_index(text: str, value: float, space: ParameterSpace) -> None:
    assert _set(space, f"compliance.penalty: {text}") == {None: value}


def test_one_value_holds_for_every_kind(space: ParameterSpace) -> None:
    assert _set(space, "fees.price: 1.5") == dict.fromkeys(KINDS, 1.5)


def test_a_mapping_may_name_some_of_the_kinds(space: ParameterSpace) -> None:
    assert _set(space, "fees.noise: {service: 50%, foundation: 2}".replace("50%", "0.5"), "assumptions") == {
        "service": 0.5,
        "foundation": 2.0,
    }


def test_ends_of_the_range_are_legal(space: ParameterSpace) -> None:
    assert _set(space, "contracts.duration: 6") == {None: 6}
    assert _set(space, "contracts.duration: 3 years") == {None: 36}
