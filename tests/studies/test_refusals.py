"""What a store refuses: another study, another model, a second runner, rows that are not there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orgsim.errors import InputError
from orgsim.studies import Study, run_study
from orgsim.studies.checking import find_row
from orgsim.studies.layout import locked
from orgsim.studies.refusals import Locked, OtherEnvironment
from tests.studies.conftest import SHORT

Make = Callable[..., Study]


def test_a_grid_does_not_grow_by_n_and_nothing_shrinks(make_study: Make, tmp_path: Path) -> None:
    run_study(make_study(SHORT), tmp_path / "s")
    with pytest.raises(InputError, match="kind grid has no n to extend"):
        run_study(make_study(SHORT), tmp_path / "s", n=9)
    with pytest.raises(InputError, match="3 replications already"):
        run_study(make_study(SHORT), tmp_path / "s", replications=2)


def test_a_file_that_asks_for_more_than_its_store_says_how_to_add_it(make_study: Make, tmp_path: Path) -> None:
    run_study(make_study(SHORT), tmp_path / "s")
    with pytest.raises(InputError, match="--extend replications=4"):
        run_study(make_study(SHORT.replace("replications: 3", "replications: 4")), tmp_path / "s")


@pytest.mark.parametrize("word", ["24", "0badc0ffee", "ab"])
def test_a_row_that_is_not_there_is_refused(make_study: Make, tmp_path: Path, word: str) -> None:
    store = run_study(make_study(SHORT), tmp_path / "s").store
    with pytest.raises(InputError, match="row"):
        find_row(store, word, store.plan())


def test_a_second_runner_is_refused(make_study: Make, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    with locked(tmp_path / "s"), pytest.raises(Locked, match="another runner is at work") as caught:
        run_study(make_study(), tmp_path / "s")
    assert caught.value.exit_code == 3
    assert [entry.name for entry in (tmp_path / "s").iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("seed: 1", "seed: 2", "seed differ"),
        ("months: 2", "months: 3", "scenarios, months differ"),
        ("[0, 1, 2, 3, 4]", "[0, 1, 2, 3, 5]", "factors differ"),
        ("[public_cost]", "[annual_turnover]", "outcomes differ"),
    ],
)
def test_the_store_of_another_study_is_refused(
    make_study: Make, tmp_path: Path, before: str, after: str, named: str
) -> None:
    text = SHORT + "seed: 1\n"
    run_study(make_study(text), tmp_path / "s")
    with pytest.raises(InputError, match=f"made by another study: {named}"):
        run_study(make_study(text.replace(before, after)), tmp_path / "s")


@pytest.mark.parametrize(
    ("key", "value", "error", "words"),
    [
        ("code", "0" * 32, OtherEnvironment, "the model's code is another"),
        ("environment", {"numpy": "1.0"}, OtherEnvironment, r"numpy 1\.0 → .*--accept-environment"),
        ("store", 99, InputError, "another version of orgsim"),
    ],
)
def test_a_store_of_other_code_or_versions_is_refused(
    make_study: Make, tmp_path: Path, key: str, value: Any, error: type[Exception], words: str
) -> None:
    store = run_study(make_study(SHORT), tmp_path / "s").store
    changed = store.manifest | {key: store.manifest[key] | value if isinstance(value, dict) else value}
    (store.folder / "manifest.json").write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(error, match=words):
        run_study(make_study(SHORT), tmp_path / "s")
    if key == "environment":
        assert run_study(make_study(SHORT), tmp_path / "s", accept_environment=True).exit_code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"orgsim": "0.1.0"}', "manifest of something else"),
        ("{", "is no manifest of a study"),
        ("[]", "something else"),
    ],
)
def test_a_folder_of_something_else_is_refused_and_left_alone(
    make_study: Make, tmp_path: Path, content: str, words: str
) -> None:
    manifest = tmp_path / "s" / "manifest.json"
    manifest.parent.mkdir()
    manifest.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        run_study(make_study(SHORT), tmp_path / "s")
    assert manifest.read_text(encoding="utf-8") == content
    assert {entry.name for entry in manifest.parent.iterdir()} <= {"manifest.json", "lock"}


def test_a_plan_that_was_altered_is_not_trusted(make_study: Make, tmp_path: Path) -> None:
    store = run_study(make_study(SHORT), tmp_path / "s").store
    plan = store.folder / store.manifest["files"]["plan"]
    plan.write_bytes(plan.read_bytes()[:-1])
    with pytest.raises(InputError, match="was altered since it was written"):
        run_study(make_study(SHORT), tmp_path / "s")


def test_a_bad_study_writes_nothing(make_study: Make, tmp_path: Path) -> None:
    study = make_study(SHORT)
    with pytest.raises(InputError):
        run_study(study, tmp_path / "new", replications=1)
    assert not (tmp_path / "new" / "manifest.json").exists()
