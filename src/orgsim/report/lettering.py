"""The letters of charts: the font that comes with orgsim, so that Chinese is drawn on every machine alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from matplotlib import font_manager, ft2font

FONT_FILE = Path(__file__).parent / "fonts" / "OrgsimSansSC.otf"
FAMILY = "orgsim Sans SC"
QUOTES = "“”‘’"
QUOTES_STRAIGHT = str.maketrans(QUOTES, "\"\"''")
MISSING = "〓"
"""What Chinese printers put where a character is missing."""


@cache
def letters() -> frozenset[str]:
    """Every character that the shipped font can draw."""
    return frozenset(chr(code) for code in ft2font.FT2Font(str(FONT_FILE)).get_charmap())


@cache
def font_family() -> str:
    """The family name to draw with; the first call makes the font known to matplotlib."""
    font_manager.fontManager.addfont(str(FONT_FILE))
    return FAMILY


def drawable(text: str) -> str:
    """`text` with each character that the font lacks replaced, so that a chart looks the same on every machine.

    The font's curly quotes are as wide as Chinese ones, so text without Chinese gets straight ones.
    """
    if not any(_wide(character) for character in text if character not in QUOTES):
        text = text.translate(QUOTES_STRAIGHT)
    return "".join(character if character == "\n" or character in letters() else MISSING for character in text)


def wrap(text: str, width: float) -> str:
    """Break `text` into lines of at most `width` ems; English between words, Chinese anywhere but before a stop."""
    return "\n".join(_wrapped(line, width) for line in text.split("\n"))


def shortened(text: str, width: float) -> str:
    """`text` cut to at most `width` ems, with … where something is left out."""
    used = 0.0
    for place, character in enumerate(text):
        used += _ems(character)
        if used > width:
            return text[:place].rstrip() + "…"
    return text


def _wrapped(text: str, width: float) -> str:
    lines, line, used = [], "", 0.0
    for piece in _pieces(text):
        size = sum(_ems(character) for character in piece.rstrip())
        if line and used + size > width and piece[0] not in "，。；：、）”》%!?,.;:)":
            lines.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += sum(_ems(character) for character in piece)
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """Words with the space after them, Chinese characters one by one."""
    pieces: list[str] = []
    for character in text:
        joins = pieces and not pieces[-1].endswith(" ") and not _wide(character) and not _wide(pieces[-1][-1])
        if joins:
            pieces[-1] += character
        elif character == " " and pieces:
            pieces[-1] += " "
        else:
            pieces.append(character)
    return pieces


def _ems(character: str) -> float:
    """About how wide a character is, as a part of the font size."""
    return 1.0 if _wide(character) else 0.28 if character in " .,;:'|il" else 0.55


def _wide(character: str) -> bool:
    return ord(character) >= 0x2E80 or character in "“”…—"
