"""Months as people write them ('2027-01') and as the model counts them (0 is the first month after the burn-in)."""

from __future__ import annotations

import re

from orgsim.errors import InputError

FIRST_YEAR, LAST_YEAR = 1900, 2200
_DATE = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:[-/.]?\d{1,2}日?)?", re.ASCII)


def month_number(date: str) -> int:
    """Months since year 0 of a date written strictly as 'YYYY-MM'; InputError says what is wrong with any other."""
    match = _DATE.fullmatch(date)
    if match is None:
        loose = _LOOSE_DATE.fullmatch(date)
        instead = f"{loose[1]}-{int(loose[2]):02d}" if loose and 1 <= int(loose[2]) <= 12 else "2027-01"
        raise InputError(f"{date[:40]!r} is not a month: write year and month, such as {instead}")
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        raise InputError(f"'{date}' is not a month: a year has months 01 to 12")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(f"'{date}' lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return 12 * year + month - 1


def month_index(date: str, start: str) -> int:
    """Index of `date` when the model starts at `start`: 0 is the start itself, negative is before it."""
    return month_number(date) - month_number(start)


def date_of(month: int, start: str) -> str:
    """The date 'YYYY-MM' of a month index; the inverse of `month_index`."""
    year, rest = divmod(month_number(start) + month, 12)
    return f"{year:04d}-{rest + 1:02d}"
