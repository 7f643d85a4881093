"""`orgsim experiment status`, `results` and `export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orgsim.cli import simulating
from orgsim.cli.counting import counted, time_text
from orgsim.cli.experiment.opening import StoreOption, StudyArgument, existing, stored
from orgsim.cli.experiment.telling import plain, tell_summary
from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_table, print_text
from orgsim.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

WATCH_EVERY = 2.0


class Format(StrEnum):
    """What `export` writes."""

    csv = "csv"
    parquet = "parquet"
    duckdb = "duckdb"


def status(
    study: StudyArgument,
    store: StoreOption = None,
    watch: Annotated[bool, typer.Option("--watch", help="Follow it until it is complete or stops.")] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Say how far a study is, from the names of its files: at once, and also while it runs."""
    from orgsim.studies.status import status as look

    folder = stored(study, store)
    now = look(folder)
    if watch:
        with simulating.stopping_at_once(), counted(False, lang) as report:
            while now.state == "running":
                if report:
                    report(now.study, now.done + now.failed, now.runs)
                sleep(WATCH_EVERY)
                now = look(folder)
    if as_json:
        print_json(asdict(now))
        return
    states = {"complete": ("complete", "已完成"), "running": ("running", "运行中"), "stopped": ("stopped", "已停止")}
    left = "" if not now.seconds_left else time_text(now.seconds_left, lang)
    print_text(
        lang.say(
            f"{now.study}: {states[now.state][0]}; {now.done} of {now.runs} runs done, {now.failed} failed, "
            f"{now.left} left" + (f"; {now.per_minute} in the last minute, about {left} to go" if left else ""),
            f"{now.study}：{states[now.state][1]}；{now.runs} 次运行中完成 {now.done} 次，失败 {now.failed} 次，"
            f"余 {now.left} 次" + (f"；最近一分钟 {now.per_minute} 次，约剩 {left}" if left else ""),
        )
    )


def results(
    study: StudyArgument,
    store: StoreOption = None,
    failed: Annotated[bool, typer.Option("--failed", help="Print the runs that failed, and why.")] = False,
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="Only this outcome; may be given several times."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Print every row of the table.")] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Print means over replications with intervals, and paired differences; also of half a study, and says so."""
    from orgsim.studies import results_table
    from orgsim.studies.summary import summary

    found = existing(study, store)
    if failed:
        _tell_failed(found.failed().to_dict("records"), as_json, lang)
        return
    rows = results_table(found)
    table = of_outcomes(summary(rows, found.plan().design, found.manifest), outcome)
    if as_json:
        print_json([plain(row) for row in table.to_dict("records")])
        return
    tell_summary(table, found, every, lang)
    there = int((rows["status"] == "ok").sum())
    if there < len(rows):
        print_text(
            lang.say(
                f"Only {there} of {len(rows)} rows are there; orgsim experiment run {found.folder}",
                f"目前只有 {len(rows)} 行中的 {there} 行；orgsim experiment run {found.folder}",
            )
        )


def export(
    study: StudyArgument,
    form: Annotated[Format, typer.Argument(metavar="csv|parquet|duckdb", help="What to write.")],
    store: StoreOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="[default: NAME.csv and so on]")] = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Write the table of results into a file: a row a run; duckdb also holds design, runs and monthly sums."""
    from orgsim.studies.exporting import export as write

    found = existing(study, store)
    file = write(found, form.value, out or Path(f"{found.name}.{form.value}"))
    print_text(lang.say(f"written to {file}", f"已写入 {file}"))


def of_outcomes(table: pd.DataFrame, outcomes: list[str] | None) -> pd.DataFrame:
    """The rows of some outcomes, by the names of their columns."""
    known = table["outcome"].unique().tolist()
    for name in outcomes or ():
        if name not in known:
            hint = nearest(name, known) or f" ({', '.join(known)})"
            raise InputError(f"the study has no outcome '{name}'{hint}")
    return table[table["outcome"].isin(outcomes)].reset_index(drop=True) if outcomes else table


def _tell_failed(rows: Sequence[dict[Any, Any]], as_json: bool, lang: Language) -> None:
    if as_json:
        print_json(rows)
        return
    if not rows:
        print_text(lang.say("no run has failed", "没有失败的运行"))
        return
    print_table(
        lang.say("run,reason", "运行,原因").split(","), [[str(row["run"])[:12], str(row["error"])] for row in rows]
    )
    print(rows[-1]["traceback"], file=sys.stderr, end="")
