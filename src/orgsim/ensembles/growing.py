"""Runs that grow: few replications first, further ones joined to them, none made twice, the most urgent first.

runs = Growing()
with runs.wanted([scenario], 64) as asked:      # leave it whenever something else is wanted: what was made is kept
    while asked.known() < 64:
        asked.wait(0.1)
        print(f"{asked.known()} of 64")
runs.run(scenario, 64)                          # the same, to the last bit, as simulate(scenario, replications=64)
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Condition

from orgsim.core.hashing import content_hash
from orgsim.ensembles.comparison import Comparison
from orgsim.ensembles.run import Run, block_size, run_table
from orgsim.outcomes.reduced import Reduced
from orgsim.scenarios import ParameterTable, Scenario, resolve

PREPARED = 64
"""Scenarios whose tables are kept."""
FIRST = 4
"""Replications that everybody gets before anybody gets more; then twice as many, and so on."""


class Growing:
    """Replications by what decides them, the latest used kept up to `limit` bytes; safe to use from several threads.

    All who ask share `workers` threads (one a core). Of what they want, first replications go before later ones, and
    among equals whoever asked first. `made` counts the replications made since the start.
    """

    def __init__(self, limit: int = 1 << 28, workers: int | None = None) -> None:
        self.limit = limit
        self.workers = workers or os.cpu_count() or 1
        self.made = 0
        self._pool = ThreadPoolExecutor(self.workers, "orgsim")
        self._changed = Condition()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._wishes: list[_Wish] = []
        self._guesses: list[_Wish] = []
        self._order = count()
        self._prepared: OrderedDict[tuple[int, int, int | None], tuple[Scenario, ParameterTable, str]] = OrderedDict()

    @contextmanager
    def wanted(
        self, scenarios: Sequence[Scenario], replications: int, *, seed: int = 1, months: int | None = None
    ) -> Iterator[Asked]:
        """While it is open, the first `replications` of these scenarios are made; what nobody wants is not."""
        found = [(scenario, *self._prepare(scenario, seed, months)) for scenario in scenarios]
        with self._changed:
            wishes = [_Wish(*each, seed, replications, next(self._order)) for each in found]
            self._wishes += wishes
            missing = self._missing(wishes)
            if missing:
                self._guesses = []
        self._submit(missing)
        try:
            yield Asked(self, wishes)
        finally:
            with self._changed:
                self._wishes = [wish for wish in self._wishes if wish not in wishes]
                self._tidy()

    def guess(
        self, scenarios: Sequence[Scenario], replications: int, *, seed: int = 1, months: int | None = None
    ) -> None:
        """What may be wanted next. It is made only while nobody waits for anything, and is given up, in the midst of a
        replication, when somebody does or guesses otherwise; what was made by then is kept like all else."""
        found = [(scenario, *self._prepare(scenario, seed, months)) for scenario in scenarios]
        with self._changed:
            self._guesses = [_Wish(*each, seed, replications, next(self._order)) for each in found]
            missing = self._missing(self._guesses)
        self._submit(missing)

    def known(self, scenario: Scenario, *, seed: int = 1, months: int | None = None) -> int:
        """How many replications of a scenario there are already."""
        key = self._prepare(scenario, seed, months)[1]
        with self._changed:
            return self._kept[key].known if key in self._kept else 0

    def run(self, scenario: Scenario, replications: int, *, seed: int = 1, months: int | None = None) -> Run:
        """The first `replications` of a scenario; what is missing is made first. Its sums by month are not kept."""
        with self.wanted([scenario], replications, seed=seed, months=months) as asked:
            while asked.known() < replications:
                asked.wait(1.0)
            table, key = self._prepare(scenario, seed, months)
            with self._changed:
                reduced = self._hold(key).whole(replications)
        return Run(scenario, table, seed, table.months, reduced.recording, reduced=reduced)

    def compare(self, baseline: Scenario, *others: Scenario, replications: int, seed: int = 1) -> Comparison:
        """What `ensembles.compare` gives for these scenarios."""
        base, *rest = (self.run(scenario, replications, seed=seed) for scenario in (baseline, *others))
        return Comparison(base, tuple(rest))

    def close(self) -> None:
        """Nothing more is made for anybody: the process is about to end."""
        with self._changed:
            self._wishes, self._guesses = [], []
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _prepare(self, scenario: Scenario, seed: int, months: int | None) -> tuple[ParameterTable, str]:
        """The table of a scenario and the key of its runs: worth keeping, as both are asked for again and again."""
        place = (id(scenario), seed, months)
        found = self._prepared.get(place)
        if found is None or found[0] is not scenario:
            table = resolve(scenario, months=months)
            found = (scenario, table, _key(scenario, table, seed))
            with self._changed:
                self._prepared[place] = found
                while len(self._prepared) > PREPARED:
                    self._prepared.popitem(last=False)
        return found[1:]

    def _hold(self, key: str) -> _Kept:
        """What is kept under a key, as the latest used."""
        kept = self._kept.setdefault(key, _Kept())
        self._kept.move_to_end(key)
        return kept

    def _missing(self, wishes: Sequence[_Wish]) -> int:
        return sum(max(0, wish.replications - self._hold(wish.key).known) for wish in wishes)

    def _submit(self, jobs: int) -> None:
        for _ in range(jobs):  # each does whatever is then most urgent, so more than enough does no harm
            self._pool.submit(self._work)

    def _work(self) -> None:
        """Make what is most urgent now, if anything is."""
        with self._changed:
            job = self._first(self._wishes) or self._first(self._guesses)
            if job is None:
                return
            _, _, wish, numbers = job
            self._kept[wish.key].running.update(numbers)
        part, failed = None, None
        try:
            part = Reduced.of(
                run_table(
                    wish.table,
                    wish.scenario.population,
                    name=wish.scenario.name,
                    replications=numbers,
                    seed=wish.seed,
                    workers=1,
                    watch=lambda _: self._go_on(wish.key),
                )
            )
        except _Unwanted:
            pass
        except Exception as error:
            failed = error
        with self._changed:
            self._put(wish.key, numbers, part, failed)
            self._changed.notify_all()

    def _first(self, wishes: Sequence[_Wish]) -> tuple[int, int, _Wish, range] | None:
        return min((job for wish in wishes if (job := self._next(wish))), default=None)

    def _next(self, wish: _Wish) -> tuple[int, int, _Wish, range] | None:
        """The next replications for a wish, after how urgent they are."""
        kept = self._kept[wish.key]
        start = next((n for n in range(kept.known, wish.replications) if kept.lacks(n)), None)
        if start is None or wish.error:
            return None
        rank = (start // FIRST).bit_length()
        end = min(wish.replications, FIRST << rank, start + block_size(wish.scenario.population))
        end = next((n for n in range(start, end) if not kept.lacks(n)), end)
        return rank, wish.order, wish, range(start, end)

    def _go_on(self, key: str) -> None:
        if not any(wish.key == key for wish in (*self._wishes, *self._guesses)):
            raise _Unwanted

    def _put(self, key: str, numbers: range, part: Reduced | None, failed: Exception | None) -> None:
        kept = self._kept[key]
        kept.running.difference_update(numbers)
        if part is not None:
            self.made += len(numbers)
            kept.add(numbers.start, part)
        for wish in (*self._wishes, *self._guesses):
            if wish.key == key and failed is not None:
                wish.error = failed
        self._tidy()

    def _tidy(self) -> None:
        """Drop what holds nothing, and, until the rest is within the limit, what was used longest ago."""
        wanted = {wish.key for wish in (*self._wishes, *self._guesses)}
        total = sum(kept.nbytes for kept in self._kept.values())
        latest = next(reversed(self._kept), None)
        for key, kept in list(self._kept.items()):
            much = total > self.limit and key != latest
            if key not in wanted and not kept.running and (much or not kept.nbytes):
                total -= kept.nbytes
                del self._kept[key]


class Asked:
    """What somebody waits for: see `Growing.wanted`."""

    def __init__(self, runs: Growing, wishes: Sequence[_Wish]) -> None:
        self._runs, self._wishes = runs, wishes
        self._seen = -1

    def known(self) -> int:
        """How many replications every one of the scenarios has."""
        with self._runs._changed:
            self._seen = self._runs.made
            return min(self._runs._hold(wish.key).known for wish in self._wishes)

    def wait(self, seconds: float) -> None:
        """Until something was made since `known` was asked, or so long; raises what stopped a run."""
        with self._runs._changed:
            self._runs._changed.wait_for(lambda: self._runs.made != self._seen or self._failed(), seconds)
            if error := self._failed():
                raise error

    def others(self) -> int:
        """How many other runs are being made for somebody at this moment."""
        mine = {wish.key for wish in self._wishes}
        with self._runs._changed:
            theirs = (wish for wish in self._runs._wishes if wish.key not in mine)
            return len({wish.key for wish in theirs if self._runs._hold(wish.key).known < wish.replications})

    def _failed(self) -> Exception | None:
        return next((wish.error for wish in self._wishes if wish.error is not None), None)


@dataclass(eq=False)
class _Wish:
    """So many replications of a scenario."""

    scenario: Scenario
    table: ParameterTable
    key: str
    seed: int
    replications: int
    order: int
    error: Exception | None = None


@dataclass
class _Kept:
    """Replications of one run: those from nought on in parts, in order, and later ones that came before their turn."""

    parts: list[Reduced] = field(default_factory=list)
    early: dict[int, Reduced] = field(default_factory=dict)
    running: set[int] = field(default_factory=set)
    known: int = 0
    nbytes: int = 0

    def lacks(self, number: int) -> bool:
        """Whether a replication from `known` on is neither there nor being made."""
        starts = (range(start, start + len(part.recording.replications)) for start, part in self.early.items())
        return number not in self.running and not any(number in numbers for numbers in starts)

    def add(self, start: int, part: Reduced) -> None:
        self.early[start] = part
        self.nbytes += part.nbytes
        while (part_in_turn := self.early.pop(self.known, None)) is not None:
            self.parts.append(part_in_turn)
            self.known += len(part_in_turn.recording.replications)

    def whole(self, replications: int) -> Reduced:
        """The first of them as one."""
        if len(self.parts) > 1:
            self.parts = [Reduced.joined(self.parts)]
        return self.parts[0].first(replications)


class _Unwanted(Exception):
    """Nobody waits any longer for what is being made."""


def _key(scenario: Scenario, table: ParameterTable, seed: int) -> str:
    """Content hash of all that decides a run's numbers; titles and files do not."""
    return content_hash({"values": table.fingerprint(), **scenario.population.content(), "seed": seed})
