"""What a calibration found, as files: parameter sets and what they show, targets met and missed, values told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pandas as pd

from orgsim.analysis.calibration.calibrate import Calibration
from orgsim.analysis.calibration.district import Quantity
from orgsim.outcomes.recorder import Floats
from orgsim.report.calibration_page import best_set, calibration_page
from orgsim.report.calibration_picture import calibration_picture

ENDS = (0.05, 0.5, 0.95)
NAMED = 3
"""How many values are named that a quantity depends on most."""
GUESSED = 0.3
"""Share of variance explained below which an emulator names nothing: what it finds may be luck."""


@dataclass(frozen=True)
class Fitted:
    """A calibration with its tables: one row a quantity, and one a free number."""

    calibration: Calibration
    quantities: tuple[Quantity, ...]
    targets: pd.DataFrame
    parameters: pd.DataFrame


def fitted(calibration: Calibration, quantities: Sequence[Quantity]) -> Fitted:
    """The calibration with its tables (`target_table`, `parameter_table`)."""
    return Fitted(calibration, tuple(quantities), target_table(calibration, quantities), parameter_table(calibration))


def target_table(calibration: Calibration, quantities: Sequence[Quantity]) -> pd.DataFrame:
    """One row a quantity, in natural units, shares as shares.

    `prior_low` … `prior_high` and `low` … `high` hold the middle 90 % of sets; `value` is the posterior's mean and
    decides the verdict; `present` and `single` are what the present values and the best single set show; `explained` is
    the share of variance that its emulator explains, and `moved_by` names what moves it most.
    """
    active = calibration.emulators.active([free.name for free in calibration.prior.free])
    prior, posterior = (_ends(values) for values in (calibration.prior_fits, calibration.fits))
    means = _known_mean(calibration.fits)
    single = calibration.single.shown
    rows = []
    for n, quantity in enumerate(quantities):
        band, verdict = quantity.band, ["outside", "inside"]
        rows.append(
            {
                "id": quantity.target.id,
                "quantity": quantity.label,
                "fact": quantity.target.fact,
                "part": quantity.name.en if quantity.name else "",
                "prior_low": prior[0, n],
                "prior_median": prior[1, n],
                "prior_high": prior[2, n],
                "present": calibration.present[n],
                "present_verdict": verdict[calibration.present[n] in band],
                "value": means[n],
                "low": posterior[0, n],
                "high": posterior[2, n],
                "band_low": band.low,
                "band_high": band.high,
                "band_unit": band.unit,
                "verdict": verdict[means[n] in band],
                "sets_inside": float(np.mean([value in band for value in calibration.fits[:, n]])),
                "single": single[n],
                "single_verdict": verdict[single[n] in band],
                "explained": calibration.emulators.score[n],
                "moved_by": "; ".join(active[n][:NAMED]) if calibration.emulators.score[n] >= GUESSED else "",
            }
        )
    return pd.DataFrame(rows)


def parameter_table(calibration: Calibration) -> pd.DataFrame:
    """One row a free number, those that the targets tell most about first.

    Prior and posterior at 5, 50 and 95 %; `narrower` is how much shorter the middle 90 % became, as a share; `moved`
    how far the median moved, in ranks of the prior (at most .5). A value by kind is told by the factor of its kinds.
    """
    prior = calibration.prior
    before = prior.numbers(np.tile(np.array(ENDS)[:, None], len(prior)))
    ranks = np.quantile(calibration.ranks, ENDS, axis=0)
    after = prior.numbers(ranks)
    table = pd.DataFrame(
        {
            "parameter": [free.name for free in prior.free],
            "unit": ["factor for all kinds" if f.parameter.by_kind else f.parameter.unit for f in prior.free],
            "grade": [free.parameter.source.grade for free in prior.free],
            "present": [free.likeliest for free in prior.free],
            **{f"prior_{name}": before[n] for n, name in enumerate(("5", "50", "95"))},
            **{f"posterior_{name}": after[n] for n, name in enumerate(("5", "50", "95"))},
            "narrower": 1.0 - (after[2] - after[0]) / (before[2] - before[0]),
            "moved": ranks[1] - 0.5,
        }
    )
    told = table["narrower"].clip(lower=0.0) + 2.0 * table["moved"].abs()
    return table.loc[told.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def calibration_files(found: Fitted, command: str, language: str = "en") -> dict[str, bytes]:
    """The files of a calibration, relative name → content.

    `posterior.csv` is what `ensembles.posterior` reads; `fits.csv` has what each of its sets shows, in the same order.
    """
    calibration = found.calibration
    shown = pd.DataFrame(calibration.fits, columns=[quantity.label for quantity in found.quantities])
    shown.insert(0, "distance", calibration.distances)
    picture = BytesIO()
    calibration_picture(found.targets, found.parameters, language).savefig(
        picture, format="png", metadata={"Software": None}
    )
    return {
        "posterior.csv": _csv(pd.DataFrame(calibration.sets), None),
        "fits.csv": _csv(shown),
        "best-set.yaml": best_set(calibration.single).encode(),
        "calibration.csv": _csv(found.targets),
        "calibration-values.csv": _csv(found.parameters),
        "calibration.md": calibration_page(
            calibration, found.quantities, found.targets, found.parameters, command, language
        ).encode(),
        "images/calibration.png": picture.getvalue(),
    }


def _ends(values: Floats) -> Floats:
    """The middle 90 % and the median over sets, what is not known left out, shape (3, quantities)."""
    found = [np.quantile(column[np.isfinite(column)], ENDS) if np.isfinite(column).any() else [np.nan] * 3
             for column in values.T]  # fmt: skip
    return np.array(found).T


def _known_mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    count = known.sum(axis=0)
    mean: Floats = np.where(count > 0, np.where(known, values, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)
    return mean


def _csv(table: pd.DataFrame, form: str | None = "%.6g") -> bytes:
    return table.to_csv(index=False, float_format=form, lineterminator="\n").encode()
