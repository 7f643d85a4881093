"""What a study asks: scenarios, factors, a design, and what is measured; frozen, as its file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from orgsim.core.hashing import content_hash
from orgsim.core.parameters import Text
from orgsim.errors import InputError
from orgsim.scenarios import Scenario, resolve
from orgsim.studies.designs import SAMPLED, Design
from orgsim.studies.factors import Factor

Measured = tuple[str, str]
"""An outcome of the catalogue and a stratum."""
CAN_GROW = "replications=NUMBER, or n=NUMBER of a design that is sampled"


@dataclass(frozen=True)
class Study:
    """Every scenario is run at every point of the design, under every parameter set, so many replications each.

    Replication r meets the same luck everywhere. `uncertainty` is a number of the parameter sets that come with orgsim,
    0 for none. `series` are monthly sums kept for each of `strata`. A study larger than `max_runs` is run only if
    somebody says so; more than `max_failures` failed runs stop it; a run that takes longer than `timeout` seconds has
    failed.
    """

    name: str
    file: str
    title: Text
    question: Text | None
    scenarios: tuple[Scenario, ...]
    factors: tuple[Factor, ...]
    design: Design
    replications: int
    months: int
    seed: int
    uncertainty: int
    outcomes: tuple[str, ...]
    strata: tuple[str, ...]
    series: tuple[str, ...]
    max_runs: int
    max_failures: int
    timeout: int | None = None

    @property
    def points(self) -> int:
        return self.design.size(self.factors)

    @property
    def runs(self) -> int:
        """How many rows its table has."""
        return self.points * len(self.scenarios) * max(1, self.uncertainty) * self.replications

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Outcomes and strata, in the order of columns."""
        return tuple((outcome, stratum) for outcome in self.outcomes for stratum in self.strata)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the outcomes: 'annual_turnover', 'annual_turnover[kind=service]'."""
        return tuple(column_of(outcome, stratum) for outcome, stratum in self.measured)

    def parts(self) -> Mapping[str, object]:
        """All that decides rows, part by part, ready to be hashed: how far the study has grown is left out."""
        return {
            "scenarios": [
                [each.name, resolve(each, months=self.months).fingerprint(), each.population.content()]
                for each in self.scenarios
            ],
            "factors": [factor.content() for factor in self.factors],
            "design": self.design.content(),
            "months": self.months,
            "seed": self.seed,
            "uncertainty": self.uncertainty,
            "outcomes": list(self.outcomes),
            "strata": list(self.strata),
            "series": list(self.series),
        }

    def fingerprints(self) -> dict[str, str]:
        """Content hash of each of the parts."""
        return {name: content_hash(part) for name, part in self.parts().items()}

    def sources(self) -> dict[str, bytes]:
        """The files of all scenarios and their registers, by their place in a store: scenarios/NAME/FILE."""
        found = {}
        for scenario in self.scenarios:
            register = scenario.population.register
            for file in (*scenario.files, *([register.file] if register else [])):
                found[f"scenarios/{scenario.name}/{Path(file).name}"] = Path(file).read_bytes()
        return found


def column_of(outcome: str, stratum: str) -> str:
    """The column of an outcome among a stratum; 'all' goes without saying."""
    return outcome if stratum == "all" else f"{outcome}[{stratum}]"


def grown(study: Study, *, replications: int | None = None, n: int | None = None) -> Study:
    """The study with more replications, or a larger design whose first points are those it had.

    Raises InputError for what would shrink it, or make other points of those that were run.
    """
    found = study
    if replications is not None:
        if replications < study.replications:
            raise InputError(f"it has {study.replications} replications already; --extend does not take any away")
        found = replace(found, replications=replications)
    if n is not None and n != study.design.n:
        found = replace(found, design=_grown_design(study.design, n))
    return found


def _grown_design(design: Design, n: int) -> Design:
    if design.kind not in SAMPLED:
        raise InputError(f"a design of kind {design.kind} has no n to extend; give it more replications instead")
    if n < design.n:
        raise InputError(f"the design has n = {design.n} already; --extend does not take any away")
    if design.kind == "sobol" and n & (n - 1):
        raise InputError(f"n of a sobol design is a power of two, such as {2 * design.n}, not {n}")
    if design.kind == "latin_hypercube":
        return replace(design, blocks=(*design.blocks, n - design.n))
    return replace(design, blocks=(n,))
