"""Wrong usage of the command line: one sentence in the language that is asked for, and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from orgsim.cli import main as entry
from orgsim.cli.shared import SPOKEN, Language
from orgsim.cli.usage import asked


@pytest.fixture(autouse=True)
def nothing_said_before() -> Iterator[None]:
    """Each command begins as a new process does: what an earlier one spoke is forgotten."""
    before = SPOKEN.set(Language.en)
    yield
    SPOKEN.reset(before)


def refused(*words: str) -> None:
    """A person types this, and the program ends as wrong usage ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["orgsim", *words])
        with pytest.raises(SystemExit) as ended:
            entry.main()
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("show --lang zh", "缺少参数“scenario”（用法：orgsim show --help）"),
        ("parameters --lang zh --nothing", "没有选项 --nothing（用法：orgsim parameters --help）"),
        ("parameters --lever --lang=zh", "没有选项 --lever（是否应为 --levers？）（用法：orgsim parameters --help）"),
        ("compar --lang zh", "没有命令“compar”，是否应为 'compare'？（用法：orgsim --help）"),
        ("run baseline -n x --lang zh", "“--replications / -n”的取值无效：应为整数（用法：orgsim run --help）"),
        ("verify games --seed -1 --lang zh", "“--seed”的取值无效：不得小于 0（用法：orgsim verify games --help）"),
        ("run baseline --lang zh --replications", "选项“--replications”之后须写取值"),
        ("parameters --json=3 --lang zh", "选项“--json”不带取值"),
        (
            "experiment run a b --lang zh",
            "多出参数 b（用法：orgsim experiment run --help）",
        ),
        (
            "experiment run a --commit-every x --lang zh",
            "“--commit-every”的取值无效：应为数字（用法：orgsim experiment run --help）",
        ),
        (
            "run baseline --engine fast --lang zh",
            "“--engine”的取值无效：“fast”不在 'columns', 'agents', 'both' 之列（用法：orgsim run --help）",
        ),
    ],
)
def test_wrong_usage_is_one_chinese_sentence(words: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    refused(*words.split())
    assert capsys.readouterr().err == f"{sentence}\n"


def test_the_environment_may_ask_for_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORGSIM_LANG", "zh")
    refused("run", "--lang", "fr")
    assert capsys.readouterr().err.startswith("“--lang”（环境变量“ORGSIM_LANG”）的取值无效：“fr”不在 'en', 'zh' 之列")


def test_english_is_as_the_library_says_it() -> None:
    result = CliRunner().invoke(entry.app, ["show"])
    assert (result.exit_code, "Missing argument 'scenario'." in result.stderr) == (2, True)


def test_a_command_of_commands_alone_shows_its_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGSIM_LANG", "zh")
    result = CliRunner().invoke(entry.app, ["experiment"])
    assert result.exit_code == 2
    assert "orgsim experiment plan terms" in result.stderr


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["show", "--lang", "zh"], Language.zh),
        (["show", "--lang=zh"], Language.zh),
        (["show", "--lang", "zh", "--lang", "en"], Language.en),
        (["show", "--", "--lang", "zh"], Language.en),
        (["show", "--lang"], Language.en),
        ([], Language.en),
    ],
)
def test_the_language_is_found_in_words_that_cannot_be_taken(words: list[str], language: Language) -> None:
    assert asked(words) is language
