"""The verbs run and compare: tables, sentences, JSON, files, and how they fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import orgsim
from orgsim.cli import main as entry
from orgsim.engines.both import EnginesDisagree

TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""
Run = Callable[..., Result]
KEYS = ["scenario", "baseline", "replications", "months", "seed", "version", "outcomes"]
ROW = "scenario outcome unit stratum value low high difference difference_low difference_high".split()
SHORT = ("-n", "2", "--months", "13", "--workers", "1")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three tiny scenarios."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "tiny.yaml").write_text(TINY, encoding="utf-8")
    for name, months in (("longer", 24), ("longest", 36)):
        title = f"title: {{en: {name} contracts, zh: 更长合同{months}}}"
        text = f"extends: tiny\n{title}\nset:\n  contracts.duration: {months}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in that folder."""
    monkeypatch.chdir(place)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(entry.app, list(arguments))

    return call


@pytest.fixture(scope="module")
def tree(place: Path) -> dict[str, Any]:
    """What `compare --json` prints, once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        result = CliRunner().invoke(entry.app, ["compare", "tiny", "longer", *SHORT, "--json", "--no-files"])
    assert result.exit_code == 0, result.output
    made: dict[str, Any] = json.loads(result.stdout)
    return made


def test_json_is_one_object_of_the_agreed_shape(tree: dict[str, Any]) -> None:
    assert list(tree) == KEYS
    assert {tuple(row) for row in tree["outcomes"]} == {tuple(ROW)}
    assert [tree[key] for key in KEYS[:-1]] == ["longer", "tiny", 2, 13, 1, orgsim.__version__]


def test_json_has_every_outcome_and_stratum_of_every_scenario(tree: dict[str, Any]) -> None:
    found = {(row["scenario"], row["stratum"]) for row in tree["outcomes"] if row["outcome"] == "retention_12m"}
    assert {(s, t) for s in ("tiny", "longer") for t in ("all", "kind=social_work", "size=small")} <= found


def test_json_differences_are_those_of_the_values(tree: dict[str, Any]) -> None:
    cost = {r["scenario"]: r for r in tree["outcomes"] if (r["outcome"], r["stratum"]) == ("public_cost", "all")}
    assert cost["longer"]["difference"] == pytest.approx(cost["longer"]["value"] - cost["tiny"]["value"])
    assert cost["longer"]["difference_low"] < cost["longer"]["difference"] < cost["longer"]["difference_high"]
    assert cost["tiny"]["difference"] is None


def test_json_has_null_for_what_the_horizon_does_not_reach(tree: dict[str, Any]) -> None:
    first = tree["outcomes"][0]
    assert (first["scenario"], first["outcome"], first["value"]) == ("longer", "survival_5y", None)


def test_json_of_a_run_has_no_baseline(run: Run) -> None:
    tree = json.loads(run("run", "tiny", *SHORT, "--json", "--no-files").stdout)
    assert (tree["scenario"], tree["baseline"]) == ("tiny", None)
    assert {row["difference"] for row in tree["outcomes"]} == {None}


def test_json_of_several_scenarios_lists_them(run: Run) -> None:
    tree = json.loads(run("compare", "tiny", "longer", "longest", *SHORT, "--json", "--no-files").stdout)
    assert tree["scenario"] == ["longer", "longest"]
    assert {row["scenario"] for row in tree["outcomes"]} == {"tiny", "longer", "longest"}


def test_the_same_seed_gives_the_same_numbers_and_another_one_others(run: Run, tree: dict[str, Any]) -> None:
    arguments = ("compare", "tiny", "longer", *SHORT, "--json", "--no-files")
    assert json.loads(run(*arguments).stdout) == tree
    assert json.loads(run(*arguments, "--seed", "2").stdout)["outcomes"] != tree["outcomes"]


def test_compare_tells_a_table_sentences_and_what_to_do_next(run: Run) -> None:
    result = run("compare", "tiny", "longer", *SHORT, "--no-files")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("“longer contracts” against “Tiny”\n")
    for told in ("Public cost ", "Under the model's assumptions, 2 replications, 13 months", "orgsim diff tiny.yaml"):
        assert told in result.stdout
    assert "On the register after five years: not reached within the 13 months simulated." in result.stdout


def test_compare_speaks_chinese(run: Run) -> None:
    text = run("compare", "tiny", "longer", *SHORT, "--no-files", "--lang", "zh").stdout
    assert text.startswith("“更长合同24”与“小区”对照\n")
    assert "在模型假设下（2次模拟，自2026-01起13个月）：" in text


def test_several_scenarios_have_a_table_each(run: Run) -> None:
    text = run("compare", "tiny", "longer", "longest", *SHORT, "--no-files").stdout
    assert text.count(" against “Tiny”") == 2


def test_one_replication_is_said_to_give_no_range(run: Run) -> None:
    text = run("compare", "tiny", "longer", "-n", "1", "--months", "13", "--no-files").stdout
    assert "one replication: no range" in text


def test_progress_goes_to_stderr_and_quiet_silences_it(run: Run) -> None:
    loud = run("run", "tiny", *SHORT, "--no-files")
    quiet = run("run", "tiny", *SHORT, "--no-files", "--quiet")
    assert "running tiny" in loud.stderr
    assert "running tiny" not in loud.stdout
    assert quiet.stderr == ""
    assert "Next:" not in quiet.stdout


def test_files_go_where_asked(run: Run, place: Path) -> None:
    result = run("run", "tiny", *SHORT, "--out", "kept/here")
    assert result.exit_code == 0, result.output
    assert f"Results: {Path('kept/here')}" in result.stdout
    assert (place / "kept" / "here" / "findings.md").is_file()
    assert not (place / "results").exists()


def test_a_panel_lies_beside_the_other_results(run: Run, place: Path) -> None:
    result = run("run", "tiny", *SHORT, "--panel", "--out", "with-panel")
    assert result.exit_code == 0, result.output
    names = sorted(file.name for file in (place / "with-panel" / "panel").iterdir())
    assert names == ["columns.csv", "organizations.parquet", "staff.parquet"]


def test_a_report_that_is_asked_for_lies_there_and_is_named_first(run: Run, place: Path) -> None:
    result = run("compare", "tiny", "longer", *SHORT, "--report", "html", "--lang", "zh", "--out", "told")
    assert result.exit_code == 0, result.output
    assert "政策模拟报告" in (place / "told" / "report.html").read_text(encoding="utf-8")
    assert f"阅读 {Path('told/report.html')}" in result.stdout
    assert "report.html" in json.loads((place / "told" / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_files_go_into_results_by_default(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("run", "tiny", *SHORT, "-q").exit_code == 0
    assert [folder.name.rsplit("-", 1)[0] for folder in (tmp_path / "results").iterdir()] == ["tiny"]


def test_the_agents_give_the_same_numbers(run: Run, tree: dict[str, Any]) -> None:
    arguments = ("compare", "tiny", "longer", *SHORT, "--json", "--no-files", "--engine", "agents")
    assert json.loads(run(*arguments).stdout)["outcomes"] == tree["outcomes"]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["run", "tinny"], 2, "did you mean 'tiny'?"),
        (["compare", "tiny", "tiny.yaml"], 2, "two scenarios are called 'tiny'"),
        (["run", "tiny", "-n", "0"], 2, "replications is a whole number"),
        (["run", "tiny", "--months", "0"], 2, "a run takes 1 to "),
        (["run", "tiny", "--seed", "-1"], 2, "the seed is a whole number"),
        (["run", "tiny", "--workers", "0"], 2, "--workers is a whole number from 1, not 0"),
        (["run", "tiny", "--out", "x", "--no-files"], 2, "give only one of the two"),
        (["run", "tiny", "--panel", "--no-files"], 2, "--panel writes files and --no-files wants none"),
        (["run", "tiny", "--report", "pdf", "--no-files"], 2, "--report writes files and --no-files wants none"),
        (["run", "tiny", "--report", "doc"], 2, "not 'doc' – did you mean 'docx'?"),
        (["run", "tiny", "-n", "2", "--panel", "--panel-replication", "2"], 2, "one of the 2 that are run"),
        (["run", "tiny", "--out", "."], 2, "which is not a result of orgsim"),
        (["run", "tiny", "--out", "tiny.yaml"], 2, "is a file, not a folder"),
    ],
)
def test_a_mistake_ends_in_one_sentence(
    arguments: list[str], code: int, sentence: str, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(sys, "argv", ["orgsim", *arguments, "--quiet"])
    with pytest.raises(SystemExit) as end:
        entry.main()
    told = capsys.readouterr()
    assert end.value.code == code
    assert sentence in told.err
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_a_full_disk_ends_in_one_sentence_and_leaves_nothing(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(sys, "argv", ["orgsim", "run", "tiny", *SHORT, "--out", "full/disk", "--quiet"])
    with pytest.raises(SystemExit) as end:
        entry.main()
    told = capsys.readouterr()
    assert end.value.code == 1
    assert told.err.startswith("the disk is full; ")
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert not (place / "full").exists()


def test_engines_that_disagree_end_in_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def disagree(*_: object, **__: object) -> None:
        raise EnginesDisagree("phase pay, month 3")

    monkeypatch.setattr("orgsim.ensembles.compare", disagree)
    monkeypatch.setattr(sys, "argv", ["orgsim", "run", "tiny", "--engine", "both", "--no-files", "--quiet"])
    with pytest.raises(SystemExit) as end:
        entry.main()
    assert end.value.code == 1
    assert "the two engines disagree" in capsys.readouterr().err


def test_stopping_a_computation_ends_at_once() -> None:
    code = (
        "import os, signal, time\n"
        "from orgsim.cli.simulating import stopping_at_once\n"
        "with stopping_at_once():\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=50)
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "stopped\n")


def test_after_a_computation_interrupts_are_as_before() -> None:
    code = (
        "import signal\n"
        "from orgsim.cli.simulating import stopping_at_once\n"
        "before = signal.getsignal(signal.SIGINT)\n"
        "with stopping_at_once(): pass\n"
        "print(signal.getsignal(signal.SIGINT) is before)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    assert result.stdout == "True\n"
