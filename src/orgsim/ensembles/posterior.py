"""The parameter sets that come with orgsim: values of what is not known, each set in keeping with the evidence.

`posterior.csv` has a row for each set and a column for each value, by label; sets count the same. It was made by
`orgsim calibrate`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from io import StringIO
from pathlib import Path

import numpy as np

from orgsim.errors import InputError

SHIPPED = Path(__file__).parent / "posterior.csv"
FEWEST = 2
ParameterSet = Mapping[str, float]
"""Values by label, 'fees.fee_share[service]' for one kind."""


def draw(count: int, seed: int) -> list[ParameterSet]:
    """`count` different sets of those that come with orgsim; the same seed draws the same."""
    sets = shipped_sets()
    if not FEWEST <= count <= len(sets):
        raise InputError(f"uncertainty takes {FEWEST} to {len(sets)} parameter sets, not {count}")
    chosen = np.random.default_rng(seed).permutation(len(sets))[:count]
    return [sets[int(number)] for number in chosen]


@cache
def shipped_sets() -> tuple[ParameterSet, ...]:
    """All sets that come with orgsim."""
    return read_sets(SHIPPED)


def read_sets(file: Path) -> tuple[ParameterSet, ...]:
    """The sets of a posterior file. InputError, with file and line, for one that is none."""
    try:
        rows = list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig"), newline=""), strict=True))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=file) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"is no table of parameter sets: {error}", file=file) from error
    if len(rows) < 2:
        raise InputError("holds no parameter set", file=file)
    return tuple(_set(rows[0], row, line, file) for line, row in enumerate(rows[1:], 2))


def _set(names: Sequence[str], row: Sequence[str], line: int, file: Path) -> ParameterSet:
    if len(row) != len(names):
        raise InputError(f"has {len(row)} cells, its header {len(names)}", file=file, line=line)
    values = {}
    for name, cell in zip(names, row, strict=True):
        try:
            values[name] = float(cell)
        except ValueError:
            raise InputError(f"{name}: '{cell}' is no number", file=file, line=line) from None
    return values
