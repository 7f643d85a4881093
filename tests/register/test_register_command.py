"""`orgsim register`, and what check, show, run and the results folder say of a register."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from orgsim.cli import main as entry
from orgsim.errors import InputError
from orgsim.scenarios import load, shipped_folder
from orgsim.scenarios.registers import read_register

EXAMPLE = str(shipped_folder() / "registers" / "example-district.csv")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(entry.app, list(arguments))


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "faulty.csv"
    file.write_text("类型,工作人员数,备注\n社会团体,-3,x\n外星组织,2,\n基金会,4,\n", encoding="gb18030")
    return file


def test_the_report_tells_columns_problems_and_what_is_ignored_in_chinese(faulty: Path) -> None:
    page = call("register", str(faulty), "--lang", "zh").stdout
    assert "共 3 行，采用 2 家组织，拒收 1 行" in page
    assert "未使用：C 列“备注”" in page
    assert "'-3'小于零" in page
    assert "拒收该行" in page
    assert "全部抽取：成立日期" in page


def test_the_report_in_json_is_complete(faulty: Path) -> None:
    told = json.loads(call("register", str(faulty), "--json").stdout)
    assert (told["rows"], told["rows_refused"], told["cells_unusable"]) == (3, 1, 1)
    assert [(p["row"], p["column"], p["refused"]) for p in told["problems"]] == [(2, "B", False), (3, "A", True)]
    assert told["drawn"]["staff"] == 1
    assert told["ignored"] == [{"letter": "C", "heading": "备注"}]


def test_the_template_is_written_once_with_a_mark_for_excel(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    assert call("register", "--template", str(file)).exit_code == 0
    assert file.read_bytes().startswith("\ufeff名称,".encode())
    again = call("register", "--template", str(file))
    assert isinstance(again.exception, InputError)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize(
    "arguments", [(), (EXAMPLE, "--template", "x.csv"), ("none.csv",), (EXAMPLE, "--start", "soon")]
)
def test_a_mistake_is_one_sentence(arguments: tuple[str, ...]) -> None:
    assert isinstance(call("register", *arguments).exception, InputError)


def test_check_tells_what_the_register_holds_and_the_budget_beside_it() -> None:
    lines = call("check", "my-district-example").stdout.splitlines()
    assert "60 organizations, 0 rows refused, 0 cells not usable and drawn" in lines[1]
    assert "contracts.yearly_budget is 750 万元" in lines[2]
    assert not any("far apart" in line for line in lines)


def test_check_warns_of_a_budget_far_from_the_register(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(Path(EXAMPLE).read_bytes())
    file = tmp_path / "own.yaml"
    file.write_text("extends: baseline\npopulation:\n  register: list.csv\n", encoding="utf-8")
    assert "set contracts.yearly_budget to what" in call("check", str(file)).stdout


def test_check_counts_who_lists_more_staff_than_income_can_pay(tmp_path: Path) -> None:
    rows = ("类型,年收入（万元）,工作人员数", "社会团体,2,9", "社会团体,90,9")
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    file = tmp_path / "own.yaml"
    file.write_text("extends: baseline\npopulation:\n  register: list.csv\n", encoding="utf-8")
    assert "1 organizations list more staff than their income can pay" in call("check", str(file)).stdout


def test_show_names_the_register() -> None:
    assert "example-district.csv, 60 organizations" in call("show", "my-district-example").stdout


def test_a_results_folder_keeps_the_register_and_runs_again_from_itself(tmp_path: Path) -> None:
    out = tmp_path / "results"
    asked = ("--replications", "2", "--months", "3", "--out", str(out))
    assert call("run", "my-district-example", *asked).exit_code == 0
    told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["scenarios"][0]["register"]
    kept = read_register(out / told["file"], "2026-01").register
    assert (told["organizations"], told["blake2b"]) == (60, kept.digest)
    again = load(out / "scenarios" / "my-district-example.yaml").population.register
    assert again is not None
    assert again.fingerprint == kept.fingerprint


def test_a_run_says_on_stderr_that_the_register_was_not_used_whole(tmp_path: Path, faulty: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("extends: baseline\npopulation:\n  register: faulty.csv\n", encoding="utf-8")
    said = call("run", str(file), "--replications", "1", "--months", "1", "--no-files").stderr
    assert "1 rows refused, 1 cells not usable and drawn" in said
