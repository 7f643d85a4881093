"""The reference page says what the model is, and the bibliography is what the model cites."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from orgsim.mechanisms import NAMES, space
from orgsim.report import sections
from orgsim.report.levers import DIRECTIONS
from orgsim.report.odd.page import texts_cite
from orgsim.report.reference import OWN, bibliography, main, reference
from orgsim.schedule import model

DOCS = Path(__file__).resolve().parents[2] / "docs"
BIBLIOGRAPHY = (DOCS / "references.bib").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page() -> str:
    return reference(model(), bibliography(BIBLIOGRAPHY))


def cited() -> set[str]:
    parameters = {p.source.cite for p in space().values()}
    return (parameters | {d.cite for d in DIRECTIONS} | texts_cite()) - {OWN, ""}


def test_the_reference_page_is_up_to_date_so_run_make_docs_if_not(page: str) -> None:
    stands = (DOCS / "model.md").read_text(encoding="utf-8").splitlines()
    assert list(difflib.unified_diff(stands, page.splitlines(), n=0, lineterm=""))[:20] == []


def test_every_rule_stands_in_the_reference_page(page: str) -> None:
    rules = {f"**`{rule.entity}.{rule.name}`**" for rule in model().rules.values()}
    assert {rule for rule in rules if rule not in page} == set()


def test_every_parameter_stands_in_the_reference_page_under_its_mechanism(page: str) -> None:
    parts = re.split(r"^### ", page, flags=re.M)
    under = {name: next(part for part in parts if part.startswith(f"{name}\n")) for name in NAMES}
    assert [p.name for p in space().values() if f"| `{p.name.split('.')[1]}` |" not in under[p.mechanism]] == []


def test_every_phase_stands_in_the_reference_page_in_order(page: str) -> None:
    month = page.partition("## The month")[2].partition("\n## ")[0]
    assert re.findall(r"^\| \d+ \| ([\w.]+) \|", month, re.M) == [phase.name for phase in model().schedule]


def test_the_check_accepts_a_page_just_written_and_refuses_one_changed_since(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    written = main(["--folder", str(tmp_path)])
    fresh = main(["--check", "--folder", str(tmp_path)])
    (tmp_path / "model.md").write_text("# Another model\n", encoding="utf-8")
    stale = main(["--check", "--folder", str(tmp_path)])
    assert (written, fresh, stale) == (0, 0, 1)


def test_every_source_that_is_cited_is_in_the_bibliography() -> None:
    assert cited() - set(bibliography(BIBLIOGRAPHY)) == set()


def test_no_entry_of_the_bibliography_is_unused() -> None:
    assert set(bibliography(BIBLIOGRAPHY)) - cited() == set()


def test_no_key_of_the_bibliography_is_given_twice() -> None:
    keys = re.findall(r"^@\w+\{([^,\s]+),", BIBLIOGRAPHY, re.M)
    assert sorted(keys) == sorted(set(keys))


def test_no_rule_names_an_evidence_page_that_is_not_in_the_project() -> None:
    rules = [*model().rules.values(), *(rule for some in model().initials.values() for rule in some)]
    named = {f"{r.path}: {r.function.__doc__}" for r in rules if re.search(r"\w\.md\b", r.function.__doc__ or "")}
    assert named == set()


def test_a_docstring_is_told_apart_into_meaning_and_formula() -> None:
    def rule() -> None:
        """Chance to go
        this month.   1 - e^(-h)

        Farber 1994
        """

    assert sections.docstring_parts(rule) == ("Chance to go this month.", ["1 - e^(-h)", "Farber 1994"])


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert sections.table(["a"], [["x|y"]])[2] == "| x\\|y |"
