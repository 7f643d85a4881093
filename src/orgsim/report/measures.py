"""Numbers as people read them: of 100, in points, 万元 or million CNY; a difference and its range in one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isnan
from types import MappingProxyType

from orgsim.report.texts import say

COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "survival_5y": "organizations",
        "survival_10y": "organizations",
        "annual_exit_rate": "organizations",
        "dormant_share": "organizations",
        "annual_turnover": "people",
        "retention_12m": "people",
    }
)
"""Shares said as so many of 100, and of 100 what; other shares are said in per cent."""
UNKNOWN = "—"


@dataclass(frozen=True)
class Measure:
    """How to write numbers of one quantity: multiply, round, put into the words of a unit.

    Negative `decimals` round to tens, hundreds and so on.
    `counts` says whether they count things, which are fewer, or measure an amount, which is less. The end of a range
    is written no lower than `least` and no higher than `most`: an interval of few replications may reach beyond what
    can be.
    """

    factor: float
    decimals: int
    level: str
    difference: str
    language: str
    counts: bool = False
    least: float = 0.0
    most: float = inf

    def value(self, value: float) -> str:
        """A value with its unit."""
        return _missing(value) or say(self.level, self.language, number=self._number(value))

    def bare(self, value: float) -> str:
        """A value without its unit, for the end of a range."""
        return _missing(value) or self._number(min(max(value, self.least), self.most))

    def signed(self, value: float) -> str:
        """A difference without its unit, always with its sign."""
        if isnan(value):
            return UNKNOWN
        number = self._number(abs(value))
        return number if not any(digit in number for digit in "123456789") else ("−" if value < 0 else "+") + number

    def change(self, value: float) -> str:
        """A difference with its sign and unit."""
        text = say(self.difference, self.language, number=self.signed(value))
        return text.replace("CNY +", "+CNY ").replace("CNY −", "−CNY ")

    def size(self, value: float) -> str:
        """How large a difference is, with its unit and without a sign; not more decimals than it needs."""
        number = self._number(abs(value))
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return say(self.difference, self.language, number=number)

    def _number(self, value: float) -> str:
        rounded = round(value * self.factor, self.decimals) + 0.0  # adding 0.0 makes −0.0 a plain nought
        return f"{rounded:,.{max(self.decimals, 0)}f}".replace("-", "−")


def measure(unit: str, sizes: tuple[float, ...], language: str, counted: str = "") -> Measure:
    """How to write numbers of `unit`, the largest of which is as large as `sizes`.

    `counted` is "organizations" or "people" where a share is said as so many of 100 of them.
    """
    largest = max((abs(size) for size in sizes if not isnan(size)), default=0.0)
    if unit in ("share", "rate per year"):
        most = 1.0 if unit == "share" else inf
        decimals = 2 if 0.0 < largest < 0.01 else 1
        if counted:
            return Measure(100.0, decimals, "unit.in_100", f"unit.{counted}", language, counts=True, most=most)
        return Measure(100.0, decimals, "unit.percent", "unit.points", language, most=most)
    if unit.startswith("CNY"):
        return _money(largest, language)
    if unit == "person-months":
        large = largest >= (1e6 if language == "en" else 1e4)
        key = "unit.many_person_months" if large else "unit.person_months"
        factor = 1.0 if not large else 1e-6 if language == "en" else 1e-4
        return Measure(factor, 2 if large else _three_digits(largest), key, key, language)
    if unit == "years":
        return Measure(1.0, _three_digits(largest) if largest >= 100.0 else 1, "unit.years", "unit.years", language)
    if unit == "months":
        return Measure(1.0, 1 if largest >= 1.0 else 2, "unit.months", "unit.months", language, least=-inf)
    return Measure(1.0, 3, "unit.index", "unit.index", language, least=-inf)


def _money(largest: float, language: str) -> Measure:
    if language == "zh":
        if largest >= 1e8:
            return Measure(1e-8, 2, "unit.many_cny", "unit.many_cny", language)
        if largest >= 1e4:
            decimals = 0 if largest >= 1e7 else 1
            return Measure(1e-4, decimals, "unit.ten_thousand_cny", "unit.ten_thousand_cny", language)
    elif largest >= 1e6:
        return Measure(1e-6, 1 if largest >= 1e7 else 2, "unit.many_cny", "unit.many_cny", language)
    return Measure(1.0, _three_digits(largest), "unit.cny", "unit.cny", language)


def _three_digits(largest: float) -> int:
    """Decimals that leave whole numbers three digits: nobody can use 155,632 better than 156,000."""
    return min(0, 3 - len(f"{largest:.0f}"))


def _missing(value: float) -> str:
    return UNKNOWN if isnan(value) else ""


def range_text(measure: Measure, low: float, high: float, language: str, *, signed: bool = False) -> str:
    """'4.2 to 5.6', or nothing where there is no range."""
    if isnan(low) or isnan(high):
        return ""
    write = measure.signed if signed else measure.bare
    return say("range", language, low=write(low), high=write(high))
