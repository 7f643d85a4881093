"""Runs one scenario: burn-in, policy months, recording, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgsim.core.columns import World
from orgsim.core.compile import Compiled, Progress, compile_model
from orgsim.core.registry import Model
from orgsim.engines.agents import AgentsEngine
from orgsim.engines.both import BothEngines
from orgsim.engines.columns import ColumnsEngine
from orgsim.engines.held import SINGLE_PHASES
from orgsim.ensembles.burn_in import WORLDS
from orgsim.ensembles.doubt import Sets
from orgsim.ensembles.posterior import ParameterSet, draw
from orgsim.errors import InputError
from orgsim.outcomes.catalogue import outcome_keys, outcome_matrix
from orgsim.outcomes.recorder import Floats, Recorder, Recording, join
from orgsim.outcomes.reduced import MONTHLY, SPELLS, Reduced, measured
from orgsim.scenarios import ParameterTable, Population, Scenario, load, resolve
from orgsim.scenarios.load import default_space
from orgsim.schedule import model as package_model

EngineName = Literal["columns", "agents", "both"]
GAPS = 0.1
"""Share of rows without anybody from which on ranks are closed at a year's end."""
BLOCK_ROWS = 1500
"""Organizations stepped together: enough to spread the cost of a call, few enough to stay in the cache."""
Watch = Callable[[World], None]
"""Called with each block's world before the first month and after every month; it may only read. Blocks run in threads
of their own, each always in the same one."""
COMPILING = "compiling the model, once"
"""What is reported while the model is compiled."""
Report = Callable[[str, int, int], None]
"""Called with (what, done, all) while something long goes on."""


@dataclass(frozen=True)
class Run:
    """A scenario that has been run: what was recorded and what determined it."""

    scenario: Scenario
    table: ParameterTable
    seed: int
    months: int
    recording: Recording
    sets: Sets | None = None
    """Which parameter set each row of the recording belongs to; None where all values are the scenario's own."""
    drawn: tuple[ParameterSet, ...] = ()
    """The parameter sets."""
    reduced: Reduced | None = None
    """Outcomes and curves where sums by month were not kept (`Growing`); the recording then has none."""

    @property
    def replications(self) -> int:
        """How many replications each parameter set has."""
        return len(self.recording.replications) // self.parameter_sets

    @property
    def parameter_sets(self) -> int:
        """How many parameter sets were run."""
        return max(1, len(self.drawn))

    def outcomes(self) -> pd.DataFrame:
        """One row an outcome, stratum and replication: columns outcome, stratum, unit, replication, value.

        With several parameter sets there is also the column `set`, numbered from 0.
        """
        numbers = self.recording.replications
        keys = outcome_keys()
        table = keys.loc[keys.index.repeat(len(numbers))].reset_index(drop=True)
        table["replication"] = np.tile(numbers.astype(np.int64), len(keys))
        table["value"] = self.matrix.ravel()
        if self.sets is not None:
            table.insert(3, "set", np.resize(self.sets, len(table)))
        return table

    @cached_property
    def matrix(self) -> Floats:
        """All outcomes for all groups, shape (rows of `outcomes.catalogue.outcome_keys`, replications)."""
        return outcome_matrix(self.recording) if self.reduced is None else self.reduced.values

    def outcome(self, name: str, stratum: str = "all") -> Floats:
        """One outcome over everybody or one group, shape (replications,), NaN where it cannot be told."""
        found = self.reduced
        return measured(self.recording, name, stratum) if found is None else found.outcome(name, stratum)

    def curve(self, name: str) -> Floats:
        """A curve of `outcomes.reduced`, shape (replications, months + 1)."""
        if self.reduced is not None and name in MONTHLY:
            return self.reduced.curves[name]
        draw = MONTHLY.get(name) or SPELLS[name]
        return draw(self.recording)


def simulate(
    scenario: Scenario | str | Path,
    *,
    replications: int | Sequence[int] = 64,
    seed: int = 1,
    months: int | None = None,
    engine: EngineName = "columns",
    workers: int | None = None,
    report: Report | None = None,
    watch: Watch | None = None,
    uncertainty: int | Sequence[ParameterSet] | None = None,
) -> Run:
    """Run a scenario.

    `scenario` is a loaded scenario, a file or a shipped name; `replications` a number or chosen replication numbers
    (a replication is the same alone and in company); `months` overrides the scenario's horizon; `engine` "agents"
    asks every row in turn, "both" also compares them. `workers` threads share the blocks (all cores by default);
    `watch` sees the world month by month. `uncertainty` runs all replications under each of several parameter sets:
    so many of those that come with orgsim, or these. Raises `InputError` for what cannot be run.
    """
    chosen = load(scenario) if isinstance(scenario, (str, Path)) else scenario
    settings = Settings(replications, seed, months, engine, workers, report, watch)
    return simulate_all([chosen], settings, uncertainty)[0]


@dataclass(frozen=True)
class Settings:
    """How scenarios are run; the arguments of `simulate`."""

    replications: int | Sequence[int] = 64
    seed: int = 1
    months: int | None = None
    engine: EngineName = "columns"
    workers: int | None = None
    report: Report | None = None
    watch: Watch | None = None


