"""Reads bands as people write them: "2–6 %", "±.07 each", ".25-.50; 30-52% / 8-16%", ">2:1", "under 3%", "must hold".

A text of bands is split at `;` into statements and these at ` / ` into bands, one for each quantity of the row. A
statement may say more in words after its numbers ("1.1–3.0, and flat for publicly funded"); such words are kept as
remarks and never judged. A tolerance ("+-8 points") stands around the numbers that the target names at the same place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from math import inf, isinf
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from orgsim.errors import InputError

Number = TypeVar("Number", float, NDArray[np.float64])
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?"
_VALUE = rf"[+\-−]?\s?(?=[\d.]){_NUMBER}"
_UNIT = r"(?:%|％|percent|per cent|percentage points|points|pp|months|weeks|years)"
_RANGE = re.compile(
    rf"(?P<low>{_VALUE})\s*(?P<low_unit>{_UNIT})?\s*(?:–|—|-|~|～|\bto\b|至|到)\s*(?P<high>{_VALUE})\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"\bbetween\s+(?P<low>{_VALUE})\s*(?P<low_unit>{_UNIT})?\s+and\s+(?P<high>{_VALUE})\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_TOLERANCE = re.compile(rf"(?:±|\+/-|\+-)\s*(?P<width>(?=[\d.]){_NUMBER})\s*(?P<unit>{_UNIT})?", re.IGNORECASE)
_BOUND = re.compile(
    rf"(?P<sign><=|>=|≤|≥|<|>|at or below|at or above|no more than|no less than|at most|at least|up to|less than"
    rf"|more than|under|below|over|above"
    rf"|不超过|不低于|至多|至少|低于|高于)\s*(?P<bound>{_VALUE})(?::1)?\s*(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\b(?:(?P<up>positive)|negative)\b|(?P<up_zh>为正)|为负", re.IGNORECASE)
_HOLDS = re.compile(r"\b(?:must hold|holds|exact|exactly)\b|必须成立|完全一致", re.IGNORECASE)
_BELOW = {"<=", "≤", "<", "at or below", "no more than", "at most", "up to", "less than", "under", "below"}
_BELOW |= {"不超过", "至多", "低于"}
_CENTRE = re.compile(rf"(?<![\w.])(?P<centre>{_VALUE})\s*(?P<unit>{_UNIT})?", re.IGNORECASE)
_NOTE = re.compile(r"\(([^()]*)\)|（([^（）]*)）")
_PERCENT = {"%", "％", "percent", "per cent"}
_POINTS = {"pp", "points", "percentage points"}


@dataclass(frozen=True)
class Band:
    """The values of one quantity that count as agreement, ends included.

    `unit` says how the numbers were written: "%" and "points" were divided by 100, "months", "weeks", "years" and ""
    were not; "holds" asks that something is true, with 1 for true.
    """

    low: float
    high: float
    unit: str = ""

    def __contains__(self, value: float) -> bool:
        return self.low - 1e-12 <= value <= self.high + 1e-12

    def standardized(self, value: Number) -> Number:
        """Where a value, or each of an array, lies if the band reached from -1 to 1.

        A band with one end is taken to be as long as that end is large.
        """
        if isinf(self.low):
            return 1.0 + (value - self.high) / _length(self.high)
        if isinf(self.high):
            return -1.0 + (value - self.low) / _length(self.low)
        if self.low == self.high:
            return value - self.low
        return (2.0 * value - self.low - self.high) / (self.high - self.low)


def _length(end: float) -> float:
    return abs(end) / 2.0 if end else 0.1


HOLDS = Band(1.0, 1.0, "holds")


def read_bands(text: str, target: str = "") -> tuple[tuple[Band, ...], tuple[str, ...]]:
    """The bands of a row, one for each of its quantities, and what else its text says in words.

    `target` gives the middle of a tolerance, and a bound of its own where it names one that `text` does not ("20
    months; ratio at least 2"). Raises InputError, without a file, for a text that holds no band or holds numbers that
    are none.
    """
    notes = [" ".join(filter(None, found)) for found in _NOTE.findall(text)]
    statements = _statements(_NOTE.sub(" ", text))
    aims = _statements(_NOTE.sub(" ", target))
    bands: list[Band] = []
    for place, (statement, aim) in enumerate(zip_longest(statements, aims)):
        if statement is None:
            bands += [_bound(found) for found in [_BOUND.search(aim or "")] if found]
            continue
        for cell in re.split(r"\s+/\s+", statement):
            found, words = _cell(cell, aim if aim is not None else target if place == 0 else "")
            bands += found
            notes += words
    if not bands:
        raise InputError(
            f"'{text}' says no band; write it like '2–6 %', '±.07', 'under 3%' or '.25-.50; 30-52% / 8-16%'"
        )
    return tuple(bands), tuple(note.strip(" ,，") for note in notes if note.strip(" ,，"))


def _statements(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;；]", text) if part.strip()]


def _cell(cell: str, aim: str) -> tuple[list[Band], list[str]]:
    """Bands of one statement about one quantity (several for a tolerance around several numbers), and its words."""
    for pattern in (_HOLDS, _BETWEEN, _RANGE, _TOLERANCE, _BOUND, _SIGN):
        found = pattern.search(cell)
        if found is None:
            continue
        words = [cell[: found.start()].strip(), cell[found.end() :].strip()]
        if pattern is _HOLDS:
            return [HOLDS], words
        if pattern in (_BETWEEN, _RANGE):
            return [_range(found, cell)], words
        if pattern is _SIGN:
            return [Band(0.0, inf) if found["up"] or found["up_zh"] else Band(-inf, 0.0)], words
        if pattern is _BOUND:
            return [_bound(found)], words
        return _around(found, aim, cell), words
    if re.search(r"\d", cell):
        raise InputError(f"'{cell}' holds numbers but no band; write it like '2–6 %', '±.07' or 'under 3%'")
    return [], [cell]


def _range(found: re.Match[str], cell: str) -> Band:
    unit, first = _unit(found["unit"]), _unit(found["low_unit"])
    if found["low_unit"] and first != unit:
        raise InputError(f"'{cell}' gives its two ends different units")
    ends = sorted(_number(found[name]) / _scale(unit) for name in ("low", "high"))
    return Band(ends[0], ends[1], unit)


def _bound(found: re.Match[str]) -> Band:
    unit = _unit(found["unit"])
    value = _number(found["bound"]) / _scale(unit)
    return Band(-inf, value, unit) if found["sign"].lower() in _BELOW else Band(value, inf, unit)


def _around(found: re.Match[str], aim: str, cell: str) -> list[Band]:
    """Bands around the numbers of the target; "no further rise" and other words without a number stand for 0."""
    if _HOLDS.search(aim):
        return [HOLDS]
    centres = [each for each in _CENTRE.finditer(aim) if re.search(r"\d", each["centre"])]
    units = [_unit(each["unit"]) for each in centres]
    if not aim.strip():
        raise InputError(f"'{cell}' is a tolerance, but the target names no number it could stand around")
    written = units[-1] if units else ""
    unit = _unit(found["unit"]) or written
    width = _number(found["width"]) / _scale(unit)
    middles = [
        _number(each["centre"]) / _scale(own or written or unit) for each, own in zip(centres, units, strict=True)
    ]
    return [Band(middle - width, middle + width, written or unit) for middle in middles or [0.0]]


def _number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").replace(" ", ""))


def _unit(text: str | None) -> str:
    word = (text or "").lower()
    return "%" if word in _PERCENT else "points" if word in _POINTS else word


def _scale(unit: str) -> float:
    return 100.0 if unit in ("%", "points") else 1.0
