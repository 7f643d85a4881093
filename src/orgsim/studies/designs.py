"""Designs: which points of the factors are run, in an order that never changes.

| kind | points | can grow |
|---|---|---|
| grid | every combination of levels, the last factor moving fastest | – |
| list | those written down | – |
| one_at_a_time | the scenarios as they are, then each factor at each of its levels, the others as they are | – |
| latin_hypercube | `n`, each factor evenly spread (McKay, Beckman and Conover 1979) | by a block of its own |
| sobol | `n` base samples, for Sobol indices (Saltelli et al. 2010): n (k + 2) or n (2 k + 2) points | yes |
| morris | `n` trajectories of k + 1 points (Morris 1991; Campolongo, Cariboni and Saltelli 2007) | yes |

A growing design keeps its first points as they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgsim.studies.factors import Factor

Kind = Literal["grid", "list", "one_at_a_time", "latin_hypercube", "sobol", "morris"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SAMPLED = ("latin_hypercube", "sobol", "morris")
"""Kinds that take `n` and can grow."""
MORRIS_LEVELS = 4
"""Levels of Morris trajectories unless others are asked for; the number is even, so that steps are balanced."""


@dataclass(frozen=True)
class Design:
    """How points are chosen.

    `blocks` are sizes `n` in the order asked for: one, and one more each time a Latin hypercube was extended. `levels`
    count those of a range in a grid, one at a time, or of every factor in Morris trajectories. `points` are those of
    a list, by factor; what one leaves out is left as each scenario has it. `names` name them, where they have names.
    """

    kind: Kind
    blocks: tuple[int, ...] = ()
    levels: int | None = None
    second_order: bool = False
    points: tuple[Mapping[str, float], ...] = ()
    names: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """The size asked for: points, base samples or trajectories."""
        return sum(self.blocks)

    def size(self, factors: Sequence[Factor]) -> int:
        """How many points it has, without making them."""
        k = len(factors)
        if self.kind == "grid":
            return int(np.prod([len(f.values) or self.levels or 0 for f in factors], dtype=object))
        if self.kind == "one_at_a_time":
            return 1 + sum(len(f.values) or self.levels or 0 for f in factors)
        per_sample = {"latin_hypercube": 1, "sobol": 2 * k + 2 if self.second_order else k + 2, "morris": k + 1}
        return len(self.points) if self.kind == "list" else self.n * per_sample[self.kind]

    def content(self) -> dict[str, object]:
        """What it is, without its size: ready to be hashed and written."""
        listed = {"points": [dict(point) for point in self.points], "names": list(self.names)} if self.points else {}
        return {"kind": self.kind, "levels": self.levels, "second_order": self.second_order, **listed}


def design_points(design: Design, factors: Sequence[Factor], seed: int) -> pd.DataFrame:
    """The points in design order: columns `point` (from 0), `name` (text, often empty), one a factor.

    Values are in the unit of their parameter, a choice by its number; NaN where a value is left as each scenario has
    it. The same arguments give the same points.
    """
    names: Sequence[str] = ()
    if design.kind == "grid":
        rows = list(itertools.product(*(factor.levels(design.levels or 0) for factor in factors)))
    elif design.kind == "list":
        rows = [tuple(point.get(factor.name, np.nan) for factor in factors) for point in design.points]
        names = design.names
    elif design.kind == "one_at_a_time":
        rows, names = _one_at_a_time(design, factors)
    else:
        shares = _shares(design, factors, seed)
        rows = [tuple(factor.at(float(share)) for factor, share in zip(factors, row, strict=True)) for row in shares]
    values = np.array(rows, dtype=np.float64).reshape(len(rows), len(factors)) + 0.0  # −0.0 is 0.0
    frame = pd.DataFrame(values, columns=[factor.name for factor in factors])
    frame.insert(0, "point", np.arange(len(rows), dtype=np.int64))
    frame.insert(1, "name", list(names) or [""] * len(rows))
    return frame


def _one_at_a_time(design: Design, factors: Sequence[Factor]) -> tuple[list[tuple[float, ...]], list[str]]:
    rows, names = [(np.nan,) * len(factors)], ["base"]
    for place, factor in enumerate(factors):
        for value in factor.levels(design.levels or 0):
            rows.append(tuple(value if n == place else np.nan for n in range(len(factors))))
            names.append(f"{factor.name} = {factor.text(value)}")
    return rows, names


def _shares(design: Design, factors: Sequence[Factor], seed: int) -> NDArray[np.float64]:
    """Points of the unit cube, shape (points, factors)."""
    k = len(factors)
    if design.kind == "latin_hypercube":
        from scipy.stats import qmc

        blocks = [
            qmc.LatinHypercube(k, rng=np.random.default_rng([seed, number])).random(n)
            for number, n in enumerate(design.blocks)
        ]
        return np.vstack(blocks)
    from SALib.sample import morris, sobol

    problem = {"num_vars": k, "names": [factor.name for factor in factors], "bounds": [[0.0, 1.0]] * k}
    if design.kind == "sobol":
        found = sobol.sample(problem, design.n, calc_second_order=design.second_order, seed=seed)
    else:
        found = morris.sample(problem, design.n, num_levels=design.levels or MORRIS_LEVELS, seed=seed)
    return np.asarray(found, np.float64)
