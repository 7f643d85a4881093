"""How plans, ends and results of studies are told, in both languages."""

from __future__ import annotations

import math
import sys
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from orgsim.cli.counting import time_text
from orgsim.cli.shared import Language, print_table, print_text
from orgsim.errors import unit_name

if TYPE_CHECKING:
    import pandas as pd

    from orgsim.studies import Ended, Store, Study
    from orgsim.studies.forecast import Forecast
    from orgsim.studies.plan import Plan
    from orgsim.studies.shards import Shard

SHOWN = 60
"""Rows of a table printed unless all are asked for."""


def tell_plan(study: Study, plan: Plan, coming: Forecast, reused: int, lang: Language) -> None:
    """What the study asks, its factors, and what running it takes."""
    from orgsim.scenarios.values import number_text
    from orgsim.studies.manifest import size_text

    print_text(study.title(lang))
    if study.question:
        print_text(study.question(lang))
    rows = []
    for factor in study.factors:
        values = ", ".join(factor.text(value) for value in factor.values)
        scale = lang.say(" (log)", "（对数）") if factor.log else ""
        span = values or f"{number_text(factor.low)}–{number_text(factor.high)}{scale}"
        unit = "" if factor.parameter.choices else unit_name(factor.parameter.unit, lang)
        rows.append([factor.name, factor.parameter.title(lang), span, unit])
    if rows:
        print_text("")
        headers = lang.say("factor,title,values,unit", "因素,标题,取值,单位").split(",")
        print_table(headers, rows)
    scenarios = ", ".join(scenario.title(lang) for scenario in study.scenarios)
    distinct = len(plan.names)
    lines = [
        lang.say(f"Scenarios: {scenarios}", f"情景：{scenarios}"),
        lang.say(
            f"Design: {study.design.kind}; {size_text(study)} = {len(plan.runs)} rows"
            + (f", {distinct} different runs" if distinct < len(plan.runs) else ""),
            f"设计：{study.design.kind}；{_size_zh(study)} = {len(plan.runs)} 行"
            + (f"，其中不同的运行 {distinct} 次" if distinct < len(plan.runs) else ""),
        ),
        *([lang.say(f"Reused: {reused} runs are there already", f"复用：已有 {reused} 次运行")] if reused else []),
        lang.say(
            f"To run: {coming.runs} runs of {study.months} months, about {time_text(coming.seconds, lang)} on "
            f"{coming.workers} cores, about {coming.megabytes:.1f} MB",
            f"待运行：{coming.runs} 次、每次 {study.months} 个月，{coming.workers} 核约需 "
            f"{time_text(coming.seconds, lang)}，约占 {coming.megabytes:.1f} MB",
        ),
    ]
    for scenario in study.scenarios[1:]:
        named = [(one.parameter, one.origin.file) for one in (*scenario.levers, *scenario.assumptions)]
        named += [(one.parameter, one.origin.file) for one in scenario.schedule]
        own = {parameter for parameter, file in named if file == scenario.file}
        for factor in study.factors:
            if factor.parameter.name in own:
                lines.append(
                    lang.say(
                        f"Note: {scenario.name} sets {factor.name} itself; here the factor's values take its place",
                        f"注意：{scenario.name} 自身设定了 {factor.name}；此处以因素取值为准",
                    )
                )
    print_text("\n" + "\n".join(lines))


def _size_zh(study: Study) -> str:
    counts = [(study.points, "个点"), (len(study.scenarios), "个情景"), (study.uncertainty, "组参数")]
    return " × ".join([*(f"{count} {what}" for count, what in counts if count > 1), f"{study.replications} 次重复"])


