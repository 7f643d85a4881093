"""The account of a register in words and tables, in either language: the same on the command line and on a page.

Tables are (headers, rows) of plain text. Words of the file stand in them as they were written; whoever shows them on a
page shows them as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from orgsim.core.parameters import KINDS
from orgsim.register import Register
from orgsim.scenarios.registers.account import Problem, Reading
from orgsim.scenarios.registers.cells import KIND_WORDS
from orgsim.scenarios.registers.reading import drawn, title_of

Table = tuple[list[str], list[list[str]]]
AGES = (5, 10, 20)
"""Years at which the groups of age begin that are counted."""


def head(reading: Reading, language: str) -> str:
    """How many rows there were, and how many are used."""
    file, form, rows = reading.register.file, reading.form, reading.rows
    known, refused = len(reading.register), reading.refused
    return _say(
        language,
        f"{file} ({form}): {rows} rows, {known} organizations used, {refused} rows refused",
        f"{file}（{form}）：共 {rows} 行，采用 {known} 家组织，拒收 {refused} 行",
    )


def kind_word(kind: str, language: str) -> str:
    """What a kind of organization is called."""
    return _say(language, kind.replace("_", " "), KIND_WORDS[kind][0])


def people(reading: Reading, language: str) -> Table:
    """Organizations by kind, with status and age in years, as far as the register tells them."""
    register = reading.register
    known = register.columns
    status = {
        _say(language, "normal", "正常"): (known["dormant"] == 0.0) & (known["listed"] != 1.0),
        _say(language, "on the abnormal list", "活动异常"): known["listed"] == 1.0,
        _say(language, "dormant", "休眠"): (known["dormant"] == 1.0) & (known["listed"] != 1.0),
        _say(language, "status unknown", "状态未知"): np.isnan(known["dormant"]) & (known["listed"] != 1.0),
    }
    groups = status | _ages(register, language)
    headers = [_say(language, "kind", "类型"), _say(language, "organizations", "组织数"), *groups]
    rows = []
    for code, kind in enumerate(KINDS):
        here = register.kinds == code
        if here.any():
            rows.append([kind_word(kind, language), *(str(int((here & group).sum())) for group in _all(here, groups))])
    everybody = np.ones(len(register), bool)
    rows.append([_say(language, "all", "合计"), *(str(int(group.sum())) for group in _all(everybody, groups))])
    return headers, rows


def columns(reading: Reading, language: str) -> Table:
    """Each recognized column: what it was read as, how many rows give it, how many do not or cannot."""
    headers = [
        _say(language, "column", "列"),
        _say(language, "heading", "表头"),
        _say(language, "read as", "识别为"),
        _say(language, "given", "已填"),
        _say(language, "missing, drawn", "缺失（抽取）"),
        _say(language, "unusable, drawn", "不可用（抽取）"),
    ]
    rows = [
        [
            column.letter,
            column.heading,
            title_of(column.field)(language) + (f" × {column.unit:,.0f}" if column.unit != 1.0 else ""),
            str(column.given),
            str(column.missing),
            str(column.unusable),
        ]
        for column in reading.columns
    ]
    return headers, rows


def drawn_for_all(reading: Reading, language: str) -> str:
    """What no column tells, in a sentence; nothing if each thing is told by some row."""
    unknown = drawn(reading)
    wholly = [name for name, count in unknown.items() if count == len(reading.register)]
    if unknown["full_time"] + unknown["part_time"] < 2 * len(reading.register) and "staff" in wholly:
        wholly.remove("staff")  # its parts are known
    titles = ", ".join(title_of("founded" if name == "age" else name)(language) for name in wholly)
    return _say(language, f"Drawn for all: {titles}", f"全部抽取：{titles}") if wholly else ""


def ignored(reading: Reading, language: str) -> list[str]:
    """The columns that were not recognized, a line each, with the known heading that each resembles."""
    return [
        _say(
            language,
            f"Ignored: column {letter} '{heading}'{near}",
            f"未使用：{letter} 列“{heading}”{_near(near)}",
        )
        for letter, heading, near in reading.ignored
    ]


def notes(reading: Reading, language: str) -> list[str]:
    """What is worth a second look."""
    return [_say(language, f"Note: {note.en}", f"提示：{note.zh}") for note in reading.notes]


def remarks(reading: Reading, language: str) -> Iterator[str]:
    """What no column tells, which columns were not used, and what is worth a second look."""
    if wholly := drawn_for_all(reading, language):
        yield f"\n{wholly}"
    yield from ignored(reading, language)
    yield from notes(reading, language)


def underpaid_words(count: int, language: str) -> str:
    """What it means that so many organizations list more staff than their income can pay."""
    return _say(
        language,
        f"{count} organizations list more staff than their income can pay and will lose money or people: are all of "
        "them paid?",
        f"{count} 家组织的收入不足以支付所填人员，将亏损或减员：所填人员是否均领取报酬？",
    )


def problems(reading: Reading, language: str, most: int, *, refused: bool | None = None) -> Table:
    """The first `most` complaints with row and column; those about whole rows or about cells alone, if asked for."""
    headers = [
        _say(language, "row", "行"),
        _say(language, "column", "列"),
        _say(language, "what", "问题"),
        _say(language, "so", "处理"),
    ]
    chosen = [problem for problem in reading.problems if refused in (None, problem.refused)]
    return headers, [_problem(problem, language) for problem in chosen[:most]]


def _problem(problem: Problem, language: str) -> list[str]:
    return [
        str(problem.row),
        f"{problem.column} {problem.heading}" if problem.column else "",
        problem.why(language),
        _say(language, "row refused", "拒收该行") if problem.refused else _say(language, "set aside", "不采用该值"),
    ]


def _ages(register: Register, language: str) -> dict[str, np.ndarray]:
    years = register.columns["age"] / 12.0
    ends = (0, *AGES, np.inf)
    groups = {}
    for low, high in pairwise(ends):
        if high == np.inf:
            name = _say(language, f"{low} years and more", f"{low} 年以上")
        else:
            name = _say(language, f"{low} to {high - 1} years", f"{low}–{high - 1} 年")
        groups[name] = (years >= low) & (years < high)
    groups[_say(language, "age unknown", "年限未知")] = np.isnan(years)
    return groups


def _all(here: np.ndarray, groups: dict[str, np.ndarray]) -> list[np.ndarray]:
    return [here, *(here & group for group in groups.values())]


def _near(hint: str) -> str:
    word = hint.partition("'")[2].partition("'")[0]
    return f"，是否应为“{word}”？" if word else ""


def _say(language: str, english: str, chinese: str) -> str:
    return chinese if language == "zh" else english
