"""Answers of studies: numbers come from rows, and words that rows do not bear are refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgsim.errors import InputError
from orgsim.studies.answers import answer, gaps, plain, ranged, signed, write_answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answer.md").write_text("# One\n\nIt falls by {fall} points.\n", encoding="utf-8")
    return tmp_path


def test_names_in_braces_become_numbers(folder: Path) -> None:
    write_answer(folder, {"fall": "0.3"}, {"it falls": True})
    assert (folder / "README.md").read_text(encoding="utf-8") == "# One\n\nIt falls by 0.3 points.\n"


def test_an_unknown_number_is_told_with_its_line(folder: Path) -> None:
    with pytest.raises(InputError, match=r"answer\.md:3: there is no number 'fall'"):
        answer(folder, {}, {})


def test_no_page_is_made_of_a_claim_that_the_rows_do_not_bear(folder: Path) -> None:
    with pytest.raises(InputError, match="the rows do not bear that it falls"):
        write_answer(folder, {"fall": "0.3"}, {"it falls": False})
    assert not (folder / "README.md").exists()


def _rows(values: list[float], replications: list[int], number: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"set": number, "replication": replications, "cost": values})


def test_gaps_pair_by_replication_whatever_the_order() -> None:
    found, sets = gaps(_rows([5.0, 7.0], [1, 0]), _rows([1.0, 2.0], [0, 1]), "cost")
    assert found.tolist() == [6.0, 3.0]
    assert sets is not None
    assert sets.tolist() == [0, 0]


def test_gaps_without_parameter_sets_have_none() -> None:
    found, sets = gaps(_rows([5.0], [0], -1), _rows([1.0], [0], -1), "cost")
    assert np.array_equal(found, [4.0])
    assert sets is None


def test_gaps_of_other_luck_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be paired"):
        gaps(_rows([5.0], [0]), _rows([1.0], [1]), "cost")


@pytest.mark.parametrize(
    ("value", "digits", "written", "difference"),
    [(1894.2, 0, "1,894", "+1,894"), (-0.31, 1, "−0.3", "−0.3"), (-0.02, 1, "0.0", "0.0"), (0.0, 0, "0", "0")],
)
def test_numbers_are_written_as_people_read_them(value: float, digits: int, written: str, difference: str) -> None:
    assert plain(value, digits) == written
    assert signed(value, digits) == difference


def test_a_difference_is_written_with_its_interval() -> None:
    assert ranged(0.61, -0.13, 1.4) == "+0.6 [−0.1, +1.4]"
