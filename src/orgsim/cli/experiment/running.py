"""`orgsim experiment plan`, `run` and `retry`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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

COMMIT_EVERY = 3.0
"""Seconds, as of `run_study`."""
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Run it even if it is larger than its max_runs.")]
TimeoutOption = Annotated[
    int | None,
    typer.Option("--timeout", metavar="SECONDS", help="A run that takes longer fails.  [default: the study's]"),
]


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
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard", metavar="NUMBER/COUNT", help="Run only this part, as a job of an array: 1/16 to 16/16."
        ),
    ] = None,
    timeout: TimeoutOption = None,
    workers: simulating.WorkersOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS|FILE", help="Run on the workers of this Dask scheduler."),
    ] = None,
    commit_every: Annotated[
        float, typer.Option("--commit-every", metavar="SECONDS", min=0.0, help="What is lost at most if all stops.")
    ] = COMMIT_EVERY,
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
    orgsim experiment run terms --shard $SLURM_ARRAY_TASK_ID/16
    orgsim experiment run terms --scheduler tcp://10.0.0.5:8786
    """
    asked = _Asked(
        extend=_extensions(extend or []),
        yes=yes,
        shard=shard,
        timeout=timeout,
        workers=workers,
        scheduler=scheduler,
        commit_every=commit_every,
        accept_environment=accept_environment,
        as_json=as_json,
        quiet=quiet,
    )
    _run(study, store, asked, lang)


def retry(
    study: StudyArgument,
    store: StoreOption = None,
    timeout: TimeoutOption = None,
    workers: simulating.WorkersOption = None,
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Run once more the runs that failed; exit codes are those of run."""
    existing(study, store)
    _run(study, store, _Asked(retry=True, yes=True, timeout=timeout, workers=workers, quiet=quiet), lang)


@dataclass(frozen=True)
class _Asked:
    """How a study is to be run, in words of the command line."""

    extend: Mapping[str, int] = field(default_factory=dict)
    retry: bool = False
    yes: bool = False
    shard: str | None = None
    timeout: int | None = None
    workers: int | None = None
    scheduler: str | None = None
    commit_every: float = COMMIT_EVERY
    accept_environment: bool = False
    as_json: bool = False
    quiet: bool = False


def _run(word: str, store: Path | None, asked: _Asked, lang: Language) -> None:
    from orgsim.ensembles.run import ready
    from orgsim.studies import run_study
    from orgsim.studies.forecast import forecast
    from orgsim.studies.plan import make_plan
    from orgsim.studies.shards import read_shard
    from orgsim.studies.status import status as look
    from orgsim.studies.study import grown

    low = 1
    for name, number in (("workers", asked.workers), ("timeout", asked.timeout)):
        if number is not None and number < low:
            raise InputError(f"--{name} is a whole number from {low}, not {number}")
    shard = None if asked.shard is None else read_shard(asked.shard)
    study, folder = opened(word, store)
    size, have = _stored(study, folder)
    size = grown(size, replications=asked.extend.get("replications"), n=asked.extend.get("n"))
    if size.runs > size.max_runs and not asked.yes:
        raise InputError(_over(size, lang), file=study.file)
    timeout = asked.timeout or study.timeout
    made = None
    with simulating.stopping_at_once(), counted(asked.quiet, lang) as report:
        ready(report)
        if not asked.quiet and not asked.as_json:
            made = make_plan(size)
            coming = forecast(size, made, have, asked.workers)
    if made is not None:
        tell_plan(size, made, coming, have, lang)
    with stopping_gently(lang) as stop, counted(asked.quiet, lang) as report:
        ended = run_study(
            study,
            folder,
            replications=asked.extend.get("replications"),
            n=asked.extend.get("n"),
            plan=made,
            shard=shard,
            retry=asked.retry,
            workers=asked.workers,
            timeout=timeout,
            engine=None if asked.scheduler is None else _cluster(asked.scheduler, timeout),
            commit_every=asked.commit_every,
            accept_environment=asked.accept_environment,
            stop=stop,
            report=report,
        )
    if asked.as_json:
        print_json(asdict(look(ended.store.folder)))
    elif not asked.quiet:
        tell_end(ended, shard, lang)
    if ended.exit_code:
        raise typer.Exit(ended.exit_code)


def _cluster(scheduler: str, timeout: int | None) -> MakeEngine:
    from orgsim.studies.cluster import Cluster

    return lambda cases, columns, stop: Cluster(cases, columns, stop, scheduler, timeout)


def _stored(study: Study, folder: Path) -> tuple[Study, int]:
    """The study as large as its store has it, and how many runs are there."""
    from orgsim.studies import Store
    from orgsim.studies.layout import is_store
    from orgsim.studies.matching import check_same
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
