"""Numbers of columns as people read them, with as many decimals as the difference needs."""

from __future__ import annotations

from math import floor, isfinite, log10

from dashboard.texts import say
from orgsim.explain.paths import Change

_PERCENT = ("yes or no", "share", "probability", "per month")
_MOST_DECIMALS = 4


def difference_text(change: Change, unit: str, language: str) -> str:
    """'+0.4 (+0.1 to +0.7)', 'no clear change' or 'no change'."""
    if change.before == change.after:
        return say("path.same", language)
    factor, decimals = _scale(change, unit)
    bounds = [signed(factor * bound, decimals) for bound in (change.low, change.high)]
    text = signed(factor * change.difference, decimals)
    if isfinite(change.low):
        text += f" ({say('path.range', language, low=bounds[0], high=bounds[1])})"
    return text if change.clear else f"{say('path.unclear', language)} {text}"


def levels_text(change: Change, unit: str, language: str) -> str:
    """'1.45% → 1.23%'."""
    factor, decimals = _scale(change, unit)
    before, after = (plain(factor * value, decimals) for value in (change.before, change.after))
    return f"{before} → {after}{unit_text(unit, language)}"


def unit_text(unit: str, language: str) -> str:
    """What is written after a number of this unit."""
    if unit in _PERCENT:
        return "%"
    key = f"column.{unit}"
    word = say(key, language)
    return f" {word}" if word else ""


def plain(value: float, decimals: int) -> str:
    """A number with thousands set apart and a true minus."""
    return f"{round(value, decimals) + 0.0:,.{decimals}f}".replace("-", "−")


def signed(value: float, decimals: int) -> str:
    """The same, always with its sign, unless it is nought as written."""
    number = plain(abs(value), decimals)
    if not any(digit in number for digit in "123456789"):
        return number
    return ("−" if value < 0.0 else "+") + number


def share_text(share: float) -> str:
    """A share as whole per cent, with a sign where it works against the whole; empty where it is not known."""
    if not isfinite(share):
        return ""
    percent = 100.0 * share
    if abs(percent) < 1.0:
        return "<1%" if percent else "0%"
    return f"{percent:.0f}%".replace("-", "−")


def _scale(change: Change, unit: str) -> tuple[float, int]:
    factor = 100.0 if unit in _PERCENT else 1.0
    size = abs(factor * change.difference)
    decimals = 1 - floor(log10(size)) if size > 0.0 else 1
    return factor, min(max(decimals, 0), _MOST_DECIMALS)
