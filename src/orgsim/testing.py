"""For tests: tiny worlds stepped month by month, comparison to the last bit, and assertions about chance.

    world = tiny_world({"service": 3}, values={"turnover.base_hazard": 1e-300})
    world.step(12)
    world.column("organization", "cash")

Values given to a tiny world need not lie in a parameter's range nor be anybody's choice: an analytic world switches
off what it is not about. Chance is judged by Bayes factors: an assertion fails only where the data speak decisively
against what is expected, so that a right program is not called wrong once in twenty runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from orgsim.core.columns import Table, World
from orgsim.core.parameters import KINDS
from orgsim.engines.agents import AgentsEngine
from orgsim.engines.both import BothEngines
from orgsim.engines.columns import ColumnsEngine
from orgsim.engines.start import first_world
from orgsim.ensembles.run import ready
from orgsim.mechanisms import space
from orgsim.scenarios import Population, Scenario, load

Floats = NDArray[np.float64]
Values = Mapping[str, float | Mapping[str, float]]
"""Parameter values by name; those that differ by kind may be given as one number or by kind."""

FEW: Mapping[str, int] = {"association": 12, "service": 10, "social_work": 8, "foundation": 1, "community": 12}
"""A small population with every kind in it."""
DECISIVE = 100.0
"""Bayes factor from which evidence counts as decisive (Jeffreys 1961, appendix B)."""


class TinyWorld:
    """A small world of the package's model, with the engine that steps it.

    `parameters` has shape (replications, places) and may be changed between steps.
    """

    def __init__(self, world: World, engine: ColumnsEngine | AgentsEngine | BothEngines) -> None:
        self.world = world
        self.engine = engine

    @property
    def parameters(self) -> Floats:
        return self.engine.parameters

    @property
    def month(self) -> int:
        """The month that has been stepped last."""
        return self.world.month

    def step(self, months: int = 1) -> None:
        """Step `months` months."""
        for _ in range(months):
            self.engine.step()

    def __getitem__(self, entity: str) -> Table:
        """The entity's table as it is now; a step may replace it by a larger one."""
        return self.world[entity]

    def column(self, entity: str, name: str, replication: int = 0) -> NDArray[Any]:
        """A copy of a column's values over the present rows of one replication (given by its place)."""
        table = self.world[entity]
        chosen: NDArray[Any] = table[name][replication][table.present[replication]]
        return chosen

    def set(self, values: Values) -> None:
        """Change parameter values from the next step on, in every replication."""
        put(self.parameters, values)


def tiny_world(
    organizations: Mapping[str, int] | None = None,
    *,
    funders: int = 3,
    values: Values | None = None,
    parameters: Floats | None = None,
    replications: int | Sequence[int] = 1,
    seed: int = 1,
    engine: Literal["columns", "agents", "both"] = "columns",
    month: int = -1,
) -> TinyWorld:
    """A world at the end of `month`, its first staff in post, nothing stepped yet.

    `values` override defaults, in every replication alike; `parameters`, shape (places,) or (replications, places),
    replaces the defaults themselves. Raises KeyError for a parameter there is not.
    """
    model, compiled = ready()
    numbers = np.array(range(replications) if isinstance(replications, int) else replications, dtype=np.uint64)
    start = space().defaults() if parameters is None else parameters
    table = np.array(np.broadcast_to(start, (len(numbers), model.space.size)))
    put(table, values or {})
    counts = FEW if organizations is None else organizations
    world = first_world(model, compiled, funders, counts, seed, numbers, table, month)
    kinds = {"columns": ColumnsEngine, "agents": AgentsEngine, "both": BothEngines}
    chosen = kinds[engine](world, compiled)
    chosen.parameters[:] = table
    return TinyWorld(world, chosen)


def put(parameters: Floats, values: Values) -> None:
    """Write values into an array whose last axis are the places of the parameter space; ranges do not matter here."""
    known = space()
    for name, value in values.items():
        first = known.place[name]
        if isinstance(value, Mapping):
            for kind, one in value.items():
                parameters[..., first + KINDS.index(kind)] = one
        else:
            parameters[..., first : first + len(known[name].values)] = value


def tiny_scenario(organizations: Mapping[str, int] | None = None, *, funders: int = 3, **changes: Any) -> Scenario:
    """The shipped baseline over few organizations, with six months of burn-in and a year of policy.

    `changes` are fields of `Scenario`, such as `months`, `levers` or `schedule`.
    """
    few = Population(funders, dict(FEW if organizations is None else organizations))
    return replace(load("baseline"), **{"population": few, "burn_in": 6, "months": 12, **changes})


