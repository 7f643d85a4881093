"""What columns of the model are called in Chinese, and what their sums by month are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from orgsim.schedule import model

_SUMS = ("数", "之和", "总额")
"""How a name ends that says already that it counts or sums."""


def chinese(column: str) -> str:
    """What a column is called in Chinese; empty for one that has no Chinese name yet."""
    return _names().get(column, "")


def monthly_title(column: str, language: str) -> str:
    """What a study's monthly sum of a column is called: in English as its column is."""
    name = chinese(column) if language == "zh" else ""
    if not name:
        return column
    if model().totals["stratum", column].unit == "organizations":
        return f"{name}的组织数"
    return name if name.endswith(_SUMS) else f"{name}合计"


@cache
def _names() -> Mapping[str, str]:
    names: Mapping[str, str] = json.loads(Path(__file__).with_name("columns.zh.json").read_text(encoding="utf-8"))
    return names
