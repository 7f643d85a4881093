"""`orgsim experiment verify` and `reproduce`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli import simulating
from orgsim.cli.counting import counted
from orgsim.cli.experiment.opening import StoreOption, StudyArgument, existing
from orgsim.cli.shared import Language, LanguageOption, print_table, print_text

if TYPE_CHECKING:
    from orgsim.studies.checking import Reproduced


def verify(
    study: StudyArgument,
    store: StoreOption = None,
    sample: Annotated[int, typer.Option("--sample", min=0, help="Also make so many rows again and compare.")] = 0,
    lang: LanguageOption = Language.en,
) -> None:
    """Check that what is stored is what was written; parts that are not are put aside. Exit code 1 if any was."""
    from orgsim.studies import checking

    found = existing(study, store)
    bad, strange = checking.bad_parts(found), checking.strange_runs(found, found.plan())
    for path in bad:
        print_text(lang.say(f"{path}: cut or altered; put aside", f"{path}：残缺或被改动，已隔离"))
    if strange:
        print_text(lang.say(f"{strange} rows are of no run in the plan", f"{strange} 行不属于本计划"))
    if bad:
        print_text(
            lang.say(
                f"Make their runs again: orgsim experiment run {found.folder}",
                f"重做这些运行：orgsim experiment run {found.folder}",
            )
        )
    again = checking.reproduce(found, checking.sample_rows(found, sample)) if sample else []
    different = [one for one in again if one.differences]
    for one in different:
        _tell_reproduced(one, lang)
    count = len(found.finished())
    print_text(
        lang.say(
            f"{count} rows hold what was written"
            + (f"; {len(again) - len(different)} of {len(again)} made again agree to the last bit" if again else ""),
            f"{count} 行与写入时一致"
            + (f"；重做 {len(again)} 行，其中 {len(again) - len(different)} 行逐位相同" if again else ""),
        )
    )
    if bad or strange or different:
        raise typer.Exit(1)


def reproduce(
    study: StudyArgument,
    row: Annotated[str, typer.Argument(metavar="ROW", help="A row of the results, or the first digits of its run.")],
    store: StoreOption = None,
    lang: LanguageOption = Language.en,
) -> None:
    """Make one row again and compare every bit. Exit code 1 if any differs."""
    from orgsim.studies import checking

    found = existing(study, store)
    with simulating.stopping_at_once(), counted(False, lang):
        one = checking.reproduce(found, [checking.find_row(found, row, found.plan())])[0]
    _tell_reproduced(one, lang)
    if one.differences:
        raise typer.Exit(1)


def _tell_reproduced(one: Reproduced, lang: Language) -> None:
    what = lang.say(
        f"row {one.row} (run {one.run[:12]}; point {one.point}, {one.scenario}, replication {one.replication})",
        f"第 {one.row} 行（运行 {one.run[:12]}；点 {one.point}、{one.scenario}、第 {one.replication} 次重复）",
    )
    if not one.differences:
        print_text(
            what + lang.say(f": all {one.outcomes} outcomes agree to the last bit", f"：{one.outcomes} 项结果逐位相同")
        )
        return
    print_text(what + lang.say(": differs", "：不一致"))
    headers = lang.say("outcome,stored,made again", "结果,已存,重做").split(",")
    print_table(headers, [[name, repr(stored), repr(made)] for name, stored, made in one.differences])
