"""A scenario with some values moved, and the outcomes it gives, simulated once and found again by content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

import orgsim
from orgsim.core.cache import cache_folder
from orgsim.core.hashing import content_hash
from orgsim.ensembles import simulate
from orgsim.mechanisms import space
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.outcomes.strata import strata
from orgsim.scenarios import Scenario, resolve
from orgsim.scenarios.scenario import Origin, Setting

Floats = NDArray[np.float64]
_DECIDING = ("core", "mechanisms", "engines", "ensembles", "outcomes", "schedule.py", "population.py", "register.py")
"""Parts of the package that decide a result."""


def moved(scenario: Scenario, values: Mapping[str, float], name: str) -> Scenario:
    """The scenario with other values, over whatever it says of them: levers from month 0 on, assumptions throughout."""
    settings = [Setting(parameter, None, value, Origin("trials", 0)) for parameter, value in values.items()]
    levers = tuple(s for s in settings if space().named(s.parameter).role == "lever")
    assumptions = tuple(s for s in settings if s not in levers)
    return replace(
        scenario, name=name, levers=(*scenario.levers, *levers), assumptions=(*scenario.assumptions, *assumptions)
    )


def value_in(scenario: Scenario, parameter: str) -> float:
    """Value of a lever or an assumption in month 0."""
    table = resolve(scenario, months=1)
    return float(table.at(0)[table.space.place[parameter]])


def outcome_values(scenario: Scenario, replications: int, months: int | None, seed: int) -> dict[str, Floats]:
    """Every outcome over everybody, one value a replication; kept in the cache folder."""
    file = cache_folder() / "trials" / f"{_key(scenario, replications, months, seed)}.parquet"
    if file.exists():
        kept = pd.read_parquet(file)
        return {str(name): kept[name].to_numpy(np.float64) for name in kept}
    values = measured(scenario, replications, months, seed)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    pd.DataFrame(values).to_parquet(draft, index=False)
    draft.replace(file)
    return values


def measured(scenario: Scenario, replications: int, months: int | None, seed: int) -> dict[str, Floats]:
    """The same, simulated now."""
    recording = simulate(scenario, replications=replications, months=months, seed=seed).recording
    found = {outcome.name: outcome.measure(recording, strata(outcome.people)["all"]) for outcome in OUTCOMES}
    return {name: np.broadcast_to(value, (replications,)).astype(np.float64) for name, value in found.items()}


def _key(scenario: Scenario, replications: int, months: int | None, seed: int) -> str:
    population = scenario.population
    return content_hash(
        {
            "code": _code(),
            "values": resolve(scenario, months=months).fingerprint(),
            "funders": population.funders,
            "organizations": dict(population.organizations),
            "register": population.register.fingerprint if population.register else "",
            "replications": replications,
            "seed": seed,
        }
    )


@cache
def _code() -> str:
    """Hash of every source file that decides a result."""
    root = Path(str(orgsim.__file__)).parent
    digest = blake2b(digest_size=16)
    for part in _DECIDING:
        for file in sorted([root / part] if part.endswith(".py") else (root / part).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
