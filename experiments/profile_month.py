"""Where does a month go? Prints microseconds of each kernel for one replication and month, the dearest first.

    python experiments/profile_month.py [--replications N] [--months M] [--organizations K]

A kernel is one compiled loop of a phase; its source lies in the cache folder, whose name is printed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from bench import district

from orgsim.core.cache import cache_folder
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles.burn_in import burn_in
from orgsim.ensembles.run import BLOCK, ready
from orgsim.outcomes.recorder import Recorder

Call = Callable[..., None]


def main() -> None:
    """Step a block of replications with a clock around every kernel."""
    parser = argparse.ArgumentParser(description="Microseconds of each kernel, for one replication and month.")
    parser.add_argument("--replications", type=int, default=BLOCK)
    parser.add_argument("--months", type=int, default=48)
    parser.add_argument("--organizations", type=int, default=None)
    chosen = parser.parse_args()
    model, compiled = ready(lambda what, done, all_: print(f"\r{what}: {done} of {all_}", end="", flush=True))
    table, population = district(chosen.organizations)
    numbers = np.arange(chosen.replications, dtype=np.uint64)
    world = burn_in(model, compiled, table, population, 1, numbers)

    seconds: Counter[str] = Counter()
    clocked = {name: _clocked(name, function, seconds) for name, function in compiled.functions.items()}
    engine, recorder = ColumnsEngine(world, replace(compiled, functions=clocked)), Recorder(world, chosen.months)
    steps = _clocked("whole step", engine.step, seconds)
    keeps = _clocked("recorder", recorder.keep, seconds)
    keeps()
    for month in range(chosen.months):
        engine.parameters[:] = table.at(month)
        steps()
        keeps()

    step, record = seconds.pop("whole step"), seconds.pop("recorder")
    scale = 1e6 / (chosen.months * chosen.replications)
    print(f"\nprinted kernels: {cache_folder()}")
    for entity in ("organization", "staff"):
        present = world[entity].present
        print(f"{entity}: {present.sum(axis=1).mean():,.0f} present in {present.shape[1]:,} rows")
    print(f"{'microseconds':>12}  {'share':>6}  kernel")
    for name, spent in seconds.most_common():
        print(f"{scale * spent:12.1f}  {spent / step:6.1%}  {name}")
    print(f"{scale * (step - seconds.total()):12.1f}  {1.0 - seconds.total() / step:6.1%}  between kernels")
    print(f"{scale * step:12.1f}  100.0%  step")
    print(f"{scale * record:12.1f}  {record / step:6.1%}  recorder, beside the step")
    horizon = table.months
    print(f"{horizon} months of one replication: {1e-6 * horizon * scale * (step + record):.3f} s")


def _clocked(name: str, function: Call, seconds: Counter[str]) -> Call:
    def call(*arguments: object) -> None:
        start = time.perf_counter()
        function(*arguments)
        seconds[name] += time.perf_counter() - start  # type: ignore[assignment]

    return call


if __name__ == "__main__":
    main()
