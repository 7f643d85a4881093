"""`orgsim verify`: does the model's machinery give the answers mathematics knows?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_table, print_text
from orgsim.cli.simulating import stopping_at_once

if TYPE_CHECKING:
    from orgsim.games import Check

app = typer.Typer(help="Compare the model with what is known exactly.", rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def _only_groups() -> None:
    """Keeps `games` a word of its own as long as it is the only thing to verify."""


@app.command()
def games(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="A file of games; by default the ones that come with orgsim."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="A whole number; the same seed gives the same luck.")] = 1,
    every: Annotated[
        bool, typer.Option("--all", help="Also list fixed points, eigenvalues and states on the way.")
    ] = False,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Let organizations imitate each other in games whose answers are known, and compare.

    Each game is solved as a differential equation and played by a population that copies as the model's organizations
    do. Stated, analytic and simulated answers stand side by side; the exit code is 1 if one lies outside its
    tolerance. A file holds games of one to three populations: initial_state, parameters, rhs, and what is known.

    \b
    orgsim verify games
    orgsim verify games my-games.json --all
    """
    from orgsim.games import read_games, verify
    from orgsim.games.game import SHIPPED

    with stopping_at_once():
        listed = read_games(file or SHIPPED)
        told = None if as_json else lambda name: print(f"{name} …", file=sys.stderr, flush=True)
        checks = verify(listed, seed, told)
    failed = [check for check in checks if not check.holds]
    if as_json:
        print_json([{**asdict(check), "holds": check.holds} for check in checks])
    else:
        _tell([check for check in checks if every or check.simulated is not None or not check.holds], lang)
        count, bad = len(checks), len(failed)
        print_text(
            lang.say(
                f"{count - bad} of {count} checks hold" + (f"; {bad} do not" if bad else ""),
                f"{count} 项检验中 {count - bad} 项成立" + (f"，{bad} 项不成立" if bad else ""),
            )
        )
    if failed:
        raise typer.Exit(1)


def _tell(checks: Sequence[Check], lang: Language) -> None:
    headers = [
        lang.say("game", "博弈"),
        lang.say("what", "比较内容"),
        lang.say("stated", "已知结果"),
        lang.say("analytic", "解析"),
        lang.say("simulated", "模拟"),
        lang.say("tolerance", "容差"),
        lang.say("holds", "成立"),
    ]
    yes, no = lang.say("yes", "是"), lang.say("NO", "否")
    rows = [
        [
            check.game,
            check.what,
            _numbers(check.stated),
            _numbers(check.analytic),
            _numbers(check.simulated),
            f"{check.tolerance:g}",
            yes if check.holds else no,
        ]
        for check in checks
    ]
    print_table(headers, rows)


def _numbers(values: Sequence[float] | None) -> str:
    return "" if values is None else " ".join(f"{value:.4f}" for value in values)
