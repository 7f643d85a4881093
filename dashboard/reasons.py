"""What the pages Why and Assumptions ask beyond a comparison: made when asked for, kept on the server."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from dashboard.runs import SIZES as PAGE
from dashboard.runs import runs, sizes
from orgsim.ensembles.averages import Averages, averages, joined
from orgsim.ensembles.measured import Measured, Values
from orgsim.ensembles.measured import measured as measured_of
from orgsim.ensembles.varied import Varied
from orgsim.explain.film import History
from orgsim.explain.graph import dependencies, unsplit
from orgsim.explain.lives import Lives, lives
from orgsim.explain.paths import Evidence, books, changes
from orgsim.explain.shares import Twins, outcome_parts, sampled_months, shares
from orgsim.report.verdicts import Judgement, judge
from orgsim.scenarios import Scenario
from orgsim.schedule import model

T = TypeVar("T")
Step = Callable[[int, int], None]
"""Called with (done, all); Streamlit ends a script there that is no longer wanted."""
WATCHED, FILMED, MONTHS = min(6, PAGE[-1]), min(2, PAGE[-1]), 3
"""Replications that are watched for averages, how many of these are filmed for shares, and in how many months."""
SEED = 1
SIZES = sizes(min(16, PAGE[-1]))
"""Replications at which an answer made of many small runs is drawn; no more than the page itself makes."""
ENDS = sizes(min(8, PAGE[-1]))
"""Replications at each end of an assumption at which a tornado is drawn."""
SWINGS = 10
"""Assumptions in a tornado, at most."""
SETS, EACH = 16, 4
"""Parameter sets, and replications of each."""


class Kept:
    """The latest answers by what decides them; safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = Lock()

    def known(self, key: tuple[Any, ...]) -> bool:
        """Whether the answer is there."""
        with self._lock:
            return key in self._answers

    def answer(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """The answer; made now if it is not there."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key]
                return found
        made = make()
        with self._lock:
            self._answers[key] = made
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return made


PATHS, WATCHES, LIVES = Kept(32), Kept(24), Kept(4)


@cache
def measured() -> Measured:
    """Outcomes of scenarios that differ from the visitor's in one thing."""
    return Measured(runs())


@cache
def varied() -> Varied:
    """Runs under several parameter sets."""
    return Varied()


@dataclass(frozen=True)
class Watched:
    """A pair of scenarios that was watched: what moved in it, and what became of the outcomes."""

    evidence: Evidence
    before: Values
    after: Values
    replications: int

    def judgement(self, outcome: str) -> Judgement:
        """The paired difference of an outcome."""
        return judge(self.after[outcome] - self.before[outcome])


def pair_known(today: Scenario, policy: Scenario) -> bool:
    """Whether a pair was watched already."""
    return PATHS.known(_key(today, policy))


def watched_pair(today: Scenario, policy: Scenario, step: Step) -> Watched:
    """Watch both scenarios under the same luck, and film some months of the first replications."""
    return PATHS.answer(_key(today, policy), lambda: _watch(today, policy, step))


def _key(today: Scenario, policy: Scenario) -> tuple[Any, ...]:
    return today.fingerprint(), policy.fingerprint(), WATCHED, FILMED, MONTHS


def _watch(today: Scenario, policy: Scenario, step: Step) -> Watched:
    months = sampled_months(min(today.months, policy.months), MONTHS)
    filmed = min(FILMED, WATCHED)
    whole, done = 2 * WATCHED + filmed * len(months), 0
    seen = []
    for scenario in (today, policy):
        parts = []
        for at in range(0, WATCHED, runs().handful):
            parts.append(_average(scenario, range(at, min(at + runs().handful, WATCHED))))
            done += len(parts[-1].recording.replications)
            step(done, whole)
        seen.append(joined(parts))
    found = []
    for replication in range(filmed):
        twins = Twins(*(History(scenario, SEED, replication) for scenario in (today, policy)))
        for month in months:
            found.append(twins.parts(month))
            done += 1
            step(done, whole)
    before, after = seen
    outcomes = outcome_parts(dependencies(), before.recording, after.recording)
    package = model()
    evidence = Evidence(
        changes(before, after), {**shares(found), **shares([outcomes])}, unsplit(package), books(package)
    )
    return Watched(evidence, measured_of(before.recording), measured_of(after.recording), WATCHED)


def _average(scenario: Scenario, replications: Sequence[int]) -> Averages:
    key = (scenario.fingerprint(), tuple(replications))
    return WATCHES.answer(key, lambda: averages(scenario, replications, seed=SEED))


def life_of(scenario: Scenario, replication: int) -> Lives:
    """Everybody's life in one replication."""
    return LIVES.answer((scenario.fingerprint(), replication), lambda: lives(scenario, replication=replication))


def reaching(scenarios: Sequence[Scenario], replications: int, step: Step) -> None:
    """Measure all these scenarios, counting aloud."""
    whole = replications * len(scenarios)
    for place, scenario in enumerate(scenarios):
        for done in measured().reach(scenario, replications):
            step(place * replications + min(done, replications), whole)
