"""What does running a study cost beside the model itself? Prints a table and writes docs/benchmarks-studies.md.

python experiments/bench_studies.py            some minutes
python experiments/bench_studies.py --quick    less than one, smaller and printed only
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from threading import Event

import distributed
import psutil
from clocked import clocked, spent
from measuring import Measurement, machine, markdown, peak_memory

from orgsim.ensembles.run import ready
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.studies import Store, Study, load_study, results_table, run_study
from orgsim.studies.cluster import Cluster
from orgsim.studies.document import SERIES
from orgsim.studies.engines import Engine, Threads
from orgsim.studies.measure import Cases
from orgsim.studies.plan import make_plan
from orgsim.studies.runner import MakeEngine
from orgsim.studies.status import status
from orgsim.studies.summary import summary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks-studies.md"
WORKERS = 2
CALM = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "500ms",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "5s",
    "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "False",
}
"""Dask's own looking after itself, as docs/studies.md advises."""
TINY = """\
extends: baseline
burn_in: 3
population:
  funders: 1
  organizations: {association: 2, service: 2, social_work: 1, foundation: 1, community: 1}
"""
WORK = """\
scenarios: [baseline, balanced-package]
factors: {contracts.payment_delay: [0, 3, 6]}
replications: REPLICATIONS
months: 60
"""
SCALE = """\
scenarios: [tiny]
factors: {contracts.payment_delay: {low: 0, high: 6}, contracts.duration: {low: 6, high: 36}}
design: {kind: latin_hypercube, n: POINTS}
replications: 20
months: 120
outcomes: [OUTCOMES]
series: [SERIES]
max_runs: 1000000
"""
PLAN = """\
scenarios: [baseline, balanced-package]
factors:
  contracts.payment_delay: {low: 0, high: 6}
  contracts.duration: {low: 6, high: 36}
  turnover.base_hazard: {low: 0.008, high: 0.017, scale: log}
  supervision.dual_management: [on, off]
design: {kind: latin_hypercube, n: 2500}
replications: 20
"""
NOTES = """\
*Processor time* is that of all processes – runner, scheduler, workers –, which other work on the machine hardly
touches; seconds are by the clock unless called so. *In the model* is the processor time that runs and their measuring
take, counted around each call. The first three lines run the default district for 60 months in chunks of three seconds.
*Over threads* compares processor time per second in the model, on Dask's scheduler and two workers and on two threads,
in the same minutes; Dask looks after itself as docs/studies.md advises. *Two threads over one* is the shortest of
several repeats of each, in turn. The large study is of a district of seven organizations, since how large the model is
does not matter to the store: as many runs as the first column says, of 40 outcomes each and 40 monthly sums over 121
months. Lines that say *from the command* are processor time of the command with everything it loads.
"""


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Measure what running studies costs beside the model.")
    parser.add_argument("--quick", action="store_true", help="smaller, no page")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.store:
        run_study(load_study(chosen.store.parent / "scale.yaml"), chosen.store)
        print(peak_memory())
        return 0
    facts = machine()
    print(*(f"{name}: {value}" for name, value in facts), sep="\n")
    ready()
    measurements = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for measured in chain(engines(place, chosen.quick), plans(place), scale(place, chosen.quick)):
            print(*measured.row(), sep=" | ", flush=True)
            measurements.append(measured)
    if not chosen.quick:
        page = markdown(measurements, facts, NOTES, "Benchmarks of studies", "make bench-studies")
        chosen.page.write_text(page, encoding="utf-8")
    return 0 if all(one.met != "no" for one in measurements) else 1


def written(folder: Path, name: str, text: str) -> Study:
    """A study of some text, beside the tiny district."""
    (folder / "tiny.yaml").write_text(TINY, encoding="utf-8")
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load_study(file)


@dataclass(frozen=True)
class Cost:
    """Of one study run once: seconds by the clock, processor time of all processes, and of it in the model."""

    clock: float
    processor: float
    model: float


def engines(folder: Path, quick: bool) -> Iterator[Measurement]:
    """Threads and Dask at the default size of chunks."""
    study = written(folder, "work.yaml", WORK.replace("REPLICATIONS", "8" if quick else "64"))
    repeats = 1 if quick else 3
    one, two, dask = [], [], []
    with workers(folder / "scheduler.json") as (scheduler, processes):

        def measured(make: MakeEngine, model: Callable[[], float], others: list[psutil.Process]) -> Cost:
            with tempfile.TemporaryDirectory(dir=folder) as place:
                before = time.perf_counter(), processor(others), model()
                run_study(study, Path(place) / "store", engine=make)
                after = time.perf_counter(), processor(others), model()
            return Cost(*(now - then for then, now in zip(before, after, strict=True)))

        with distributed.Client(scheduler_file=str(scheduler)) as client:

            def there() -> float:
                return float(sum(client.run(spent).values()))

            for number in range(repeats + 1):
                costs = (
                    measured(threads(1), spent, []),
                    measured(threads(WORKERS), spent, []),
                    measured(on_dask(scheduler), there, processes),
                )
                if number:  # the first time everything is loaded
                    for found, cost in zip((one, two, dask), costs, strict=True):
                        found.append(cost)
    yield Measurement("two threads: in the model", "%", tuple(100 * c.model / c.processor for c in two), at_least=95)
    yield Measurement("Dask: in the model", "%", tuple(100 * c.model / c.processor for c in dask))
    over = tuple(100 * (d.processor / d.model / (t.processor / t.model) - 1) for d, t in zip(dask, two, strict=True))
    yield Measurement("Dask: processor time over threads", "%", over, at_most=5)
    fastest = min(c.clock for c in one) / min(c.clock for c in two)
    yield Measurement("two threads over one", "times", (fastest,), at_least=1.8)
    yield Measurement(
        "Dask's two workers over one thread", "times", (min(c.clock for c in one) / min(c.clock for c in dask),)
    )


