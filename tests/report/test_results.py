"""Results folders: complete, readable, told apart by content, without a trace of the machine, whole or not at all."""

from __future__ import annotations

import errno
import getpass
import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from orgsim.ensembles import Comparison
from orgsim.errors import InputError, MachineError
from orgsim.files import write_file
from orgsim.report import results
from orgsim.report.folder import write_folder
from orgsim.report.manifest import copied_names, identity
from orgsim.report.report_file import KINDS
from orgsim.report.results import NAMES, check_place, default_folder, write_results
from orgsim.report.tables import HEADLINES, json_rows, outcome_rows
from orgsim.scenarios import load, resolve


@pytest.fixture(scope="module")
def folder(simulated: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder, written once."""
    return write_results(simulated, tmp_path_factory.mktemp("written") / "first")


@pytest.fixture(scope="module")
def manifest(folder: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return made


def hidden(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]


def test_a_folder_holds_all_it_should(folder: Path) -> None:
    asked_for = {"panel", "parameter_sets.csv", *(f"report.{kind}" for kind in KINDS)}
    assert {entry.name for entry in folder.iterdir()} == NAMES - asked_for


def test_tables_are_the_same_in_both_formats(folder: Path) -> None:
    parquet, csv = pd.read_parquet(folder / "outcomes.parquet"), pd.read_csv(folder / "outcomes.csv")
    pd.testing.assert_frame_equal(parquet, csv, check_dtype=False)


def test_replications_average_to_the_outcomes(folder: Path) -> None:
    each = pd.read_parquet(folder / "replications.parquet")
    means = each.groupby(["scenario", "outcome", "stratum"])["value"].mean()
    told = pd.read_parquet(folder / "outcomes.parquet").set_index(["scenario", "outcome", "stratum"])["value"]
    known = told.dropna().index.intersection(means.index)
    assert means[known].to_numpy() == pytest.approx(told[known].to_numpy())


def test_headlines_come_first_and_the_compared_scenario_before_the_baseline(simulated: Comparison) -> None:
    rows = outcome_rows(simulated)
    first = rows.head(2 * len(HEADLINES) + 2)
    assert list(dict.fromkeys(first["outcome"]))[: len(HEADLINES)] == list(HEADLINES)
    assert rows.head(2)["scenario"].tolist() == ["money-on-time", "tiny"]


def test_every_row_of_the_comparison_is_kept(simulated: Comparison) -> None:
    assert len(outcome_rows(simulated)) == len(simulated.table) + 2 * len(simulated.others)


def test_what_is_not_known_is_none_in_json(once: Comparison) -> None:
    row = next(row for row in json_rows(once) if row["outcome"] == "survival_5y")
    assert [row[key] for key in ("value", "low", "high", "difference")] == [None] * 4
    assert json.loads(json.dumps(json_rows(once), allow_nan=False))


def test_the_page_has_a_sentence_and_a_row_for_every_headline(folder: Path) -> None:
    lines = (folder / "findings.md").read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if line.startswith("- ") and "`" not in line]
    rows = [line for line in lines if line.startswith("| ")]
    assert len(sentences) == len(HEADLINES) + 2
    assert len(rows) == len(HEADLINES) + 2 + 2


def test_the_page_is_written_in_chinese_too(simulated: Comparison) -> None:
    page = results.result_files(simulated, "zh")["findings.md"].decode()
    assert page.startswith("# “按时拨付”：与“小区”对照")


def test_charts_are_pictures(folder: Path) -> None:
    assert {(folder / f"{name}.png").read_bytes()[:4] for name in ("survival", "retention")} == {b"\x89PNG"}


def test_copied_scenarios_can_be_run_again(folder: Path, simulated: Comparison) -> None:
    again = load(folder / "scenarios" / "money-on-time.yaml")
    assert resolve(again, months=36).fingerprint() == simulated.others[0].table.fingerprint()


def test_two_files_of_one_name_are_both_kept() -> None:
    names = copied_names({"a/baseline.yaml": b"one", "b/baseline.yaml": b"two", "c/baseline.yaml": b"one"})
    assert list(names.values()) == ["scenarios/baseline.yaml", "scenarios/baseline-2.yaml", "scenarios/baseline.yaml"]


def test_the_manifest_says_what_was_run(manifest: dict[str, Any], simulated: Comparison) -> None:
    assert (manifest["baseline"], manifest["seed"], manifest["months"], manifest["replications"]) == ("tiny", 1, 36, 3)
    assert [s["fingerprint"] for s in manifest["scenarios"]] == [run.table.fingerprint() for run in simulated.runs]
    assert set(manifest["versions"]) == {"python", "numpy", "numba", "scipy", "pandas", "mesa"}
    assert all(manifest["versions"].values())
    assert manifest["command"] == (
        "orgsim compare scenarios/tiny.yaml scenarios/money-on-time.yaml --replications 3 --months 36 --seed 1"
    )


def test_the_manifest_names_the_line_that_set_each_value(manifest: dict[str, Any]) -> None:
    values = manifest["scenarios"][1]["values"]
    told = [(v["from"], v["value"], v["set_by"]) for v in values if v["parameter"] == "contracts.duration"]
    assert told[-1] == ("2026-01", 36.0, "scenarios/money-on-time.yaml:5")
    ramp = next(v for v in values if v["parameter"] == "pay.wage_subsidy" and v["over"])
    assert (ramp["from"], ramp["over"], ramp["set_by"]) == ("2026-07", 6, "scenarios/money-on-time.yaml:7")


def test_the_manifest_lists_the_content_of_every_file(folder: Path, manifest: dict[str, Any]) -> None:
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == present - {"manifest.json"}


def test_nothing_tells_the_machine_or_the_person(folder: Path) -> None:
    texts = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.suffix in (".json", ".md", ".csv"))
    here = {socket.gethostname(), str(Path.home()), str(Path.cwd()), str(folder.parent)} - {"/", "localhost"}
    assert [word for word in here if word in texts] == []
    assert re.findall(r"""["' ](/[^\s"']+)""", texts) == []
    assert getpass.getuser() == "root" or getpass.getuser() not in texts


def test_the_default_folder_is_named_after_scenarios_and_content(simulated: Comparison, once: Comparison) -> None:
    name = default_folder(simulated)
    assert re.fullmatch(r"results/tiny-vs-money-on-time-[0-9a-f]{8}", name.as_posix())
    assert default_folder(Comparison(simulated.baseline, ())).name.startswith("tiny-")
    assert name != default_folder(once)


def test_the_same_content_has_the_same_name(simulated: Comparison) -> None:
    assert identity(simulated) == identity(Comparison(simulated.baseline, simulated.others))
    assert identity(simulated) != identity(simulated, "agents")


def test_an_earlier_result_is_replaced_whole(simulated: Comparison, once: Comparison, tmp_path: Path) -> None:
    target = tmp_path / "again"
    write_results(simulated, target)
    write_results(once, target)
    assert json.loads((target / "manifest.json").read_text(encoding="utf-8"))["months"] == 14
    assert [entry.name for entry in tmp_path.iterdir()] == ["again"]


def test_an_empty_folder_is_filled(once: Comparison, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (write_results(once, tmp_path / "empty") / "manifest.json").is_file()


@pytest.mark.parametrize("present", [["notes.txt"], ["manifest.json", "notes.txt"], ["outcomes.csv"]])
def test_a_folder_with_anything_else_in_it_is_left_alone(present: list[str], tmp_path: Path) -> None:
    for name in present:
        (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not a result of orgsim"):
        check_place(tmp_path)
    assert {p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"mine"}


@pytest.mark.parametrize("below", ["", "below"])
def test_a_file_is_no_place_for_results(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="choose another"):
        check_place(tmp_path / "file" / below)


def test_a_place_without_permission_is_found_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(MachineError, match="no permission to write") as told:
        check_place(tmp_path / "out")
    assert "--no-files" not in str(told.value)  # orgsim experiment analyze has no such option


def test_a_disk_that_may_only_be_read_is_told_though_no_draft_can_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "open", read_only)
    monkeypatch.setattr(Path, "unlink", read_only)
    with pytest.raises(MachineError, match=r"no permission to write .*x\.csv; have it made writable"):
        write_file(tmp_path / "x.csv", b"")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Let the second file that is flushed to disk fail."""

    def fail(error: BaseException) -> None:
        flushed: list[int] = []

        def fsync(handle: int) -> None:
            flushed.append(handle)
            if len(flushed) == 2:
                raise error

        monkeypatch.setattr(os, "fsync", fsync)

    return fail


FILES = {"manifest.json": b"{}", "scenarios/a.yaml": b"a", "outcomes.csv": b"x"}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission to write"), (errno.EIO, "could not be written")],
)
def test_a_failing_disk_is_one_sentence_and_leaves_nothing(
    number: int, sentence: str, failing: Callable[[BaseException], None], tmp_path: Path
) -> None:
    failing(OSError(number, os.strerror(number)))
    with pytest.raises(MachineError, match=sentence) as told:
        write_folder(tmp_path / "new" / "deep" / "out", FILES)
    assert "\n" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_failing_disk_leaves_an_earlier_result_as_it_was(
    failing: Callable[[BaseException], None], tmp_path: Path
) -> None:
    write_folder(tmp_path / "out", FILES)
    failing(OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(MachineError):
        write_folder(tmp_path / "out", {"manifest.json": b"new", "outcomes.csv": b"new"})
    assert (tmp_path / "out" / "manifest.json").read_bytes() == b"{}"
    assert hidden(tmp_path) == []


def test_stopping_while_files_are_written_leaves_nothing(
    failing: Callable[[BaseException], None], tmp_path: Path
) -> None:
    failing(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "out", FILES)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_take_its_place_gives_the_earlier_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path / "out", FILES)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target.name == "out" and not self.name.endswith(".old"):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(MachineError):
        write_folder(tmp_path / "out", {"manifest.json": b"new"})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out"]
    assert (tmp_path / "out" / "manifest.json").read_bytes() == b"{}"


def test_a_folder_is_as_open_to_others_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    write_folder(tmp_path / "out", FILES)
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode
