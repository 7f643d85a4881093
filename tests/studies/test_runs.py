"""Running, stopping, failing, growing: whatever happens in between, the table is the same in the end."""

from __future__ import annotations

import errno
import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim import files
from orgsim.ensembles import simulate
from orgsim.errors import InputError, MachineError
from orgsim.studies import Store, Study, load_study, read, results_table, run_study
from orgsim.studies.checking import bad_parts, find_row, reproduce
from orgsim.studies.chunks import Pace, missing_chunks
from orgsim.studies.engines import Inline
from orgsim.studies.measure import Case, Cases
from orgsim.studies.parts import listed
from orgsim.studies.plan import make_plan
from orgsim.studies.status import status
from tests.studies.conftest import SHORT, write_study

Make = Callable[..., Study]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The study of `conftest`, run by nobody disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    return run_study(load_study(write_study(folder / "terms")), folder / "store").store


def table(store: Store) -> bytes:
    """The final table, as bytes."""
    return (store.folder / "results.parquet").read_bytes()


def stopping_after(rows: int, stop: threading.Event) -> Callable[[str, int, int], None]:
    def report(_what: str, done: int, _total: int) -> None:
        if done >= rows:
            stop.set()

    return report


def test_rows_are_what_simulate_gives(whole: Store) -> None:
    design, results = read(whole)
    assert design["contracts.payment_delay"].tolist() == [0.0, 0.0, 6.0, 6.0]
    text = "set: {contracts.payment_delay: 6 months}\nassumptions: {turnover.base_hazard: 0.008}\n"
    file = whole.folder.parent / "terms" / "alone.yaml"
    file.write_text(f"extends: longer\n{text}", encoding="utf-8")
    alone = simulate(file, replications=3, months=6).outcomes().query("outcome == 'annual_turnover'")
    here = results.query("point == 2 and scenario == 'longer'")
    for stratum, column in (("all", "annual_turnover"), ("kind=service", "annual_turnover[kind=service]")):
        assert here[column].tolist() == alone.loc[alone["stratum"] == stratum, "value"].tolist()


def test_monthly_sums_are_kept_for_every_run(whole: Store) -> None:
    sums = whole.monthly()
    assert len(sums) == 24 * 2 * 7
    assert sums["month"].min() == -1
    assert set(sums["run"]) == whole.plan().names


def test_running_a_complete_study_again_does_nothing(whole: Store) -> None:
    before = [part.path.name for part in whole.parts()]
    ended = run_study(whole.study(), whole.folder)
    assert (ended.exit_code, ended.done, ended.reused) == (0, 24, 24)
    assert [part.path.name for part in whole.parts()] == before


def test_a_study_that_is_stopped_goes_on_and_gives_the_same_table(
    make_study: Make, tmp_path: Path, whole: Store
) -> None:
    stop, study = threading.Event(), make_study()
    ended = run_study(study, tmp_path / "s", commit_every=0, workers=1, stop=stop, report=stopping_after(5, stop))
    assert ended.exit_code == 130
    assert 5 <= ended.done < 24
    with pytest.raises(InputError, match=rf"{24 - ended.done} of 24 rows .* have not been run; orgsim experiment run"):
        read(tmp_path / "s")
    assert status(ended.store.folder).state == "stopped"
    again = run_study(study, tmp_path / "s", workers=2)
    assert (again.exit_code, again.reused) == (0, ended.done)
    assert table(again.store) == table(whole)


def failing(monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Case, Sequence[int]], bool]) -> None:
    """Let some runs raise."""
    run = Cases.run

    def perhaps(self: Cases, case: Case, replications: Sequence[int]) -> Any:
        if wrong(case, replications):
            raise ZeroDivisionError("nobody\nis left")
        return run(self, case, replications)

    monkeypatch.setattr(Cases, "run", perhaps)


