"""Groups of strata: whom an outcome is about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgsim.core.parameters import KINDS
from orgsim.mechanisms.records.mechanism import STRATA

Strata = NDArray[np.bool_]
SIZES = ("small", "middle", "large")
CODE = np.arange(STRATA)
REGISTERED: Strata = CODE // 6 < 4


def strata(people: bool = False) -> dict[str, Strata]:
    """Named groups of strata: all, by kind, by size third, by founding cohort.

    `all`, sizes and cohorts cover registered organizations, or every organization for `people`.
    """
    base = np.ones(STRATA, np.bool_) if people else REGISTERED
    groups = {"all": base}
    groups |= {f"kind={kind}": np.equal(CODE // 6, code) for code, kind in enumerate(KINDS)}
    groups |= {f"size={size}": base & (code == CODE % 6 // 2) for code, size in enumerate(SIZES)}
    groups |= {"cohort=start": base & (CODE % 2 == 1), "cohort=later": base & (CODE % 2 == 0)}
    return groups
