"""`orgsim experiment adopt`, `compact` and `diff`: what is done with whole stores."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli.experiment.opening import StoreOption, StudyArgument, existing, opened, stored
from orgsim.cli.experiment.telling import SHOWN, plain
from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_table, print_text
from orgsim.errors import unit_name

if TYPE_CHECKING:
    from orgsim.studies.differing import Differences


def adopt(
    study: StudyArgument,
    others: Annotated[
        list[Path], typer.Argument(metavar="OTHER...", help="Stores of the same study, such as those of shards.")
    ],
    store: StoreOption = None,
    accept_environment: Annotated[
        bool, typer.Option("--accept-environment", help="Take rows made with other versions of libraries.")
    ] = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Take the rows of other stores of the same study, each run once; the others stay as they are.

    A store of another study, or of other code, is refused by name, and nothing is taken then. Exit code 1 if a file
    of theirs does not hold what was written.

    \b
    orgsim experiment adopt terms /scratch/shard-*
    """
    from orgsim.studies.adopting import adopt as take

    asked, folder = opened(study, store)
    found = take(asked, folder, others, accept_environment)
    for one in found:
        for path in one.bad:
            print(lang.say(f"{path}: was cut or altered; left out", f"{path}：残缺或被改动，未采用"), file=sys.stderr)
        print_text(
            lang.say(
                f"{one.store}: {one.rows} rows taken, {one.known} were here before"
                + (f", {one.failures} failed runs taken" if one.failures else "")
                + (f"; {one.strange} are not in this plan" if one.strange else ""),
                f"{one.store}：采用 {one.rows} 行，{one.known} 行原已具备"
                + (f"，采用失败的运行 {one.failures} 次" if one.failures else "")
                + (f"；{one.strange} 行不属于本计划" if one.strange else ""),
            )
        )
    if any(one.bad for one in found):
        raise typer.Exit(1)


def compact(study: StudyArgument, store: StoreOption = None, lang: LanguageOption = Language.en) -> None:
    """Join many parts into few, for quicker reading and copying; rows stay the same, also if it is killed."""
    from orgsim.studies import Store
    from orgsim.studies.layout import locked

    folder = stored(study, store)
    with locked(folder):
        before, now = Store(folder).compact()
    print_text(lang.say(f"{before} parts are {now} now", f"{before} 个分卷合并为 {now} 个"))


def diff(
    first: StudyArgument,
    second: Annotated[str, typer.Argument(metavar="STUDY", help="Another store, or study that has one.")],
    outcome: Annotated[
        list[str] | None,
        typer.Option("--outcome", metavar="NAME", help="Only this outcome; may be given several times."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Print every row that differs.")] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Say which rows of two stores differ, by how much, and in which outcomes. Exit code 1 if any does.

    Rows are compared where points, scenario, parameter set and replication are the same; the code may be another.

    \b
    orgsim experiment diff results/terms results/terms-before
    """
    from orgsim.cli.experiment.reading import of_outcomes
    from orgsim.studies.differing import differ

    found = differ(existing(first, None), existing(second, None))
    table = of_outcomes(found.outcomes, outcome)
    rows = found.rows[found.rows["outcome"].isin(table["outcome"])]
    if as_json:
        counts = {name: getattr(found, name) for name in ("both", "same", "only_first", "only_second", "causes")}
        tables = {"outcomes": table.to_dict("records"), "rows": rows.to_dict("records")}
        print_json(counts | {name: [plain(row) for row in records] for name, records in tables.items()})
    else:
        _tell_differences(found, lang)
        if len(rows):
            headers = lang.say(
                "outcome,unit,rows,mean difference,largest,relative", "结果,单位,行数,平均差,最大差,相对差"
            )
            print_table(
                headers.split(","),
                [
                    [
                        one["outcome"],
                        unit_name(one["unit"], lang),
                        str(one["differ"]),
                        *(f"{one[n]:.3g}" for n in ("mean", "largest", "relative")),
                    ]
                    for one in table[table["differ"] > 0].to_dict("records")
                ],
            )
            shown = rows.head(len(rows) if every else SHOWN)
            names = ["row", "point", "scenario", "set", "replication", "outcome", "first", "second"]
            words = "行,点,情景,参数组,重复,结果,前者,后者".split(",")
            print_table(
                names if lang is Language.en else words,
                [[str(one[name]) for name in names] for one in shown.to_dict("records")],
            )
            if len(rows) > len(shown):
                left = len(rows) - len(shown)
                print_text(lang.say(f"… {left} more; --all prints them", f"……另有 {left} 行；--all 全部打印"))
    if len(rows) or found.only_first or found.only_second:
        raise typer.Exit(1)


def _tell_differences(found: Differences, lang: Language) -> None:
    alone = found.only_first or found.only_second
    print_text(
        lang.say(
            f"{found.same} of {found.both} rows that both have agree to the last bit"
            + (f"; {found.only_first} are only in the first, {found.only_second} only in the second" if alone else ""),
            f"双方共有 {found.both} 行，其中 {found.same} 行逐位相同"
            + (f"；仅前者有 {found.only_first} 行，仅后者有 {found.only_second} 行" if alone else ""),
        )
    )
    if found.causes:
        causes = ", ".join(found.causes)
        print_text(lang.say(f"What differs between the stores: {causes}", f"两个存储的不同之处：{causes}"))
