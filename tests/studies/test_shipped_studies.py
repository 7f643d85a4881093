"""The studies that come with orgsim: their rows are those that their files ask for, and nothing is missing."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from orgsim.studies import load_study
from orgsim.studies.answers import answer
from orgsim.studies.manifest import differences

FOLDERS = sorted(file.parent for file in (Path(__file__).parents[2] / "experiments").glob("*/study.yaml"))


def _script(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"shipped_{file.parent.name}_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_there_are_some() -> None:
    assert len(FOLDERS) >= 8


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_rows_and_manifest_are_those_of_the_study(folder: Path) -> None:
    study = load_study(folder / "study.yaml")
    rows = pd.read_csv(folder / "results.csv")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert len(rows) == study.runs == manifest["rows"]
    assert set(rows["status"]) == {"ok"}
    assert set(study.columns) <= set(rows.columns)
    assert set(differences(manifest, study)) <= {"scenarios"}  # which may have moved on since


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_study_has_its_answer_and_its_figure(folder: Path) -> None:
    assert "![" in (folder / "README.md").read_text(encoding="utf-8")
    assert (folder / "figure.png").stat().st_size < 200_000


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_answer_says_what_the_rows_say(folder: Path) -> None:
    numbers, claims = _script(folder / "figure.py").facts(pd.read_csv(folder / "results.csv"))
    assert claims
    assert (folder / "README.md").read_text(encoding="utf-8") == answer(folder, numbers, claims)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_answer_speaks_chinese_too(folder: Path) -> None:
    assert "**结论。**" in (folder / "README.md").read_text(encoding="utf-8")


def test_the_screen_holds_every_assumption_of_grade_c() -> None:
    folder = next(each for each in FOLDERS if each.name == "assumptions-1-screen")
    assert (folder / "study.yaml").read_text(encoding="utf-8") == _script(folder / "points.py").text()


def test_what_moved_most_in_the_screen_is_tried_again() -> None:
    screen, ends = (
        next(each for each in FOLDERS if each.name == name) for name in ("assumptions-1-screen", "assumptions-2-ends")
    )
    rows = pd.read_csv(screen / "results.csv")
    text = _script(ends / "points.py").text(rows, (screen / "study.yaml").read_text(encoding="utf-8"))
    assert (ends / "study.yaml").read_text(encoding="utf-8") == text
