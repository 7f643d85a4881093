"""The dashboard's words in Chinese and English; those of findings and charts are `orgsim.report`'s."""

from __future__ import annotations

from dashboard.texts import en, reasons_en, reasons_zh, zh

EN, ZH = {**en.TEXTS, **reasons_en.TEXTS}, {**zh.TEXTS, **reasons_zh.TEXTS}
LANGUAGES = ("zh", "en")


def say(key: str, language: str, **values: object) -> str:
    """The text of `key`, its gaps filled; KeyError for a key there is not."""
    return (ZH if language == "zh" else EN)[key].format(**values)
