"""How values, intervals and bands of targets are written: in the unit of their band, with the digits that count."""

from __future__ import annotations

import math

from orgsim.analysis.bands import Band

_UNITS = {"points": "个百分点", "months": "个月", "weeks": "周", "years": "年"}


def value_text(value: float, band: Band | None, language: str = "en") -> str:
    """A value in its band's unit; empty where it is not known."""
    if not math.isfinite(value):
        return ""
    unit = band.unit if band else ""
    if unit == "holds":
        yes, no = ("yes", "no") if language == "en" else ("成立", "不成立")
        return yes if value >= 1.0 else no if value <= 0.0 else _digits(value)
    return _with_unit(_digits(value * _scale(unit)), unit, language)


def interval_text(low: float, high: float, band: Band | None, language: str = "en") -> str:
    """An interval in its band's unit; empty where it is not known or nothing varies."""
    if not (math.isfinite(low) and math.isfinite(high)) or low == high:
        return ""
    unit = band.unit if band else ""
    ends = (_digits(end * _scale(unit)) for end in (low, high))
    return _with_unit((" to " if language == "en" else " 至 ").join(ends), unit, language)


def band_text(band: Band | None, language: str = "en") -> str:
    """A band in its own unit: "2 to 6 %", "≥ 1", "must hold"; empty for none."""
    if band is None:
        return ""
    if band.unit == "holds":
        return "must hold" if language == "en" else "须成立"
    if math.isinf(band.low):
        return f"≤ {value_text(band.high, band, language)}"
    if math.isinf(band.high):
        return f"≥ {value_text(band.low, band, language)}"
    return interval_text(band.low, band.high, band, language)


def _scale(unit: str) -> float:
    return 100.0 if unit in ("%", "points") else 1.0


def _with_unit(number: str, unit: str, language: str) -> str:
    return f"{number} {unit if language == 'en' else _UNITS.get(unit, unit)}".rstrip()


def _digits(value: float) -> str:
    """Three digits that count, at most three after the point, with a proper minus sign."""
    places = 0 if value == 0.0 else min(3, max(0, 2 - math.floor(math.log10(abs(value)))))
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", "−")
