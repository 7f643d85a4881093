"""What a register knows of each organization, as numbers: the part of a population that is not drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from orgsim.core.hashing import content_hash
from orgsim.core.parameters import KINDS

Floats = NDArray[np.float64]
KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "age": "months",
        "income": "CNY per year",
        "purchase": "CNY per year",
        "subsidy": "CNY per year",
        "fees": "CNY per year",
        "trading": "CNY per year",
        "gifts": "CNY per year",
        "staff": "people",
        "full_time": "people",
        "part_time": "people",
        "certified": "people",
        "cash": "CNY",
        "rating": "A",
        "party": "yes or no",
        "leader_age": "years",
        "office": "funder",
        "dormant": "yes or no",
        "listed": "yes or no",
    }
)
"""What a register may know, with units; `age` is at the end of the month before the start, `office` a funder's row."""
CHANNELS = ("purchase", "subsidy", "fees", "trading", "gifts")
"""Columns that together are an organization's income."""
PAY_RANGE = (0.45, 1.6)
"""Pay against the outside wage that an organization may be used to, as its first value has it."""


@dataclass(frozen=True, eq=False)
class Register:
    """Organizations as a register lists them, sorted by kind and id; shape (organizations,) each.

    `kinds` are codes, `ids` lasting ids made of an organization's own number or name, so that the order of rows means
    nothing; `columns` has every name of `KNOWN`, NaN where nothing is known. `file` is where it was read, `digest`
    the BLAKE2b of that file's bytes.
    """

    kinds: NDArray[np.int64]
    ids: NDArray[np.uint64]
    columns: Mapping[str, Floats]
    file: str = field(default="", repr=False)
    digest: str = field(default="", repr=False)
    left_out: tuple[int, int] = field(default=(0, 0), repr=False)
    """How many rows of the file were refused, and how many cells could not be used."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def fingerprint(self) -> str:
        """Content hash of all that decides results: kinds, ids and known values, not words or the order of rows."""
        known = {name: [np.isnan(values), np.nan_to_num(values)] for name, values in self.columns.items()}
        return content_hash({"kinds": self.kinds, "ids": self.ids, "known": known})

    def counts(self) -> dict[str, int]:
        """Number of organizations of each kind."""
        return {kind: int((self.kinds == code).sum()) for code, kind in enumerate(KINDS)}


def first_id(kind: int, name: str) -> int:
    """Id of a register's organization: its kind and a hash of its number or name, apart from all drawn ones' ids."""
    return ((kind + 1) << 32) | (1 << 31) | (int(content_hash(name)[:8], 16) >> 1)
