"""Main effects, two-way interactions, partial rank correlations, and one factor at a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from orgsim.ensembles.doubt import doubt
from orgsim.errors import InputError
from orgsim.outcomes.recorder import Floats
from orgsim.studies.analysis.certainty import by_interval
from orgsim.studies.analysis.responses import Response
from orgsim.studies.analysis.tables import Row, known, row
from orgsim.studies.layout import Manifest

FEWEST_POINTS = 20
"""Points below which partial rank correlations are not worth their name."""
RESAMPLES = 1000
DUST = 1e-12
"""What is smaller, as a part of the whole, is rounding."""
SINGULAR = 1e-6
"""The smallest eigenvalue down to which correlations are inverted as they are."""


@dataclass(frozen=True)
class Move:
    """A factor moved from `start` to `end`; `column` is how far each point is along, its mean taken away."""

    factor: str
    start: float
    end: float
    column: Floats


def effects(response: Response, design: pd.DataFrame, manifest: Manifest, first: bool) -> list[Row]:
    """Main effects and two-way interactions, by least squares in each run, with intervals over runs (paired).

    A listed factor, and every factor of a grid, is moved from its present value (if it is among those run, else the
    first) to each other one; a range of another design evenly (in logarithms where it is so sampled) from low to high.
    Effects are averages over the other factors. An interaction is what both moves do together beyond their sum. On a
    grid these are differences of means. Interactions are left out where the points cannot tell all of them. `first`
    says that rows are of the first scenario, whose present values stand where a point leaves a factor as it is.
    """
    moves, pairs, matrix = _terms(design, manifest, first)
    found = doubt((np.linalg.pinv(matrix) @ response.values)[1:], response.sets)
    ends = list(zip(found.mean, found.mean - found.reach, found.mean + found.reach, strict=True))
    rows = []
    for move, three in zip(moves, ends, strict=False):
        told: dict[str, Any] = {"start": move.start, "end": move.end, "verdict": by_interval(*_clean(three, response))}
        rows.append(row(response, "main", move.factor, *_clean(three, response), **told))
    for (one, two), three in zip(pairs, ends[len(moves) :], strict=True):
        told = {
            "start": one.start, "end": one.end, "other": two.factor, "other_start": two.start, "other_end": two.end,
            "verdict": by_interval(*_clean(three, response)),
        }  # fmt: skip
        rows.append(row(response, "interaction", one.factor, *_clean(three, response), **told))
    return rows


def tornado(response: Response, design: pd.DataFrame, manifest: Manifest) -> list[Row]:
    """One factor at a time: the paired difference of each value from the scenario as it is, with its interval.

    Rows of measure "level" say what the outcome itself is at each value; the first, without a factor, as things stand.
    """
    base = _level(response, 0)
    rows = [row(response, "level", "", *base, verdict=by_interval(*base))]
    for each in manifest["factors"]:
        start = np.nan if each["present"] is None else float(each["present"])
        for point in np.flatnonzero(design[each["name"]].notna()):
            found = doubt(response.values[point] - response.values[0], response.sets)
            mean, reach = float(found.mean), float(found.reach)
            told = {"start": start, "end": float(design[each["name"]].iloc[point])}
            three = mean, mean - reach, mean + reach
            rows.append(row(response, "change", each["name"], *three, verdict=by_interval(*three), **told))
            level = _level(response, int(point))
            rows.append(row(response, "level", each["name"], *level, verdict=by_interval(*level), **told))
    return rows


def _level(response: Response, point: int) -> tuple[float, float, float]:
    """The mean at a point with its interval."""
    found = doubt(response.values[point], response.sets)
    mean, reach = float(found.mean), float(found.reach)
    return mean, mean - reach, mean + reach


def rank_correlations(response: Response, design: pd.DataFrame, manifest: Manifest, first: bool) -> list[Row]:
    """Partial rank correlation of each factor with the outcome (Iman and Helton 1988), over means of points.

    Intervals are 95 % percentiles of 1000 seeded resamples of points and of runs (of parameter sets where there are
    several), so that they hold luck too. Choices have no order and are left out.
    InputError with fewer than 20 points or hardly more than factors, or where the outcome never changes.
    """
    if not can_rank(design, manifest):
        raise InputError(
            f"partial rank correlations take {FEWEST_POINTS} points, four more than factors, and a factor with an "
            f"order; the design has {len(design)} points"
        )
    ordered = [(each["name"], known(design, each, first)) for each in manifest["factors"] if not each["choices"]]
    kept = [(name, column) for name, column in ordered if np.ptp(column)]
    if not kept or not np.ptp(response.means):
        raise InputError(f"{response.outcome} is the same at every point; there is nothing to divide among factors")
    columns = np.column_stack([column for _, column in kept])
    runs = response.independent
    rng = np.random.default_rng([manifest["seed"], 3])
    again = []
    for _ in range(RESAMPLES):
        points = rng.integers(len(runs), size=len(runs))
        luck = runs[points][:, rng.integers(runs.shape[1], size=runs.shape[1])].mean(axis=1)
        again.append(partial(np.column_stack([columns[points], luck])))
    low, high = np.percentile(np.array(again), (2.5, 97.5), axis=0)
    value = partial(np.column_stack([columns, response.means]))
    return [
        row(response, "prcc", name, *three, verdict=by_interval(*three))
        for (name, _), *three in zip(kept, value.tolist(), low.tolist(), high.tolist(), strict=True)
    ]


def partial(columns: Floats) -> Floats:
    """Rank correlation of each column with the last, the others held: of what these leave of both.

    0 where they leave nothing of one of the two.
    """
    with np.errstate(invalid="ignore", divide="ignore"):  # nought for what is all ties
        ranked = np.asarray(np.nan_to_num(np.corrcoef(rankdata(columns, axis=0), rowvar=False)), np.float64)
    count = len(ranked) - 1
    np.fill_diagonal(ranked, 1.0)
    if np.linalg.eigvalsh(ranked)[0] > SINGULAR:  # one inverse holds all of them
        inverse = np.linalg.inv(ranked)
        return np.asarray(-inverse[:count, count] / np.sqrt(inverse.diagonal()[:count] * inverse[count, count]))
    found = np.zeros(count)
    for n in range(count):
        two, held = [n, count], [other for other in range(count) if other != n]
        across = ranked[np.ix_(held, two)]
        left = ranked[np.ix_(two, two)] - across.T @ np.linalg.pinv(ranked[np.ix_(held, held)], hermitian=True) @ across
        if min(left[0, 0], left[1, 1]) > DUST:
            found[n] = np.clip(left[0, 1] / np.sqrt(left[0, 0] * left[1, 1]), -1.0, 1.0)
    return found


def fit(response: Response, design: pd.DataFrame, manifest: Manifest, first: bool) -> float:
    """Share of the variance between points that main effects and interactions explain; NaN where there is none."""
    _, _, matrix = _terms(design, manifest, first)
    means = response.means
    spread = ((means - means.mean()) ** 2).sum()
    left = ((means - matrix @ (np.linalg.pinv(matrix) @ means)) ** 2).sum()
    return float(1.0 - left / spread) if spread > 0.0 else float("nan")


def adjusted(response: Response, design: pd.DataFrame, manifest: Manifest, first: bool) -> dict[str, Floats]:
    """Values for each factor with what all other factors do taken away, as `effects` tells it: partial residuals.

    Where a design is not balanced – other factors happen to be high where this one is low – only these show what a
    factor does by itself. Shape (points, runs) each.
    """
    moves, pairs, matrix = _terms(design, manifest, first)
    found = np.linalg.pinv(matrix) @ response.values
    owners = ["", *(move.factor for move in moves), *("" for _ in pairs)]
    left = {}
    for factor in dict.fromkeys(move.factor for move in moves):
        rest = [n for n, owner in enumerate(owners) if n and owner != factor]
        left[factor] = response.values - matrix[:, rest] @ found[rest]
    return left


def can_rank(design: pd.DataFrame, manifest: Manifest) -> bool:
    """Whether rank correlations are worth their name: enough points, and a factor with an order."""
    ordered = [each for each in manifest["factors"] if not each["choices"]]
    return bool(ordered) and len(design) >= max(FEWEST_POINTS, len(ordered) + 4)


def _terms(design: pd.DataFrame, manifest: Manifest, first: bool) -> tuple[list[Move], list[tuple[Move, Move]], Floats]:
    """Moves, pairs of moves of two factors if the points can tell all of them, and the columns of least squares."""
    moves = [move for each in manifest["factors"] for move in _moves(design, manifest, each, first)]
    if not moves:
        raise InputError("no factor of the study takes two values; there is no effect to tell")
    pairs = [pair for pair in combinations(moves, 2) if pair[0].factor != pair[1].factor]
    base = np.column_stack([np.ones(len(design)), *(move.column for move in moves)])
    if np.linalg.matrix_rank(base) < base.shape[1]:
        raise InputError(f"{len(design)} points cannot tell {len(moves)} effects apart; add points")
    both = np.column_stack([base, *(one.column * two.column for one, two in pairs)])
    return (moves, pairs, both) if np.linalg.matrix_rank(both) == both.shape[1] else (moves, [], base)


def _moves(design: pd.DataFrame, manifest: Manifest, factor: dict[str, Any], first: bool) -> list[Move]:
    values = known(design, factor, first)
    if not factor.get("values") and manifest["design"]["kind"] != "grid":
        low, high = float(factor["low"]), float(factor["high"])
        along = np.log(values / low) / np.log(high / low) if factor["scale"] == "log" else (values - low) / (high - low)
        return [Move(factor["name"], low, high, along - along.mean())]
    there = list(dict.fromkeys(values.tolist()))
    start = factor["present"] if factor["present"] in there else there[0]
    columns = {end: (values == end).astype(np.float64) for end in there if end != start}
    return [Move(factor["name"], start, end, column - column.mean()) for end, column in columns.items()]


def _clean(three: tuple[float, float, float], response: Response) -> tuple[float, float, float]:
    """Least squares leaves dust where an effect is exactly nothing."""
    scale = DUST * float(np.abs(response.values).max())
    value, low, high = (0.0 if abs(each) < scale else float(each) for each in three)
    return value, low, high