def test_a_run_that_fails_is_a_row_with_its_reason_and_can_be_tried_again(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Store
) -> None:
    study = make_study()
    with monkeypatch.context() as patch:
        failing(patch, lambda case, replications: case == Case(1, 0) and 2 in replications)
        ended = run_study(study, tmp_path / "s")
    assert (ended.exit_code, ended.done, ended.failed) == (5, 23, 1)
    row = results_table(ended.store).query("status == 'failed'").iloc[0]
    assert (row["point"], row["scenario"], row["replication"]) == (1, "tiny", 2)
    assert row["error"] == "ZeroDivisionError: nobody is left"
    assert "in perhaps" in ended.store.failed()["traceback"].iloc[0]
    with pytest.raises(InputError, match=r"1 of 24 rows .* have failed; orgsim experiment retry"):
        read(ended.store)
    assert np.isnan(read(ended.store, drop_failed=True)[1].query("status == 'failed'")["public_cost"].iloc[0])
    assert run_study(study, tmp_path / "s").done == 23  # not tried again unless somebody says so
    again = run_study(study, tmp_path / "s", retry=True)
    assert (again.exit_code, again.reused, again.done) == (0, 23, 24)
    assert table(again.store) == table(whole)


def test_too_many_failures_stop_a_study_and_keep_what_is_there(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, lambda case, _: case.point > 1)
    study = make_study(SHORT)
    ended = run_study(study, tmp_path / "s", workers=1, commit_every=0)
    assert ended.exit_code == 6
    assert 3 <= ended.failed <= 6  # what was in flight is told too
    assert 0 < ended.done <= 6


