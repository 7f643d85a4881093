"""Holds the model against targets: measures each fact, and says whether it lies in its band."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from orgsim.analysis.bands import Band
from orgsim.analysis.baseline import SINGLE, measure_run
from orgsim.analysis.experiments import Laboratory
from orgsim.analysis.facts import Fact, Quantities
from orgsim.analysis.matching import match
from orgsim.analysis.targets import Target
from orgsim.core.parameters import Text
from orgsim.ensembles.run import COMPILING, Report
from orgsim.errors import InputError, nearest
from orgsim.outcomes.survival import mean_interval
from orgsim.scenarios import Scenario, resolve

MEASURING = "measuring"
"""What `validate` reports that it is at, by number of facts."""
Verdict = Literal["inside", "outside", "no band", "not measured"]


@dataclass(frozen=True)
class Finding:
    """One quantity of one target: the model's mean, its 95 % interval over replications, and the verdict.

    The verdict is `inside` if the mean lies in the band; a quantity told without a band has `no band`. `reason` says
    why a quantity is not measured.
    """

    target: Target
    fact: Fact | None
    place: int
    band: Band | None
    value: float
    low: float
    high: float
    replications: int
    verdict: Verdict
    reason: Text | None = None

    @property
    def name(self) -> Text | None:
        """What tells this quantity from the others of its row, if anything does."""
        names = self.fact.names if self.fact else ()
        return names[self.place] if self.place < len(names) else None


def validate(
    targets: Sequence[Target],
    scenario: Scenario,
    *,
    replications: int = 32,
    seed: int = 1,
    months: int | None = None,
    workers: int | None = None,
    report: Report | None = None,
) -> list[Finding]:
    """Measure every target's quantities under a scenario; one finding a quantity, in the order of the targets.

    Facts of single runs are measured over the scenario's horizon or `months`, responses over horizons of their own.
    Raises InputError for what cannot be run.
    """
    if replications < 2:
        raise InputError(f"an interval takes at least two replications, not {replications}")
    table = resolve(scenario, months=months)
    matched = {target.id: match(target) for target in targets}
    facts = list(dict.fromkeys(fact for fact in matched.values() if isinstance(fact, Fact)))
    single = [fact for fact in facts if fact.sort in SINGLE]
    pairs = [fact for fact in facts if fact.sort == "response"]
    compiling = _only_compiling(report)
    laboratory = Laboratory(table, scenario.population, replications, seed, workers, compiling)
    measured: dict[str, Quantities] = {}
    if report and facts:
        report(MEASURING, 0, len(facts))
    if single:
        measured |= measure_run(
            table,
            scenario.population,
            single,
            replications=replications,
            seed=seed,
            workers=workers,
            report=compiling,
            name=scenario.name,
        )
    for number, fact in enumerate(pairs):
        if report:
            report(MEASURING, len(single) + number, len(facts))
        assert fact.from_experiments
        measured[fact.id] = fact.from_experiments(laboratory)
    if report and facts:
        report(MEASURING, len(facts), len(facts))
    return [finding for target in targets for finding in _findings(target, matched[target.id], measured)]


def chosen(targets: Sequence[Target], ids: Iterable[str]) -> tuple[Target, ...]:
    """The targets of these ids, in their order; InputError for an id there is not."""
    known = {target.id: target for target in targets}
    wanted = list(dict.fromkeys(ids))
    for one in wanted:
        if one not in known:
            raise InputError(f"there is no target '{one}'{nearest(one, known)}")
    return tuple(target for target in targets if target.id in wanted)


def row_verdict(findings: Sequence[Finding]) -> Verdict:
    """A row is inside if every measured quantity that has a band is; not measured if none is."""
    verdicts = {finding.verdict for finding in findings}
    return "outside" if "outside" in verdicts else "inside" if "inside" in verdicts else "not measured"


def rows(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by id of their target."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.target.id, []).append(finding)
    return found


def summary(findings: Sequence[Finding]) -> dict[str, int]:
    """Rows by use and verdict: calibrate_inside, calibrate_measured, check_inside, check_measured, not_measured."""
    count = Counter((row[0].target.use, row_verdict(row)) for row in rows(findings).values())
    told = {f"{use}_inside": count[use, "inside"] for use in ("calibrate", "check")}
    told |= {f"{use}_measured": count[use, "inside"] + count[use, "outside"] for use in ("calibrate", "check")}
    return told | {"not_measured": count["calibrate", "not measured"] + count["check", "not measured"]}


def tidy(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row a quantity, for files; numbers in natural units, shares as shares."""
    return pd.DataFrame(
        [
            {
                "id": finding.target.id,
                "use": finding.target.use,
                "fact": finding.target.fact,
                "quantity": finding.name.en if finding.name else "",
                "target": finding.target.target,
                "band": finding.target.band,
                "band_low": finding.band.low if finding.band else np.nan,
                "band_high": finding.band.high if finding.band else np.nan,
                "band_unit": finding.band.unit if finding.band else "",
                "value": finding.value,
                "low": finding.low,
                "high": finding.high,
                "replications": finding.replications,
                "verdict": finding.verdict,
                "grade": grade(finding.target),
                "evidence": finding.target.evidence,
                "measured": finding.fact.summary if finding.fact else "",
                "reason": finding.reason.en if finding.reason else "",
            }
            for finding in findings
        ]
    )


def grade(target: Target) -> str:
    """Grade of the evidence, A to C, where its basis or its evidence names one; else empty."""
    found = re.match(r"([ABC])\b", target.basis) or re.search(r"\(([ABC])\)", f"{target.basis} {target.evidence}")
    return found[1] if found else ""


def _findings(target: Target, fact: Fact | Text, measured: dict[str, Quantities]) -> list[Finding]:
    reason = fact if isinstance(fact, Text) else None
    known = fact if isinstance(fact, Fact) else None
    if known is None or reason:
        unknown = np.nan
        return [
            Finding(target, known, place, band, unknown, unknown, unknown, 0, "not measured", reason)
            for place, band in enumerate(target.bands)
        ]
    quantities = measured[known.id]
    found = []
    for place in range(max(len(quantities), len(target.bands))):
        band = target.bands[place] if place < len(target.bands) else None
        values = quantities[place] if place < len(quantities) else np.array([np.nan])
        value, low, high = (float(number) for number in mean_interval(values))
        count = int(np.isfinite(values).sum())
        if count == 0:
            reason = _unknown(known, place, len(quantities))
            found.append(Finding(target, known, place, band, value, low, high, 0, "not measured", reason))
        else:
            verdict: Verdict = "no band" if band is None else "inside" if value in band else "outside"
            found.append(Finding(target, known, place, band, value, low, high, count, verdict))
    return found


def _unknown(fact: Fact, place: int, measured: int) -> Text:
    if place >= measured:
        return Text(en="the band names a quantity that is not measured", zh="区间所指的量未测量")
    return UNKNOWN.get(fact.id) or Text(en="cannot be told from this run", zh="本次运行无法得出")


UNKNOWN = {
    "G17": Text(
        en="the model begins after that time, with the definition of 2017", zh="模型自该时期之后开始，采用 2017 年口径"
    )
}
"""Why a quantity is not measured though its row is."""


def _only_compiling(report: Report | None) -> Report | None:
    """Reports what takes long before the first run; single runs are not told, since there are many short ones."""
    if report is None:
        return None
    return lambda what, done, total: report(what, done, total) if what == COMPILING else None
