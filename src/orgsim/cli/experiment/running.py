"""`orgsim experiment plan`, `run` and `retry`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli import simulating
from orgsim.cli.counting import counted
from orgsim.cli.experiment.opening import StoreOption, StudyArgument, existing, opened, stopping_gently
from orgsim.cli.experiment.telling import tell_end, tell_plan
from orgsim.cli.shared import JsonOption, Language, LanguageOption, print_json, print_text
from orgsim.errors import InputError

if TYPE_CHECKING:
    from orgsim.studies import Study
    from orgsim.studies.runner import MakeEngine

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Run it even if it is larger than its max_runs.")]


def plan(study: StudyArgument, store: StoreOption = None, lang: LanguageOption = Language.en) -> None:
    """Say what a study would run, how long that takes and how large it will be.

    Checks the file and runs a few replications to measure their time; writes nothing.
    """
    from orgsim.studies.forecast import forecast
    from orgsim.studies.plan import make_plan

    with simulating.stopping_at_once():
        asked, folder = opened(study, store)
        asked, have = _stored(asked, folder)
        made = make_plan(asked)
        with counted(False, lang) as report:
            coming = forecast(asked, made, have, report=report)
    tell_plan(asked, made, coming, have, lang)
    if asked.runs > asked.max_runs:
        print_text(_over(asked, lang))


def run(
    study: StudyArgument,
    store: StoreOption = None,
    extend: Annotated[
        list[str] | None,
        typer.Option("--extend", metavar="NAME=NUMBER", help="Add replications=64, or n=128 of a sampled design."),
    ] = None,
    yes: YesOption = False,
    workers: simulating.WorkersOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS|FILE", help="Run on the workers of this Dask scheduler."),
    ] = None,
    commit_every: Annotated[
        float, typer.Option("--commit-every", metavar="SECONDS", min=0.0, help="What is lost at most if all stops.")
    ] = 3.0,
    accept_environment: Annotated[
        bool, typer.Option("--accept-environment", help="Go on with other versions of libraries than before.")
    ] = False,
    as_json: JsonOption = False,
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Run a study, or go on with it: only what is not there yet is run.

    Ctrl-C finishes what is in flight, keeps it, and ends with 130. Other exit codes: 0 complete, 2 something in the
    files is wrong, 3 another runner is at work on it, 4 code or libraries are others than before, 5 complete but some
    runs failed, 6 too many failed.

    \b
    orgsim experiment run terms
    orgsim experiment run terms --extend replications=64
    orgsim experiment run terms --scheduler tcp://10.0.0.5:8786
    """
    _run(
        study,
        store,
        extend or [],
        False,
        yes,
        workers,
        scheduler,
        commit_every,
        accept_environment,
        as_json,
        quiet,
        lang,
    )


def retry(
    study: StudyArgument,
    store: StoreOption = None,
    workers: simulating.WorkersOption = None,
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Run once more the runs that failed; exit codes are those of run."""
    existing(study, store)
    _run(study, store, [], True, True, workers, None, 3.0, False, False, quiet, lang)


def _run(
    word: str,
    store: Path | None,
    extend: list[str],
    again: bool,
    yes: bool,
    workers: int | None,
    scheduler: str | None,
    commit_every: float,
    accept: bool,
    as_json: bool,
    quiet: bool,
    lang: Language,
) -> None:
    from orgsim.ensembles.run import ready
    from orgsim.studies import run_study
    from orgsim.studies.forecast import forecast
    from orgsim.studies.plan import make_plan
    from orgsim.studies.status import status as look
    from orgsim.studies.study import grown

    if workers is not None and workers < 1:
        raise InputError(f"--workers is a whole number from 1, not {workers}")
    more = _extensions(extend)
    asked, folder = opened(word, store)
    size, have = _stored(asked, folder)
    size = grown(size, replications=more.get("replications"), n=more.get("n"))
    if size.runs > size.max_runs and not yes:
        raise InputError(_over(size, lang), file=asked.file)
    made = None
    with simulating.stopping_at_once(), counted(quiet, lang) as report:
        ready(report)
        if not quiet and not as_json:
            made = make_plan(size)
            coming = forecast(size, made, have, workers)
    if made is not None:
        tell_plan(size, made, coming, have, lang)
    with stopping_gently(lang) as stop, counted(quiet, lang) as report:
        ended = run_study(
            asked,
            folder,
            replications=more.get("replications"),
            n=more.get("n"),
            plan=made,
            retry=again,
            workers=workers,
            engine=None if scheduler is None else _cluster(scheduler),
            commit_every=commit_every,
            accept_environment=accept,
            stop=stop,
            report=report,
        )
    if as_json:
        print_json(asdict(look(ended.store.folder)))
    elif not quiet:
        tell_end(ended, lang)
    if ended.exit_code:
        raise typer.Exit(ended.exit_code)


def _cluster(scheduler: str) -> MakeEngine:
    from orgsim.studies.cluster import Cluster

    return lambda cases, columns, stop: Cluster(cases, columns, stop, scheduler)


def _stored(study: Study, folder: Path) -> tuple[Study, int]:
    """The study as large as its store has it, and how many runs are there."""
    from orgsim.studies import Store
    from orgsim.studies.layout import is_store
    from orgsim.studies.runner import check_same
    from orgsim.studies.status import status as look
    from orgsim.studies.store import check_place

    if not is_store(folder):
        check_place(folder)
        return study, 0
    found = Store(folder)
    check_same(study, found)
    return found.study(), look(folder).done


def _extensions(extend: list[str]) -> dict[str, int]:
    """What --extend says: replications and n."""
    found = {}
    for word in extend:
        name, sign, number = word.partition("=")
        if name not in ("replications", "n") or not sign or not number.isdecimal():
            raise InputError(f"--extend takes replications=NUMBER or n=NUMBER, not '{word}'")
        found[name] = int(number)
    return found


def _over(study: Study, lang: Language) -> str:
    return lang.say(
        f"{study.runs:,} rows are more than its max_runs, {study.max_runs:,}; say --yes to run them",
        f"共 {study.runs:,} 行，超过 max_runs 的 {study.max_runs:,}；确认请加 --yes",
    )
