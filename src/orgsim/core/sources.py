"""What sources of values say beside their publication, in Chinese: where the number stands, how it was come by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path


def in_language(remark: str, language: str) -> str:
    """A source's `where` or `note` in a language ("en" or "zh"); English where `sources.zh.json` does not have it."""
    return _chinese().get(remark, remark) if language == "zh" else remark


@cache
def _chinese() -> Mapping[str, str]:
    table: Mapping[str, str] = json.loads(Path(__file__).with_suffix(".zh.json").read_text(encoding="utf-8"))
    return table