def threads(count: int) -> MakeEngine:
    def make(cases: Cases, columns: tuple[str, ...], stop: Event) -> Engine:
        return Threads(clocked(cases), columns, stop, count)

    return make


def on_dask(scheduler: Path) -> MakeEngine:
    def make(cases: Cases, columns: tuple[str, ...], stop: Event) -> Engine:
        return Cluster(clocked(cases), columns, stop, str(scheduler))

    return make


def processor(others: list[psutil.Process]) -> float:
    """Processor time of this process and some others up to now."""
    return time.process_time() + sum(sum(other.cpu_times()[:2]) for other in others)


@contextmanager
def workers(file: Path) -> Iterator[tuple[Path, list[psutil.Process]]]:
    """A Dask scheduler and two workers on this machine: its file, and their processes."""
    environment: Mapping[str, str] = os.environ | CALM | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    started = []

    def start(what: str, *options: str) -> None:
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{what}",
            "--scheduler-file",
            str(file),
            "--no-dashboard",
        ]
        quiet = subprocess.DEVNULL
        started.append(subprocess.Popen([*command, *options], env=environment, stdout=quiet, stderr=quiet))

    try:
        start("scheduler", "--port", "0")
        while not file.exists():
            time.sleep(0.05)
        for _ in range(WORKERS):
            start("worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(file.parent))
        with distributed.Client(scheduler_file=str(file)) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield file, [psutil.Process(process.pid) for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()


def plans(folder: Path) -> Iterator[Measurement]:
    """A plan of 100,000 runs."""
    study = written(folder, "plan.yaml", PLAN)
    seconds = []
    for _ in range(3):
        start = time.process_time()
        assert len(make_plan(study).runs) == 100_000
        seconds.append(time.process_time() - start)
    yield Measurement("plan of 100,000 runs, processor time", "s", tuple(seconds), at_most=5)


def scale(folder: Path, quick: bool) -> Iterator[Measurement]:
    """A store of 10,000 runs."""
    points = 50 if quick else 500
    outcomes = ", ".join(one.name for one in OUTCOMES[:40])
    text = SCALE.replace("POINTS", str(points)).replace("OUTCOMES", outcomes).replace("SERIES", ", ".join(SERIES[:40]))
    study = written(folder, "scale.yaml", text)
    assert (len(study.outcomes), len(study.series)) == (40, 40)
    name, store = f"{study.runs:,} runs", folder / "scale"
    child = [sys.executable, __file__, "--store", str(store)]
    memory = float(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    yield Measurement(f"{name}: memory of the runner", "GiB", (memory,), at_most=1)
    size = sum(file.stat().st_size for file in store.rglob("*") if file.is_file()) / 2**30
    yield Measurement(f"{name}: store", "GiB", (size,), at_most=2)
    yield Measurement(f"{name}: results, once loaded", "s", repeated(lambda: means(Store(store))), at_most=2)
    yield Measurement(f"{name}: results, from the command", "s", command("results", store), at_most=2)
    yield Measurement(f"{name}: status, once loaded", "s", repeated(lambda: status(store)), at_most=0.1)
    yield Measurement(f"{name}: what is missing", "s", repeated(lambda: Store(store).finished()), at_most=2)
    yield Measurement(f"{name}: nothing left to run, from the command", "s", command("run", store, "--quiet"))
    parts = len(Store(store).parts())
    yield Measurement(f"{name}: joining {parts} parts into few, from the command", "s", command("compact", store)[:1])
    yield Measurement(f"{name}: parts then", "", (float(len(Store(store).parts())),))


def means(store: Store) -> object:
    """What `orgsim experiment results` prints."""
    return summary(results_table(store), store.plan().design, store.manifest)


def command(verb: str, store: Path, *options: str) -> tuple[float, ...]:
    """Processor seconds of `orgsim experiment VERB`, with everything it loads."""

    def once() -> None:
        code = "from orgsim.cli.main import main; main()"
        arguments = [sys.executable, "-c", code, "experiment", verb, str(store), *options]
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)

    def children() -> float:
        times = os.times()
        return times.children_user + times.children_system

    return repeated(once, children)


def repeated(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> tuple[float, ...]:
    """Seconds of the same thing, three times."""
    seconds = []
    for _ in range(3):
        start = clock()
        work()
        seconds.append(clock() - start)
    return tuple(seconds)


if __name__ == "__main__":
    sys.exit(main())
