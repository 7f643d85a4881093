"""Writes `docs/report.md`, its Chinese sister and `docs/report.csv`: what becomes of the report's claims in the model.

    python -m orgsim.report.trace [--replications N]     try every claim and write all three
    python -m orgsim.report.trace --page                 write the pages from the table that is there

Every claim is tried by moving values against the baseline on common random numbers, and once more in a world where the
effect is not there, if a legal value takes it away. What has been simulated is kept in the cache folder, so a run that
is stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.claims import Claim, claims, doubts
from orgsim.report.folder import write_file
from orgsim.report.reference import DOCS
from orgsim.report.trace_pages import page
from orgsim.report.trials import moved, outcome_values
from orgsim.report.verdicts import judge, margin_of
from orgsim.scenarios import Scenario, load

PAGES = {"en": "report.md", "zh": "report.zh.md"}
Report = Callable[[str], None]


@dataclass(frozen=True)
class Shown:
    """What one outcome does when a claim is tried: `world` is "trial", or "null" where the effect is not there.

    `reference` is the outcome's mean before the move, `difference` the mean paired difference, between `low` and
    `high` with 95 % confidence; `way` is how the claim says it goes.
    """

    claim: str
    world: str
    outcome: str
    unit: str
    way: str
    reference: float
    difference: float
    low: float
    high: float
    verdict: str
    replications: int
    months: int
    seed: int


def measure(
    scenario: Scenario,
    chosen: Iterable[Claim],
    *,
    replications: int = 16,
    seed: int = 1,
    report: Report = lambda _: None,
) -> list[Shown]:
    """Every outcome of every claim that can be tried, first in the model as it is, then without the effect."""
    shown: list[Shown] = []
    for claim in chosen:
        worlds = {"trial": claim.beside, **({"null": {**claim.beside, **claim.null}} if claim.null else {})}
        for world, beside in worlds.items() if claim.trial else ():
            report(f"{claim.id}, {world}")
            reference = moved(scenario, beside, "reference")
            runs = (reference, moved(reference, claim.trial, claim.id))
            before, after = (outcome_values(run, replications, None, seed) for run in runs)
            for name, way in claim.outcomes.items():
                unit, mean = BY_NAME[name].unit, float(before[name].mean())
                told = judge(after[name] - before[name], margin_of(unit, mean))
                sizes = (mean, told.difference, told.low, told.high)
                last = (str(told.verdict), replications, scenario.months, seed)
                shown.append(Shown(claim.id, world, name, unit, way, *sizes, *last))
    return shown


def read_table(file: Path) -> pd.DataFrame:
    """The table of a trace as it was written."""
    return pd.read_csv(file, keep_default_na=False, na_values=[""])  # the word "null" is no missing value here


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the claims and write the table, unless only the pages are wanted; then write the pages."""
    parser = argparse.ArgumentParser(prog="python -m orgsim.report.trace", description="What becomes of the claims.")
    parser.add_argument("--replications", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--page", action="store_true", help="write the pages from the table that is there")
    parser.add_argument("--folder", type=Path, default=DOCS, help="where report.csv and the pages are written")
    chosen = parser.parse_args(arguments)
    if chosen.replications < 2:
        parser.error("an interval takes at least two replications")
    file: Path = chosen.folder / "report.csv"
    if not chosen.page:
        try:
            shown = measure(
                load("baseline"),
                claims(),
                replications=chosen.replications,
                seed=chosen.seed,
                report=lambda text: print(text, flush=True),
            )
        except KeyboardInterrupt:
            print("stopped; the same command goes on from here", file=sys.stderr)
            return 130
        table = pd.DataFrame([asdict(each) for each in shown])
        write_file(file, table.to_csv(index=False, float_format="%.8g", lineterminator="\n").encode())
    for language, name in PAGES.items():
        write_file(chosen.folder / name, page(read_table(file), claims(), doubts(), language).encode())
    print(f"wrote report.csv, {' and '.join(PAGES.values())} to {chosen.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
