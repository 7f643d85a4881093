"""`orgsim experiment`: studies planned, run, watched, gone on with, checked and read."""

from __future__ import annotations

import typer

from orgsim.cli.experiment import analysing, checking, reading, running, stores

HELP = """Run a study: a design over levers and assumptions, written in a short file.

\b
A study is a file such as experiments/terms/study.yaml:
  scenarios: [baseline, longer-contracts]
  factors:
    contracts.payment_delay: [0 months, 3 months, 6 months]
  replications: 32
  outcomes: [annual_turnover, public_cost]
\b
  orgsim experiment plan terms          how many runs, how long, how large
  orgsim experiment run terms           run it; whatever stops it, the same command goes on
  orgsim experiment status terms        how far it is, from another terminal or machine
  orgsim experiment results terms       means and paired differences
  orgsim experiment analyze terms       what moves what, where a policy fails; tables, figures, a page
"""
app = typer.Typer(help=HELP, rich_markup_mode=None, no_args_is_help=True)
for verb in (
    running.plan,
    running.run,
    reading.status,
    reading.results,
    analysing.analyze,
    reading.export,
    checking.verify,
    checking.reproduce,
    running.retry,
    stores.adopt,
    stores.compact,
    stores.diff,
):
    app.command()(verb)
