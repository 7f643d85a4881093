"""Numbers with units as people write them: '36 months', '3 years', '20万元', '35 %', '200000 CNY per year'.

A number alone is in the unit wanted. A unit may be written whole or by its leading word, in English or Chinese,
and a few others are converted. Everything else is refused: a wrong unit is a wrong number that looks right.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from orgsim.errors import InputError
from orgsim.scenarios.nodes import quoted

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3}(?!\d))?", re.ASCII)
_TEN_THOUSANDS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_FRACTIONS = {"share", "ratio", "probability", "index", "fraction"}
_ALIASES = {
    "yuan": "cny",
    "rmb": "cny",
    "元": "cny",
    "个月": "month",
    "月": "month",
    "年": "year",
    "percent": "%",
    "组织": "organization",
    "机构": "organization",
    "人": "people",
    "person": "people",
    "次": "time",
}


def read_quantity(text: str, unit: str) -> float:
    """The number that `text` means in `unit`; InputError if it is no number, not finite, or in another unit."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    match = _NUMBER.match(plain)
    rest = plain[match.end() :].strip() if match else plain
    hexadecimal = re.match(r"[-+]?0[xob]", plain, re.IGNORECASE)
    if match is None or hexadecimal or (rest and not (rest[0].isalpha() or rest[0] in "%/")):
        raise InputError(f"{quoted(text)} {_trap(plain) or f'is not a number; write {wanted(unit)}'}")
    digits = match[0]
    if re.match(r"[-+]?0\d", digits):
        stripped = digits.lstrip("+-").lstrip("0")
        raise InputError(f"{quoted(text)} begins with a zero, which some read as octal; write {stripped or '0'}")
    if len(digits) > 40:
        raise InputError(f"{quoted(text)} has more digits than a number here can have")
    scale = _scale(rest, unit) if rest else Decimal(1)
    if scale is None:
        raise InputError(f"{quoted(text)} is not in the right unit; write {wanted(unit)}")
    number = float(digits)
    if abs(number) <= 1e300:
        number = float(Decimal(digits) * scale) if scale != 1 else number
    if abs(number) > 1e300:
        raise InputError(f"{quoted(text)} is not a finite number")
    return number


def wanted(unit: str) -> str:
    """A unit inside a sentence that asks for it: 'a number of months', 'a number (CNY per year)'."""
    return f"a number of {unit}" if unit in ("months", "years") else f"a number ({unit})"


def _trap(plain: str) -> str:
    """What to write instead, where a person has met a known trap; nothing for others."""
    if re.fullmatch(r"[-+]?\d[\d,_ ]*\d(\.\d+)?\D*", plain, re.ASCII) and re.search(r"[,_ ]", plain):
        return f"is not a number here; write {re.sub(r'[,_ ]', '', plain)}, without separators"
    if re.fullmatch(r"[-+]?\.(inf|nan)", plain, re.IGNORECASE):
        return "is not a finite number"
    return ""


def _scale(rest: str, unit: str) -> Decimal | None:
    """What a number followed by `rest` is multiplied by to be in `unit`; None if `rest` is another unit."""
    scale = Decimal(1)
    if rest[0] in _TEN_THOUSANDS:
        scale = _TEN_THOUSANDS[rest[0]]
        rest = rest[1:].strip()
        if not rest:
            return scale
    given, target = _parts(rest), _parts(unit)
    first = target[0].split(" ", 1)[0]
    short = len(given) == 1
    same_rest = short or given[1:] == target[1:]
    if given == target or (short and given[0] != "" and given[0] in (target[0], first)):
        return scale
    if (given[0], first) == ("year", "month") and same_rest:
        return scale * 12
    if (given[0], first) == ("month", "year") and same_rest:
        return scale / 12
    if given[0] == "%" and same_rest and (first in _FRACTIONS or (first == "" and not short)):
        return scale / 100
    return None


def _parts(unit: str) -> tuple[str, ...]:
    """A unit taken apart at each 'per', with one spelling a word: 'CNY per year', '元/年' → ('cny', 'year')."""
    text = unit.strip().lower().replace("每", "/")
    text = re.sub(r"(?:^|\s+)(?:per|a|an)\s+", "/", text)
    parts = []
    for part in text.split("/"):
        words = [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in part.split()]
        parts.append(" ".join(_ALIASES.get(word, word) for word in words))
    return tuple(parts)
