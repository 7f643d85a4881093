"""The studies that come with orgsim: their rows are those that their files ask for, and nothing is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from orgsim.studies import load_study
from orgsim.studies.manifest import differences

FOLDERS = sorted(file.parent for file in (Path(__file__).parents[2] / "experiments").glob("*/study.yaml"))


def test_there_are_some() -> None:
    assert len(FOLDERS) >= 2


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
