"""One case of a study – a point under a scenario and a parameter set – and what its replications show.

This file decides rows of results, beside the model itself: its text is part of the code hash (`code_hash`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgsim.core.hashing import DIGEST_BYTES, MODEL_PARTS, content_hash, source_hash
from orgsim.core.parameters import KINDS
from orgsim.ensembles.posterior import draw
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Floats, Recording
from orgsim.outcomes.strata import strata
from orgsim.scenarios import ParameterTable, Scenario, resolve
from orgsim.scenarios.load import default_space
from orgsim.scenarios.resolve import place_of
from orgsim.studies.factors import Factor
from orgsim.studies.study import Measured, Study


@dataclass(frozen=True, order=True)
class Case:
    """Which point, scenario and parameter set, by number; `set` is -1 where no parameter sets vary."""

    point: int
    scenario: int
    set: int = -1


class Cases:
    """The tables of values of all cases; `points`, shape (points, factors), is NaN for what is left as it is.

    Safe to use from several threads, and small: a table is made when it is asked for.
    """

    def __init__(self, study: Study, points: Floats) -> None:
        self.scenarios: tuple[Scenario, ...] = study.scenarios
        self.factors = study.factors
        self.points = points
        self.seed = study.seed
        self.measured = study.measured
        self.series = study.series
        self.strata = study.strata
        spaces = {-1: default_space()}
        if study.uncertainty:
            sets = draw(study.uncertainty, study.seed)
            spaces = {number: default_space().with_defaults(values) for number, values in enumerate(sets)}
        self.sets = tuple(spaces)
        self._tables = {
            (place, number): resolve(scenario, space, study.months)
            for place, scenario in enumerate(study.scenarios)
            for number, space in spaces.items()
        }
        self._digests: dict[tuple[int, int], tuple[str, NDArray[np.uint8]]] = {}

    def all(self) -> list[Case]:
        """Every case, in the order of the plan."""
        return [
            Case(point, scenario, number)
            for point in range(len(self.points))
            for scenario in range(len(self.scenarios))
            for number in self.sets
        ]

    def table(self, case: Case) -> ParameterTable:
        """The values of a case by month."""
        return at_point(self._tables[case.scenario, case.set], self.factors, self.points[case.point])

    def identity(self, case: Case) -> tuple[str, str]:
        """Two content hashes: of all that decides the runs of a case but the number of the replication, and of what
        decides the worlds they begin in.

        They are made of hashes of the table's columns, of which a point moves few: a plan of many points is quick.
        """
        table, (names, digests) = self._tables[case.scenario, case.set], self._digested(case.scenario, case.set)
        digests = digests.copy()
        for place, first, value in moves(table, self.factors, self.points[case.point]):
            column = table.values[:, place].copy()
            column[first:] = value
            digests[place] = column_digests(column, table.burn_in)
        people = self.scenarios[case.scenario].population.content()
        values = {"names": names, "months": table.months, "burn_in": table.burn_in, "columns": digests}
        whole = {"code": code_hash(), "values": values, "population": people, "seed": self.seed}
        start = {"names": names, "burn_in": table.burn_in, "columns": digests[:, 1]}
        return content_hash(whole), content_hash({"values": start, "population": people})

    def _digested(self, scenario: int, number: int) -> tuple[str, NDArray[np.uint8]]:
        """Of a scenario's table under a parameter set: a hash of its columns' names, and `column_digests` of each."""
        found = self._digests.get((scenario, number))
        if found is None:
            table = self._tables[scenario, number]
            columns = np.stack([column_digests(column, table.burn_in) for column in table.values.T])
            found = self._digests[scenario, number] = content_hash(list(table.origins)), columns
        return found

    def run(self, case: Case, replications: Sequence[int]) -> tuple[Floats, pd.DataFrame]:
        """What replications show: outcomes, shape (replications, measured), and monthly sums by replication."""
        from orgsim.ensembles.run import run_table  # brings the compiler along, which readers of results do without

        population = self.scenarios[case.scenario].population
        recording = run_table(self.table(case), population, replications=replications, seed=self.seed, workers=1)
        return measure(recording, self.measured), monthly(recording, self.series, self.strata)


def at_point(table: ParameterTable, factors: Sequence[Factor], values: Floats) -> ParameterTable:
    """The table with factors at these values, as a scenario file would set them that extends the one it came from.

    `values` has shape (factors,); NaN leaves a factor as it is. A lever holds from month 0 on, whatever was scheduled;
    an assumption from the start of the burn-in.
    """
    changed = table.values.copy()
    for place, first, value in moves(table, factors, values):
        changed[first:, place] = value
    changed.setflags(write=False)
    return replace(table, values=changed)


def moves(table: ParameterTable, factors: Sequence[Factor], values: Floats) -> Iterator[tuple[int, int, float]]:
    """What a point does to a table: a column, the row from which on it is held, and the value."""
    for factor, value in zip(factors, values.tolist(), strict=True):
        if math.isnan(value):
            continue
        first = table.burn_in if factor.is_lever else 0
        kinds: Sequence[str | None] = KINDS if factor.parameter.by_kind and factor.kind is None else (factor.kind,)
        for kind in kinds:
            yield place_of(table.space, factor.parameter.name, kind), first, value


def column_digests(column: Floats, burn_in: int) -> NDArray[np.uint8]:
    """Digests of a column of values by month, and of its burn-in, shape (2, 16); −0.0 is 0.0."""
    data = (column + 0.0).astype("<f8").tobytes()
    digests = [blake2b(part, digest_size=DIGEST_BYTES).digest() for part in (data, data[: 8 * burn_in])]
    return np.frombuffer(b"".join(digests), np.uint8).reshape(2, DIGEST_BYTES)


def measure(recording: Recording, measured: Sequence[Measured]) -> Floats:
    """Outcomes in the order asked for, shape (replications, measured); NaN where one cannot be told."""
    groups = {people: strata(people) for people in (False, True)}
    found = np.empty((len(recording.replications), len(measured)))
    for place, (name, stratum) in enumerate(measured):
        outcome = BY_NAME[name]
        found[:, place] = outcome.measure(recording, groups[outcome.people][stratum])
    return found


def monthly(recording: Recording, names: Sequence[str], groups: Sequence[str]) -> pd.DataFrame:
    """Monthly sums: a row a replication, stratum and month, a column each of `names`; no row if there is none.

    Month -1 is the one before the start, whose stocks are those at the start. Sums are over every organization of the
    stratum, community organizations included.
    """
    if not names:
        return pd.DataFrame()
    chosen = strata(people=True)
    frames = [
        pd.DataFrame(
            {
                "replication": np.repeat(recording.replications.astype(np.int64), recording.months + 1),
                "stratum": group,
                "month": np.tile(np.arange(-1, recording.months, dtype=np.int32), len(recording.replications)),
                **{name: recording.stock(name, chosen[group]).ravel() for name in names},
            }
        )
        for group in groups
    ]
    return pd.concat(frames, ignore_index=True)


def run_ids(key: str, replications: Iterable[int]) -> list[str]:
    """The names of runs: hashes of everything that decides them, of which `key` is all but the replication."""
    case, names = blake2b(key.encode(), digest_size=DIGEST_BYTES), []
    for replication in replications:
        run = case.copy()
        run.update(f" {replication}".encode())
        names.append(run.hexdigest())
    return names


def code_hash() -> str:
    """Content hash of the source of everything that decides rows: 32 hexadecimal digits."""
    return source_hash((*MODEL_PARTS, "studies/measure.py"))
