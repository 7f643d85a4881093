"""A register that is written and read again says the same, whatever it says."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.core.parameters import KINDS
from orgsim.scenarios.registers import KIND_WORDS, read_register

MONEY = st.none() | st.integers(0, 10**9)
PEOPLE = st.none() | st.integers(0, 500)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.none() | st.dates(min_value=date(1950, 1, 1), max_value=date(2025, 12, 31)),
        PEOPLE,
        PEOPLE,
        MONEY,
        MONEY,
        st.none() | st.integers(0, 5),
        st.none() | st.booleans(),
        st.none() | st.integers(18, 100),
    ),
    min_size=1,
    max_size=12,
)
HEADINGS = [
    "登记类型",
    "编号",
    "成立日期",
    "专职人数",
    "兼职人数",
    "捐赠收入",
    "货币资金",
    "评估等级",
    "党组织",
    "负责人年龄",
]
NAMES = ("full_time", "part_time", "gifts", "cash", "rating", "party", "leader_age")


def written(rows: list[tuple[object, ...]], encoding: str, delimiter: str) -> bytes:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter)
    writer.writerow([heading.replace("编号", "登记号") for heading in HEADINGS])
    for number, (kind, founded, *others, party, age) in enumerate(rows):
        said = "" if party is None else "是" if party else "否"
        cells = ["" if one is None else str(one) for one in (founded, *others)]
        writer.writerow([KIND_WORDS[str(kind)][0], f"N{number}", *cells, said, "" if age is None else age])
    return page.getvalue().encode(encoding)


@settings(deadline=None, max_examples=60)
@given(rows=ROWS, encoding=st.sampled_from(["utf-8-sig", "gb18030"]), delimiter=st.sampled_from(",;\t"))
def test_what_was_written_is_read(rows: list[tuple[object, ...]], encoding: str, delimiter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_bytes(written(rows, encoding, delimiter))
        reading = read_register(file, "2026-01")
    assert reading.problems == ()
    assert sorted(reading.register.kinds) == sorted(KINDS.index(str(row[0])) for row in rows)
    for place, name in enumerate(NAMES, start=2):
        wanted = sorted((KINDS.index(str(row[0])), -1.0 if row[place] is None else float(row[place])) for row in rows)  # type: ignore[arg-type]
        got = zip(reading.register.kinds, np.nan_to_num(reading.register.columns[name], nan=-1.0), strict=True)
        assert sorted((int(kind), float(value)) for kind, value in got) == wanted
