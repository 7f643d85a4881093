"""How one value a replication comes from recorded sums: shares, yearly rates, curves, medians.

Each takes one group of strata, or several at once, shape (groups, strata), which then come first in what it gives.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from orgsim.mechanisms.records.mechanism import CASH_BINS, INCOME_BINS
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.strata import CODE, Strata

Measure = Callable[[Recording, Strata], Floats]
"""One value a replication from a recording and chosen strata, NaN where it cannot be told."""


def ratio(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.where(bottom > 0.0, top / np.where(bottom > 0.0, bottom, 1.0), np.nan)
    return result


def unknown(recording: Recording) -> Floats:
    return np.full(len(recording.replications), np.nan)


def cohort_survival(recording: Recording, chosen: Strata, *, active: bool = False) -> Floats:
    """Share of the organizations present at the start that are still there, shape (replications, months + 1)."""
    if active:
        left = recording.flow("still_active", chosen)
        start = left[..., :1]
    else:
        left = recording.flow("cohort_remains", chosen)
        start = left[..., :1] + recording.flow("closes", chosen & (CODE % 2 == 1))[..., :1]
    return np.concatenate([np.ones_like(start), ratio(left, start)], axis=-1)


def staff_retention(recording: Recording, chosen: Strata) -> Floats:
    """Share of the people in post at the start who still are with that employer, shape (replications, months + 1).

    A closure counts as leaving: nobody hides behind the survivors.
    """
    start = recording.stock("headcount", chosen)[..., :1]
    left = recording.flow("cohort_staff", chosen)
    return np.concatenate([np.ones_like(start), ratio(left, start)], axis=-1)


def at_month(curve: Callable[..., Floats], month: int, **options: bool) -> Measure:
    def measure(recording: Recording, chosen: Strata) -> Floats:
        if month > recording.months:
            return unknown(recording)
        return curve(recording, chosen, **options)[..., month]

    return measure


def yearly(flow: str, stock: str, *more: str) -> Measure:
    """Yearly rate: flow per month over mean stock, times twelve."""

    def measure(recording: Recording, chosen: Strata) -> Floats:
        amount = sum((recording.flow(name, chosen).sum(axis=-1) for name in (flow, *more)), np.zeros(1))
        return 12.0 * ratio(amount, recording.flow(stock, chosen).sum(axis=-1))

    return measure


def total(*flows: str, weight: float = 1.0) -> Measure:
    def measure(recording: Recording, chosen: Strata) -> Floats:
        return weight * sum((recording.flow(name, chosen).sum(axis=-1) for name in flows), np.zeros(1))

    return measure


def share(part: str, whole: str, last: int | None = None) -> Measure:
    """Ratio of sums over all months, or over the last months only."""

    def measure(recording: Recording, chosen: Strata) -> Floats:
        window = slice(None if last is None else -min(last, recording.months), None)
        top, bottom = (recording.flow(name, chosen)[..., window].sum(axis=-1) for name in (part, whole))
        return ratio(top, bottom)

    return measure


def median_cash(recording: Recording, chosen: Strata) -> Floats:
    """Median over active organizations of months of cash at year ends, averaged over the years after the first."""
    counts = recording.bins("cash", chosen)
    counts = counts[..., 1:, :] if counts.shape[-2] > 1 else counts
    edges = np.arange(CASH_BINS) * 0.5 - 6.0
    medians = _median(counts, np.asarray(edges, np.float64), 0.5)
    known = ~np.isnan(medians)
    return ratio(np.where(known, medians, 0.0).sum(axis=-1), known.sum(axis=-1).astype(np.float64))


def _median(counts: Floats, edges: Floats, width: float) -> Floats:
    """Median of binned values, interpolated within its bin; shape of `counts` less its last axis."""
    number = counts.sum(axis=-1)
    reached = np.cumsum(counts, axis=-1)
    bin_number = (reached < 0.5 * number[..., None]).sum(axis=-1).clip(0, counts.shape[-1] - 1)
    inside = np.take_along_axis(counts, bin_number[..., None], -1)[..., 0]
    below = np.take_along_axis(reached, bin_number[..., None], -1)[..., 0] - inside
    part = ratio(0.5 * number - below, inside)
    return np.where(number > 0.0, edges[bin_number] + width * part, np.nan)


def gini(recording: Recording, chosen: Strata) -> Floats:
    """Gini coefficient of yearly income over active organizations at the last year's end, from bins of 30 %."""
    counts = recording.bins("income", chosen)[..., -1, :]
    middle = 100.0 * np.exp(0.2624 * (np.arange(INCOME_BINS) + 0.5))
    people = np.cumsum(counts, axis=-1) / np.maximum(counts.sum(axis=-1, keepdims=True), 1.0)
    money = np.cumsum(counts * middle, axis=-1)
    money = money / np.maximum(money[..., -1:], 1.0)
    before = np.zeros_like(money[..., :1])
    people_before, money_before = (np.concatenate([before, each[..., :-1]], axis=-1) for each in (people, money))
    return np.asarray(1.0 - np.sum((people - people_before) * (money + money_before), axis=-1))