def simulate_all(
    scenarios: Sequence[Scenario], settings: Settings, uncertainty: int | Sequence[ParameterSet] | None = None
) -> list[Run]:
    """Run several scenarios on the same luck; under each parameter set all of them, so that they share its burn-in."""
    tables = [resolve(scenario, months=settings.months) for scenario in scenarios]
    if uncertainty is None:
        recordings = [_recorded(scenario, table, settings) for scenario, table in zip(scenarios, tables, strict=True)]
        return [
            Run(scenario, table, settings.seed, table.months, recording)
            for scenario, table, recording in zip(scenarios, tables, recordings, strict=True)
        ]
    sets = tuple(draw(uncertainty, settings.seed) if isinstance(uncertainty, int) else uncertainty)
    told = _counting(settings, len(sets))
    parts: list[list[Recording]] = [[] for _ in scenarios]
    for values in sets:
        space = default_space().with_defaults(values)
        for part, scenario in zip(parts, scenarios, strict=True):
            part.append(_recorded(scenario, resolve(scenario, space, settings.months), told))
    return [
        varied_run(scenario, table, settings.seed, part, sets)
        for scenario, table, part in zip(scenarios, tables, parts, strict=True)
    ]


def varied_run(
    scenario: Scenario, table: ParameterTable, seed: int, parts: Sequence[Recording], sets: Sequence[ParameterSet]
) -> Run:
    """One run of the recordings made under several parameter sets, a part for each set."""
    numbers = np.repeat(np.arange(len(sets)), len(parts[0].replications))
    return Run(scenario, table, seed, table.months, join(parts), numbers, tuple(sets))


def _recorded(scenario: Scenario, table: ParameterTable, settings: Settings) -> Recording:
    return run_table(
        table,
        scenario.population,
        name=scenario.name,
        replications=settings.replications,
        seed=settings.seed,
        engine=settings.engine,
        workers=settings.workers,
        report=settings.report,
        watch=settings.watch,
    )


def _counting(settings: Settings, sets: int) -> Settings:
    """The settings with a report that counts over all parameter sets."""
    told = settings.report
    if told is None:
        return settings
    finished: dict[str, int] = {}

    def report(what: str, done: int, total: int) -> None:
        if what == COMPILING:
            told(what, done, total)
            return
        before = finished.get(what, 0)
        if done == total:
            finished[what] = before + total
        told(what, before + done, sets * total)

    return replace(settings, report=report)


def run_table(
    table: ParameterTable,
    population: Population,
    *,
    name: str = "",
    replications: int | Sequence[int] = 64,
    seed: int = 1,
    engine: EngineName = "columns",
    workers: int | None = None,
    report: Report | None = None,
    watch: Watch | None = None,
) -> Recording:
    """Like `simulate`, for values by month that need not come from a scenario's files; `name` is for reports."""
    numbers = _numbers(replications)
    if not 0 <= seed < 2**32:
        raise InputError(f"the seed is a whole number from 0 to {2**32 - 1}, not {seed}")
    model, compiled = ready(report)
    if engine == "both":
        compiled.every_phase(compiling(report))
    elif population.register is not None:
        compiled.every_phase(compiling(report), [model.number(name) for name in SINGLE_PHASES])
    workers = workers or os.cpu_count() or 1
    size = block_size(population) if engine == "columns" else 1
    size = max(1, min(size, -(-len(numbers) // workers)))
    blocks = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    done = 0

    def run(block: NDArray[np.uint64]) -> Recording:
        nonlocal done
        part = run_block(model, compiled, table, population, seed, block, engine, watch)
        done += len(block)
        if report:
            report(name, done, len(numbers))
        return part

    if workers == 1 or len(blocks) == 1:
        parts = [run(block) for block in blocks]
    else:
        with ThreadPoolExecutor(workers) as pool:
            parts = list(pool.map(run, blocks))
    return join(parts)


def block_size(population: Population) -> int:
    """How many replications of a district are best stepped together: one of a large district, many of a small one."""
    return max(1, min(32, BLOCK_ROWS // max(1, sum(population.organizations.values()))))


def run_block(
    model: Model,
    compiled: Compiled,
    table: ParameterTable,
    population: Population,
    seed: int,
    replications: NDArray[np.uint64],
    engine: EngineName = "columns",
    watch: Watch | None = None,
) -> Recording:
    """Run some replications together and record them."""
    world = WORLDS.get(model, compiled, table, population, seed, replications)
    stepper: ColumnsEngine | AgentsEngine | BothEngines
    if engine == "columns":
        stepper = ColumnsEngine(world, compiled)
    else:
        stepper = (AgentsEngine if engine == "agents" else BothEngines)(world, compiled)
    recorder = Recorder(world, table.months)
    recorder.keep()
    if watch:
        watch(world)
    for month in range(table.months):
        stepper.parameters[:] = table.at(month)
        stepper.step()
        recorder.keep()
        if watch:
            watch(world)  # it may follow rows, so they stay where they are
        elif engine == "columns" and month % 12 == 11:
            world.close_ranks(GAPS)
    return recorder.recording()


def ready(report: Report | None = None) -> tuple[Model, Compiled]:
    """The package's model, compiled; the first call on a machine takes about a minute and says so."""
    with _COMPILING:  # whoever asks meanwhile waits for it
        if not _READY:
            model = package_model()
            _READY.append((model, compile_model(model, compiling(report))))
    return _READY[0]


def compiling(report: Report | None) -> Progress | None:
    """The part of a report that the compiler calls."""
    if report is None:
        return None
    return lambda done, total: report(COMPILING, done, total)


_READY: list[tuple[Model, Compiled]] = []
_COMPILING = Lock()


def _numbers(replications: int | Sequence[int]) -> NDArray[np.uint64]:
    if isinstance(replications, int):
        if not 1 <= replications <= 1_000_000:
            raise InputError(f"replications is a whole number from 1 to 1,000,000, not {replications}")
        return np.arange(replications, dtype=np.uint64)
    if not len(replications) or min(replications) < 0 or max(replications) >= 2**32:
        raise InputError("name at least one replication, each from 0 to 4,294,967,295")
    return np.array(replications, dtype=np.uint64)
