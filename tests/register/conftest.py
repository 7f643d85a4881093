"""Helpers for registers: files written to a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from orgsim.scenarios.registers import Reading, read_register

Lines = Callable[..., Path]
Read = Callable[..., Reading]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """Write lines as a file; returns its path."""

    def write(*rows: str, name: str = "register.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes("\r\n".join(rows).encode(encoding))
        return file

    return write


@pytest.fixture
def read(lines: Lines) -> Read:
    """Read the lines of a register as a scenario beginning in 2026-01 would."""

    def reading(*rows: str, encoding: str = "utf-8") -> Reading:
        return read_register(lines(*rows, encoding=encoding), "2026-01")

    return reading


@pytest.fixture
def complaints() -> Callable[[Reading], Sequence[tuple[int, str | None, str, bool]]]:
    """Row, column, English words and whether the row was refused, of every problem of a reading."""
    return lambda reading: [(p.row, p.column, p.why.en, p.refused) for p in reading.problems]
