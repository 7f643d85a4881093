"""`orgsim compare`: what would another policy change, at what cost, and how sure is that?"""

from __future__ import annotations

from typing import Annotated

import typer

from orgsim.cli import simulating
from orgsim.cli.shared import SCENARIO_HELP, JsonOption, Language, LanguageOption
from orgsim.cli.simulating import Engine, Request
from orgsim.report.report_file import kinds_of


def compare(
    baseline: Annotated[str, typer.Argument(metavar="BASELINE", help=SCENARIO_HELP, show_default=False)],
    others: Annotated[
        list[str],
        typer.Argument(metavar="OTHER...", help="One or more scenarios to compare with it.", show_default=False),
    ],
    replications: simulating.ChosenReplicationsOption = None,
    uncertainty: simulating.UncertaintyOption = None,
    months: simulating.MonthsOption = None,
    seed: simulating.SeedOption = 1,
    as_json: JsonOption = False,
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
    out: simulating.OutOption = None,
    no_files: simulating.NoFilesOption = False,
    report: simulating.ReportOption = "",
    engine: simulating.EngineOption = Engine.columns,
    workers: simulating.WorkersOption = None,
) -> None:
    """Compare scenarios with a baseline: what differs, at what public cost, how sure.

    Every scenario meets the same luck, replication by replication, so that what differs is policy.

    \b
    orgsim compare baseline balanced-package
    orgsim compare baseline my.yaml other.yaml --lang zh
    orgsim compare baseline my.yaml --report docx,pdf
    orgsim compare baseline my.yaml --uncertainty 20
    """
    number = simulating.how_many(replications, uncertainty)
    kinds = kinds_of(report)
    request = Request(
        number, months, seed, as_json, quiet, lang, out, no_files, engine, workers, uncertainty, reports=kinds
    )
    simulating.simulated([baseline, *others], request)
