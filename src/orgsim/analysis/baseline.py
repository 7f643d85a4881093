"""All facts that one run shows, for a scenario or for a table of values: what calibration asks for again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from orgsim.analysis import funding, further, governance, staff  # noqa: F401  (their facts register themselves)
from orgsim.analysis.facts import FACTS, Fact, Quantities
from orgsim.analysis.observe import Observer
from orgsim.analysis.targets import shipped_targets
from orgsim.ensembles.run import Report, run_table
from orgsim.outcomes.recorder import Floats
from orgsim.scenarios import ParameterTable, Population, Scenario, load, resolve
from orgsim.scenarios.resolve import place_of

SINGLE = ("recorded", "observed")
"""Sorts of facts that one run shows."""


def calibration_rows() -> tuple[str, ...]:
    """Ids of the shipped targets that the model is fitted to and that one run shows."""
    return tuple(
        t.id for t in shipped_targets() if t.use == "calibrate" and t.id in FACTS and FACTS[t.id].sort in SINGLE
    )


def baseline_facts(
    source: ParameterTable | Scenario | str | Path,
    *,
    population: Population | None = None,
    replications: int | Sequence[int] = 8,
    seed: int = 1,
    months: int = 60,
    ids: Iterable[str] | None = None,
    workers: int | None = None,
    report: Report | None = None,
) -> dict[tuple[str, int], Floats]:
    """Measured quantities of one run: (id of the row, place of the quantity from 0) → one value a replication.

    `source` is a scenario, its name or file, or a resolved table whose values may have been changed; a table keeps its
    own horizon and needs no `months`, and `population` is the default district unless given. `ids` are the rows to
    measure, by default all that are marked calibrate and that one run shows. NaN where a run is too short to tell or
    the model has no such state. Raises InputError for what cannot be run, KeyError for an id no run shows.
    """
    if isinstance(source, ParameterTable):
        table, people = source, population or Population()
    else:
        scenario = load(source) if isinstance(source, (str, Path)) else source
        table, people = resolve(scenario, months=months), population or scenario.population
    facts = [FACTS[row] for row in (calibration_rows() if ids is None else ids)]
    found = measure_run(table, people, facts, replications=replications, seed=seed, workers=workers, report=report)
    return {(row, place): values for row, parts in found.items() for place, values in enumerate(parts)}


def with_values(table: ParameterTable, values: Mapping[str, float]) -> ParameterTable:
    """The table with other values in all months, the burn-in included.

    Names are as `label` writes them, 'fees.fee_share[service]' for one kind; a value that differs by kind may also be
    named without one, for all kinds. Raises InputError for an unknown name; ranges are the caller's business.
    """
    changed = table.values.copy()
    for name, value in values.items():
        parameter, _, kind = name.removesuffix("]").partition("[")
        known = table.space.named(parameter)
        first = place_of(table.space, parameter, kind) if kind else table.space.place[parameter]
        changed[:, first : first + (1 if kind else len(known.values))] = value
    changed.setflags(write=False)
    return replace(table, values=changed)


def measure_run(
    table: ParameterTable,
    population: Population,
    facts: Sequence[Fact],
    *,
    replications: int | Sequence[int],
    seed: int,
    workers: int | None = None,
    report: Report | None = None,
    name: str = "baseline",
) -> dict[str, Quantities]:
    """Run once and measure the facts that one run shows, by id."""
    observer = Observer([fact.look for fact in facts if fact.look])
    recording = run_table(
        table,
        population,
        name=name,
        replications=replications,
        seed=seed,
        workers=workers,
        report=report,
        watch=observer if observer.looks else None,
    )
    seen = observer.seen(recording.replications)
    found: dict[str, Quantities] = {}
    for fact in facts:
        if fact.from_recording:
            found[fact.id] = fact.from_recording(recording)
        elif fact.look and fact.finish:
            spans = seen[fact.look]
            unknown = (np.full(len(recording.replications), np.nan),) * max(1, len(fact.names))
            found[fact.id] = fact.finish(spans) if spans.size else unknown
        else:
            raise KeyError(fact.id)
    return found
