"""The notebooks in experiments/ are checked in without what they printed, and run from their first cell to their last.

Their code cells are run here as Jupyter would, one after the other, without its two dozen packages.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orgsim.report.blocks import Picture
from orgsim.studies import load_study, run_study
from tests.studies.conftest import write_study

HOME = Path(__file__).parents[2] / "experiments"
NOTEBOOKS = sorted(HOME.glob("*.ipynb"))
TERMS = """\
scenarios: [tiny]
factors:
  contracts.duration: [12 months, 24 months]
  contracts.payment_delay: [0 months, 3 months]
replications: 6
months: 2
outcomes: [public_cost]
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a study of that name has been run."""
    folder = tmp_path_factory.mktemp("place")
    study = load_study(write_study(folder / "experiments" / "contract-terms", TERMS))
    assert run_study(study, folder / "results" / "contract-terms").exit_code == 0
    return folder


def cells(notebook: Path) -> list[dict[str, Any]]:
    found = json.loads(notebook.read_text(encoding="utf-8"))
    assert (found["nbformat"], found["metadata"]["kernelspec"]["name"]) == (4, "python3")
    return list(found["cells"])


def test_there_are_notebooks() -> None:
    assert [one.stem for one in NOTEBOOKS] == ["analysing-a-study", "reading-results"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_a_notebook_runs_where_its_study_was_run(
    notebook: Path, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    names: dict[str, Any] = {}
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), notebook.name, "exec"), names)
    assert capsys.readouterr().out
    if notebook.stem == "analysing-a-study":
        shown = names["pictures"]["effects-public_cost"]
        assert isinstance(shown, Picture)
        assert shown._repr_png_().startswith(b"\x89PNG")
    else:
        assert len(names["rows"]) == len(names["results"]) == 24


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda one: one.stem)
def test_notebooks_are_kept_without_what_they_printed(notebook: Path) -> None:
    code = [cell for cell in cells(notebook) if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert {cell["execution_count"] for cell in code} == {None}
    identities = [cell["id"] for cell in cells(notebook)]
    assert len(set(identities)) == len(identities)
