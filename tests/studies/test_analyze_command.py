"""`orgsim experiment analyze` on a real study of a small district, from its file to the written page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from orgsim.cli import main as entry
from orgsim.errors import InputError
from orgsim.studies import Store, load_study, run_study
from orgsim.studies.analysis import analyse, whole_study
from orgsim.studies.measure import Case, Cases
from tests.studies.conftest import write_study

SAMPLED = """\
title: {en: Sampled, zh: 抽样}
question: {en: What moves the gain?, zh: 收益取决于什么？}
scenarios: [tiny, longer]
factors:
  contracts.payment_delay: {low: 0 months, high: 6 months}
  turnover.base_hazard: {low: 0.008, high: 0.017, scale: log}
design: {kind: latin_hypercube, n: 20}
replications: 6
months: 3
outcomes: [annual_turnover, public_cost, survival_5y]
series: [headcount]
"""
SOBOL = SAMPLED.replace("latin_hypercube, n: 20", "sobol, n: 2").replace("[tiny, longer]", "[tiny]")
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the study experiments/sampled, run."""
    folder = tmp_path_factory.mktemp("place")
    write_study(folder / "experiments" / "sampled", SAMPLED)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(entry.app, ["experiment", "run", "sampled", "--quiet"])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def command(place: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `orgsim experiment analyze …` in that folder."""
    monkeypatch.chdir(place)
    return lambda *arguments: CliRunner().invoke(entry.app, ["experiment", "analyze", *arguments])


@pytest.fixture(scope="module")
def spoken(place: Path) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        result = CliRunner().invoke(entry.app, ["experiment", "analyze", "sampled", "--quiet"])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def said(spoken: Result, place: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What it says of the whole study, in that folder."""
    monkeypatch.chdir(place)
    return spoken


def test_a_study_is_analysed_from_its_name_and_everything_lies_in_its_store(said: Result) -> None:
    folder = Path("results/sampled/analysis")
    assert "Written to results/sampled/analysis: analysis.html, analysis.md, tables" in said.output
    assert {entry.name for entry in folder.iterdir()} == {
        "analysis.html", "analysis.md", "manifest.json", "tables", "figures",
    }  # fmt: skip
    assert {file.name for file in (folder / "tables").iterdir()} == {
        f"{name}.{ending}"
        for name in ("effects", "ranks", "noise", "prim", "prim-path")
        for ending in ("csv", "parquet")
    }
    figures = {file.suffix for file in (folder / "figures").iterdir()}
    assert figures == {".png", ".svg"}


def test_written_tables_are_those_of_the_analysis(said: Result) -> None:
    store = Store(Path("results/sampled"))
    expected = analyse(*whole_study(store), monthly=store.monthly())
    for name, table in expected.tables.items():
        written = pd.read_parquet(f"results/sampled/analysis/tables/{name}.parquet")
        pd.testing.assert_frame_equal(written, table, check_dtype=False)
        assert len(pd.read_csv(f"results/sampled/analysis/tables/{name}.csv")) == len(table)


def test_with_two_scenarios_differences_are_analysed_and_what_cannot_be_is_left_out(said: Result) -> None:
    assert "What is analysed are differences of “Longer” from “Tiny”, on the same luck." in said.output
    assert "What moves the gain?" in said.output
    left = said.output.split("Left out")[1]
    assert "survival_5y cannot be told in 120 of 120 rows" in left


def test_the_page_is_told_in_chinese(command: Command, tmp_path: Path) -> None:
    result = command("sampled", "--lang", "zh", "--outcome", "public_cost", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    page = (tmp_path / "out" / "analysis.md").read_text(encoding="utf-8")
    for words in ("# 分析：抽样", "收益取决于什么？", "本分析不能回答什么", "“更长”与“小区”在相同随机条件下之差"):
        assert words in page
    assert "orgsim experiment analyze sampled --outcome public_cost --lang zh" in page  # what makes the same again
    assert 'lang="zh-CN"' in (tmp_path / "out" / "analysis.html").read_text(encoding="utf-8")


def test_a_monthly_sum_has_its_chinese_title(command: Command, tmp_path: Path) -> None:
    chosen = ("--outcome", "headcount", "--month", "2", "--against", "none", "--scenario", "longer")
    result = command("sampled", "--lang", "zh", *chosen, "--out", str(tmp_path / "out"))
    assert "在岗人数（第2个月）" in result.output
    assert "headcount（" not in result.output


def test_json_holds_sentences_and_tables_without_unknown_numbers(command: Command) -> None:
    told = json.loads(command("sampled", "--json", "--month", "2", "--against", "none", "--scenario", "longer").output)
    assert {(one["scenario"], one["outcome"], one["month"]) for one in told["findings"]} == {
        ("longer", "headcount", 2),
    }  # fmt: skip
    assert all(one["sentences"] for one in told["findings"])
    assert {row["measure"] for row in told["tables"]["effects"]} == {"main", "interaction"}


def test_a_question_may_be_asked_of_values(command: Command, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "out"), "--json", "--outcome", "public_cost")
    told = json.loads(command("sampled", "--fails", "annual_turnover > 1000 %", *out).output)
    first = told["tables"]["prim"][0]
    assert (first["question"], first["verdict"], first["against"]) == ("annual_turnover > 10", "never", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--outcome", "public_costs"), "did you mean 'public_cost'"),
        (("--outcome", "survival_5y"), "survival_5y cannot be told in 120 of 120 rows"),
        (("--scenario", "longest"), "did you mean 'longer'"),
        (("--scenario", "tiny", "--against", "tiny"), "name another scenario of the study with --scenario"),
        (("--month", "3"), "--month is a whole number from 0 to 2, not 3"),
        (("--fails", "cost < 3"), "the study has no outcome 'cost'"),
        (("--fails", "public_cost"), "--fails takes a comparison"),
        (("--fails", "difference < 0", "--against", "none"), "compare with another scenario"),
        (("--out", "experiments"), "holds sampled, which is not"),
    ],
)
def test_bad_input_gets_one_sentence_and_writes_nothing(
    command: Command, arguments: tuple[str, ...], words: str, place: Path
) -> None:
    before = sorted(place.rglob("*"))
    result = command("sampled", *arguments)
    assert words in str(result.exception), result.output
    assert "\n" not in str(result.exception)
    assert getattr(result.exception, "exit_code", None) == 2
    assert sorted(place.rglob("*")) == before


