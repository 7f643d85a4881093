"""Files of targets: what is read, and which sentence a malformed one gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orgsim.analysis import governance  # noqa: F401
from orgsim.analysis.targets import COLUMNS, read_targets, shipped_targets
from orgsim.errors import InputError

HEADER = ",".join(COLUMNS)
GOOD = 'F1,calibrate,annual exit,4 %,2–6 %,"China, UK",platform2021 (B)'
BIBLIOGRAPHY = Path(__file__).resolve().parents[2] / "docs" / "references.bib"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "targets.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_with_and_without_a_byte_order_mark(tmp_path: Path, encoding: str, end: str) -> None:
    (target,) = read_targets(written(tmp_path, f"{HEADER}{end}{GOOD}{end}", encoding))
    assert (target.id, target.basis, target.bands[0].high) == ("F1", "China, UK", 0.06)


def test_columns_may_stand_in_any_order_and_others_beside_them(tmp_path: Path) -> None:
    text = "note,evidence,basis,band,target,fact,use,id\nx,e,b,1-2,1,a fact,check,Q1\n"
    (target,) = read_targets(written(tmp_path, text))
    assert (target.id, target.use, target.fact, target.evidence) == ("Q1", "check", "a fact", "e")


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    assert len(read_targets(written(tmp_path, f"{HEADER}\n\n{GOOD}\n,,,,,,\n"))) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "has no column 'id'"),
        (HEADER.replace("band", "bands") + f"\n{GOOD}\n", 1, "has no column 'band' – did you mean 'bands'"),
        (f"{HEADER}\n", None, "holds no target"),
        (f"{HEADER}\n{GOOD},more\n", 2, "has 8 cells, its header 7"),
        (f"{HEADER}\n{GOOD}\n{GOOD}\n", 3, "'F1' stands in line 2 too"),
        (f"{HEADER}\n{GOOD.replace('calibrate', 'fit')}\n", 2, "use is calibrate or check, not 'fit'"),
        (f"{HEADER}\n{GOOD.replace('F1', '')}\n", 2, "the cell 'id' is empty"),
        (f"{HEADER}\n{GOOD.replace('2–6 %', '')}\n", 2, "the cell 'band' is empty"),
        (f"{HEADER}\n{GOOD.replace('2–6 %', 'about 5')}\n", 2, "band of F1: 'about 5' holds numbers but no band"),
        (f'{HEADER}\n"F1\n{GOOD}\n', 2, "is not CSV"),
        (f"{HEADER}\nF1\0\n", 2, "is no text"),
    ],
)
def test_a_malformed_file_gets_one_sentence_with_its_line(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_targets(file)
    assert words in str(caught.value)
    assert (caught.value.file, caught.value.line) == (file, line)


def test_a_row_over_several_lines_is_complained_of_where_it_begins(tmp_path: Path) -> None:
    bad = 'F2,check,"a fact\nover two lines",1,nothing,,\n'
    with pytest.raises(InputError) as caught:
        read_targets(written(tmp_path, f"{HEADER}\n{GOOD}\n{bad}"))
    assert caught.value.line == 3


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r":2: is not written in UTF-8"):
        read_targets(written(tmp_path, f"{HEADER}\nF1,check,事实,1,1-2,,\n", "gb18030"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_targets(tmp_path / "none.csv")


def test_every_shipped_target_names_its_evidence_and_known_keys_are_in_the_bibliography() -> None:
    known = set(re.findall(r"@\w+\{([^,\s]+),", BIBLIOGRAPHY.read_text(encoding="utf-8")))
    for target in shipped_targets():
        assert target.evidence, target.id
        keys = re.findall(r"\b[a-z_]+\d{4}\b", target.evidence)
        assert set(keys) <= known, target.id
