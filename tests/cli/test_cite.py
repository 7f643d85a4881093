"""The verb cite: what it prints in words, as BibTeX and as JSON."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from orgsim.cli import main as entry
from orgsim.report.bibliography import entries, read_entries
from orgsim.scenarios import load


def told(*words: str) -> str:
    return CliRunner().invoke(entry.app, ["cite", *words]).stdout


def test_it_begins_with_what_moves_and_ends_with_how_to_cite() -> None:
    text = told("balanced-package", "--seed", "7")
    moved, counted, publications, cite = (
        text.index(words) for words in ("What its files move", "Left as they are", "Publications", "Cite a run")
    )
    assert moved < counted < publications < cite
    assert f"Scenario balanced-package ({load('balanced-package').fingerprint()}), seed 7, model " in text


def test_it_says_so_where_nothing_moves() -> None:
    assert "Its files move nothing" in told("baseline")


def test_it_speaks_chinese() -> None:
    text = told("balanced-package", "--lang", "zh")
    assert all(words in text for words in ("各文件改变的取值", "合同期限", "B 级", "本项目设定", "引用本情景"))
    assert not re.search(r"grade|lineage|Publications", text)


def test_bibtex_has_every_source_and_orgsim_itself() -> None:
    found = read_entries(told("baseline", "--bibtex"))
    assert set(found) - {"orgsim"} <= set(entries())
    assert {"farber1994", "orgsim"} <= set(found)
    assert found["farber1994"].text == entries()["farber1994"].text


def test_the_same_comes_as_json() -> None:
    tree = json.loads(told("balanced-package", "--json"))
    first = tree["moves"][0]
    assert (first["parameter"], first["before"], first["after"], first["unit"]) == (
        "contracts.duration",
        12,
        24,
        "months",
    )
    counts = [n for part in ("moved", "as_they_are") for row in tree[part].values() for n in row.values()]
    assert sum(counts) == sum(len(source["parameters"]) for source in tree["sources"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere"], "there is no scenario 'nowhere'"),
        (["baseline", "--seed", "-1"], "the seed is a whole number"),
        (["baseline", "--json", "--bibtex"], "give only one of the two"),
    ],
)
def test_a_wrong_call_gets_one_sentence(words: list[str], sentence: str) -> None:
    error = CliRunner().invoke(entry.app, ["cite", *words]).exception
    assert (getattr(error, "exit_code", None), sentence in str(error)) == (2, True)
