"""What is wrong in a register, and what is said of it: each mistake once, with row and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from orgsim.errors import InputError
from orgsim.scenarios.registers import Reading, read_register

Read = Callable[..., Reading]
Complaints = Callable[[Reading], Sequence[tuple[int, str | None, str, bool]]]
GOOD = "社会团体"


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("staff", "-3", "'-3' is below nought"),
        ("staff", "2.5", "'2.5' is not a whole number"),
        ("staff", "many", "'many' is not a number"),
        ("income", "(500)", "'(500)' is below nought"),
        ("年收入（万元）", "99999999", "'99999999' is more than 100 亿; is the unit right?"),
        ("founded", "2031-05", "'2031-05' is in the future: after 2025-12"),
        ("founded", "1899-12", "'1899-12' is before 1900"),
        ("founded", "2015-13-01", "there is no day '2015-13-01'"),
        ("founded", "spring", "'spring' is not a date; write 2015-03-01 or 2015"),
        ("rating", "6A", "'6A' is not a rating from 0 to 5A"),
        ("leader age", "17", "'17' is not an age from 18 to 100"),
        ("party", "maybe", "'maybe' is neither yes nor no"),
    ],
)
def test_a_cell_that_cannot_be_is_set_aside_and_the_row_kept(
    heading: str, cell: str, words: str, read: Read, complaints: Complaints
) -> None:
    reading = read(f"kind,{heading}", f"{GOOD},{cell}")
    assert complaints(reading) == [(2, "B", words, False)]
    assert len(reading.register) == 1


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (("kind,name", ",甲"), (2, None, "the kind is missing; the row cannot be placed", True)),
        (
            ("kind,name", "社会团休,甲"),
            (2, "A", "'社会团休' is no kind of organization – did you mean '社会团体'?", True),
        ),
        (("kind,status", "社会团体,注销"), (2, None, "is no longer on the register", True)),
        (
            ("kind,number", "社会团体,X1", "基金会,x1"),
            (3, "B", "registration number 'X1' stands in row 2 already", True),
        ),
    ],
)
def test_a_row_that_cannot_be_placed_is_refused(
    rows: tuple[str, ...], complaint: tuple[int, str | None, str, bool], read: Read, complaints: Complaints
) -> None:
    reading = read(*rows, "社会团体,")
    assert complaints(reading) == [complaint]
    assert reading.refused == 1


@pytest.mark.parametrize(
    ("header", "row", "column", "words", "left"),
    [
        ("staff,full_time,part_time", "9,5,3", "B", "full-time and part-time staff add up to 8, not 9", {"staff": 8}),
        ("staff,full_time", "3,5", "C", "5 is more than all staff, 3", {"staff": 3}),
        ("staff,certified", "3,4", "C", "4 is more than all staff, 3", {"staff": 3}),
        (
            "income,purchase,subsidy,fees,trading,donations",
            "100,50,10,20,5,5",
            "B",
            "the channels add up to 90 CNY, not to the total of 100",
            {"income": 90, "purchase": 50},
        ),
        (
            "income,purchase",
            "100,150",
            "C",
            "the channels given add up to 150 CNY, more than the total of 100",
            {"income": 100},
        ),
        ("status,staff", "休眠,4", "C", "a dormant organization has no staff at work", {"dormant": 1}),
        ("status,rating", "异常,3A", "C", "who is on the abnormal list holds no rating", {"listed": 1, "rating": 0}),
    ],
)
def test_of_a_contradiction_the_weaker_statement_is_set_aside(
    header: str, row: str, column: str, words: str, left: dict[str, float], read: Read, complaints: Complaints
) -> None:
    reading = read(f"kind,{header}", f"{GOOD},{row}")
    assert complaints(reading) == [(2, column, words, False)]
    for name, number in left.items():
        assert reading.register.columns[name][0] == number


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the register is empty"),
        (b" \r\n\r\n", "the register is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is neither text nor an Excel file; save the register as CSV or .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an Excel file of the old kind (.xls); save it as .xlsx or as CSV"),
        (b"kind,name\r\n\xff\xff\xff,x", "is neither UTF-8 nor GB18030 text; save it as CSV UTF-8 or .xlsx"),
        (b"a,b\r\n1,2", "no heading is known in the first rows (they begin 'a')"),
        (
            "名称,成立日期\r\n甲,2015".encode(),
            "no column tells the kind of organization; name one 登记类型, 类型 or kind",
        ),
        ("类型,登记类型\r\n社团,社团".encode(), "columns A '类型' and B '登记类型' both tell the kind; keep one"),
        ("类型,名称\r\n".encode(), "no row can be used: there are none below the headings"),
        ("类型,名称\r\n外星组织,甲".encode(), "no row can be used: '外星组织' is no kind of organization"),
        (b'kind,name\r\n"social', "a quotation mark is opened and not closed, or closed too early"),
    ],
)
def test_a_file_that_cannot_be_used_ends_in_one_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_register(file, "2026-01")
    assert words in caught.value.problem
    assert caught.value.file == file


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_register(tmp_path / "none.csv", "2026-01")
    with pytest.raises(InputError, match="is a directory, not a register"):
        read_register(tmp_path, "2026-01")


def test_an_unknown_heading_is_ignored_and_its_neighbour_named(read: Read) -> None:
    ((letter, heading, near),) = read("kind,评佑等级,staff", f"{GOOD},3A,2").ignored
    assert (letter, heading) == ("B", "评佑等级")
    assert "did you mean '评估等级'?" in near
