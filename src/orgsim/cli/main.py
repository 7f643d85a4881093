"""`orgsim`: the verbs, and the promise that a person's mistake ends in one sentence."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from typing import Annotated

import typer

import orgsim
from orgsim.cli import (
    calibrate,
    check,
    cite,
    compare,
    dashboard,
    diff,
    experiment,
    explain,
    parameters,
    register,
    run,
    schema,
    show,
    validate,
    verify,
)
from orgsim.cli.shared import SPOKEN, end_of_pipe, print_text
from orgsim.cli.usage import Verbs
from orgsim.errors import MachineError, OrgsimError

VERBS: list[Callable[..., None]] = [
    compare.compare,
    run.run,
    dashboard.dashboard,
    explain.explain,
    validate.validate,
    calibrate.calibrate,
    check.check,
    register.register,
    show.show,
    diff.diff,
    parameters.parameters,
    cite.cite,
    schema.schema,
]
"""Verbs in the order of the help page. A verb imports what is heavy inside its function: `check` must be quick."""

HELP = """What public policy does to social organizations and the people who work in them.

\b
Ask what a policy would change
  orgsim compare baseline balanced-package
  orgsim dashboard                      the same by sliders, in the browser
\b
Ask a whole study, and go on with it after whatever stopped it
  orgsim experiment run experiments/contract-terms
\b
Ask why one number is what it is
  orgsim explain baseline cash --month 14
\b
Look around
  orgsim parameters --levers            what a policymaker can set, with units and ranges
  orgsim show baseline                  what the baseline assumes, and which line said so
  orgsim cite baseline                  which publications that rests on, and what is assumed
  orgsim verify games                   imitation in games whose answers are known
  orgsim validate                       the model against what is known of such organizations
  orgsim calibrate                      which values of what is not known agree with that
\b
Write a scenario: a file my.yaml such as
  extends: baseline
  start: 2026-01
  set:
    contracts.duration: 36 months
\b
Check it, see what it changes, and what comes of it
  orgsim check my.yaml
  orgsim diff baseline my.yaml
  orgsim compare baseline my.yaml

Every verb explains itself: orgsim check --help. 加 --lang zh 以中文显示。
"""

app = typer.Typer(
    name="orgsim",
    cls=Verbs,
    help=HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(invoke_without_command=True)
def _bare(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        print_text(f"orgsim {orgsim.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print_text(context.get_help())


for verb in VERBS:
    app.command()(verb)
app.add_typer(verify.app, name="verify")
app.add_typer(experiment.app, name="experiment")
app.add_typer(experiment.app, name="exp", hidden=True)


def main() -> None:
    """Console entry point: every failure on purpose is one sentence on stderr with its exit code.

    2 for a person's mistake, 1 where the machine failed, 130 after Ctrl-C, 141 where the reader of a pipe has gone.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese still gets its table
    try:
        app(prog_name="orgsim")
    except OrgsimError as error:
        _end(error, error.exit_code)
    except KeyboardInterrupt:
        _end(OrgsimError("stopped"), 130)
    except BrokenPipeError:
        end_of_pipe()
    except MemoryError:
        few = "this machine has too little memory for that; try fewer replications or organizations"
        _end(MachineError(few), 1)
    except OSError as error:
        _end(_machine(error), 1)


def _end(error: OrgsimError, code: int) -> None:
    print(error.sentence(SPOKEN.get()), file=sys.stderr)
    sys.exit(code)


def _machine(error: OSError) -> MachineError:
    """What the machine would not do, in words."""
    where = f" {error.filename}" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return MachineError(f"the disk is full; nothing more could be written{' to' + where if where else ''}")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return MachineError(f"no permission to use{where or ' a file'}")
    return MachineError(f"the machine refused: {error.strerror or error}{where}")


if __name__ == "__main__":
    main()
