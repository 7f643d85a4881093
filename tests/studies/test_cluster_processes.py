"""A scheduler and two workers in processes of their own: killed, replaced, and one of another version among them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orgsim.errors import MachineError
from orgsim.studies import Store, Study, load_study, run_study
from orgsim.studies.cluster import Cluster
from orgsim.studies.engines import Engine
from orgsim.studies.measure import Cases
from orgsim.studies.parts import listed
from orgsim.studies.refusals import OtherEnvironment
from orgsim.studies.runner import MakeEngine
from tests.studies.conftest import STUDY, until, write_study

pytest.importorskip("distributed")
from tests.studies.cluster import ROOT, Machines

pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own words about closing loops are Dask's
Make = Callable[..., Study]
MANY = STUDY.replace("levels: 2", "levels: 6").replace("replications: 3", "replications: 8")


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler with two workers."""
    with Machines(tmp_path_factory.mktemp("machines") / "dask") as found:
        found.fill(2)
        yield found


def on(machines: Machines, timeout: float | None = None) -> MakeEngine:
    return lambda cases, columns, stop: Cluster(cases, columns, stop, machines.address, timeout)


def disturbed(study: Study, folder: Path, machines: Machines, kills: int, pause: float) -> Store:
    """Run a study while workers are killed, each time after some parts have been committed, and all but the last are
    replaced.
    """
    ended: list[Store] = []
    runner = threading.Thread(
        target=lambda: ended.append(run_study(study, folder, engine=on(machines), commit_every=pause).store)
    )
    runner.start()
    for number in range(kills):
        before = len(listed(folder / "parts"))
        until(lambda before=before: len(listed(folder / "parts")) > before + 1 or not runner.is_alive(), 120)
        assert runner.is_alive(), "the study was over before"
        if number:
            machines.add_worker()
        machines.kill_worker()
    runner.join(300)
    assert ended, "the study did not end"
    return ended[0]


def same_table(one: Store, other: Store) -> bool:
    """Whether every row is there once in both, and the final tables are the same bytes."""
    assert sum(part.rows for part in one.parts()) == len(one.plan().names)
    return (one.folder / "results.parquet").read_bytes() == (other.folder / "results.parquet").read_bytes()


def test_a_worker_killed_on_the_way_changes_nothing(machines: Machines, make_study: Make, tmp_path: Path) -> None:
    study = make_study(MANY)
    there = disturbed(study, tmp_path / "there", machines, kills=1, pause=0.05)
    assert same_table(there, run_study(study, tmp_path / "here").store)


@pytest.mark.soak
def test_a_worker_of_another_version_is_refused_by_name_and_nothing_of_it_is_kept(
    machines: Machines, make_study: Make, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "src" / "orgsim" / "schedule.py").open("a", encoding="utf-8") as schedule:
        schedule.write("# another version\n")
    machines.fill(1)
    stranger = machines.add_worker(tmp_path / "src")
    machines.wait(len(machines.workers))
    try:
        with pytest.raises(
            OtherEnvironment, match=r"the worker tcp://127\.0\.0\.1:\d+ has other code than this machine"
        ):
            run_study(make_study(), tmp_path / "s", engine=on(machines))
    finally:
        stranger.kill()
        stranger.wait()
        machines.workers.remove(stranger)
    assert Store(tmp_path / "s").parts() == []


@pytest.mark.soak
def test_workers_killed_every_few_seconds_change_nothing(machines: Machines, make_study: Make, tmp_path: Path) -> None:
    study = make_study(MANY.replace("levels: 6", "levels: 60").replace("months: 6", "months: 60"))
    machines.fill(2)
    there = disturbed(study, tmp_path / "there", machines, kills=10, pause=0.5)
    assert same_table(there, run_study(study, tmp_path / "here").store)


@pytest.mark.soak
def test_a_time_limit_holds_on_workers_too(machines: Machines, make_study: Make, tmp_path: Path) -> None:
    machines.fill(1)
    there = run_study(make_study(), tmp_path / "there", engine=on(machines, 60.0)).store
    assert same_table(there, run_study(make_study(), tmp_path / "here").store)


@pytest.mark.soak
def test_what_a_study_needs_travels_to_workers_that_do_not_have_its_files(machines: Machines, tmp_path: Path) -> None:
    file = write_study(tmp_path / "terms", "scenarios: [ours]\nreplications: 2\nmonths: 3\noutcomes: [public_cost]\n")
    shutil.copy(ROOT / "scenarios" / "registers" / "example-district.csv", file.parent / "list.csv")
    ours = "extends: baseline\nburn_in: 3\npopulation: {register: list.csv}\n"
    (file.parent / "ours.yaml").write_text(ours, encoding="utf-8")
    study = load_study(file)
    machines.fill(1)
    there = run_study(study, tmp_path / "there", engine=hiding(file.parent, on(machines))).store
    file.parent.with_name("hidden").rename(file.parent)
    assert same_table(there, run_study(study, tmp_path / "here").store)


def hiding(folder: Path, make: MakeEngine) -> MakeEngine:
    """The engine, after the folder of the study has been moved away."""

    def made(cases: Cases, columns: tuple[str, ...], stop: threading.Event) -> Engine:
        folder.rename(folder.with_name("hidden"))
        return make(cases, columns, stop)

    return made


@pytest.mark.soak
def test_a_scheduler_that_dies_is_said_and_the_study_goes_on_with_another(make_study: Make, tmp_path: Path) -> None:
    study = make_study(MANY.replace("levels: 6", "levels: 40"))
    with Machines(tmp_path / "first") as machines:
        machines.fill(1)

        def kill() -> None:
            until(lambda: len(listed(tmp_path / "s" / "parts")) > 2, 300)
            machines.scheduler.kill()

        killer = threading.Thread(target=kill)
        killer.start()
        with pytest.raises(MachineError, match="has gone; what was finished is kept, so run the command again"):
            run_study(study, tmp_path / "s", engine=on(machines), commit_every=0.05)
        killer.join()
    kept = sum(part.rows for part in Store(tmp_path / "s").parts())
    assert kept > 0
    again = run_study(study, tmp_path / "s")
    assert again.reused == kept
    assert same_table(again.store, run_study(study, tmp_path / "here").store)
