"""Parts of a plan run apart, taken together, joined and compared: the table is the one that nobody cut."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from orgsim.errors import InputError
from orgsim.studies import Store, Study, compacting, load_study, results_table, run_study
from orgsim.studies.adopting import adopt
from orgsim.studies.differing import differ
from orgsim.studies.layout import locked, shards_at_work
from orgsim.studies.measure import Cases
from orgsim.studies.plan import make_plan
from orgsim.studies.refusals import Locked, OtherEnvironment
from orgsim.studies.shards import Shard, read_shard
from orgsim.studies.status import status
from tests.studies.conftest import SHORT, write_study

Make = Callable[..., Study]


def table(store: Store) -> bytes:
    """The final table, as bytes."""
    return (store.folder / "results.parquet").read_bytes()


@pytest.fixture
def whole(make_study: Make, tmp_path: Path) -> Store:
    """The study, run in one go, with many parts."""
    return run_study(make_study(), tmp_path / "whole", workers=1, commit_every=0).store


@pytest.mark.parametrize("count", [1, 3, 7, 50])
def test_shards_cut_a_plan_into_parts_that_are_nearly_alike(make_study: Make, count: int) -> None:
    study = make_study()
    plan = make_plan(study)
    parts = [Shard(number, count).part(study, plan).runs["run"].tolist() for number in range(1, count + 1)]
    assert sorted(run for part in parts for run in part) == sorted(plan.names)
    assert max(map(len, parts)) <= -(-len(plan.names) // count) + 3  # a job has three runs here


def test_shards_on_one_store_give_the_table_of_a_study_run_at_once(
    make_study: Make, tmp_path: Path, whole: Store
) -> None:
    study = make_study()
    for number in (2, 1, 3):
        ended = run_study(study, tmp_path / "s", shard=Shard(number, 3), workers=1)
        assert ended.exit_code == 0
        assert (ended.store.folder / "results.parquet").exists() == (number == 3)
    assert table(ended.store) == table(whole)
    assert sum(part.rows for part in ended.store.parts()) == 24


def test_a_shard_goes_on_with_its_own_part_only(make_study: Make, tmp_path: Path) -> None:
    first = run_study(make_study(), tmp_path / "s", shard=Shard(1, 3), workers=1)
    again = run_study(make_study(), tmp_path / "s", shard=Shard(1, 3), workers=1)
    assert (again.runs, again.reused, again.done) == (first.done, first.done, first.done)
    assert first.done < 24


def test_shards_work_side_by_side_and_keep_everybody_else_out(make_study: Make, tmp_path: Path) -> None:
    folder, study = tmp_path / "s", make_study()
    with locked(folder, "1-of-3") as let_others_in:
        let_others_in()
        assert shards_at_work(folder) == ["1-of-3"]
        assert run_study(study, folder, shard=Shard(2, 3), workers=1).exit_code == 0
        assert status(folder).state == "running"
        for refused, words in ((None, "shard 1-of-3 is at work"), (Shard(2, 4), "1-of-3"), (Shard(1, 3), "another")):
            with pytest.raises(Locked, match=words):
                run_study(study, folder, shard=refused)
        with pytest.raises(Locked, match="extended once they have ended"):
            run_study(study, folder, shard=Shard(3, 3), replications=5)
    assert status(folder).state == "stopped"


def test_what_a_shard_is_writing_is_not_swept_by_another(make_study: Make, tmp_path: Path) -> None:
    folder, study = tmp_path / "s", make_study()
    run_study(study, folder, shard=Shard(2, 3), workers=1)
    draft, sums = folder / "parts" / ".draft", next((folder / "series").iterdir())
    draft.write_bytes(b"half")
    uncommitted = sums.with_name(sums.name.replace("0001-", "0099-", 1))
    uncommitted.write_bytes(sums.read_bytes())
    with locked(folder, "1-of-3") as let_others_in:
        let_others_in()
        run_study(study, folder, shard=Shard(3, 3), workers=1)
        assert draft.exists()
        assert uncommitted.exists()
    run_study(study, folder)
    assert not draft.exists()
    assert not uncommitted.exists()


@pytest.mark.parametrize("text", ["3", "0/3", "4/3", "1/0", "a/b", "1/3/5", "-1/3"])
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--shard takes NUMBER/COUNT"):
        read_shard(text)


def test_stores_of_shards_are_taken_together(make_study: Make, tmp_path: Path, whole: Store) -> None:
    study = make_study()
    others = [tmp_path / f"shard-{number}" for number in (1, 2, 3)]
    for number, folder in enumerate(others, 1):
        run_study(study, folder, shard=Shard(number, 3), workers=1)
    found = adopt(study, tmp_path / "s", others)
    store = Store(tmp_path / "s")
    assert [one.rows for one in found] == [sum(part.rows for part in Store(other).parts()) for other in others]
    assert table(store) == table(whole)
    assert store.monthly().shape == whole.monthly().shape
    again = adopt(study, tmp_path / "s", others)
    assert [(one.rows, one.known) for one in again] == [(0, one.rows) for one in found]
    assert sum(part.rows for part in store.parts()) == 24


def test_a_part_that_was_altered_is_not_taken(make_study: Make, tmp_path: Path, whole: Store) -> None:
    bad = whole.parts()[2]
    bad.path.write_bytes(bad.path.read_bytes()[:-1])
    (found,) = adopt(make_study(), tmp_path / "s", [whole.folder])
    assert found.bad == (bad.path,)
    assert found.rows == 24 - bad.rows


def test_rows_of_a_larger_study_are_taken_as_far_as_they_are_planned(make_study: Make, tmp_path: Path) -> None:
    run_study(make_study(SHORT), tmp_path / "large", replications=5)
    (found,) = adopt(make_study(SHORT), tmp_path / "s", [tmp_path / "large"])
    assert (found.rows, found.strange) == (15, 10)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"code": "0" * 32}, OtherEnvironment, "its rows were made by other code"),
        ({"environment": {"numpy": "1.0"}}, OtherEnvironment, r"numpy .* → 1\.0"),
        ({"fingerprints": {"seed": "another"}}, InputError, "another study: .*seed.* differ"),
    ],
)
def test_a_store_of_another_study_or_model_is_refused_by_name(
    make_study: Make, tmp_path: Path, change: dict[str, Any], error: type[Exception], words: str
) -> None:
    study = make_study(SHORT)
    other = run_study(study, tmp_path / "other").store
    run_study(study, tmp_path / "s", shard=Shard(1, 5))
    before = sorted((tmp_path / "s" / "parts").iterdir())
    (key, value), told = *change.items(), other.manifest
    changed = told | {key: told[key] | value if isinstance(value, dict) else value}
    (other.folder / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(error, match=words) as caught:
        adopt(study, tmp_path / "s", [other.folder])
    assert str(other.folder) in str(caught.value)
    assert sorted((tmp_path / "s" / "parts").iterdir()) == before


def test_a_store_does_not_take_from_itself(make_study: Make, whole: Store) -> None:
    with pytest.raises(InputError, match="is the store itself"):
        adopt(make_study(), whole.folder, [whole.folder])


def test_parts_are_joined_and_everything_stays_as_it_was(make_study: Make, whole: Store) -> None:
    before, sums = results_table(whole), whole.monthly()
    with locked(whole.folder):
        count, now = whole.compact()
    assert count > now == len(whole.parts()) == len(list((whole.folder / "parts").iterdir())) == 1
    assert results_table(whole).equals(before)
    order = ["run", "stratum", "month"]
    assert whole.monthly().sort_values(order, ignore_index=True).equals(sums.sort_values(order, ignore_index=True))
    assert run_study(make_study(), whole.folder).reused == 24
    with locked(whole.folder):
        assert whole.compact() == (1, 1)


class Killed(BaseException):
    """The end of a process, without any last words of its own."""


def killed_joining(store: Store, moment: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Join parts until the disk has been changed so many times; whether that was before the end."""
    left = [moment]

    def dying(work: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            if not left[0]:
                raise Killed
            left[0] -= 1
            return work(*arguments, **named)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(compacting, "LARGEST", 30_000)
        for place, name in (
            (compacting, "write_part"),
            (compacting, "write_file"),
            (Path, "replace"),
            (Path, "unlink"),
        ):
            patch.setattr(place, name, dying(getattr(place, name)))
        try:
            store.compact()
        except Killed:
            return True
    return False


def test_a_joining_that_is_killed_anywhere_loses_nothing_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Store
) -> None:
    expected, sums = results_table(small), len(small.monthly())
    for moment in range(1000):
        folder = tmp_path / str(moment)
        shutil.copytree(small.folder, folder)
        store = Store(folder)
        if not killed_joining(store, moment, monkeypatch):
            break
        assert status(folder).done == 24
        assert results_table(store).equals(expected)
        store.repair()
        assert sum(part.rows for part in store.parts()) == 24
        assert {part.path for part in store.parts()} == set((folder / "parts").iterdir())
        assert results_table(store).equals(expected)
        assert len(store.monthly()) == sums
        assert not {entry.name for entry in folder.iterdir()} & {"compact.json", "compacting"}
    assert 20 < moment < 999


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with many small parts."""
    folder = tmp_path_factory.mktemp("small")
    return run_study(load_study(write_study(folder / "terms")), folder / "s", workers=1, commit_every=0).store


def test_two_runs_of_a_study_do_not_differ(make_study: Make, tmp_path: Path, whole: Store) -> None:
    other = run_study(make_study(), tmp_path / "other", replications=4).store
    found = differ(whole, other)
    assert (found.both, found.same, found.only_first, found.only_second) == (24, 24, 0, 8)
    assert found.causes == ()
    assert found.rows.empty


def test_what_differs_is_told_by_row_outcome_and_how_much(
    make_study: Make, tmp_path: Path, whole: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Cases.run

    def changed(self: Cases, case: Any, replications: Any) -> Any:
        values, sums = run(self, case, replications)
        if case.point == 2 and case.scenario == 1:
            values[:, self.measured.index(("public_cost", "all"))] += 50.0
        return values, sums

    monkeypatch.setattr(Cases, "run", changed)
    monkeypatch.setattr("orgsim.studies.measure.code_hash", lambda: "0" * 32)  # runs have other names then
    monkeypatch.setattr("orgsim.studies.manifest.code_hash", lambda: "0" * 32)
    monkeypatch.setattr("orgsim.studies.matching.code_hash", lambda: "0" * 32)
    found = differ(whole, run_study(make_study(), tmp_path / "later", workers=1).store)
    assert (found.both, found.same) == (24, 21)
    assert found.causes == (f"code {whole.manifest['code'][:8]} → 00000000",)
    told = found.outcomes.set_index("outcome")
    assert told["differ"].to_dict() == {
        "annual_turnover": 0, "annual_turnover[kind=service]": 0, "public_cost": 3, "public_cost[kind=service]": 0
    }  # fmt: skip
    assert told.loc["public_cost", "largest"] == pytest.approx(50.0)
    assert told.loc["public_cost", "mean"] == pytest.approx(50.0 * 3 / 24)
    assert found.rows["point"].tolist() == [2, 2, 2]
    assert found.rows["replication"].tolist() == [0, 1, 2]
    assert np.allclose(found.rows["difference"], 50.0)


def test_stores_that_cannot_be_compared_are_refused(make_study: Make, tmp_path: Path, whole: Store) -> None:
    short = run_study(make_study(SHORT), tmp_path / "short").store
    with pytest.raises(InputError, match=r"moves other factors than .*: turnover\.base_hazard"):
        differ(whole, short)
    other = run_study(make_study(SHORT.replace("public_cost", "annual_turnover")), tmp_path / "turnover").store
    with pytest.raises(InputError, match="measures no outcome that"):
        differ(short, other)
