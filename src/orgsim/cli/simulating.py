"""What `run` and `compare` share: their options, a progress bar, an end at once on Ctrl-C; `telling` has the words."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli.shared import Language, catalogue, print_json
from orgsim.cli.telling import tell, tree
from orgsim.errors import InputError, MachineError
from orgsim.scenarios import Scenario, load

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from orgsim.ensembles import Comparison

STOPPED, STDERR = 130, 2
PREPARING, COMPILING, MEASURING = "preparing", "compiling the model, once", "measuring"
"""What is reported beside the names of scenarios; by nobody, `ensembles.run.ready` and `analysis.validate`."""
Report = Callable[[str, int, int], None]


class Engine(StrEnum):
    """How the model is stepped."""

    columns = "columns"
    agents = "agents"
    both = "both"


ReplicationsOption = Annotated[
    int, typer.Option("--replications", "-n", help="How many replications; each has its own luck.")
]
ChosenReplicationsOption = Annotated[
    int | None,
    typer.Option(
        "--replications",
        "-n",
        help="How many replications; each has its own luck.  [default: 64; 8 for each set with --uncertainty]",
        show_default=False,
    ),
]
UncertaintyOption = Annotated[
    int | None,
    typer.Option(
        "--uncertainty",
        metavar="SETS",
        help="Also vary what is not known: so many parameter sets in keeping with the evidence, such as 20.",
        show_default=False,
    ),
]
MANY, A_FEW = 64, 8
"""Replications where nobody says how many: of a plain run, and for each parameter set."""
MonthsOption = Annotated[
    int | None, typer.Option("--months", help="How many months, instead of what the scenario says.", show_default=False)
]
SeedOption = Annotated[int, typer.Option("--seed", help="A whole number; the same seed gives the same luck.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no hints, only the result.")]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FOLDER",
        help="Where the results folder goes.  [default: a new one in results/]",
        show_default=False,
    ),
]
NoFilesOption = Annotated[bool, typer.Option("--no-files", help="Write no results folder.")]
ReportOption = Annotated[
    str,
    typer.Option(
        "--report",
        metavar="KINDS",
        help="Also write the report to take away: docx (Word), pdf, html, or several joined by commas.",
        show_default=False,
    ),
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="columns is fast; agents asks everybody in turn; both compares the two.")
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", help="How many cores to use.  [default: all]", show_default=False)
]


@dataclass(frozen=True)
class Request:
    """What a person asked for on the command line."""

    replications: int
    months: int | None
    seed: int
    as_json: bool
    quiet: bool
    lang: Language
    out: Path | None
    no_files: bool
    engine: Engine
    workers: int | None
    uncertainty: int | None = None
    panel: int | None = None
    """The replication whose organizations and people are written too, if any."""
    reports: tuple[str, ...] = ()
    """The kinds of report that are written too."""


def how_many(replications: int | None, uncertainty: int | None) -> int:
    """The replications a person asked for, or what is usual."""
    return replications if replications is not None else MANY if uncertainty is None else A_FEW


def simulated(names: Sequence[str], request: Request) -> None:
    """Run the scenarios of these names, the first one the baseline, and tell and keep what comes of it."""
    if request.workers is not None and request.workers < 1:
        raise InputError(f"--workers is a whole number from 1, not {request.workers}")
    if request.uncertainty is not None and request.replications < 2:
        raise InputError("--uncertainty tells chance from parameters; that takes two replications of each set or more")
    if request.out is not None and request.no_files:
        raise InputError("--out names a folder for results and --no-files wants none; give only one of the two")
    if request.uncertainty is not None and request.panel is not None:
        raise InputError("--panel follows one world and --uncertainty runs many; give only one of the two")
    if request.reports and request.no_files:
        raise InputError("--report writes files and --no-files wants none; give only one of the two")
    if request.panel is not None and request.no_files:
        raise InputError("--panel writes files and --no-files wants none; give only one of the two")
    if request.panel is not None and not 0 <= request.panel < request.replications:
        raise InputError(
            f"--panel-replication is one of the {request.replications} that are run, counted from 0, "
            f"not {request.panel}"
        )
    with stopping_at_once():
        scenarios = [load(name, catalogue()) for name in names]
        if not request.no_files:
            from orgsim.report.results import check_place

            check_place(request.out)
        _warn(scenarios, request.lang)
        comparison, sources = _compare(scenarios, request)
        panel = _panel(scenarios[0], request)
    folder = None if request.no_files else _keep(comparison, sources, panel, request)
    if request.as_json:
        print_json(tree(comparison))
    else:
        tell(comparison, folder, request.reports, request.lang, hints=not request.quiet)


def _warn(scenarios: Sequence[Scenario], lang: Language) -> None:
    """Say on stderr which registers were not used whole; each once."""
    registers = [one for scenario in scenarios if (one := scenario.population.register) and any(one.left_out)]
    for register in {one.file: one for one in registers}.values():
        refused, unusable = register.left_out
        print(
            lang.say(
                f"{register.file}: {refused} rows refused, {unusable} cells not usable and drawn; "
                f"see orgsim register {register.file}",
                f"{register.file}：拒收 {refused} 行，{unusable} 个单元格不可用、改为抽取；"
                f"详见 orgsim register {register.file}",
            ),
            file=sys.stderr,
            flush=True,
        )


def _compare(scenarios: Sequence[Scenario], request: Request) -> tuple[Comparison, dict[str, bytes]]:
    from orgsim.engines.both import EnginesDisagree
    from orgsim.ensembles import compare
    from orgsim.report.manifest import read_sources

    sources = read_sources(scenarios)
    try:
        with progress(request.quiet, request.lang) as report:
            comparison = compare(
                scenarios[0],
                *scenarios[1:],
                replications=request.replications,
                seed=request.seed,
                months=request.months,
                engine=request.engine.value,
                workers=request.workers,
                report=report,
                uncertainty=request.uncertainty,
            )
    except EnginesDisagree as error:
        raise MachineError(f"the two engines disagree, so neither can be trusted: {error}") from error
    return comparison, sources


def _panel(scenario: Scenario, request: Request) -> dict[str, bytes]:
    if request.panel is None:
        return {}
    from orgsim.ensembles.panel import record_panel

    with progress(request.quiet, request.lang) as report:
        files = record_panel(
            scenario, replication=request.panel, seed=request.seed, months=request.months, report=report
        )
    return {f"panel/{name}": content for name, content in files.items()}


def _keep(comparison: Comparison, sources: dict[str, bytes], panel: dict[str, bytes], request: Request) -> Path:
    from orgsim.report.results import write_results

    lang, engine = request.lang, request.engine.value
    return write_results(comparison, request.out, lang, sources, engine, request.reports, panel)


@contextmanager
def stopping_at_once() -> Iterator[None]:
    """End the program at once on Ctrl-C while it computes.

    Compiled loops cannot be interrupted, and waiting for them takes seconds; nothing has been written yet that would
    have to be cleaned up.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    show_cursor = b"\x1b[?25h\n" if sys.stderr.isatty() else b""  # the progress bar had hidden it

    def stop(_number: int, _frame: FrameType | None) -> None:
        os.write(STDERR, show_cursor + b"stopped\n")  # past the progress bar, which would draw itself again
        os._exit(STOPPED)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress(quiet: bool, lang: Language) -> Iterator[Report | None]:
    """A bar for each thing that takes long, on stderr; one line for each where stderr is no terminal."""
    if quiet:
        yield None
        return
    if not sys.stderr.isatty():
        yield _Lines(lang)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(bars, lang)


