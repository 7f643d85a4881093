"""`orgsim explain`: why is this number so?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli.shared import SCENARIO_HELP, JsonOption, Language, LanguageOption, catalogue, print_json, print_text
from orgsim.cli.simulating import QuietOption, SeedOption, progress, stopping_at_once
from orgsim.scenarios import load

if TYPE_CHECKING:
    from rich.tree import Tree

    from orgsim.explain import Node

_ID = "as in the column `id` of `orgsim run --panel`"


def explain(
    scenario: Annotated[str, typer.Argument(help=SCENARIO_HELP, show_default=False)],
    column: Annotated[
        str,
        typer.Argument(
            help="What to explain, such as cash or quit_probability; stratum.cash where more than one has it."
        ),
    ],
    month: Annotated[str, typer.Option("--month", help="A month as a date, 2027-03, or counted from 0.")],
    organization: Annotated[
        str | None, typer.Option("--organization", metavar="ID", help=f"An organization, {_ID}.", show_default=False)
    ] = None,
    staff: Annotated[
        str | None, typer.Option("--staff", metavar="ID", help=f"A person, {_ID}.", show_default=False)
    ] = None,
    funder: Annotated[
        str | None, typer.Option("--funder", metavar="N", help="A funder, from 1 (the bureau).", show_default=False)
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="A kind of organization.", show_default=False)
    ] = None,
    replication: Annotated[int, typer.Option("--replication", help="Which replication, from 0.")] = 0,
    seed: SeedOption = 1,
    depth: Annotated[int, typer.Option("--depth", help="Levels of rules to open; they may lead months back.")] = 2,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Show what one number of one organization or person was made of in one month.

    A tree of rules: each value with its meaning and formula, then what the rule read – parameters with source and the
    line that set them, luck, and values of last month. Every rule is asked again and has to give, to the last bit,
    what the run stored. If nobody is named, somebody telling is chosen, such as one who leaves in that month.

    \b
    orgsim explain baseline quit_probability --month 2027-03
    orgsim explain baseline cash --organization 4294967301 --month 14 --depth 3
    orgsim explain baseline public_trust --month 60 --lang zh
    """
    from orgsim.explain import explain as explained
    from orgsim.explain import lines

    with stopping_at_once(), progress(quiet, lang) as report:
        why = explained(
            load(scenario, catalogue()),
            column,
            month=month,
            replication=replication,
            seed=seed,
            depth=depth,
            report=report,
            organization=organization,
            staff=staff,
            funder=funder,
            kind=kind,
        )
    if as_json:
        print_json(lines.plain(why))
        return
    print_text(lines.head(why, lang) + "\n")
    _print_tree(lines.grown(why, lang))
    print_text("\n" + _foot(why.tree, depth, lang))


def _print_tree(tree: Tree) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 10_000, highlight=False)
    with console.capture() as capture:
        console.print(tree)
    print_text("\n".join(line.rstrip() for line in capture.get().splitlines()))


def _foot(tree: Node, depth: int, lang: Language) -> str:
    said = lang.say(
        "Every rule above was asked again and gave, to the last bit, what the run stored.",
        "以上每条规则均已重新计算，与模拟所存结果逐位一致。",
    )
    if any(node.more == "deeper" for node in tree.walk()):
        said += lang.say(f" … opens with --depth {depth + 1}.", f"“…”处可用 --depth {depth + 1} 展开。")
    return said
