"""`orgsim run`: how do organizations and people fare under one scenario?"""

from __future__ import annotations

from typing import Annotated

import typer

from orgsim.cli import simulating
from orgsim.cli.shared import SCENARIO_HELP, JsonOption, Language, LanguageOption
from orgsim.cli.simulating import Engine, Request
from orgsim.report.report_file import kinds_of


def run(
    scenario: Annotated[str, typer.Argument(help=SCENARIO_HELP, show_default=False)],
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
    panel: Annotated[
        bool, typer.Option("--panel", help="Also write every organization and person of one replication by month.")
    ] = False,
    panel_replication: Annotated[
        int, typer.Option("--panel-replication", help="Which replication the panel follows, from 0.")
    ] = 0,
) -> None:
    """Run one scenario and say how organizations and people fare.

    Prints the headline outcomes with their ranges, and writes tables, charts and sentences into a results folder.

    \b
    orgsim run baseline
    orgsim run my.yaml -n 16 --months 60 --out results/first-try
    orgsim run baseline --panel
    orgsim run baseline --uncertainty 20
    """
    followed = panel_replication if panel else None
    number = simulating.how_many(replications, uncertainty)
    kinds = kinds_of(report)
    request = Request(
        number, months, seed, as_json, quiet, lang, out, no_files, engine, workers, uncertainty, followed, kinds
    )
    simulating.simulated([scenario], request)