def test_parts_that_were_cut_emptied_or_flipped_are_put_aside_and_made_again(
    make_study: Make, tmp_path: Path, whole: Store
) -> None:
    study = make_study()
    store = run_study(study, tmp_path / "s", workers=1, commit_every=0).store
    cut, emptied, flipped = store.parts()[1:4]
    sums = listed(store.folder / "series")[0]
    cut.path.write_bytes(cut.path.read_bytes()[:-9])
    emptied.path.write_bytes(b"")
    for part in (flipped, sums):
        data = bytearray(part.path.read_bytes())
        data[len(data) // 2] ^= 1
        part.path.write_bytes(data)
    assert len(store.finished()) == 24 - cut.rows - emptied.rows - flipped.rows  # readers pass them over
    without_sums = next(part for part in store.parts() if part.stem == sums.stem)
    ended = run_study(study, tmp_path / "s")
    altered = [*(f"parts-{part.path.name}" for part in (cut, emptied, flipped, without_sums))]
    assert {path.name for path in ended.aside} == {*altered, f"series-{sums.path.name}"}
    assert ended.reused == 24 - sum(part.rows for part in (cut, emptied, flipped, without_sums))
    assert table(ended.store) == table(whole)
    assert len(ended.store.monthly()) == len(whole.monthly())


def test_verifying_names_what_was_altered_and_passes_what_was_not(make_study: Make, tmp_path: Path) -> None:
    store = run_study(make_study(SHORT), tmp_path / "s").store
    assert bad_parts(store) == []
    part = store.parts()[0]
    part.path.write_bytes(part.path.read_bytes()[:-1])
    assert bad_parts(store) == [part.path]
    assert bad_parts(store) == []


def test_a_full_disk_is_said_and_loses_nothing(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: Store
) -> None:
    written, write = [0], files.write_flushed

    def full(file: Path, content: bytes) -> None:
        if "parts" in file.parts:
            written[0] += 1
            if written[0] > 2:
                file.write_bytes(content[:50])  # what a full disk leaves
                raise OSError(errno.ENOSPC, "No space left on device", str(file))
        write(file, content)

    study = make_study()
    with monkeypatch.context() as patch:
        patch.setattr(files, "write_flushed", full)
        with pytest.raises(MachineError, match="the disk is full"):
            run_study(study, tmp_path / "s", commit_every=0)
    store = Store(tmp_path / "s")
    assert len(store.parts()) == 2
    assert len(store.finished()) == sum(part.rows for part in store.parts())
    ended = run_study(study, tmp_path / "s")
    assert ended.reused == sum(part.rows for part in store.parts() if part.session == 1)
    assert table(ended.store) == table(whole)


def test_more_replications_are_added_without_making_any_again(make_study: Make, tmp_path: Path) -> None:
    store = run_study(make_study(), tmp_path / "s").store
    before = store.finished().set_index("run")
    ended = run_study(make_study(), tmp_path / "s", replications=5)
    assert (ended.reused, ended.done) == (24, 40)
    after = ended.store.finished().set_index("run")
    assert after.loc[before.index].equals(before)
    anew = run_study(make_study(), tmp_path / "anew", replications=5)
    assert table(ended.store) == table(anew.store)
    assert run_study(make_study(), tmp_path / "s").done == 40  # the file may go on saying three


SAMPLED = """\
scenarios: [tiny]
factors: {contracts.payment_delay: {low: 0, high: 6}, turnover.base_hazard: {low: 0.008, high: 0.017}}
design: {kind: KIND, n: 4}
replications: 1
months: 2
outcomes: [public_cost]
"""


@pytest.mark.parametrize(("kind", "points"), [("latin_hypercube", 8), ("sobol", 32)])
def test_a_sampled_design_grows_and_keeps_its_rows(make_study: Make, tmp_path: Path, kind: str, points: int) -> None:
    study = make_study(SAMPLED.replace("KIND", kind))
    first = run_study(study, tmp_path / "s")
    ended = run_study(study, tmp_path / "s", n=8)
    assert (ended.reused, ended.done) == (first.done, points)
    assert read(ended.store)[1].head(first.done).equals(read(first.store.folder)[1].head(first.done))


def test_a_row_is_made_again_to_the_last_bit_and_a_change_is_seen(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = run_study(make_study(), tmp_path / "s").store
    run = store.plan().runs["run"][17]
    assert find_row(store, run[:10], store.plan()) == 17
    assert reproduce(store, [17, 3])[0].differences == ()
    again = Cases.run

    def off_by_a_bit(self: Cases, case: Case, replications: Sequence[int]) -> Any:
        values, sums = again(self, case, replications)
        values[0, 0] = np.nextafter(values[0, 0], 1.0)
        return values, sums

    monkeypatch.setattr(Cases, "run", off_by_a_bit)
    assert [name for name, _, _ in reproduce(store, [17])[0].differences] == ["annual_turnover"]


def test_the_memory_of_a_runner_is_bounded_by_what_is_in_flight(make_study: Make, tmp_path: Path) -> None:
    held, most = [0], [0]

    class Counting(Inline):
        def submit(self, chunk: Any) -> None:
            super().submit(chunk)
            held[0] += 1
            most[0] = max(most[0], held[0])

        def wait(self) -> list[Any]:
            found = super().wait()
            held[0] -= len(found)
            return found

    run_study(make_study(), tmp_path / "s", engine=Counting, commit_every=0)
    assert most[0] == 2


def test_chunks_hold_every_missing_run_once(make_study: Make) -> None:
    study = make_study()
    plan = make_plan(study)
    have = set(plan.runs["run"].sample(7, random_state=1))
    pace = Pace(1.0)
    found: list[str] = []
    for chunk in missing_chunks(study, plan, have, pace, lambda: 2):
        found += [run for job in chunk.jobs for run in job.runs]
        pace.learn(len(chunk.jobs), 0.3)
    assert len(found) == len(set(found)) == 17
    assert set(found) == plan.names - have


@given(jobs=st.integers(200, 5000), workers=st.integers(1, 8), seconds=st.floats(0.01, 0.3))
def test_chunks_shrink_towards_the_end_and_all_workers_end_together(
    jobs: int, workers: int, seconds: float
) -> None:
    pace = Pace(3.0)
    for _ in range(4):
        pace.learn(1, seconds)
    left, busy = jobs, [0.0] * workers
    while left:
        size = min(left, pace.size(left, workers))
        left -= size
        busy[busy.index(min(busy))] += size * seconds  # whoever is free takes the next
    assert max(busy) - min(busy) <= 3.0 / 8 + seconds


def test_the_manifest_says_what_made_the_rows_and_nothing_of_the_machine(whole: Store) -> None:
    told = whole.manifest
    assert {"code", "environment", "scenarios", "factors", "seed", "replications", "months", "outcomes"} <= set(told)
    assert [scenario["name"] for scenario in told["scenarios"]] == ["tiny", "longer"]
    text = json.dumps(told)
    assert str(whole.folder.parent) not in text
    assert not {"host", "pid", "cpu", "user"} & set(told)


def test_parameter_sets_cross_the_design(make_study: Make, tmp_path: Path) -> None:
    text = "scenarios: [tiny]\nuncertainty: 2\nreplications: 2\nmonths: 2\noutcomes: [public_cost]\n"
    _, results = read(run_study(make_study(text), tmp_path / "s").store)
    study = make_study(text)
    expected = simulate(study.scenarios[0], replications=2, months=2, uncertainty=2).outcomes()
    chosen = expected.query("outcome == 'public_cost' and stratum == 'all'")
    assert results["set"].tolist() == chosen["set"].tolist() == [0, 0, 1, 1]
    assert results["public_cost"].tolist() == chosen["value"].tolist()
