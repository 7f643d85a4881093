"""A scenario that names a register: what it takes from it, and what is said where the two do not fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgsim.errors import InputError
from orgsim.scenarios import Scenario, difference, load

Write = Callable[..., Path]
LISTED = "类型,名称,成立日期,街道\n社会团体,甲,2010-01,东街道\n社会团体,乙,2026-03,西街道\n基金会,丙,2011,\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario `own.yaml` beside a register and return its path."""
    (tmp_path / "list.csv").write_text(LISTED, encoding="utf-8")

    def scenario(text: str, name: str = "own.yaml") -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return scenario


def problem(file: Path) -> tuple[str, int | None]:
    with pytest.raises(InputError) as caught:
        load(file)
    return caught.value.problem, caught.value.line


def own(write: Write, more: str = "") -> Scenario:
    return load(write(f"extends: baseline\npopulation:\n  register: list.csv\n{more}"))


def test_the_register_takes_the_place_of_the_parents_numbers(write: Write) -> None:
    wanted = {"association": 2, "service": 0, "social_work": 0, "foundation": 1, "community": 0}
    assert own(write).population.organizations == wanted


def test_kinds_the_register_lacks_may_be_drawn(write: Write) -> None:
    assert own(write, "  organizations: {community: 40}\n").population.organizations["community"] == 40


def test_funders_are_the_bureau_and_the_offices_the_register_names(write: Write) -> None:
    assert own(write).population.funders == 3


def test_more_funders_may_be_said(write: Write) -> None:
    assert own(write, "  funders: 9\n").population.funders == 9


def test_the_file_that_names_the_register_says_what_holds_today(write: Write) -> None:
    own(write, "set:\n  contracts.yearly_budget: 5000000\n")
    child = load(write("extends: own\nset:\n  contracts.yearly_budget: 9000000\n", "child.yaml"))
    today = {s.parameter: s.value for s in child.today}
    assert today["contracts.yearly_budget"] == 5e6
    assert today["subsidy.community_grant"] == 5000
    assert {s.parameter: s.value for s in child.levers}["contracts.yearly_budget"] == 9e6
    assert child.population.register is not None


def test_a_founding_after_the_start_is_left_to_be_drawn_and_counted(write: Write) -> None:
    register = own(write).population.register
    assert register is not None
    assert register.left_out == (0, 1)


def test_a_later_start_makes_everybody_older(write: Write) -> None:
    early, late = (own(write, f"start: {year}-01\n").population.register for year in (2027, 2028))
    assert early is not None
    assert late is not None
    assert (late.columns["age"] - early.columns["age"] == 12).all()


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("population:\n  register: none.csv\n", "there is no register", 3),
        ("population:\n  register:\n", "register takes the file of a bureau's list", 3),
        ("population:\n  register: [a, b]\n", "register takes the file of a bureau's list", 3),
        ("population:\n  registre: list.csv\n", "did you mean 'register'?", 3),
        (
            "population:\n  register: list.csv\n  organizations: {association: 5}\n",
            "association: the register lists 2 of these already",
            4,
        ),
        ("population:\n  register: list.csv\n  funders: 2\n", "there are 3 funders at least, not 2", 4),
    ],
)
def test_what_does_not_fit_is_said_with_file_and_line(text: str, words: str, line: int, write: Write) -> None:
    said, where = problem(write(f"extends: baseline\n{text}"))
    assert words in said
    assert where == line


def test_a_register_that_cannot_be_read_is_named_itself(write: Write, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("what,ever\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(write("extends: baseline\npopulation:\n  register: bad.csv\n"))
    assert caught.value.file is not None
    assert caught.value.file.name == "bad.csv"


def test_a_difference_names_the_register(write: Write) -> None:
    names = {change.parameter for change in difference(load("baseline"), own(write))}
    assert {"population.register", "population.organizations", "population.funders"} <= names
