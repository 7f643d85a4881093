"""Runs that grow: few replications first, further ones joined to them, none made twice.

runs = Growing()
for number in runs.reach(scenario, 64):     # stop here whenever something else is wanted: what was made is kept
    print(f"{number} of 64")
runs.run(scenario, 64)                      # the same, to the last bit, as simulate(scenario, replications=64)
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock

from orgsim.core.hashing import content_hash
from orgsim.ensembles.compare import Comparison
from orgsim.ensembles.run import Run, run_table
from orgsim.outcomes.recorder import Recording, first, join
from orgsim.scenarios import ParameterTable, Scenario, resolve

PREPARED = 64
"""Scenarios whose tables are kept."""


class Growing:
    """Replications by what decides them, the latest used kept up to `limit` bytes; safe to use from several threads.

    `handful` replications are made between two chances to stop, by default one a core.
    """

    def __init__(self, limit: int = 1 << 29, handful: int | None = None) -> None:
        self.limit = limit
        self.handful = handful or os.cpu_count() or 1
        self._kept: OrderedDict[str, list[Recording]] = OrderedDict()
        self._lock = Lock()
        self._prepared: OrderedDict[tuple[int, int, int | None], tuple[Scenario, ParameterTable, str]] = OrderedDict()

    def reach(
        self, scenario: Scenario, replications: int, *, seed: int = 1, months: int | None = None
    ) -> Iterator[int]:
        """Make what is missing of the first `replications`, and say after each handful how many there are."""
        table, key = self._prepare(scenario, seed, months)
        known = self._known(key)
        while known < replications:
            numbers = range(known, min(known + self.handful, replications))
            part = run_table(table, scenario.population, name=scenario.name, replications=numbers, seed=seed)
            known = self._add(key, known, part)
            yield known

    def known(self, scenario: Scenario, *, seed: int = 1, months: int | None = None) -> int:
        """How many replications of a scenario there are already."""
        return self._known(self._prepare(scenario, seed, months)[1])

    def run(self, scenario: Scenario, replications: int, *, seed: int = 1, months: int | None = None) -> Run:
        """The first `replications` of a scenario; what is missing is made first."""
        table, key = self._prepare(scenario, seed, months)
        while True:
            for _ in self.reach(scenario, replications, seed=seed, months=months):
                pass
            with self._lock:
                parts = self._kept.get(key, [])
                if _count(parts) >= replications:  # else another thread's runs have pushed this one out
                    self._kept[key] = [whole := join(parts) if len(parts) > 1 else parts[0]]
                    return Run(scenario, table, seed, table.months, first(whole, replications))

    def compare(self, baseline: Scenario, *others: Scenario, replications: int, seed: int = 1) -> Comparison:
        """What `ensembles.compare` gives for these scenarios."""
        base, *rest = (self.run(scenario, replications, seed=seed) for scenario in (baseline, *others))
        return Comparison(base, tuple(rest))

    def _prepare(self, scenario: Scenario, seed: int, months: int | None) -> tuple[ParameterTable, str]:
        """The table of a scenario and the key of its runs: worth keeping, as both are asked for at every handful."""
        place = (id(scenario), seed, months)
        with self._lock:
            found = self._prepared.get(place)
            if found is None or found[0] is not scenario:
                table = resolve(scenario, months=months)
                found = self._prepared[place] = (scenario, table, _key(scenario, table, seed))
                while len(self._prepared) > PREPARED:
                    self._prepared.popitem(last=False)
            return found[1:]

    def _known(self, key: str) -> int:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return _count(self._kept.get(key, []))

    def _add(self, key: str, before: int, part: Recording) -> int:
        """Keep a part that begins at replication `before`, unless another thread was there first."""
        with self._lock:
            parts = self._kept.get(key, [])
            if _count(parts) == before:
                self._kept[key] = [*parts, part]
                self._kept.move_to_end(key)
                while (
                    len(self._kept) > 1 and sum(one.nbytes for some in self._kept.values() for one in some) > self.limit
                ):
                    self._kept.popitem(last=False)
            return _count(self._kept.get(key, []))


def _count(parts: Sequence[Recording]) -> int:
    return sum(len(part.replications) for part in parts)


def _key(scenario: Scenario, table: ParameterTable, seed: int) -> str:
    """Content hash of all that decides a run's numbers; titles and files do not."""
    return content_hash({"values": table.fingerprint(), **scenario.population.content(), "seed": seed})
