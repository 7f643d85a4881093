"""Real processes: killed, interrupted, two at a time, and read while they write."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path
from time import sleep

import pytest

from orgsim.errors import OrgsimError
from orgsim.studies import Store, load_study, results_table, run_study
from orgsim.studies.parts import listed
from orgsim.studies.status import status
from tests.studies.cluster import Machines
from tests.studies.conftest import STUDY, Runners, alive, until, write_study

MANY = STUDY.replace("levels: 2", "levels: 6").replace("replications: 3", "replications: 4")
RUN = "run {0}/terms --store {0}/store --quiet --commit-every {1}"


def undisturbed(folder: Path) -> bytes:
    """The final table of the study, run here in one go."""
    store = run_study(load_study(folder / "terms" / "study.yaml"), folder / "undisturbed").store
    return (store.folder / "results.parquet").read_bytes()


def killed_often(
    runners: Runners, folder: Path, text: str, kills: int, seed: int, machines: Machines | None = None
) -> None:
    """Kill runners at random moments – with `machines` runners or workers of Dask –, each with chunks of another size,
    then let one finish; the table is that of a study nobody disturbed.
    """
    write_study(folder / "terms", text)
    parts, chance = folder / "store" / "parts", random.Random(seed)
    acknowledged: set[str] = set()
    scheduler = "" if machines is None else f" --scheduler {machines.address}"
    hit = 0
    for _ in range(kills):
        before = len(listed(parts))
        runner = runners.start(RUN.format(folder, round(chance.uniform(0.0, 0.1), 3)) + scheduler)
        wanted = before + chance.randint(1, 5)
        until(lambda wanted=wanted, runner=runner: len(listed(parts)) >= wanted or not alive(runner))
        sleep(chance.uniform(0.0, 0.05))
        if machines is not None and chance.random() < 0.5:
            machines.kill_worker()
            machines.add_worker()
        hit += runners.kill(runner)
        found = {part.path.name for part in listed(parts)}
        assert acknowledged <= found  # what was there once stays there
        acknowledged = found
    assert hit > kills // 2
    runners.start(RUN.format(folder, 0.1) + scheduler)
    assert runners.end() == 0, runners.said()
    store = Store(folder / "store")
    rows = sum(part.rows for part in store.parts())
    assert rows == len(store.plan().names)  # nothing was made twice
    assert (store.folder / "results.parquet").read_bytes() == undisturbed(folder)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks the system's /proc whether a process lives")
def test_a_study_killed_three_times_gives_the_same_table(runners: Runners, tmp_path: Path) -> None:
    killed_often(runners, tmp_path, MANY, kills=3, seed=7)


@pytest.mark.soak
def test_a_study_killed_fifty_times_gives_the_same_table(runners: Runners, tmp_path: Path) -> None:
    killed_often(runners, tmp_path, MANY.replace("levels: 6", "levels: 180"), kills=50, seed=8)


@pytest.mark.soak
def test_a_study_on_dask_whose_runner_and_workers_are_killed_gives_the_same_table(
    runners: Runners, tmp_path: Path
) -> None:
    with Machines(tmp_path / "dask") as machines:
        machines.fill(2)
        killed_often(runners, tmp_path, MANY.replace("levels: 6", "levels: 500"), 25, 9, machines)


def test_interrupted_locked_and_read_while_it_runs(runners: Runners, tmp_path: Path) -> None:
    write_study(tmp_path / "terms", MANY.replace("replications: 4", "replications: 100"))
    folder = tmp_path / "store"
    runner = runners.start(RUN.format(tmp_path, 0.02))
    until(lambda: len(listed(folder / "parts")) > 2)
    store = Store(folder)
    counts = []
    for _ in range(3):  # a reader sees whole rows only, and never fewer than before
        table = results_table(store)
        counts.append(int((table["status"] == "ok").sum()))
        assert not table.loc[table["status"] == "ok", "public_cost"].isna().any()
    assert counts == sorted(counts)
    assert counts[0] > 0
    assert status(folder).state == "running"
    with pytest.raises(OrgsimError) as caught:
        run_study(load_study(tmp_path / "terms" / "study.yaml"), folder)
    assert caught.value.exit_code == 3
    os.kill(runner, signal.SIGINT)
    assert runners.end() == 130
    assert "finishing what is in flight" in runners.said()
    now = status(folder)
    assert now.state == "stopped"
    assert now.done >= counts[-1]
    assert not [entry for entry in (folder / "parts").iterdir() if entry.name.startswith(".")]
    assert [line["exit"] for line in store.sessions() if line["event"] == "end"] == [130]
