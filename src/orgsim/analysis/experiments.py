"""Paired experiments: something is moved from month 0 on, and what follows is compared on common random numbers.

What is moved is any value of the model, a lever or an assumption, in some or all months; values outside a lever's legal
range are allowed, since a cut in pay or a shock is no policy anyone proposes. The burn-in is never touched, so both
arms start from the same world.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from orgsim.analysis.observe import Look, Observer
from orgsim.analysis.statistics import divided
from orgsim.ensembles.run import Report, run_table
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.strata import Strata, strata
from orgsim.scenarios import ParameterTable, Population

Changes = Mapping[str, ArrayLike]
"""Values by name: one number from month 0 on, or one a month; the same for every kind of organization."""
KEPT = 8
REGISTERED = strata()["all"]
EVERYBODY = strata(people=True)["all"]


def changed(table: ParameterTable, changes: Changes, months: int | None = None) -> ParameterTable:
    """The table with other values from month 0 on, and with `months` policy months.

    A horizon longer than the table's goes on with its last month. Raises KeyError for an unknown name.
    """
    horizon = table.months if months is None else months
    rows = np.minimum(np.arange(table.burn_in + horizon), table.burn_in + table.months - 1)
    values = table.values[rows]
    for name, value in changes.items():
        place, size = table.space.place[name], len(table.space[name].values)
        path = np.broadcast_to(np.asarray(value, np.float64), (horizon,))
        values[table.burn_in :, place : place + size] = path[:, None]
    values.setflags(write=False)
    return replace(table, months=horizon, values=values)


@dataclass(frozen=True)
class Trial:
    """One arm of an experiment as it was run."""

    recording: Recording
    seen: Mapping[Look, Floats]

    def flow(self, name: str, months: slice = slice(None), chosen: Strata = REGISTERED) -> Floats:
        """A recorded sum over some months and strata, one a replication."""
        total: Floats = self.recording.flow(name, chosen)[:, months].sum(axis=1)
        return total

    def share(self, part: str, whole: str, months: slice = slice(None), chosen: Strata = REGISTERED) -> Floats:
        """Ratio of two recorded sums, one a replication."""
        return divided(self.flow(part, months, chosen), self.flow(whole, months, chosen))

    def turnover(self, months: slice = slice(None), *, full_time: bool = False) -> Floats:
        """Leavers per person and year, of everybody or of full-time staff."""
        names = ("full_time_leavers", "full_time_staff") if full_time else ("leavers", "headcount")
        return 12.0 * self.share(*names, months, EVERYBODY)


@dataclass
class Laboratory:
    """Runs arms of experiments on the same replications; the latest few are kept, for several facts share some."""

    table: ParameterTable
    population: Population
    replications: int | Sequence[int] = 32
    seed: int = 1
    workers: int | None = None
    report: Report | None = None
    _kept: OrderedDict[str, Trial] = field(default_factory=OrderedDict)

    @property
    def count(self) -> int:
        """How many replications each arm has."""
        return self.replications if isinstance(self.replications, int) else len(self.replications)

    def value(self, name: str) -> float:
        """A value as it stands in month 0."""
        return float(self.table.at(0)[self.table.space.place[name]])

    def run(self, changes: Changes | None = None, *, months: int = 24, looks: Sequence[Look] = ()) -> Trial:
        """The arm in which `changes` hold from month 0 on; nothing changed is the reference."""
        table = changed(self.table, changes or {}, months)
        key = f"{table.fingerprint()} {[look.function.__qualname__ for look in looks]}"
        if key not in self._kept:
            observer = Observer(looks)
            recording = run_table(
                table,
                self.population,
                name=", ".join(changes or {}) or "baseline",
                replications=self.replications,
                seed=self.seed,
                workers=self.workers,
                report=self.report,
                watch=observer if looks else None,
            )
            self._kept[key] = Trial(recording, observer.seen(recording.replications))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def relative(
        self, measure: Callable[[Trial], Floats], changes: Changes, *, months: int = 24, also: Changes | None = None
    ) -> Floats:
        """Relative change of a measure, one a replication; `also` holds in both arms."""
        before, after = self.pair(changes, months=months, also=also)
        return divided(measure(after), measure(before)) - 1.0

    def pair(
        self, changes: Changes, *, months: int = 24, also: Changes | None = None, looks: Sequence[Look] = ()
    ) -> tuple[Trial, Trial]:
        """The arm without and the arm with `changes`; `also` holds in both."""
        common = dict(also or {})
        return self.run(common, months=months, looks=looks), self.run({**common, **changes}, months=months, looks=looks)
