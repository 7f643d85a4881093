"""The letters of charts: the font that comes with orgsim, so that Chinese is drawn on every machine alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

FONT_FILE = Path(__file__).parent / "fonts" / "OrgsimSansSC.otf"
FAMILY = "orgsim Sans SC"
QUOTES = "“”‘’"
QUOTES_STRAIGHT = str.maketrans(QUOTES, "\"\"''")
MISSING = "〓"
"""What Chinese printers put where a character is missing."""


@cache
def letters() -> frozenset[str]:
    """Every character that the shipped font can draw."""
    from matplotlib import ft2font

    return frozenset(chr(code) for code in ft2font.FT2Font(str(FONT_FILE)).get_charmap())


@cache
def font_family() -> str:
    """The family name to draw with; the first call makes the font known to matplotlib."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(FONT_FILE))
    return FAMILY


def drawable(text: str) -> str:
    """`text` with each character that the font lacks replaced, so that a chart looks the same on every machine.

    The font's curly quotes are as wide as Chinese ones, so text without Chinese gets straight ones.
    """
    if not any(_wide(character) for character in text if character not in QUOTES):
        text = text.translate(QUOTES_STRAIGHT)
    return "".join(character if character == "\n" or character in letters() else MISSING for character in text)


def ems(character: str) -> float:
    """About how wide a character is, as a part of the font size."""
    return 1.0 if _wide(character) else 0.28 if character in " .,;:'|il" else 0.55


def wrap(text: str, width: float, size: Callable[[str], float] = ems) -> str:
    """Break `text` into lines of at most `width`, in what `size` measures a character in, by default ems.

    English breaks between words and after hyphens, Chinese between any two characters but before a stop and after an
    opening bracket. What has no place to break is broken where it is too long.
    """
    return "\n".join(_wrapped(line, width, size) for line in text.split("\n"))


def shortened(text: str, width: float) -> str:
    """`text` cut to at most `width` ems, with … where something is left out."""
    used = 0.0
    for place, character in enumerate(text):
        used += ems(character)
        if used > width:
            return text[:place].rstrip() + "…"
    return text


def _wrapped(line: str, width: float, size: Callable[[str], float]) -> str:
    done, used = "", 0.0
    for piece in _PIECE.findall(line):
        whole = sum(map(size, piece.rstrip()))
        if used and used + whole > width:
            done, used = done.rstrip(" ") + "\n", 0.0
        if whole > width:
            for character in piece:
                if used and used + size(character) > width:
                    done, used = done + "\n", 0.0
                done, used = done + character, used + size(character)
        else:
            done, used = done + piece, used + sum(map(size, piece))
    return done.rstrip(" ")


_OPENING, _CLOSING = "“‘（《〈「【(", "，。；：、）”’》〉」】！？％…%!?,.;:)"
_CHINESE = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
_WORD = rf"-*(?:[^-\s{_CHINESE}{_OPENING}]|-(?![A-Za-z]))+-?"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_CHINESE}]|{_WORD})?[{re.escape(_CLOSING)}]*\s*|.", re.DOTALL)
"""What is never parted: a Chinese character or a word, with the brackets that open before and the stops after it."""


def _wide(character: str) -> bool:
    return ord(character) >= 0x2E80 or character in "“”…—"
