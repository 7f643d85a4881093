"""Where does a month go? Prints microseconds of each phase for one replication and month, the dearest first.

    python experiments/profile_month.py [--replications N] [--months M] [--organizations K]

The first run compiles each phase by itself. What is compiled lies in the cache folder, whose name is printed.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
from bench import district

from orgsim.core.cache import cache_folder
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles.burn_in import burn_in
from orgsim.ensembles.run import ready
from orgsim.outcomes.recorder import Recorder


def main() -> None:
    """Step a block of replications with a clock around every phase."""
    parser = argparse.ArgumentParser(description="Microseconds of each phase, for one replication and month.")
    parser.add_argument("--replications", type=int, default=1)
    parser.add_argument("--months", type=int, default=48)
    parser.add_argument("--organizations", type=int, default=None)
    chosen = parser.parse_args()
    model, compiled = ready(lambda what, done, all_: print(f"\r{what}: {done} of {all_}", end="", flush=True))
    table, population = district(chosen.organizations)
    numbers = np.arange(chosen.replications, dtype=np.uint64)
    world = burn_in(model, compiled, table, population, 1, numbers)
    engine, recorder = ColumnsEngine(world, compiled), Recorder(world, chosen.months)
    recorder.keep()
    compiled.every_phase()

    seconds: Counter[str] = Counter()
    for month in range(chosen.months):
        engine.parameters[:] = table.at(month)
        engine.world.month += 1
        for number, phase in enumerate(model.schedule):
            seconds[phase.name] += timed(lambda: engine.run(number))  # noqa: B023
        seconds["recorder"] += timed(recorder.keep)

    scale = 1e6 / (chosen.months * chosen.replications)
    print(f"\nprinted kernels: {cache_folder()}")
    for entity in ("organization", "staff"):
        present = world[entity].present
        print(f"{entity}: {present.sum(axis=1).mean():,.0f} present in {present.shape[1]:,} rows")
    print(f"{'microseconds':>12}  {'share':>6}  phase")
    for name, spent in seconds.most_common():
        print(f"{scale * spent:12.1f}  {spent / seconds.total():6.1%}  {name}")
    print(f"{scale * seconds.total():12.1f}  100.0%")


def timed(work: Callable[[], None]) -> float:
    """Seconds by the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
