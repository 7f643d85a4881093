"""`calibration.md`: what was fitted and how, what the sets meet and miss, which values the targets tell about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from orgsim.analysis.calibration.calibrate import Calibration
from orgsim.analysis.calibration.district import Quantity
from orgsim.analysis.calibration.single import Single
from orgsim.errors import unit_name
from orgsim.report.calibration_texts import words
from orgsim.report.sections import table as markdown_table
from orgsim.report.validation_texts import band_text, interval_text, value_text

TOLD = 0.15
"""From so much narrower, or so far a moved median in ranks, a value is shown as told by the targets."""
Record = Mapping[Any, Any]


def calibration_page(
    calibration: Calibration,
    quantities: Sequence[Quantity],
    targets: pd.DataFrame,
    parameters: pd.DataFrame,
    command: str,
    language: str = "en",
) -> str:
    """The whole page as Markdown."""
    say = words(language)
    told = parameters[(parameters["narrower"] >= TOLD) | (parameters["moved"].abs() >= TOLD)]
    lines = [
        say("title"),
        "",
        say("made", command=command),
        "",
        say(
            "what",
            free=len(parameters),
            quantities=len(targets),
            runs=calibration.runs,
            sets=len(calibration.ranks),
            drawn=calibration.drawn,
            tolerance=f"{calibration.tolerance:.2f}",
        ),
        "",
        summary(targets, language),
        "",
        "![](images/calibration.png)",
        "",
        say("targets.title"),
        "",
        say("targets.how"),
        "",
        *markdown_table(say("targets.header").split("|"), target_rows(targets, quantities, language)),
        say("missed.title"),
        "",
        *_missed(targets, quantities, language),
        "",
        say("single.title"),
        "",
        *_single(calibration, language),
        "",
        say("parameters.title"),
        "",
        say("parameters.how", told=len(told), others=len(parameters) - len(told)),
        "",
        *markdown_table(say("parameters.header").split("|"), map(_parameter, records(told))),
        say("waves.title"),
        "",
        *(
            say("waves.line", number=n, left=_share(wave.left), score=f"{wave.score:.2f}")
            for n, wave in enumerate(calibration.waves, 1)
        ),
        "",
    ]
    return "\n".join(lines)


def summary(targets: pd.DataFrame, language: str = "en") -> str:
    """How many quantities lie in their bands: with present values, the posterior's mean and the best single set."""
    columns = {"present": "present_verdict", "posterior": "verdict", "single": "single_verdict"}
    inside = {name: int((targets[column] == "inside").sum()) for name, column in columns.items()}
    return words(language)("summary", all=len(targets), **inside)


def target_rows(targets: pd.DataFrame, quantities: Sequence[Quantity], language: str = "en") -> list[tuple[str, ...]]:
    """One row a quantity: prior, present, posterior, band, verdict, best single set."""
    say = words(language)
    rows: list[tuple[str, ...]] = []
    for quantity, row in zip(quantities, records(targets), strict=True):
        band = quantity.band
        sets = interval_text(row["low"], row["high"], band, language)
        rows.append(
            (
                quantity.label,
                title(quantity, language),
                interval_text(row["prior_low"], row["prior_high"], band, language),
                value_text(row["present"], band, language),
                f"{value_text(row['value'], band, language)} ({sets})",
                band_text(band, language),
                say(row["verdict"]),
                _share(row["sets_inside"]),
                value_text(row["single"], band, language),
                f"{max(0.0, row['explained']):.2f}",
                row["moved_by"],
            )
        )
    return rows


def title(quantity: Quantity, language: str) -> str:
    """What a quantity is called: its fact, and its part if the fact has several."""
    fact = quantity.fact.title if language == "zh" else quantity.target.fact
    return f"{fact}: {quantity.name(language)}" if quantity.name else fact


def single_changes(calibration: Calibration, language: str = "en") -> list[tuple[str, ...]]:
    """What the best single set changes: value, unit, from, to."""
    free = {one.name: one for one in calibration.prior.free}
    changes: list[tuple[str, ...]] = []
    for name, value in calibration.single.numbers.items():
        parameter = free[name].parameter
        unit = words(language)("factor") if parameter.by_kind else unit_name(parameter.unit, language)
        changes.append((name, unit, _number(free[name].likeliest), _number(value)))
    return changes


def _single(calibration: Calibration, language: str) -> list[str]:
    say = words(language)
    changes = single_changes(calibration, language)
    if not changes:
        return [say("single.none")]
    return [say("single.how"), "", *markdown_table(say("single.header").split("|"), changes)]


def best_set(single: Single) -> str:
    """The best single set as a scenario file that extends the baseline."""
    lines = ["extends: baseline", "title: {en: Best single set of the calibration, zh: 校准所得最佳单组参数}"]
    by_kind: dict[str, list[str]] = {}
    for label, value in single.values.items():
        name, _, kind = label.removesuffix("]").partition("[")
        by_kind.setdefault(name, []).append(f"{kind}: {value:.10g}" if kind else f"{value:.10g}")
    values = [f"  {name}: {{{', '.join(v)}}}" if ":" in v[0] else f"  {name}: {v[0]}" for name, v in by_kind.items()]
    return "\n".join([*lines, *(["assumptions:", *values] if values else [])]) + "\n"


def records(table: pd.DataFrame) -> list[Record]:
    """The rows of a table."""
    return [dict(row) for row in table.to_dict("records")]


def _missed(targets: pd.DataFrame, quantities: Sequence[Quantity], language: str) -> list[str]:
    """A line for each quantity whose posterior mean lies outside, or of which half the sets do."""
    say = words(language)
    lines = []
    for quantity, row in zip(quantities, records(targets), strict=True):
        if row["verdict"] == "outside" or row["sets_inside"] < 0.5:
            value, band = value_text(row["value"], quantity.band, language), band_text(quantity.band, language)
            where = {"name": title(quantity, language), "id": quantity.label, "value": value, "band": band}
            lines.append("- " + say("missed.line", inside=_share(row["sets_inside"]), **where))
    return lines or [say("missed.none")]


def _parameter(row: Record) -> tuple[str, ...]:
    prior, posterior = (
        " / ".join(_number(row[f"{when}_{end}"]) for end in (5, 50, 95)) for when in ("prior", "posterior")
    )
    narrower = "" if np.isnan(row["narrower"]) else f"{round(100.0 * row['narrower'])} %"
    return row["parameter"], row["unit"], _number(row["present"]), prior, posterior, narrower, f"{row['moved']:+.2f}"


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000.0 else f"{value:,.0f}"


def _share(value: float) -> str:
    return f"{100.0 * value:.0f} %" if value >= 0.01 or value == 0.0 else f"{100.0 * value:.1f} %"


