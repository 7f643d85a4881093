"""The verbs check, show, diff, parameters and schema: what they print, where, and with which exit code."""

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

from orgsim.cli import main as entry
from orgsim.core.parameters import ParameterSpace
from orgsim.errors import MachineError

Write = Callable[[str, str], Path]
Run = Callable[..., Result]


@pytest.fixture
def run(write: Write, space: ParameterSpace, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line over the small catalogue, in a folder with `root.yaml` and a `my.yaml` that extends it."""
    for verb in ("check", "show", "diff", "parameters", "schema"):
        monkeypatch.setattr(f"orgsim.cli.{verb}.catalogue", lambda: space)
    write(
        "my.yaml",
        "extends: root\ntitle: {en: Mine, zh: 我的}\nquestion: {en: Why?, zh: 为何？}\n"
        "set:\n  contracts.duration: 3 years\n  fees.price: 2\n  autonomy.dual_management: off\n"
        "schedule:\n  contracts.payment_delay: {2027-01: {to: 0, over: 6}}\n",
    )
    write("bad.yaml", "extends: root\nset:\n  contracts.duration: 99\n")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(entry.app, list(arguments))

    return call


def test_check_says_how_much_differs_from_the_parent(run: Run) -> None:
    result = run("check", "root", "my.yaml")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "root.yaml: ok, 1 value differs from the default",
        "my.yaml: ok, 8 values differ from root",
    ]


def test_check_reports_every_bad_file_on_its_own_line(run: Run) -> None:
    result = run("check", "bad", "my", "rooot")
    assert result.exit_code == 2
    assert result.stdout.splitlines() == ["my.yaml: ok, 8 values differ from root"]
    first, second = result.stderr.splitlines()
    assert first == "bad.yaml:3: contracts.duration: '99' is outside its range, 6 to 36 months"
    assert "did you mean 'root'?" in second


def test_check_prints_json_for_programs(run: Run) -> None:
    result = run("check", "bad", "my", "--json")
    assert result.exit_code == 2
    bad, good = json.loads(result.stdout)
    assert (bad["ok"], bad["file"], bad["line"]) == (False, "bad.yaml", 3)
    assert "6 to 36 months" in bad["problem"]
    assert (good["ok"], good["parent"], good["differing"]) == (True, "root", 8)


def test_check_speaks_chinese(run: Run) -> None:
    assert "正确，8 个取值与上级情景 root 不同" in run("check", "my", "--lang", "zh").stdout


def test_show_names_the_line_that_set_each_value(run: Run) -> None:
    result = run("show", "my")
    assert result.exit_code == 0
    rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert rows[:3] == ["Mine", "Why?", "lineage: root → my"]
    assert "contracts.duration Title of duration 12 months all along root.yaml:6" in rows
    assert "contracts.duration Title of duration 36 months 2026-01 my.yaml:5" in rows
    assert "contracts.payment_delay Title of payment_delay 0 over 6 months months 2027-01 my.yaml:9" in rows
    assert "fees.price Title of price all 2 ratio 2026-01 my.yaml:6" in rows
    assert "autonomy.dual_management Title of dual_management off choice 2026-01 my.yaml:7" in rows
    assert not any("learning.forums" in row for row in rows)


def test_show_all_adds_the_defaults_with_their_file(run: Run) -> None:
    lines = run("show", "my", "--all").stdout.splitlines()
    forums = next(line for line in lines if "learning.forums" in line)
    assert "mechanisms/learning/parameters.yaml" in forums


def test_show_at_a_month_works_ramps_out(run: Run) -> None:
    lines = run("show", "my", "--at", "2027-03").stdout.splitlines()
    delay = next(line for line in lines if "payment_delay" in line)
    assert " 1.5 " in delay
    assert run("show", "my", "--at", "2025-01", "--lang", "zh").exit_code == 0


def test_show_prints_json_for_programs(run: Run) -> None:
    tree: dict[str, Any] = json.loads(run("show", "my", "--json").stdout)
    assert tree["lineage"] == ["root", "my"]
    assert tree["title"] == {"en": "Mine", "zh": "我的"}
    last = [value for value in tree["values"] if value["parameter"] == "contracts.duration"][-1]
    assert (last["value"], last["from"], last["file"], last["line"]) == (36, "2026-01", "my.yaml", 5)


def test_show_speaks_chinese(run: Run) -> None:
    text = run("show", "my", "--lang", "zh").stdout
    assert text.startswith("我的\n为何？\n继承：root → my\n")
    assert "标题 duration" in text
    assert "（6 个月内逐步）" in text


def test_diff_shows_only_what_differs(run: Run) -> None:
    rows = [" ".join(line.split()) for line in run("diff", "root", "my").stdout.splitlines()]
    assert rows[0] == "name title kind root my unit from"
    assert rows[2:] == [
        "contracts.duration Title of duration 12 36 months 2026-01",
        "contracts.payment_delay Title of payment_delay 3 0 over 6 months months 2027-01",
        "fees.price Title of price all 1 2 ratio 2026-01",
        "autonomy.dual_management Title of dual_management on off choice 2026-01",
    ]


def test_diff_of_the_same_says_so(run: Run) -> None:
    assert run("diff", "root", "root.yaml").stdout == "root and root assume the same.\n"
    assert run("diff", "root", "root", "--lang", "zh").stdout == "root 与 root 的设定相同。\n"
    assert json.loads(run("diff", "root", "my", "--json").stdout)["changes"][0]["after"] == 36


def test_parameters_are_found_by_a_word_of_either_language(run: Run) -> None:
    assert len(json.loads(run("parameters", "--json").stdout)) == 13
    assert [p["name"] for p in json.loads(run("parameters", "标题 memory", "--json").stdout)] == ["turnover.memory"]
    assert len(json.loads(run("parameters", "contracts", "--json").stdout)) == 4
    assert {p["role"] for p in json.loads(run("parameters", "--levers", "--json").stdout)} == {"lever"}
    row = run("parameters", "penalty", "--lang", "zh").stdout
    assert "政策杠杆" in row
    assert "static, dynamic" in row


def test_the_schema_is_json(run: Run) -> None:
    assert json.loads(run("schema").stdout)["title"] == "orgsim scenario"


def test_the_bare_command_teaches_and_ends_well(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    for taught in ("orgsim parameters --levers", "extends: baseline", "orgsim diff baseline my.yaml", "--lang zh"):
        assert taught in result.stdout


def test_every_verb_shows_an_example_in_its_help(run: Run) -> None:
    for verb in ("check", "show", "diff", "parameters", "schema"):
        assert f"orgsim {verb}" in run(verb, "--help").stdout.split("\n", 2)[2]


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("orgsim ")


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (MachineError("the store is locked"), 1, "the store is locked"),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left on device", "out.parquet"), 1, "the disk is full"),
        (PermissionError(13, "Permission denied", "out"), 1, "no permission to use out"),
        (OSError(5, "Input/output error"), 1, "the machine refused: Input/output error"),
        (MemoryError(), 1, "too little memory"),
    ],
)
def test_a_failure_ends_in_one_sentence_with_its_exit_code(
    error: BaseException,
    code: int,
    sentence: str,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> ParameterSpace:
        raise error

    monkeypatch.setattr("orgsim.cli.check.catalogue", fail)
    monkeypatch.setattr(sys, "argv", ["orgsim", "check", "root"])
    with pytest.raises(SystemExit) as end:
        entry.main()
    told = capsys.readouterr()
    assert end.value.code == code
    assert told.out == ""
    assert sentence in told.err
    assert told.err.count("\n") <= 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show", "rooot"], "did you mean 'root'?"),
        (["show", "my", "--at", "2040-01"], "runs from 2025-01 to 2030-12"),
        (["show", "my", "--at", "soon"], "'soon' is not a month"),
        (["diff", "my", "bad"], "bad.yaml:3: "),
        (["parameters", "zzz"], "'zzz'"),
    ],
)
def test_a_mistake_on_the_command_line_ends_in_one_sentence(
    arguments: list[str],
    sentence: str,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["orgsim", *arguments])
    with pytest.raises(SystemExit) as end:
        entry.main()
    told = capsys.readouterr().err
    assert end.value.code == 2
    assert sentence in told
    assert told.count("\n") == 1


def _python(code: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter that imports the same source."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)


def test_a_reader_that_has_gone_ends_the_program_quietly() -> None:
    code = (
        "import os, sys\n"
        "from orgsim.cli import main\n"
        "read, write = os.pipe(); os.close(read); os.dup2(write, 1)\n"
        "sys.argv = ['orgsim', '--version']\n"
        "main.main()\n"
    )
    result = _python(code)
    assert (result.returncode, result.stderr) == (141, "")


def test_these_verbs_import_nothing_heavy() -> None:
    heavy = "{'numba', 'scipy', 'pandas', 'mesa', 'matplotlib', 'pyarrow', 'streamlit', 'rich.console'}"
    result = _python(f"import sys, orgsim.cli.main\nprint(sorted({heavy} & set(sys.modules)))")
    assert result.stdout.strip() == "[]", result.stderr