class _Bars:
    """Moves a bar for each thing reported; called from several threads."""

    def __init__(self, progress: Progress, lang: Language) -> None:
        self._progress = progress
        self._lang = lang
        self._tasks: dict[str, TaskID] = {}
        self._done: dict[TaskID, int] = {}
        self._lock = threading.Lock()
        self._first = progress.add_task(_doing(PREPARING, lang), total=None)

    def __call__(self, what: str, done: int, total: int) -> None:
        with self._lock:
            self._progress.update(self._first, visible=False)
            if what not in self._tasks:
                self._tasks[what] = self._progress.add_task(_doing(what, self._lang), total=total)
            task = self._tasks[what]
            done = max(done, self._done.get(task, 0))  # two threads may report in either order
            self._done[task] = done
            self._progress.update(task, completed=done)


class _Lines:
    """Says once of each thing that it goes on."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._said: set[str] = set()

    def __call__(self, what: str, _done: int, _total: int) -> None:
        if what not in self._said:
            self._said.add(what)
            print(f"{_doing(what, self._lang)} …", file=sys.stderr, flush=True)


def _doing(what: str, lang: Language) -> str:
    from orgsim.report.texts import say

    if what in (PREPARING, COMPILING, MEASURING):
        return say(f"cli.{what.split(maxsplit=1)[0]}", lang)
    return say("cli.running", lang, scenario=what)
