"""The model as calibration sees it: from a parameter set to the quantities of the targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from orgsim.analysis.bands import Band
from orgsim.analysis.baseline import SINGLE, measure_run
from orgsim.analysis.calibration.free import Values
from orgsim.analysis.calibration.runner import summarized
from orgsim.analysis.calibration.store import Store
from orgsim.analysis.facts import Fact
from orgsim.analysis.matching import match
from orgsim.analysis.targets import Target
from orgsim.core.hashing import MODEL_PARTS, source_hash
from orgsim.core.parameters import ParameterSpace, Text
from orgsim.errors import InputError
from orgsim.outcomes.recorder import Floats
from orgsim.scenarios import Scenario, resolve

MEASURING = ("analysis/baseline.py", "analysis/observe.py", "analysis/statistics.py", "analysis/facts.py")
FACTS = ("analysis/funding.py", "analysis/further.py", "analysis/governance.py", "analysis/staff.py")
"""What decides, beside the model, what a run is said to show."""
MANY = 64
"""Replications by which the luck of a few is measured."""


@dataclass(frozen=True)
class Quantity:
    """One number that the model is fitted to: of which target, the how manieth, and its band."""

    target: Target
    fact: Fact
    place: int
    band: Band

    @property
    def label(self) -> str:
        """The id of its target, with a number where the target has several: 'F13.2'."""
        return self.target.id if len(self.target.bands) == 1 else f"{self.target.id}.{self.place + 1}"

    @property
    def name(self) -> Text | None:
        """What tells it from the others of its target, if anything does."""
        return self.fact.names[self.place] if self.place < len(self.fact.names) else None


def quantities(targets: Sequence[Target]) -> tuple[Quantity, ...]:
    """All quantities of the targets marked calibrate that single runs show; InputError if there is none."""
    found = []
    for target in targets:
        fact = match(target)
        if target.use == "calibrate" and isinstance(fact, Fact) and fact.sort in SINGLE:
            measured = max(1, len(fact.names))
            found += [Quantity(target, fact, n, band) for n, band in enumerate(target.bands[:measured])]
    if not found:
        raise InputError("no target is marked calibrate and shown by a single run, so there is nothing to fit to")
    return tuple(found)


@dataclass(frozen=True)
class District:
    """Runs one scenario with other values of what it does not set itself."""

    scenario: Scenario
    space: ParameterSpace
    quantities: tuple[Quantity, ...]
    replications: int = 4
    months: int = 60
    seed: int = 1

    def shift(self, values: Values, file: Path, workers: int | None = None) -> Floats:
        """How far the luck of these replications leads astray, shape (quantities,), measured by many under `values`.

        What is to be added to a mean over `replications`; nought for what cannot be told. `file` keeps the long run.
        """
        shown = []
        for district in (self, replace(self, replications=max(MANY, self.replications))):
            store = Store(file, district.context())
            found = store.get(values)
            if found is None:
                found = district.run(values, workers)
                store.put(values, found)
            store.close()
            shown.append(summarized(found)[0])
        return np.nan_to_num(shown[1] - shown[0])

    def __call__(self, values: Values) -> Floats:
        """The quantities, shape (quantities, replications), on the same luck whatever the values; on one core."""
        return self.run(values, 1)

    def run(self, values: Values, workers: int | None) -> Floats:
        """The same on several cores."""
        table = resolve(self.scenario, self.space.with_defaults(values), self.months)
        facts = list(dict.fromkeys(quantity.fact for quantity in self.quantities))
        found = measure_run(
            table,
            self.scenario.population,
            facts,
            replications=self.replications,
            seed=self.seed,
            workers=workers,
            name=self.scenario.name,
        )
        return np.array([found[quantity.fact.id][quantity.place] for quantity in self.quantities])

    def context(self) -> dict[str, object]:
        """All that decides results beside the values: what stored runs are known by."""
        return {
            "source": source_hash((*MODEL_PARTS, *MEASURING, *FACTS)),
            "scenario": self.scenario.fingerprint(),
            "quantities": [[quantity.fact.id, quantity.place] for quantity in self.quantities],
            "replications": self.replications,
            "months": self.months,
            "seed": self.seed,
        }
