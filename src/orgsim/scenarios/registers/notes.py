"""What a bureau will want to look at again in its register, though nothing is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from orgsim.core.parameters import KINDS, Text
from orgsim.register import CHANNELS
from orgsim.scenarios.nodes import quoted
from orgsim.scenarios.registers.account import Entry
from orgsim.scenarios.registers.cells import KIND_WORDS
from orgsim.scenarios.registers.headings import Heading

SMALL_MONEY = 2000.0
"""Yearly income, CNY, that no organization of a column exceeding means: the column is probably in 万元."""


def notes_on(entries: Sequence[Entry], headings: Sequence[Heading]) -> Iterator[Text]:
    """What a bureau will want to look at again, though nothing is wrong."""
    by_kind = Counter(KINDS[e.kind] for e in entries)
    absent = [kind for kind in KINDS if not by_kind[kind]]
    if absent:
        listed, chinese = ", ".join(absent), "、".join(KIND_WORDS[kind][0] for kind in absent)
        yield Text(
            en=f"no {listed} in the register: there are none, unless the scenario gives a number under organizations",
            zh=f"登记册中没有{chinese}：模型中也没有这类组织，除非情景文件在 organizations 下写明数量",
        )
    workers = [e for e in entries if e.kind == KINDS.index("service") and _social_work(e.words.get("name", ""))]
    if workers:
        yield Text(
            en=f"{len(workers)} social service organizations have 社会工作 or 社工 in their names (first in row "
            f"{workers[0].row}); if they live from purchase of services, write 社会工作服务机构 as their kind",
            zh=f"{len(workers)} 个社会服务机构名称含“社会工作”或“社工”（首见第 {workers[0].row} 行）；"
            "若以承接购买服务为主，请将类型写为“社会工作服务机构”",
        )
    for name in ("income", *CHANNELS):
        values = [e.known[name] for e in entries if e.known.get(name, 0.0) > 0.0]
        column = next((h for h in headings if h.field.name == name and not h.said), None)
        if column and len(values) >= 5 and max(values) < SMALL_MONEY:
            yield Text(
                en=f"no value under {quoted(column.text)} exceeds {SMALL_MONEY:,.0f} CNY; if it is in 万元, say so in "
                f"the heading: {column.text}（万元）",
                zh=f"“{column.text}”各值均不超过 {SMALL_MONEY:,.0f} 元；若单位为万元，"
                f"请在表头写明：{column.text}（万元）",
            )
    years = sum(1 for e in entries if e.known.get("founded", 0.0) % 1.0)
    if years:
        yield Text(
            en=f"{years} founding dates give the year only; July is taken",
            zh=f"{years} 个成立日期只有年份，按 7 月计",
        )
    names = Counter(e.words["name"] for e in entries if "name" in e.words and "number" not in e.words)
    twice = [name for name, count in names.items() if count > 1]
    if twice:
        yield Text(
            en=f"{len(twice)} names occur more than once, such as {quoted(twice[0])}; all are kept",
            zh=f"{len(twice)} 个名称重复出现，如{quoted(twice[0])}，均予保留",
        )


def _social_work(name: str) -> bool:
    return "社会工作" in name or "社工" in name
