"""`orgsim calibrate` on a district of two dozen organizations: its files, its refusals, and an end by `kill -9`."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest
from typer.testing import CliRunner

from orgsim.cli import main as entry
from orgsim.ensembles.posterior import read_sets
from orgsim.scenarios.load import default_space

TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""
TARGETS = """\
id,use,fact,target,band,basis,evidence
S1,calibrate,"Annual turnover, full-time staff of service organisations",20%,15-25%,A,
F17,calibrate,months of cash: median; share below three months,2.2; .57,1–4; .45–.75,,
F2,check,five-year survival of a cross-section stock,.82,.74–.92,,
"""
VALUES = ("turnover.base_hazard", "accounts.reserve_median", "accounts.mean_income")
FITTED = f"--scenario tiny --targets targets.csv --only {','.join(VALUES)}"
SHORT = f"{FITTED} --waves 1 --runs 24 --sets 12 -n 2 --months 24"
FILES = {"posterior.csv", "fits.csv", "best-set.yaml", "calibration.csv", "calibration-values.csv", "calibration.md"}
COMMAND = [sys.executable, "-m", "orgsim.cli.main", "calibrate", *SHORT.split()]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny scenario, a few targets, and a calibration that nothing disturbed."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "tiny.yaml").write_text(TINY, encoding="utf-8")
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(entry.app, ["calibrate", *SHORT.split(), "--output", "whole", "--lang", "zh"])
    assert result.exit_code == 0, result.output
    (folder / "said.txt").write_text(result.output, encoding="utf-8")
    return folder


def finished(file: Path) -> int:
    """How many runs the store holds."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as store:
        try:
            return int(store.execute("SELECT COUNT(*) FROM runs").fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0


@pytest.mark.slow
def test_a_calibration_that_is_killed_goes_on_and_comes_to_the_same_end(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = place / "killed" / "runs.sqlite"
    process = subprocess.Popen([*COMMAND, "--output", "killed", "--quiet"], cwd=place, stdout=subprocess.DEVNULL)
    until = monotonic() + 120.0
    while finished(store) < 5 and process.poll() is None and monotonic() < until:
        sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    before = finished(store)
    assert before >= 5
    assert not (place / "killed" / "posterior.csv").exists()
    monkeypatch.chdir(place)
    done = CliRunner().invoke(entry.app, ["calibrate", *SHORT.split(), "--output", "killed"])
    assert done.exit_code == 0, done.output
    assert finished(store) == finished(place / "whole" / "runs.sqlite") > before
    assert f"{before} of" in done.stderr or "wave 1" in done.stderr
    for name in FILES - {"calibration.md"}:  # the other was written in Chinese
        assert (place / "killed" / name).read_bytes() == (place / "whole" / name).read_bytes(), name


def test_the_folder_holds_what_the_command_says(place: Path) -> None:
    assert FILES | {"images", "runs.sqlite"} == {entry.name for entry in (place / "whole").iterdir()}


def test_the_posterior_has_a_column_for_each_value_and_a_row_for_each_set(place: Path) -> None:
    sets = read_sets(place / "whole" / "posterior.csv")
    assert len(sets) == 12
    assert {label.partition("[")[0] for label in sets[0]} == set(VALUES)
    for values in sets:
        default_space().with_defaults(values)


def test_every_quantity_of_the_targets_to_fit_has_a_verdict_and_those_to_check_none(place: Path) -> None:
    with (place / "whole" / "calibration.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["quantity"] for row in rows] == ["S1", "F17.1", "F17.2"]
    assert {row["verdict"] for row in rows} <= {"inside", "outside"}
    for row in rows:
        inside = float(row["band_low"]) <= float(row["value"]) <= float(row["band_high"])
        assert row["verdict"] == ("inside" if inside else "outside")


def test_the_best_set_is_a_scenario(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    result = CliRunner().invoke(entry.app, ["check", "whole/best-set.yaml"])
    assert result.exit_code == 0, result.output


def test_it_speaks_chinese(place: Path) -> None:
    said = (place / "said.txt").read_text(encoding="utf-8")
    assert "最佳单组" in said
    assert "校准" in (place / "whole" / "calibration.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--waves", "0"), "--waves is a whole number from 1, not 0"),
        (("--runs", "5"), "--runs is a whole number from 20, not 5"),
        (("-n", "1"), "--replications is a whole number from 2, not 1"),
        (("--only", "turnover.base_hazzard"), "did you mean 'turnover.base_hazard'"),
        (("--only", "contracts.duration"), "'contracts.duration' is not fitted"),
        (("--only", ","), "--only names no value"),
        (("--output", "targets.csv"), "is a file; --output names a folder"),
        (("--output", "."), "holds files that are not a calibration's"),
        (("--targets", "missing.csv"), "cannot be read"),
    ],
)
def test_bad_input_gets_one_sentence(
    place: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(place)
    result = CliRunner().invoke(entry.app, ["calibrate", *SHORT.split(), *arguments])
    assert result.exit_code != 0
    assert words in str(result.exception), result.exception
    assert getattr(result.exception, "exit_code", None) == 2
