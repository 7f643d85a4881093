"""One cell of a register and what it means: dates, money, people, grades, kinds and yes or no as people write them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping

from orgsim.core.parameters import KINDS, Text
from orgsim.errors import nearest
from orgsim.scenarios.nodes import INVISIBLE, quoted
from orgsim.scenarios.registers.headings import Heading, Takes

UNKNOWN = {"", "-", "--", "—", "——", "/", "\\", "?", "n/a", "na", "none", "null", "unknown", "不详", "未知", "未填"}
"""What people write where they know nothing."""
NOTHING = {"无", "没有", "零", "no", "否"}
"""What people write for nought."""
YES = {"是", "有", "√", "✓", "y", "yes", "true", "1", "已建", "已建立", "已成立", "已列入", "列入"}
NO = {"否", "无", "没有", "×", "✗", "x", "n", "no", "false", "0", "未建", "未建立", "未成立", "未列入"}
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "association": ("社会团体", "社团", "社会团体法人", "association", "social association"),
    "service": (
        "民办非企业单位",
        "社会服务机构",
        "民办非企业",
        "民非",
        "民办非企业单位(社会服务机构)",
        "社会服务机构(民办非企业单位)",
        "民办非企业单位/社会服务机构",
        "service",
        "social service organization",
        "private non-enterprise unit",
    ),
    "social_work": (
        "社会工作服务机构",
        "社会工作机构",
        "社工机构",
        "社工服务机构",
        "民办社会工作服务机构",
        "social_work",
        "social work",
        "social work organization",
    ),
    "foundation": ("基金会", "foundation"),
    "community": (
        "社区社会组织",
        "备案社区社会组织",
        "备案社会组织",
        "城乡社区社会组织",
        "备案",
        "community",
        "community organization",
        "filed",
    ),
}
STATUS_WORDS: Mapping[str, tuple[str, ...]] = {
    "normal": ("正常", "存续", "在册", "有效", "normal", "active", "registered"),
    "listed": ("活动异常", "异常", "列入异常名录", "列入活动异常名录", "abnormal", "listed"),
    "dormant": ("休眠", "僵尸", "僵尸型", "停止活动", "长期停止活动", "dormant", "inactive"),
    "gone": ("注销", "已注销", "撤销", "已撤销", "吊销", "deregistered", "revoked", "dissolved", "closed"),
}
MOST_PEOPLE, MOST_MONEY = 20_000, 1e10
YOUNGEST, OLDEST = 18, 100
FIRST_YEAR = 1900
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d{1,2})?", re.ASCII)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:月|[-/.](?=\d)|$)(?:(\d{1,2})日?)?", re.ASCII)
_EPOCH = datetime.date(1899, 12, 30)
"""Day nought of Excel's count of days."""


class Wrong(Exception):
    """A cell that cannot be used, and why, in both languages."""

    def __init__(self, english: str, chinese: str) -> None:
        self.why = Text(en=english, zh=chinese)
        super().__init__(english)


def tidy(text: str) -> str:
    """A cell's words on one line, full-width signs as narrow ones."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", text).replace("−", "-")).split())


def read_cell(text: str, heading: Heading, last_month: int) -> float | str | None:
    """What a cell says, in the model's units; None where nothing is known. Wrong says why it cannot be used.

    A date is a month counted as `calendar.month_number` does, plus .5 if only the year is given; it may not be later
    than `last_month`.
    """
    words = tidy(text)
    if words.lower() in UNKNOWN:
        return None
    if heading.field.takes == "date":
        return _date(words, last_month)
    if heading.field.takes == "money":
        return _money(words, heading.unit)
    return _READERS[heading.field.takes](words)


def _date(words: str, last_month: int) -> float:
    plain = re.split(r"[ T](?=\d{1,2}:)", words, maxsplit=1)[0].replace(" ", "")
    year_only = re.fullmatch(r"(\d{4})年?", plain, re.ASCII)
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", plain, re.ASCII)
    match = digits or _DATE.fullmatch(plain)
    if year_only:
        year, month, day = int(year_only[1]), 7, 1
        if 12 * year <= last_month < 12 * year + 6:
            month = 1
    elif match:
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    elif re.fullmatch(r"\d{5}(?:\.\d+)?", plain, re.ASCII) and 1 <= float(plain) < 80_000:
        counted = _EPOCH + datetime.timedelta(days=int(float(plain)))
        year, month, day = counted.year, counted.month, counted.day
    else:
        raise Wrong(
            f"{quoted(words)} is not a date; write 2015-03-01 or 2015",
            f"{quoted(words)}不是日期，请写成 2015-03-01 或 2015",
        )
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise Wrong(f"there is no day {quoted(words)}", f"日期{quoted(words)}不存在") from None
    number = 12 * year + month - 1
    if year < FIRST_YEAR:
        raise Wrong(f"{quoted(words)} is before {FIRST_YEAR}", f"{quoted(words)}早于 {FIRST_YEAR} 年")
    if number > last_month:
        latest = f"{last_month // 12}-{last_month % 12 + 1:02d}"
        raise Wrong(f"{quoted(words)} is in the future: after {latest}", f"{quoted(words)}晚于 {latest}，属于未来日期")
    return number + (0.5 if year_only else 0.0)


def _number(words: str, suffixes: str) -> tuple[float, str]:
    """A number and the words after it; thousands separators and accountants' brackets are read."""
    plain = words.replace(" ", "").lower().lstrip("¥￥")
    if re.fullmatch(r"\(.+\)", plain):
        plain = f"-{plain[1:-1]}"
    match = _NUMBER.match(plain)
    rest = plain[match.end() :] if match else plain
    if match is None or (rest and not re.fullmatch(suffixes, rest)):
        raise Wrong(f"{quoted(words)} is not a number", f"{quoted(words)}不是数字")
    return float(match[0].replace(",", "")), rest


def _money(words: str, unit: float) -> float:
    if words.lower() in NOTHING:
        return 0.0
    value, rest = _number(words, r"(?:千|万|百万|亿)?元?|cny|yuan|rmb")
    own = {"千": 1e3, "万": 1e4, "百万": 1e6, "亿": 1e8}.get(rest.removesuffix("元"), 1.0) if rest else unit
    value = round(value * own, 2)
    if value < 0.0:
        raise Wrong(f"{quoted(words)} is below nought", f"{quoted(words)}小于零")
    if value > MOST_MONEY:
        raise Wrong(
            f"{quoted(words)} is more than 100 亿; is the unit right?", f"{quoted(words)}超过 100 亿元，请核对单位"
        )
    return value


def _people(words: str) -> float:
    if words.lower() in NOTHING:
        return 0.0
    value, _ = _number(words, "人|名|个|people|persons")
    if value < 0.0:
        raise Wrong(f"{quoted(words)} is below nought", f"{quoted(words)}小于零")
    if value > MOST_PEOPLE:
        raise Wrong(f"{quoted(words)} is more than {MOST_PEOPLE:,} people", f"{quoted(words)}超过 {MOST_PEOPLE:,} 人")
    if value != int(value):
        raise Wrong(f"{quoted(words)} is not a whole number", f"{quoted(words)}不是整数")
    return value


def _years(words: str) -> float:
    value, _ = _number(words, "岁|周岁|years")
    if not YOUNGEST <= value <= OLDEST:
        raise Wrong(
            f"{quoted(words)} is not an age from {YOUNGEST} to {OLDEST}",
            f"{quoted(words)}不在 {YOUNGEST} 至 {OLDEST} 岁之间",
        )
    return value


def _rating(words: str) -> float:
    plain = words.lower().removesuffix("级").replace(" ", "")
    if plain in {"无", "否", "没有", "no", "未评", "未评估", "未参评", "未定级", "unrated"}:
        return 0.0
    match = re.fullmatch(r"(?:([0-5])|([一二三四五]))a?", plain)
    if match:
        return float(match[1]) if match[1] else float("一二三四五".index(match[2]) + 1)
    if re.fullmatch(r"a{1,5}", plain):
        return float(len(plain))
    raise Wrong(f"{quoted(words)} is not a rating from 0 to 5A", f"{quoted(words)}不是 0 至 5A 的评估等级")


def _yes(words: str) -> float:
    if words.lower() in YES:
        return 1.0
    if words.lower() in NO:
        return 0.0
    raise Wrong(f"{quoted(words)} is neither yes nor no", f"{quoted(words)}既不是“是”也不是“否”")


def _word(words: str, known: Mapping[str, tuple[str, ...]], what: Text) -> str:
    plain = words.lower()
    for name, spellings in known.items():
        if plain in spellings:
            return name
    hint = nearest(plain, [one for spellings in known.values() for one in spellings])
    close = hint.partition("'")[2].partition("'")[0]
    listed = "、".join(spellings[0] for spellings in known.values())
    raise Wrong(
        f"{quoted(words)} is no {what.en}{hint or f' ({listed})'}",
        f"{quoted(words)}不是{what.zh}" + (f"，是否应为“{close}”？" if close else f"（可用：{listed}）"),
    )


def _kind(words: str) -> float:
    return float(KINDS.index(_word(words, KIND_WORDS, Text(en="kind of organization", zh="已知的组织类型"))))


def _status(words: str) -> str:
    return _word(words, STATUS_WORDS, Text(en="known status", zh="已知的状态"))


_READERS: Mapping[Takes, Callable[[str], float | str]] = {
    "text": str,
    "office": str,
    "kind": _kind,
    "people": _people,
    "rating": _rating,
    "yes or no": _yes,
    "years": _years,
    "status": _status,
}
