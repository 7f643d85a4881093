"""The model's imitation rule leads where mathematics says it leads, and a game file cannot run anything."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orgsim.cli import main as entry
from orgsim.core.numerics import fermi
from orgsim.errors import InputError
from orgsim.games import Check, read_games, verify
from orgsim.games.dynamics import eigenvalues
from orgsim.games.expressions import FormulaError, read_formula

LOGISTIC = {
    "id": "L",
    "parameters": {"r": 0.5},
    "initial_state": {"x": 0.2},
    "rhs": {"x": "r*x*(1-x)"},
    "final_state": [1.0],
    "fixed_points": [{"state": [0.0], "eigenvalues": ["0.5"]}, {"state": [1.0], "eigenvalues": ["-0.5"]}],
    "expected": {"checkpoints_t": {"4": [1 / (1 + 4 * math.exp(-2))]}},
    "tolerance": "0.01",
}
"""A constant advantage: x(t) = 1 / (1 + (1 - x0)/x0 e^(-rt))."""


@pytest.fixture(scope="module")
def shipped() -> list[Check]:
    return verify(read_games())


def written(tmp_path: Path, **changes: Any) -> Path:
    file = tmp_path / "games.json"
    file.write_text(json.dumps({"games": [LOGISTIC | changes]}), encoding="utf-8")
    return file


def test_every_check_of_every_shipped_game_holds(shipped: list[Check]) -> None:
    assert [f"{check.game}: {check.what}" for check in shipped if not check.holds] == []


def test_every_shipped_game_is_played_by_imitators(shipped: list[Check]) -> None:
    played = {check.game.split()[0] for check in shipped if check.simulated is not None}
    assert played == {"G1", "G1b", "G2", "G3", "G4", "G5", "G6A", "G6B", "G7A", "G7C", "G8"}


def test_a_game_nobody_has_seen_is_solved_and_played(tmp_path: Path) -> None:
    checks = verify(read_games(written(tmp_path)))
    assert len(checks) == 6
    assert all(check.holds for check in checks)


@pytest.mark.parametrize(
    "changes",
    [
        {"final_state": [0.9]},
        {"fixed_points": [{"state": [0.5]}]},
        {"fixed_points": [{"state": [1.0], "eigenvalues": ["0.5"]}]},
        {"expected": {"checkpoints_t": {"4": [0.7]}}},
    ],
    ids=["end", "fixed point", "eigenvalue", "state on the way"],
)
def test_a_wrong_statement_is_found(changes: dict[str, Any], tmp_path: Path) -> None:
    assert [check.holds for check in verify(read_games(written(tmp_path, **changes)))].count(False) == 1


def test_a_game_without_a_stated_end_is_measured_against_its_own_equation(tmp_path: Path) -> None:
    last = verify(read_games(written(tmp_path, final_state=None)))[-1]
    assert (last.stated, last.analytic, last.holds) == (None, (1.0,), True)


def test_eigenvalues_of_a_centre_are_imaginary() -> None:
    game = next(game for game in read_games() if game.name == "G1")
    values = eigenvalues(game, (0.6875, 0.4))
    assert [v.real for v in values] == pytest.approx([0.0, 0.0], abs=1e-6)
    speed = math.sqrt(0.6875 * 0.3125 * 0.4 * 0.6 * (0.5 + 2.0) * (2.0 + 1.5 + 0.5))
    assert [abs(v.imag) for v in values] == pytest.approx([speed, speed], abs=1e-5)


def test_the_fermi_chances_of_either_direction_make_one() -> None:
    assert [fermi(gain, 5.0) + fermi(-gain, 5.0) for gain in (-2.0, 0.0, 0.3)] == pytest.approx([1.0] * 3, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2+3*x**2", 2.75),
        ("-x/(1-x)", -1.0),
        ("min(1,K/max(1e-12,1-x))", 0.5),
        ("sum(x**k for k in range(n))", 1.875),
        ("tanh(0)+exp(0)+abs(-1)+sqrt(4)+log(1)", 4.0),
    ],
)
def test_a_formula_means_what_it_says(text: str, answer: float) -> None:
    formula = read_formula(text, frozenset({"x", "K", "n"}))
    assert formula({"x": 0.5, "K": 0.25, "n": 4.0}) == pytest.approx(answer, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "x.__class__",
        "(lambda: 1)()",
        "[x for x in range(3)]",
        "sum(k for k in range(3) if k)",
        "sum(k for k in (1, 2))",
        "open('games.json')",
        "x if x else 1",
        "'x'",
        "True",
        "y",
        "x +",
        "eval(x)",
        "x" + "+x" * 2000,
        "-" * 1500 + "x",
        "x and 1",
        "min(x, key=1)",
    ],
)
def test_whatever_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        read_formula(text, frozenset({"x"}))


def test_a_sum_without_end_is_refused() -> None:
    with pytest.raises(FormulaError, match="at most"):
        read_formula("sum(1 for k in range(n))", frozenset({"n"}))({"n": 1e12})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rhs": {"x": "r*q"}}, "game L: 'q' is neither a share nor a parameter"),
        ({"initial_state": {"x": 1.5}}, "game L: cannot be read (a share lies from 0 to 1, not at 1.5)"),
        ({"initial_state": {"a": 0.1, "b": 0.1, "c": 0.1, "d": 0.1}}, "one to three populations"),
        ({"parameters": {"r": "much"}}, "game L: cannot be read"),
        ({"rhs": {"x": "__import__('os')"}}, "may not stand in a formula"),
    ],
)
def test_a_wrong_game_is_named_with_what_is_wrong(changes: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_games(written(tmp_path, **changes))
    assert sentence in str(refused.value)


@pytest.mark.parametrize("text", ["1/x*0", "(x-2)**0.5", "log(x-1)", "exp(1000+x)", "sum(1 for k in range(10**9))"])
def test_a_formula_without_a_value_is_named_with_the_place(text: str, tmp_path: Path) -> None:
    game = read_games(written(tmp_path, rhs={"x": text}))[0]
    with pytest.raises(InputError, match="game L: "):
        game.change((0.0,))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[1]", b'{"games": []}'])
def test_a_file_that_holds_no_games_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "games.json"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"games\.json"):
        read_games(file)


@pytest.mark.parametrize(("changes", "code"), [({}, 0), ({"final_state": [0.5]}, 1)])
def test_the_command_ends_with_one_if_a_check_fails(changes: dict[str, Any], code: int, tmp_path: Path) -> None:
    result = CliRunner().invoke(entry.app, ["verify", "games", str(written(tmp_path, **changes)), "--json"])
    assert result.exit_code == code
    assert [check["game"] for check in json.loads(result.stdout)] == ["L"] * 6


def test_the_command_shows_a_table_and_counts(tmp_path: Path) -> None:
    result = CliRunner().invoke(entry.app, ["verify", "games", str(written(tmp_path)), "--lang", "zh"])
    assert "6 项检验中 6 项成立" in result.stdout
