"""The dashboard's words in Chinese and English; those of findings and charts are `orgsim.report`'s."""

from __future__ import annotations

from dashboard.texts import district, en, reasons_en, reasons_zh, zh

EN = en.TEXTS | reasons_en.TEXTS | district.EN
ZH = zh.TEXTS | reasons_zh.TEXTS | district.ZH
LANGUAGES = ("zh", "en")


def say(key: str, language: str, **values: object) -> str:
    """The text of `key`, its gaps filled; KeyError for a key there is not."""
    return (ZH if language == "zh" else EN)[key].format(**values)
