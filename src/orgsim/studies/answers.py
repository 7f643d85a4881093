"""The answer of a study: words written by hand, numbers and claims read from the rows.

`answer.md` holds the words, with a name in braces where a number belongs; README.md is made of it. What the words claim
beside the numbers ("the order does not depend on the dose") is asked of the rows each time: rows that no longer bear it
are told, and no page is made that they do not bear.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import numpy as np
import pandas as pd

from orgsim.ensembles.doubt import Sets
from orgsim.errors import InputError
from orgsim.files import write_file
from orgsim.outcomes.recorder import Floats

WORDS, PAGE = "answer.md", "README.md"
PAIRS = ["set", "replication"]


def answer(folder: Path, numbers: Mapping[str, str], claims: Mapping[str, bool]) -> str:
    """The page of a study; InputError for a number that is not known, and for the first claim that does not hold."""
    file = folder / WORDS
    words = file.read_text(encoding="utf-8")
    for line, text in enumerate(words.splitlines(), start=1):
        for _, name, _, _ in Formatter().parse(text):
            if name is not None and name not in numbers:
                raise InputError(f"there is no number '{name}' in this study", file=file, line=line)
    for claim, holds in claims.items():
        if not holds:
            raise InputError(f"the rows do not bear that {claim}; read them, and write the answer anew", file=file)
    return words.format_map(numbers)


def write_answer(folder: Path, numbers: Mapping[str, str], claims: Mapping[str, bool]) -> Path:
    """Make README.md of answer.md, or say why not."""
    return write_file(folder / PAGE, answer(folder, numbers, claims).encode())


def gaps(rows: pd.DataFrame, reference: pd.DataFrame, outcome: str) -> tuple[Floats, Sets | None]:
    """An outcome of one point and scenario less that of another, on the same luck and under the same parameters.

    One value a replication and parameter set; and whose set each is, None where there are no sets. ValueError if the
    two do not hold the same replications.
    """
    these, those = (each.set_index(PAIRS)[outcome].sort_index() for each in (rows, reference))
    if not these.index.equals(those.index):
        raise ValueError("rows that do not share their luck cannot be paired")
    sets = these.index.get_level_values("set").to_numpy(np.int64)
    return (these - those).to_numpy(np.float64), None if (sets < 0).all() else sets


def plain(value: float, digits: int = 1) -> str:
    """A number as text, such as '1,894' or '−0.3'."""
    text = f"{value:,.{digits}f}"
    return (text[1:] if float(text.replace(",", "")) == 0.0 and text[0] == "-" else text).replace("-", "−")


def signed(value: float, digits: int = 1) -> str:
    """A difference as text: '+0.6', '−0.3', and '0.0' without a sign."""
    text = plain(value, digits)
    return text if text[0] == "−" or not text.strip("0.,") else f"+{text}"


def ranged(value: float, low: float, high: float, digits: int = 1) -> str:
    """A difference with its interval: '+0.6 [−0.1, +1.4]'."""
    return f"{signed(value, digits)} [{signed(low, digits)}, {signed(high, digits)}]"
