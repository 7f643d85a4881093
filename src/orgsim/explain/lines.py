"""An explanation as people read it: the words of each node, in English or Chinese, and the form for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orgsim
from orgsim.core.calendar import date_of
from orgsim.core.parameters import KINDS, Parameter
from orgsim.errors import unit_name
from orgsim.explain.node import Basis, Cell, Explanation, Luck, Node
from orgsim.report.bibliography import OWN, OWN_CHINESE, READINGS
from orgsim.report.column_names import chinese
from orgsim.scenarios.values import value_text

if TYPE_CHECKING:
    from rich.tree import Tree

ENTITIES = {
    "organization": "组织",
    "staff": "人员",
    "funder": "资助方",
    "kind": "组织类别",
    "sector": "全行业",
}


def number(value: Cell, language: str) -> str:
    """A value in six digits; large ones with separators."""
    if isinstance(value, bool):
        return _say(language, "yes" if value else "no", "是" if value else "否")
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.2f}" if abs(value) >= 1e3 else f"{value + 0.0:.6g}"


def text(why: Explanation, language: str = "en") -> str:
    """The whole explanation as plain text, as wide as it needs to be."""
    from rich.console import Console

    console = Console(width=10_000, color_system=None, force_terminal=False, highlight=False)
    with console.capture() as capture:
        console.print(grown(why, language))
    return "\n".join([head(why, language), "", *(line.rstrip() for line in capture.get().splitlines())])


def grown(why: Explanation, language: str) -> Tree:
    """The tree as rich prints it."""
    return _grown(why.tree, None, why.start, language)


def _grown(node: Node, above: Node | None, start: str, language: str) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    first, *more = lines(node, above, start, language)
    name, equals, rest = first.partition(" = ")
    value, dot, words = rest.partition(" · ")
    label = Text.assemble((name, "bold"), equals, (value, "cyan"), (dot + words, "dim"))
    for line in more:
        label.append(f"\n{line}", "italic")
    tree = Tree(label, guide_style="dim")
    tree.children.extend(_grown(child, node, start, language) for child in node.children)
    return tree


def head(why: Explanation, language: str) -> str:
    """What is explained, and why this row if none was named."""
    return "\n".join(line for line in (title(why, language), choice(why, language)) if line)


def title(why: Explanation, language: str) -> str:
    """Whose value, of when, in which run."""
    node, whose = why.tree, who(why.tree, language)
    called = f"（{chinese(node.column)}）" if chinese(node.column) else ""
    return _say(
        language,
        f"{node.column} of {whose}, {why.date} (month {why.month}); {why.scenario}, replication {why.replication}, "
        f"seed {why.seed}",
        f"{whose} 的 {node.column}{called}，{why.date}（第 {why.month} 月）；"
        f"情景 {why.scenario}，第 {why.replication} 次重复，随机种子 {why.seed}",
    )


def choice(why: Explanation, language: str) -> str:
    """Why this row, where none was named; nothing otherwise."""
    if not why.chosen:
        return ""
    flag = isinstance(why.tree.value, bool)
    among = {
        ("ends", True): ("one of those that end in this month", "本月退出者之一"),
        ("ends", False): (
            "of those that end in this month the one with the largest amount",
            "本月退出者中数值最大的一个",
        ),
        ("largest", True): ("the first one with this answer", "首个得此结果者"),
        ("largest", False): ("the one with the largest amount in this month", "本月数值最大的一个"),
    }
    whose, (english, zh) = who(why.tree, language), among[why.chosen, flag]
    return _say(language, f"None was named, so this is {whose}, {english}.", f"未指定对象，故取{whose}：{zh}。")


def who(node: Node, language: str) -> str:
    """The row a node belongs to: `organization 4294967301`."""
    entity = _say(language, node.entity, ENTITIES.get(node.entity, node.entity))
    if node.entity == "sector":
        return _say(language, "the sector", "全行业")
    return f"{entity} {node.id}"


def lines(node: Node, above: Node | None, start: str, language: str) -> list[str]:
    """The lines of one node: name, value and unit, then what it means; a formula has a line of its own."""
    unit = "" if node.unit in ("", "yes or no", "row", "code") else f" {unit_name(node.unit, language)}"
    words = value_text(node.basis.parameter, float(node.value)) if node.basis and node.basis.parameter.choices else ""
    value = words or number(node.value, language)
    when = "" if above is None or node.month == above.month else _when(node.month, start, language)
    same = above is None or (node.entity in ("", above.entity) and node.id in (None, above.id))
    whose = "" if same else who(node, language)
    place = ", ".join(part for part in (whose, when) if part)
    first = f"{node.name}{f' ({place})' if place else ''} = {value}{unit}"
    if node.more == "above":
        return [f"{first} · {_say(language, 'see above', '见上文')}"]
    said = [first, *(part for part in _said(node, language) if part)]
    if node.more == "deeper":
        said.append("…")
    return [" · ".join(said), *([node.formula] if node.formula and node.more != "deeper" else [])]


def _when(month: int, start: str, language: str) -> str:
    return _say(language, "before the start", "起始之前") if month < 0 else date_of(month, start)


def _said(node: Node, language: str) -> list[str]:
    if node.basis is not None:
        return _basis(node.basis, node.value, language)
    if node.what == "draw":
        return [_luck(node, language)]
    if node.what == "month":
        return [_say(language, "0 is the first month under the policy", "0 为政策首月")]
    name = chinese(node.column) if language == "zh" else ""
    return [name or node.meaning, _how(node, language)]


def _how(node: Node, language: str) -> str:
    count = node.members
    many = (
        ""
        if count is None or len(node.children) == count
        else _say(language, "; the largest first" if count else "", "；最大者在先" if count else "")
    )
    words = {
        "not_asked": ("not asked, since its condition does not hold", "条件不成立，本月不计算"),
        "first": ("its first value", "初值"),
        "blank": ("0 for whoever is new", "新产生者为 0"),
        "born": ("came to be in this phase", "于此环节产生"),
        "ended": ("ended in this phase", "于此环节终止"),
        "total": (f"a sum over {count}{many}", f"共 {count} 项之和{many}"),
        "allocation": ("shared among all at once; below, what this one brought", "由全体一同分配；下列为本对象的条件"),
        "before": ("as it stood when the policy began", "政策起始时的取值"),
        "vacant": ("left by one that is no more", "原主体已不存在，为其遗留值"),
    }
    return _say(language, *words[node.what]) if node.what in words else ""


def _basis(basis: Basis, value: Cell, language: str) -> list[str]:
    parameter, source = basis.parameter, basis.parameter.source
    cite = _say(language, "own judgement", OWN_CHINESE) if source.cite == OWN else source.cite
    reading = _say(language, source.reading, READINGS[source.reading])
    rest = _say(language, f"grade {source.grade}, {reading}, {cite}", f"{source.grade} 级，{reading}，{cite}")
    ramp = f" {_say(language, f'(over {basis.ramp} months)', f'（{basis.ramp} 个月内逐步）')}" if basis.ramp else ""
    named = _named(parameter, basis.kind, language)
    if not basis.by_scenario:
        return [named, rest, _say(language, "default", "默认值")]
    by = _say(language, "set by ", "设定于 ") + f"{basis.origin}{ramp}"
    default = parameter.values[KINDS.index(basis.kind) if basis.kind else 0]
    if value == default:
        return [named, rest, by]
    was = value_text(parameter, default)
    return [named, by, _say(language, f"the default, {was}, rests on: {rest}", f"默认值 {was} 的依据：{rest}")]


def _named(parameter: Parameter, kind: str | None, language: str) -> str:
    role = _say(language, "lever: ", "政策杠杆：") if parameter.role == "lever" else ""
    return f"{role}{parameter.title(language)}{f' ({kind})' if kind else ''}"


def _luck(node: Node, language: str) -> str:
    share = round(100.0 * float(node.value))
    said = _say(language, f"luck: {share} draws in 100 are lower", f"运气：百次抽签中约 {share} 次更低")
    luck = node.luck
    if luck is None:
        return said
    return said + _say(language, "; ", "；") + _otherwise(luck, language)


def _otherwise(luck: Luck, language: str) -> str:
    if luck.threshold is not None:
        side = _say(language, *(("below", "低于") if luck.yes_below else ("above", "高于")))
        return _say(language, f"yes {side} {luck.threshold:.6g}", f"{side} {luck.threshold:.6g} 则为是")
    answers = [number(answer, language) for _, answer in luck.otherwise]
    if len(set(answers)) == 1:
        return _say(language, f"any draw would give {answers[0]}", f"任何抽签结果均为 {answers[0]}")
    at = "/".join(f"{u:g}" for u, _ in luck.otherwise)
    return _say(language, f"at {at} it would give {', '.join(answers)}", f"若为 {at} 则得 {'、'.join(answers)}")


def plain(why: Explanation) -> dict[str, object]:
    """The explanation as data for other programs; ids are text, since many readers of JSON round long numbers."""
    return {
        "scenario": why.scenario,
        "version": orgsim.__version__,
        "seed": why.seed,
        "replication": why.replication,
        "month": why.month,
        "date": why.date,
        "depth": why.depth,
        "chosen": why.chosen or None,
        "tree": _plain(why.tree),
    }


def _plain(node: Node) -> dict[str, object]:
    found: dict[str, object] = {"name": node.name, "what": node.what, "value": node.value, "unit": node.unit}
    found |= {"month": node.month, "column": node.column}
    if node.entity:
        found |= {"entity": node.entity, "id": str(node.id), "phase": node.phase or None}
        found |= {"mechanism": node.mechanism, "meaning": node.meaning, "formula": node.formula or None}
    if node.basis is not None:
        basis, source = node.basis, node.basis.parameter.source
        found |= {"kind": basis.kind, "title": basis.parameter.title.model_dump(), "role": basis.parameter.role}
        found |= {"source": source.model_dump(), "by_scenario": basis.by_scenario, "over": basis.ramp}
        found |= {"file": basis.origin.file, "line": basis.origin.line or None}
    if node.luck is not None:
        found["otherwise"] = [{"draw": u, "value": value} for u, value in node.luck.otherwise]
        found |= {"threshold": node.luck.threshold, "yes_below": node.luck.yes_below}
    if node.members is not None:
        found["members"] = node.members
    found["more"] = node.more or None
    found["children"] = [_plain(child) for child in node.children]
    return found


def _say(language: str, english: str, chinese: str) -> str:
    return chinese if language == "zh" else english
