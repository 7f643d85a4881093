"""`orgsim calibrate`: which values of what nobody has measured here are in keeping with the evidence?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli import simulating
from orgsim.cli.counting import counted
from orgsim.cli.shared import SCENARIO_HELP, Language, LanguageOption, catalogue, print_table, print_text
from orgsim.errors import InputError
from orgsim.scenarios import load

if TYPE_CHECKING:
    from orgsim.analysis.calibration.calibrate import Calibration, Plan
    from orgsim.analysis.calibration.district import District
    from orgsim.analysis.calibration.free import Free
    from orgsim.report.calibration import Fitted

RUNS = "runs.sqlite"
FEWEST_RUNS, FEWEST_SETS = 20, 2


def calibrate(
    targets: Annotated[
        Path | None,
        typer.Option(
            "--targets", metavar="FILE", help="A CSV file of targets; by default those that come with orgsim."
        ),
    ] = None,
    waves: Annotated[int, typer.Option("--waves", help="How many waves of history matching.")] = 3,
    runs: Annotated[int, typer.Option("--runs", help="Parameter sets run in each wave.")] = 150,
    sets: Annotated[int, typer.Option("--sets", help="Parameter sets of the posterior.")] = 200,
    replications: Annotated[
        int, typer.Option("--replications", "-n", help="Replications of each parameter set, all on the same luck.")
    ] = 4,
    months: Annotated[int, typer.Option("--months", help="Months of each run, after its burn-in.")] = 60,
    seed: simulating.SeedOption = 1,
    output: Annotated[
        Path, typer.Option("--output", metavar="FOLDER", help="Where results and finished runs go.")
    ] = Path("results/calibration"),
    only: Annotated[
        str | None,
        typer.Option("--only", metavar="VALUE,…", help="Fit these values only.  [default: all of grades B and C]"),
    ] = None,
    scenario: Annotated[str, typer.Option("--scenario", help=SCENARIO_HELP)] = "baseline",
    quiet: simulating.QuietOption = False,
    lang: LanguageOption = Language.en,
    workers: simulating.WorkersOption = None,
) -> None:
    """Fit what nobody has measured here to patterns of the evidence.

    Gives a sample of parameter sets that are in keeping with the targets marked calibrate, says which targets are
    missed and which values the targets tell, and the best single set. Every finished run is kept in the folder: a
    calibration that was stopped, by whatever, goes on there when it is started again, and comes to the same end.

    \b
    orgsim calibrate
    orgsim calibrate --waves 4 --runs 400 --output results/thorough
    orgsim calibrate --only turnover.base_hazard,hiring.base_fill --runs 60
    """
    _check(waves=(waves, 1), runs=(runs, FEWEST_RUNS), sets=(sets, FEWEST_SETS), replications=(replications, 2))
    with simulating.stopping_at_once():
        from orgsim.analysis.calibration.calibrate import Plan
        from orgsim.analysis.calibration.district import District, quantities
        from orgsim.analysis.calibration.free import free_parameters
        from orgsim.analysis.targets import read_targets, shipped_targets

        wanted = quantities(shipped_targets() if targets is None else read_targets(targets))
        chosen = load(scenario, catalogue())
        district = District(chosen, catalogue(), wanted, replications, months, seed)
        free = _chosen(free_parameters(catalogue(), chosen), only)
        _check_place(output)
        calibration = _calibrated(free, district, Plan(waves, runs, sets, seed), output / RUNS, workers, quiet, lang)
    command = f"orgsim calibrate --waves {waves} --runs {runs} --sets {sets} --replications {replications}"
    _keep(calibration, district, f"{command} --months {months} --seed {seed}", output, lang)


def _check(**numbers: tuple[int, int]) -> None:
    for name, (number, fewest) in numbers.items():
        if number < fewest:
            raise InputError(f"--{name} is a whole number from {fewest}, not {number}")


def _chosen(free: tuple[Free, ...], only: str | None) -> tuple[Free, ...]:
    if only is None:
        return free
    from orgsim.analysis.calibration.free import chosen

    names = [name.strip() for name in only.split(",") if name.strip()]
    known = {one.name for one in free}
    for name in names:
        if name not in known:
            catalogue().named(name)
            raise InputError(f"'{name}' is not fitted: only uncertain values of grades B and C are, no choices")
    if not names:
        raise InputError("--only names no value; give names such as turnover.base_hazard")
    return chosen(free, names)


def _check_place(output: Path) -> None:
    """Refuse before the long work a folder that holds something else."""
    if output.exists() and not output.is_dir():
        raise InputError("is a file; --output names a folder", file=output)
    if output.is_dir() and any(output.iterdir()) and not (output / RUNS).exists():
        raise InputError("holds files that are not a calibration's; choose another folder with --output", file=output)
    output.mkdir(parents=True, exist_ok=True)


def _calibrated(
    free: tuple[Free, ...],
    district: District,
    plan: Plan,
    file: Path,
    workers: int | None,
    quiet: bool,
    lang: Language,
) -> Calibration:
    from orgsim.analysis.calibration.calibrate import calibrate as fit
    from orgsim.analysis.calibration.free import Prior
    from orgsim.analysis.calibration.store import Store
    from orgsim.ensembles.burn_in import WORLDS
    from orgsim.ensembles.run import ready

    bands = [quantity.band for quantity in district.quantities]
    with counted(quiet, lang, _named(lang)) as report, WORLDS.limited(0):
        ready(report)
        prior, store = Prior(free), Store(file, district.context())
        shift = district.shift(prior.values(prior.present()), file, workers)
        return fit(prior, bands, district, plan, store, shift=shift, workers=workers, report=report)


def _keep(calibration: Calibration, district: District, command: str, output: Path, lang: Language) -> None:
    from orgsim.report.calibration import calibration_files, fitted
    from orgsim.report.folder import write_file

    found = fitted(calibration, district.quantities)
    files = calibration_files(found, command, lang)
    for name, content in files.items():
        write_file(output / name, content)
    _tell(found, output, list(files), lang)


def _tell(found: Fitted, output: Path, names: list[str], lang: Language) -> None:
    from orgsim.report.calibration_page import single_changes, summary, target_rows
    from orgsim.report.calibration_texts import words

    say = words(lang)
    shown = (0, 1, 2, 3, 4, 5, 6, 8)
    headers = say("targets.header").split("|")
    rows = [[row[n].strip("*") for n in shown] for row in target_rows(found.targets, found.quantities, lang)]
    print_table([headers[n] for n in shown], rows)
    print_text("\n" + summary(found.targets, lang) + "\n")
    changes = single_changes(found.calibration, lang)
    if changes:
        print_text(say("single.title").lstrip("# "))
        print_table(say("single.header").split("|"), changes)
    else:
        print_text(say("single.none"))
    print_text(say("cli.written", folder=output, names=", ".join(names)))


def _named(lang: Language) -> Callable[[str], str]:
    """What is reported, in words."""
    from orgsim.report.calibration_texts import words

    say = words(lang)

    def named(what: str) -> str:
        kind, _, number = what.partition(" ")
        return say(f"cli.{kind}", number=number)

    return named