def tell_end(ended: Ended, shard: Shard | None, lang: Language) -> None:
    """What is there now, what was put aside, and what to do next."""
    from orgsim.studies.layout import RESULTS

    folder = ended.store.folder
    for path in ended.aside:
        print(
            lang.say(
                f"{path}: was cut or altered; put aside, its runs were missing",
                f"{path}：残缺或被改动，已隔离，其运行需重做",
            ),
            file=sys.stderr,
        )
    new = ended.done - ended.reused
    print_text(
        lang.say(
            (f"Shard {shard.name}: " if shard else "")
            + f"{ended.done} of {ended.runs} runs are there: {new} made now, {ended.reused} reused"
            + (f"; {ended.failed} failed" if ended.failed else "."),
            (f"分片 {shard.name}：" if shard else "")
            + f"{ended.runs} 次运行中已有 {ended.done} 次：本次 {new} 次，复用 {ended.reused} 次"
            + (f"；失败 {ended.failed} 次" if ended.failed else "。"),
        )
    )
    if ended.gave_up:
        print_text(
            lang.say(
                f"Stopped: more runs failed than max_failures allows. orgsim experiment results {folder} --failed",
                f"已停止：失败次数超过 max_failures。orgsim experiment results {folder} --failed",
            )
        )
    elif ended.interrupted:
        print_text(lang.say(f"Go on with: orgsim experiment run {folder}", f"继续：orgsim experiment run {folder}"))
    elif ended.failed:
        print_text(
            lang.say(
                f"Why: orgsim experiment results {folder} --failed; once more: orgsim experiment retry {folder}",
                f"原因：orgsim experiment results {folder} --failed；重试：orgsim experiment retry {folder}",
            )
        )
    elif (folder / RESULTS).is_file():
        print_text(
            lang.say(
                f"Table: {folder}/results.parquet; means: orgsim experiment results {folder}; "
                f"what moves what: orgsim experiment analyze {folder}",
                f"表：{folder}/results.parquet；均值：orgsim experiment results {folder}；"
                f"影响因素：orgsim experiment analyze {folder}",
            )
        )
    else:
        print_text(
            lang.say(
                f"The other shards have not ended yet: orgsim experiment status {folder}",
                f"其他分片尚未结束：orgsim experiment status {folder}",
            )
        )


def tell_summary(table: pd.DataFrame, store: Store, every: bool, lang: Language) -> None:
    """Means with intervals, a row a point, scenario and outcome."""
    study = store.study()
    design = store.plan().design
    scenarios = {scenario.name: scenario.title(lang) for scenario in study.scenarios}
    titles = {
        each["column"]: each["title"][lang.value] + ("" if each["stratum"] == "all" else f" [{each['stratum']}]")
        for each in store.manifest["outcomes"]
    }
    several, named = len(scenarios) > 1, bool((design["name"] != "").any())
    factors = () if named else study.factors  # a name says what a point is
    compared = bool(table["difference"].notna().any())
    headers = [
        lang.say("point", "点"),
        *([lang.say("name", "名称")] if named else []),
        *(factor.parameter.title(lang) + (f" [{factor.kind}]" if factor.kind else "") for factor in factors),
        *([lang.say("scenario", "情景")] if several else []),
        lang.say("outcome", "结果"),
        lang.say("mean", "均值"),
        lang.say("95 % interval", "95% 区间"),
        *([lang.say("difference", "差异"), lang.say("95 % interval", "95% 区间")] if compared else []),
    ]
    rows = []
    for row in table.head(len(table) if every else SHOWN).to_dict("records"):
        point = design.iloc[int(row["point"])]
        rows.append(
            [
                str(row["point"]),
                *([str(point["name"])] if named else []),
                *(factor.text(float(point[factor.name])) or "–" for factor in factors),
                *([scenarios[str(row["scenario"])]] if several else []),
                titles[str(row["outcome"])],
                *_interval(row["value"], row["low"], row["high"]),
                *(_interval(row["difference"], row["difference_low"], row["difference_high"], "+") if compared else ()),
            ]
        )
    print_table(headers, rows)
    if len(table) > len(rows):
        left = len(table) - len(rows)
        print_text(
            lang.say(
                f"… {left} more rows; --all prints them, export writes them",
                f"……另有 {left} 行；--all 全部打印，export 写入文件",
            )
        )


def _interval(value: float, low: float, high: float, sign: str = "") -> tuple[str, str]:
    if math.isnan(value):
        return "", ""
    known = not math.isnan(low + high)
    return f"{value:{sign}.4g}", f"{low:{sign}.4g} … {high:{sign}.4g}" if known else ""


def plain(row: Mapping[Hashable, object]) -> dict[str, object]:
    """A row as JSON holds it: a number that is not known is null."""
    return {str(key): None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
