"""What a scenario rests on: every value counted once, every publication found, also in an installed package."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from orgsim.mechanisms import space
from orgsim.report.bibliography import AUTHOR, OWN, TITLE, entries, read_entries, references_file, software_entry
from orgsim.report.reference import bibliography
from orgsim.report.resting import Resting, counted, resting
from orgsim.scenarios import load, load_text, shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def package() -> Resting:
    return resting(load("balanced-package"))


def test_the_readme_tells_what_the_numbers_rest_on_as_they_stand() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    row = re.search(r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", readme, re.M)
    grades = [sum(p.source.grade == grade for p in space().values()) for grade in "ABC"]
    assumed = sum(p.source.reading == "assumed" for p in space().values())
    assert row is not None
    assert [int(number) for number in row.groups()] == [len(space()), *grades, assumed]


@pytest.mark.parametrize("name", shipped())
def test_every_value_of_a_shipped_scenario_is_counted_once(name: str) -> None:
    found = resting(load(name))
    assert found.counts(moved=True) + found.counts(moved=False) == counted(space().values())
    assert sorted(p.name for use in found.uses for p in use.parameters) == sorted(space())


def test_the_baseline_moves_nothing() -> None:
    assert resting(load("baseline")).moves == ()


def test_what_a_scenario_moves_is_told_with_its_line_and_where_it_stood() -> None:
    text = "extends: baseline\nset:\n  contracts.duration: 36\nschedule:\n  contracts.payment_delay: {2027-01: 1}\n"
    told = {
        move.name: (move.before, move.since.value, move.since.month, move.since.origin.line)
        for move in resting(load_text(text)).moves
    }
    assert told == {"contracts.duration": (12.0, 36.0, 0, 3), "contracts.payment_delay": (3.0, 1.0, 12, 5)}


def test_a_value_spelt_out_as_it_stands_is_not_moved() -> None:
    assert resting(load_text("extends: baseline\nset:\n  contracts.duration: 12\n")).moves == ()


def test_publications_behind_moved_values_come_first_and_own_judgement_last(package: Resting) -> None:
    moved = [use.parameters[0].name in package.moved for use in package.uses[:-1]]
    assert (moved == sorted(moved, reverse=True), any(moved), package.uses[-1].key) == (True, True, OWN)


def test_the_bibliography_is_read_whole() -> None:
    text = references_file().read_text(encoding="utf-8")
    assert set(read_entries(text)) == set(bibliography(text))
    assert [key for key, entry in entries().items() if not str(entry).strip(" .")] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("author = {Farber, Henry},\n  title = {On {US} Jobs},\n  year = {1994}", "Farber (1994). On US Jobs."),
        ("author = {{Bureau of This and That}},\n  title = {Note}", "Bureau of This and That. Note."),
        ("author = {A, B and C, D and E, F and G, H},\n  year = {2001}", "A et al. (2001)."),
        ("author = {Dal B{\\'o}, E. and others},\n  pages = {1--2}", "Dal Bó et al."),
        ("title = {民政部},\n  howpublished = {2015--2019}", "民政部. 2015–2019."),
    ],
)
def test_an_entry_is_told_in_one_line(text: str, said: str) -> None:
    assert str(read_entries(f"@misc{{key,\n  {text}\n}}\n")["key"]) == said


def test_the_entry_of_orgsim_says_what_the_citation_file_says() -> None:
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert (f'title: "{TITLE}"' in cited, f"  - name: {AUTHOR}" in cited) == (True, True)
    [entry] = read_entries(software_entry("1.2", "seed 1") + "\n").values()
    assert (entry.kind, entry.fields["version"], entry.fields["title"]) == ("software", "1.2", TITLE)


def test_a_wheel_carries_the_bibliography_where_it_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    [taken] = [path for path in build["targets"]["wheel"]["only-include"] if path.endswith(".bib")]
    folder, _, name = taken.rpartition("/")  # hatchling moves folders, not single files
    installed = tmp_path / build["targets"]["wheel"]["sources"][folder] / name
    installed.parent.mkdir(parents=True)
    installed.write_text("@misc{here,\n}\n", encoding="utf-8")
    monkeypatch.setattr("orgsim.report.bibliography.__file__", str(tmp_path / "orgsim/report/bibliography.py"))
    assert references_file() == installed
