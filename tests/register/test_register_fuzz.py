"""Whatever a file holds, reading it ends in a reading or in one sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.errors import InputError
from orgsim.scenarios.registers import Reading, read_register
from orgsim.scenarios.registers.headings import FIELDS

HEADS = [name for field in FIELDS for name in (field.names[0], field.names[-1])]
CELLS = st.sampled_from(["社会团体", "是", "2015", "3A", "0", "-1", "9" * 400, "1e99", "无", "\n", '"', "1,2,3"])
TEXT = st.text(max_size=8) | CELLS


def outcome(content: bytes) -> Reading | InputError:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.csv"
        file.write_bytes(content)
        try:
            return read_register(file, "2026-01")
        except InputError as error:
            return error


@settings(deadline=None, max_examples=150)
@given(content=st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_bytes_end_in_a_sentence_or_a_reading(content: bytes) -> None:
    found = outcome(content)
    assert isinstance(found, Reading) or "\n" not in str(found)


@settings(deadline=None, max_examples=150)
@given(
    heads=st.lists(st.sampled_from(HEADS) | TEXT, min_size=1, max_size=6),
    rows=st.lists(st.lists(TEXT, max_size=6), max_size=5),
)
def test_any_cells_end_in_a_sentence_or_a_reading_of_finite_numbers(heads: list[str], rows: list[list[str]]) -> None:
    lines = [",".join(cells) for cells in [["登记类型", *heads], *rows, ["基金会"]]]
    found = outcome("\n".join(lines).encode("utf-8", "replace"))
    if isinstance(found, Reading):
        assert len(found.register) + found.refused <= found.rows
        assert all(np.isfinite(values[~np.isnan(values)]).all() for values in found.register.columns.values())
    else:
        assert "\n" not in str(found)
