"""Scenarios under the parameter sets that come with orgsim, a handful of replications at a time.

varied = Varied()
for number in varied.reach([today, policy], 16, 4):     # stop here whenever something else is wanted
    print(f"{number} of {2 * 16 * 4}")
varied.compare([today, policy], 16, 4)                  # the same, to the last bit, as compare(..., uncertainty=16)
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock

from orgsim.ensembles.comparison import Comparison
from orgsim.ensembles.posterior import ParameterSet, draw
from orgsim.ensembles.run import run_table, varied_run
from orgsim.outcomes.recorder import Recording, join
from orgsim.scenarios import Scenario, resolve
from orgsim.scenarios.load import default_space

Key = tuple[str, int, int, int]


class Varied:
    """Recordings by what decides them, the latest used kept up to `limit` bytes; safe to use from several threads."""

    def __init__(self, limit: int = 1 << 29, handful: int | None = None) -> None:
        self.limit = limit
        self.handful = handful or os.cpu_count() or 1
        self._kept: OrderedDict[Key, Recording] = OrderedDict()
        self._lock = Lock()

    def reach(self, scenarios: Sequence[Scenario], sets: int, replications: int, *, seed: int = 1) -> Iterator[int]:
        """Make what is missing, and say after each handful how many of all replications there are."""
        done = 0
        for number, values in enumerate(draw(sets, seed)):
            for scenario in scenarios:
                key = (scenario.fingerprint(), number, replications, seed)
                if self._known(key) is None:
                    parts: list[Recording] = []
                    for at in range(0, replications, self.handful):
                        chosen = range(at, min(at + self.handful, replications))
                        parts.append(_recorded(scenario, values, chosen, seed))
                        yield done + chosen.stop
                    self._keep(key, join(parts))
                done += replications
                yield done

    def known(self, scenarios: Sequence[Scenario], sets: int, replications: int, *, seed: int = 1) -> bool:
        """Whether nothing has to be made any more."""
        keys = ((one.fingerprint(), number, replications, seed) for one in scenarios for number in range(sets))
        return all(self._known(key) is not None for key in keys)

    def compare(self, scenarios: Sequence[Scenario], sets: int, replications: int, *, seed: int = 1) -> Comparison:
        """What `ensembles.compare` gives for these scenarios with `uncertainty=sets`; what is missing is made first."""
        for _ in self.reach(scenarios, sets, replications, seed=seed):
            pass
        drawn = draw(sets, seed)
        runs = []
        for scenario in scenarios:
            parts = [
                self._known((scenario.fingerprint(), number, replications, seed))
                or _recorded(scenario, values, range(replications), seed)  # pushed out meanwhile
                for number, values in enumerate(drawn)
            ]
            runs.append(varied_run(scenario, resolve(scenario), seed, parts, drawn))
        return Comparison(runs[0], tuple(runs[1:]))

    def _known(self, key: Key) -> Recording | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, recording: Recording) -> None:
        with self._lock:
            self._kept[key] = recording
            while len(self._kept) > 1 and sum(one.nbytes for one in self._kept.values()) > self.limit:
                self._kept.popitem(last=False)


def _recorded(scenario: Scenario, values: ParameterSet, replications: Sequence[int], seed: int) -> Recording:
    table = resolve(scenario, default_space().with_defaults(values))
    return run_table(table, scenario.population, name=scenario.name, replications=replications, seed=seed)
