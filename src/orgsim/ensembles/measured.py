"""Outcomes of many scenarios, kept without their recordings: for questions that run dozens of small changes.

measured = Measured(runs)                     # what `runs`, a Growing, has already is not made again
for number in measured.reach(scenario, 16):   # stop here whenever something else is wanted: what was made is kept
    print(f"{number} of 16")
measured.values(scenario, 16)["survival_10y"]
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Lock

import numpy as np

from orgsim.ensembles.growing import Growing
from orgsim.ensembles.run import run_table
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.strata import strata
from orgsim.scenarios import Scenario, resolve

MOST = 2000
"""Scenarios kept; each takes some ten kilobytes."""
Values = Mapping[str, Floats]
"""By outcome, one value a replication over everybody."""


class Measured:
    """Outcome values by what decides them, the latest used kept; safe to use from several threads."""

    def __init__(self, runs: Growing) -> None:
        self.runs = runs
        self._kept: OrderedDict[tuple[str, int], Values] = OrderedDict()
        self._lock = Lock()

    def reach(self, scenario: Scenario, replications: int, *, seed: int = 1) -> Iterator[int]:
        """Make what is missing of the first `replications`, and say after each handful how many there are."""
        known = self.known(scenario, seed=seed)
        if known < replications <= self.runs.known(scenario, seed=seed):
            self._keep(scenario, seed, 0, measured(self.runs.run(scenario, replications, seed=seed).recording))
            known = self.known(scenario, seed=seed)
        while known < replications:
            chosen = range(known, min(known + self.runs.handful, replications))
            part = run_table(resolve(scenario), scenario.population, name=scenario.name, replications=chosen, seed=seed)
            self._keep(scenario, seed, known, measured(part))
            known = self.known(scenario, seed=seed)
            yield known

    def known(self, scenario: Scenario, *, seed: int = 1) -> int:
        """How many replications of a scenario there are already."""
        with self._lock:
            return _count(self._kept.get((scenario.fingerprint(), seed), {}))

    def values(self, scenario: Scenario, replications: int, *, seed: int = 1) -> Values:
        """Every outcome in the first `replications`; what is missing is made first."""
        key = (scenario.fingerprint(), seed)
        for _ in self.reach(scenario, replications, seed=seed):
            pass
        with self._lock:
            self._kept.move_to_end(key)
            return {name: values[:replications] for name, values in self._kept[key].items()}

    def _keep(self, scenario: Scenario, seed: int, before: int, part: Values) -> None:
        """Add a part that begins at replication `before`, unless another thread was there first."""
        key = (scenario.fingerprint(), seed)
        with self._lock:
            known = self._kept.get(key, {})
            if before == 0 and _count(part) > _count(known):
                self._kept[key] = part
            elif before and _count(known) == before:
                self._kept[key] = {name: np.concatenate([known[name], values]) for name, values in part.items()}
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


def measured(recording: Recording) -> Values:
    """Every outcome over everybody, one value a replication."""
    count = len(recording.replications)
    found = {outcome.name: outcome.measure(recording, strata(outcome.people)["all"]) for outcome in OUTCOMES}
    return {name: np.array(np.broadcast_to(values, (count,)), np.float64) for name, values in found.items()}


def _count(values: Values) -> int:
    return len(next(iter(values.values()))) if values else 0
