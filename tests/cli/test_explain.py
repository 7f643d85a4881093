"""The verb explain: what it prints, and one sentence for each wrong call."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from orgsim.cli import main as entry

TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
months: 12
burn_in: 3
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
set:
  contracts.duration: 36
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("place")
    (folder / "tiny.yaml").write_text(TINY, encoding="utf-8")
    return folder


def call(place: Path, *words: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        return CliRunner().invoke(entry.app, ["explain", "tiny", *words, "-q"])


def test_it_prints_the_value_its_meaning_and_what_it_was_made_of(place: Path) -> None:
    told = call(place, "renewal_risk", "--month", "2026-05").stdout
    assert "renewal_risk of organization " in told
    assert "None was named" in told
    assert "contracts__duration = 36 months · lever: Contract length · set by tiny.yaml:9 · the default, 12," in told
    assert "to the last bit" in told


def test_it_prints_the_formula_of_the_docstring(place: Path) -> None:
    assert "s' = s + .62 programme/12 (1 - s/3)" in call(place, "staff.skill", "--month", "4").stdout


def test_it_speaks_chinese(place: Path) -> None:
    told = call(place, "quit_probability", "--month", "4", "--lang", "zh").stdout
    assert "本月主动辞职的概率" in told
    assert "B 级，推算，farber1994" in told
    assert "Chance that" not in told


def test_the_same_tree_comes_as_json(place: Path) -> None:
    told = json.loads(call(place, "cash", "--month", "4", "--organization", str((1 << 32) + 1), "--json").stdout)
    assert (told["month"], told["date"], told["chosen"]) == (4, "2026-05", None)
    assert [child["name"] for child in told["tree"]["children"]] == ["cash", "income", "outlays"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["cahs", "--month", "3"], "there is no column 'cahs' – did you mean 'cash'?"),
        (["", "--month", "3"], "there is no column ''"),
        (["firm.cash", "--month", "3"], "there is no entity 'firm'"),
        (["sector.cash", "--month", "3"], "sector has no column 'cash'; it is a column of organization and stratum"),
        (["cash", "--month", "12"], "run from 0 to 11 (2026-01 to 2026-12)"),
        (["cash", "--month", "-1"], "run from 0 to 11 (2026-01 to 2026-12)"),
        (["cash", "--month", "2031-01"], "run from 0 to 11 (2026-01 to 2026-12)"),
        (["cash", "--month", "soon"], "'soon' is not a month"),
        (["cash", "--month", "9" * 5000], "is not a month"),
        (["cash", "--month", "3", "--organization", "17"], "no organization of replication 0 of seed 1 of tiny has"),
        (["cash", "--month", "3", "--organization", "me"], "an id is a whole number"),
        (["cash", "--month", "3", "--organization", "9" * 30], "an id is a whole number"),
        (["cash", "--month", "3", "--organization", "1", "--staff", "2"], "one row is explained at a time"),
        (["organization.cash", "--month", "3", "--staff", "2"], "is a column of organization, but the id is that of"),
        (["trust", "--month", "3", "--kind", "servce"], "did you mean 'service'?"),
        (["budget", "--month", "3", "--funder", "9"], "has 2, counted from 1"),
        (["cash", "--month", "3", "--depth", "-1"], "the depth is a whole number from 0 to 24, not -1"),
        (["cash", "--month", "3", "--depth", "99"], "the depth is a whole number from 0 to 24, not 99"),
        (["cash", "--month", "3", "--seed", "-1"], "the seed is a whole number"),
        (["cash", "--month", "3", "--replication", "-1"], "the replication is a whole number"),
    ],
)
def test_a_wrong_call_gets_one_sentence(words: list[str], sentence: str, place: Path) -> None:
    error = call(place, *words).exception
    assert (getattr(error, "exit_code", None), sentence in str(error), "\n" in str(error)) == (2, True, False)


def test_a_wrong_call_ends_without_a_traceback(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    monkeypatch.setattr(sys, "argv", ["orgsim", "explain", "tiny", "cahs", "--month", "3", "-q"])
    with pytest.raises(SystemExit) as end:
        entry.main()
    assert (end.value.code, *capsys.readouterr()) == (2, "", "there is no column 'cahs' – did you mean 'cash'?\n")