def test_half_a_study_is_refused_with_counts(tmp_path: Path) -> None:
    study = load_study(write_study(tmp_path / "terms", SOBOL))
    stop = Event()
    stop.set()
    store = run_study(study, tmp_path / "s", stop=stop).store
    with pytest.raises(InputError, match=r"\d+ of 48 rows of this study have not been run; orgsim experiment run"):
        whole_study(store)


def test_a_failed_run_is_named_with_the_command_that_tries_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Cases.run

    def perhaps(self: Cases, case: Case, replications: list[int]) -> object:
        if case.point == 3:
            raise ZeroDivisionError("nobody is left")
        return run(self, case, replications)

    monkeypatch.setattr(Cases, "run", perhaps)
    store = run_study(load_study(write_study(tmp_path / "terms", SOBOL)), tmp_path / "s", workers=1).store
    with pytest.raises(InputError, match=r"6 of 48 rows .* have failed, .* orgsim experiment retry"):
        whole_study(store)


@pytest.mark.parametrize(("more", "size"), [({"n": 4}, (8, 6)), ({"replications": 8}, (8, 6)), ({}, (8, 6))])
def test_of_an_extended_study_the_part_that_is_whole_is_analysed(
    tmp_path: Path, more: dict[str, int], size: tuple[int, int]
) -> None:
    study = load_study(write_study(tmp_path / "terms", SOBOL))
    run_study(study, tmp_path / "s")
    stop = Event()
    stop.set()
    store = run_study(study, tmp_path / "s", stop=stop, workers=1, **more).store if more else Store(tmp_path / "s")
    design, results, manifest = whole_study(store)
    assert (len(design), manifest["replications"]) == size
    assert len(results) == manifest["rows"] == 48
    assert set(results["status"]) == {"ok"}
    assert manifest["design"]["n"] == 2
