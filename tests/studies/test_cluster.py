"""Dask workers give the same bits, and those of another version are refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from orgsim.errors import MachineError
from orgsim.studies import Study, cluster, results_table, run_study
from orgsim.studies.chunks import Chunk, Job
from orgsim.studies.cluster import Cluster, halves
from orgsim.studies.measure import Case, Cases
from orgsim.studies.refusals import OtherEnvironment
from orgsim.studies.runner import MakeEngine

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own words about ports and closing loops are Dask's


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two workers, all in this process: quick to start."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None
    ) as found:
        yield found.scheduler_address


def on(scheduler: str) -> MakeEngine:
    return lambda cases, columns, stop: Cluster(cases, columns, stop, scheduler)


def test_workers_give_the_same_bits(scheduler: str, make_study: Callable[..., Study], tmp_path: Path) -> None:
    here = run_study(make_study(), tmp_path / "here").store
    there = run_study(make_study(), tmp_path / "there", engine=on(scheduler)).store
    tables = [(store.folder / "results.parquet").read_bytes() for store in (here, there)]
    assert tables[0] == tables[1]
    assert there.sessions()[1]["engine"] == "dask"


def test_a_worker_of_another_version_is_refused_by_name(
    scheduler: str, make_study: Callable[..., Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = make_study()
    monkeypatch.setattr(cluster, "_run", other_version)
    with pytest.raises(OtherEnvironment, match="the worker tcp://far has other code"):
        run_study(study, tmp_path / "s", engine=on(scheduler))


def other_version(*_: Any) -> tuple[str, str, None]:
    return "tcp://far", "0" * 32, None


def test_a_scheduler_that_is_not_there_is_said(
    make_study: Callable[..., Study], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    with pytest.raises(MachineError, match=r"there is no scheduler at tcp://127\.0\.0\.1:9"):
        run_study(make_study(), tmp_path / "s", engine=on("tcp://127.0.0.1:9"))


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Lets the scheduler go as soon as it is asked anything; the clients that asked."""
    asked = []

    def ask(client: Any) -> None:
        asked.append(client)
        raise distributed.comm.CommClosedError("reset by peer")

    monkeypatch.setattr(distributed.Client, "nthreads", ask)
    return asked


def test_a_scheduler_that_has_gone_is_said_wherever_it_is_asked(
    scheduler: str, make_study: Callable[..., Study], tmp_path: Path, gone: list[Any]
) -> None:
    with pytest.raises(MachineError, match="has gone; what was finished is kept, so run the command again"):
        run_study(make_study(), tmp_path / "s", engine=on(scheduler))


def test_nothing_stays_connected_to_a_scheduler_that_has_gone(
    scheduler: str, make_study: Callable[..., Study], tmp_path: Path, gone: list[Any]
) -> None:
    with pytest.raises(MachineError):
        run_study(make_study(), tmp_path / "s", engine=on(scheduler))
    assert [client.status for client in gone] == ["closed"]


class Poisoned(distributed.WorkerPlugin):  # type: ignore[misc]
    """Every worker dies of one run."""

    def setup(self, worker: Any) -> None:
        del worker
        run = Cases.run

        def deadly(self: Cases, case: Case, replications: Sequence[int]) -> Any:
            if case.point == 3 and case.scenario == 1 and 1 in replications:
                os._exit(1)
            return run(self, case, replications)

        Cases.run = deadly  # type: ignore[method-assign]


@pytest.mark.soak
def test_a_run_that_kills_its_worker_is_one_failed_row(make_study: Callable[..., Study], tmp_path: Path) -> None:
    import cloudpickle
    import dask

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found,
        distributed.Client(found) as client,
    ):
        client.register_plugin(Poisoned())
        ended = run_study(make_study(), tmp_path / "s", engine=on(found.scheduler_address))
    assert (ended.exit_code, ended.done, ended.failed) == (5, 23, 1)
    row = results_table(ended.store).query("status == 'failed'").iloc[0]
    assert (row["point"], row["scenario"], row["replication"]) == (3, "longer", 1)
    assert row["error"] == "the worker that ran it died"


def test_a_chunk_that_kills_its_workers_is_halved_down_to_a_run() -> None:
    jobs = (Job(Case(0, 0), (0, 1, 2), ("a", "b", "c")), Job(Case(1, 0), (0,), ("d",)))
    waiting, single = [Chunk(jobs)], []
    while waiting:
        chunk = waiting.pop()
        waiting += halves(chunk)
        if not halves(chunk):
            single += [run for job in chunk.jobs for run in job.runs]
    assert sorted(single) == ["a", "b", "c", "d"]
