"""Kaplan–Meier curves: how long people's spells and new organizations last, those that still go on counted rightly.

A spell that is open at the end has lasted at least so long; leaving it out, or counting it as ended, would make lives
look shorter than they are. Each replication has its own curve; intervals come from how the replications differ, since
people of one replication share its luck and are not independent.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import stdtrit

from orgsim.outcomes.recorder import Floats, Recording

LEVEL = 0.95
Spells = Literal["staff", "entrants"]
_COUNTS = {"staff": ("staff_ended", "staff_open"), "entrants": ("entrants_closed", "entrants_open")}


def kaplan_meier(ended: Floats, still_open: Floats) -> Floats:
    """Share of spells that last longer than t months, for t = 0 … lengths − 1, shape (lengths,).

    `ended[t]` and `still_open[t]` count spells that ended, or were still going on, at length t. Who is still there at
    length t was at risk of ending at t. NaN beyond the longest spell seen, where nobody was left to watch.
    """
    from scipy import stats  # takes half a second, which no other command should wait for

    months = np.arange(len(ended), dtype=np.float64)
    curve = np.full(len(ended), np.nan)
    seen = np.flatnonzero(ended + still_open)
    if not seen.size:
        return curve
    known = months <= seen[-1]
    if not ended.any():
        curve[known] = 1.0
        return curve
    lengths = stats.CensoredData(
        uncensored=np.repeat(months, np.rint(ended).astype(np.int64)),
        right=np.repeat(months, np.rint(still_open).astype(np.int64)),
    )
    curve[known] = stats.ecdf(lengths).sf.evaluate(months[known])
    return curve


def spell_survival(recording: Recording, spells: Spells = "staff") -> Floats:
    """Kaplan–Meier curve of each replication, shape (replications, months + 1).

    "staff": spells of people hired since the start, a closure of the employer ending them. "entrants": registered
    organizations founded since the start. NaN where no spell could yet be watched so long.
    """
    ended, still_open = (recording.spells[name][:, : recording.months + 1] for name in _COUNTS[spells])
    return np.array([kaplan_meier(*counts) for counts in zip(ended, still_open, strict=True)])


def mean_interval(values: Floats, level: float = LEVEL) -> tuple[Floats, Floats, Floats]:
    """Mean over the first axis and its confidence interval (t), NaN left out; shapes without that axis.

    The interval is NaN where fewer than two values are known, the mean where none is.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / count
        squares = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0)
        half = np.sqrt(squares / (count - 1) / count) * stdtrit(np.maximum(count - 1, 1), 0.5 + level / 2.0)
    half = np.where(count > 1, half, np.nan)
    return mean, mean - half, mean + half
