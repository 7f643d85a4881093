"""What a draw meant: what the same rule would have answered to other luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orgsim.core.rule import Rule
from orgsim.explain.node import Luck

SHOWN = (0.05, 0.5, 0.95)
GRID = 64
"""Draws at which a yes/no answer is tried before its turning point is sought."""
HALVINGS = 60


def luck_of(rule: Rule, values: Sequence[Any], place: int) -> Luck:
    """The answers of `rule` to other draws in `place`, all else as in `values`."""

    def answer(u: float) -> Any:
        return rule.function(*values[:place], u, *values[place + 1 :])

    otherwise = tuple((u, answer(u)) for u in SHOWN)
    if not isinstance(otherwise[0][1], bool):
        return Luck(otherwise)
    low, high = 1e-12, 1.0 - 1e-12
    tried = [bool(answer(low + (high - low) * step / GRID)) for step in range(GRID + 1)]
    turns = [step for step in range(GRID) if tried[step] != tried[step + 1]]
    if len(turns) != 1:
        return Luck(otherwise)
    low, high = low + (high - low) * turns[0] / GRID, low + (high - low) * (turns[0] + 1) / GRID
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if bool(answer(middle)) == tried[0] else (low, middle)
    return Luck(otherwise, high, tried[0])