def same_bits(a: NDArray[Any], b: NDArray[Any]) -> bool:
    """Whether two arrays have the same type, shape and bits: a NaN equals itself, −0.0 is not 0.0."""
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def differences(a: World, b: World, entity: str, replication: int = 0, without: Sequence[int] = ()) -> list[str]:
    """Names of the columns of `entity` in which two worlds differ in any bit, rows found again by their ids.

    Rows may stand elsewhere in the other world: links are compared by the id they point at. Rows whose ids are in
    `without` are left out. 'rows' is named if other ids are there.
    """
    left, right = _rows_by_id(a[entity], replication, without), _rows_by_id(b[entity], replication, without)
    if left.keys() != right.keys():
        return ["rows"]
    here, there = list(left.values()), [right[key] for key in left]
    found = []
    for name in a[entity].columns:
        links = a.model.entities[entity].links
        values = [w[entity][name][replication][rows] for w, rows in ((a, here), (b, there))]
        if name in links:
            values = [w[links[name]].id[replication][v] for w, v in zip((a, b), values, strict=True)]
        if not same_bits(values[0], values[1]):
            found.append(name)
    return found


def _rows_by_id(table: Table, replication: int, without: Sequence[int]) -> dict[int, int]:
    rows = np.flatnonzero(table.present[replication])
    return {int(table.id[replication, row]): int(row) for row in rows if int(table.id[replication, row]) not in without}


def assert_proportion(hits: int, trials: int, expected: float, what: str = "the proportion") -> None:
    """Fail if `hits` of `trials` speak decisively against the probability `expected`."""
    assert_counts(
        [hits, trials - hits], [expected, 1.0 - expected], f"{what} ({hits}/{trials}, expected {expected:.4g})"
    )


def assert_counts(counts: ArrayLike, expected: ArrayLike, what: str = "the distribution") -> None:
    """Fail if counts of categories speak decisively against their expected probabilities, which sum to 1.

    The alternative is any other distribution, weighed by Jeffreys' prior (Dirichlet with all parameters 1/2).
    """
    seen, chances = np.asarray(counts, float), np.asarray(expected, float)
    assert abs(chances.sum() - 1.0) < 1e-9, "expected probabilities sum to 1"
    prior = np.full(seen.shape, 0.5)
    other = _log_beta(seen + prior) - _log_beta(prior)
    _judge(float(other - special.xlogy(seen, chances).sum()), what)


def assert_mean(values: ArrayLike, expected: float, what: str = "the mean") -> None:
    """Fail if independent values, about normal, speak decisively against the mean `expected`.

    Zellner's g-prior with g = n (unit information) for the difference, in units of the unknown spread.
    """
    seen = np.asarray(values, float)
    n = seen.size
    spread = float(seen.std(ddof=1))
    if spread == 0.0:
        assert float(seen[0]) == expected, f"{what}: always {seen[0]}, expected {expected}"
        return
    t = (float(seen.mean()) - expected) / (spread / np.sqrt(n))
    log_factor = 0.5 * (n - 1) * np.log1p(n) - 0.5 * n * np.log1p(n / (1.0 + t * t / (n - 1)))
    _judge(float(log_factor), f"{what} ({seen.mean():.6g} over {n} values, expected {expected:.6g})")


def assert_distribution(values: ArrayLike, cdf: Callable[[Any], Any], what: str = "the distribution") -> None:
    """Fail if independent values speak decisively against a continuous distribution (Kolmogorov–Smirnov).

    The p value becomes the largest Bayes factor it can stand for, −1/(e p ln p) (Sellke, Bayarri & Berger 2001).
    """
    p = max(float(stats.kstest(np.asarray(values, float), cdf).pvalue), 1e-300)
    _judge(-1.0 - np.log(-p * np.log(p)) if p < np.exp(-1.0) else 0.0, f"{what} (p = {p:.2g})")


def _log_beta(a: Floats) -> float:
    return float(special.gammaln(a).sum() - special.gammaln(a.sum()))


def _judge(log_factor: float, what: str) -> None:
    assert log_factor < np.log(DECISIVE), f"{what} is off: Bayes factor e^{log_factor:.1f} against what is expected"
