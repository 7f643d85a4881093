"""How fast is the model on this machine? Prints a table, says which targets are met, writes docs/benchmarks.md.

python experiments/bench.py            about five minutes
python experiments/bench.py --quick    less than one, printed only
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
from measuring import Measurement, machine, markdown, peak_memory, timed
from numba import njit

from orgsim.core.draws import uniforms
from orgsim.engines.agents import AgentsEngine
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles import compare, simulate
from orgsim.ensembles.burn_in import WORLDS, burn_in
from orgsim.ensembles.run import ready, run_block
from orgsim.outcomes.recorder import Recorder
from orgsim.report.levers import moved
from orgsim.scenarios import ParameterTable, Population, Scenario, load, resolve

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
SIZES = (500, 1_570, 5_000, 15_000, 50_000)
SCALED = ("contracts.yearly_budget", "subsidy.yearly_cap")
"""Amounts for the whole district, which grow with the number of organizations."""
NOTES = """\
Medians of several repeats. *Core seconds* are processor time of one thread, which other work on the machine hardly
touches; other seconds are by the clock. The district is that of the baseline, burnt in for 24 months. A *staff-month*
is one person through one month with all that happens to organizations, funders and the sector around them. Sizes keep
the shares of kinds, and the contract budget and the subsidy cap grow with them.
"""


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Measure how fast the model runs on this machine.")
    parser.add_argument("--quick", action="store_true", help="fewer repeats and sizes, no cold compile, no page")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    parser.add_argument("--memory-of", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.memory_of:
        step_once(chosen.memory_of)
        print(peak_memory())
        return 0
    facts = machine()
    print(*(f"{name}: {value}" for name, value in facts), sep="\n")
    ready(lambda what, done, everything: print(f"\r{what}: {done} of {everything}", end="", file=sys.stderr))
    measurements = []
    for measurement in everything(chosen.quick):
        measurements.append(measurement)
        what, middle, span, unit, target, met = measurement.row()
        verdict = {"yes": f"  target {target}: met", "no": f"  target {target}: NOT MET", "": ""}[met]
        print(f"{what:<62}{middle:>9} {unit:<12} ({span}){verdict}", flush=True)
    if not chosen.quick:
        chosen.page.write_text(markdown(measurements, facts, NOTES), encoding="utf-8")
        print(f"wrote {chosen.page}")
    missed = [m.what for m in measurements if m.met == "no"]
    print(f"targets missed: {'; '.join(missed) or 'none'}")
    return 0


def everything(quick: bool) -> Iterator[Measurement]:
    """All measurements, one by one as they are made."""
    repeats = 1 if quick else 5
    yield from engines(repeats, agent_months=1 if quick else 2)
    yield replication(repeats)
    yield from sizes(SIZES[:3] if quick else SIZES, repeats)
    yield memory(SIZES[2] if quick else SIZES[-1])
    yield from comparison(1 if quick else 3)
    yield changed_policy(3 if quick else 7)
    yield threads(repeats)
    yield from draws(repeats)
    yield from start_up(1 if quick else 3, cold=not quick)


def district(organizations: int | None = None) -> tuple[ParameterTable, Population]:
    """Values and population of the baseline, or of a district with so many organizations and the money for them."""
    scenario = load("baseline")
    table = resolve(scenario)
    if organizations is None:
        return table, scenario.population
    now = scenario.population.organizations
    factor = organizations / sum(now.values())
    values = table.values.copy()  # beyond the legal range of a district, so not through `resolve`
    for name in SCALED:
        values[:, table.space.place[name]] *= factor
    larger = Population(scenario.population.funders, {kind: round(number * factor) for kind, number in now.items()})
    return replace(table, values=values), larger


def engines(repeats: int, agent_months: int) -> Iterator[Measurement]:
    """(a) Columns against agents, for each staff-month, from the same burnt-in worlds."""
    model, compiled = ready()
    table, population = district()
    fast = []
    for _ in range(repeats):
        staff = seconds = 0.0
        for number in range(8):
            block = np.array([number], np.uint64)
            engine = ColumnsEngine(WORLDS.get(model, compiled, table, population, 1, block), compiled)
            for month in range(12):
                staff += engine.world["staff"].present.sum()
                engine.parameters[:] = table.at(month)
                seconds += timed(engine.step, 1, time.process_time)[0]
        fast.append(seconds / staff)
    slow = []
    world = WORLDS.get(model, compiled, table, population, 1, np.zeros(1, np.uint64))
    agents = AgentsEngine(world, compiled)
    for month in range(agent_months):
        staff = float(world["staff"].present.sum())
        agents.parameters[:] = table.at(month)
        slow.append(timed(agents.step, 1, time.process_time)[0] / staff)
    yield Measurement("columns engine, a staff-month", "core ns", tuple(1e9 * s for s in fast))
    yield Measurement("agents engine, a staff-month", "core µs", tuple(1e6 * s for s in slow))
    ratios = tuple(median(slow) / each for each in fast)
    yield Measurement("(a) agents over columns, a staff-month", "times", ratios, at_least=150)


def replication(repeats: int) -> Measurement:
    """(b) One replication of 120 months, recorded, amortized over eight whose burn-in is known."""
    model, compiled = ready()
    table, population = district()

    def work() -> None:
        for number in range(8):
            run_block(model, compiled, table, population, 1, np.array([number], np.uint64))

    work()
    each = tuple(seconds / 8 for seconds in timed(work, repeats, time.process_time))
    return Measurement(f"(b) one replication of {table.months} months", "core s", each, at_most=0.15)


def sizes(numbers: tuple[int, ...], repeats: int) -> Iterator[Measurement]:
    """(c) Time of a month against the number of organizations, and the exponent of that law.

    Measured in blocks of four replications: a call's fixed cost is spread over the block, as it is in runs of small
    districts.
    """
    model, compiled = ready()
    per_month = []
    for number in numbers:
        table, population = district(number)
        world = burn_in(model, compiled, table, population, 1, np.arange(4, dtype=np.uint64))
        engine = ColumnsEngine(world, compiled)
        engine.parameters[:] = table.at(0)
        engine.step()
        months = max(6, min(30, 30_000 // number)) * (1 if repeats == 1 else 2)
        per_month.append(timed(engine.step, months, time.process_time))
        milliseconds = tuple(250.0 * s for s in per_month[-1])
        yield Measurement(f"a replication-month of {number:,} organizations", "core ms", milliseconds)
    logs = np.log(numbers), np.log([median(times) for times in per_month])
    exponent = float(np.polyfit(*logs, 1)[0])
    yield Measurement("(c) exponent of time in organizations", "", (exponent,), at_least=0.9, at_most=1.1)


def memory(number: int) -> Measurement:
    """(c) Most memory that a fresh process holds for one replication of so many organizations."""
    command = [sys.executable, __file__, "--memory-of", str(number)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    what = f"(c) memory of one replication of {number:,} organizations"
    return Measurement(what, "GiB", (float(told.split()[-1]),), at_most=1.0)


def step_once(number: int) -> None:
    """Burn in, step and record one replication, for its memory."""
    model, compiled = ready()
    table, population = district(number)
    world = burn_in(model, compiled, table, population, 1, np.zeros(1, np.uint64))
    engine, recorder = ColumnsEngine(world, compiled), Recorder(world, table.months)
    recorder.keep()
    for month in range(12):
        engine.parameters[:] = table.at(month)
        engine.step()
        recorder.keep()


def longer(months: float) -> Scenario:
    """The baseline with another contract length: a policy with the baseline's burn-in."""
    return moved(load("baseline"), {"contracts.duration": months}, f"contracts of {months:g} months")


def comparison(repeats: int) -> Iterator[Measurement]:
    """(d) Sixty-four replications of two scenarios on all cores, from nothing but compiled code."""
    run, table = [], []
    for seed in range(100, 100 + repeats):  # a new seed has no burnt-in world yet
        start = time.perf_counter()
        found = compare("baseline", longer(36.0), replications=64, seed=seed)
        run.append(time.perf_counter() - start)
        start = time.perf_counter()
        _ = found.table
        table.append(time.perf_counter() - start)
    yield Measurement("(d) 64 replications × 2 scenarios, all cores", "s", tuple(run), at_most=10.0)
    yield Measurement("its table of paired differences", "s", tuple(table))


def changed_policy(repeats: int) -> Measurement:
    """(e) Eight replications of a changed policy, the burn-in known."""
    simulate("baseline", replications=8)
    seconds = []
    for each in range(repeats):
        scenario = longer(13.0 + each)
        seconds.append(timed(lambda: simulate(scenario, replications=8), 1, time.perf_counter)[0])  # noqa: B023
    return Measurement("(e) 8 replications of a changed policy, all cores", "s", tuple(seconds), at_most=0.6)


def threads(repeats: int) -> Measurement:
    """(f) How many times faster two workers are than one."""
    ratios = []
    for workers in (1, 2):
        simulate("baseline", replications=16, months=24, workers=workers)
    for _ in range(repeats):
        one, two = (
            timed(lambda: simulate("baseline", replications=16, months=48, workers=w), 1, time.perf_counter)[0]  # noqa: B023
            for w in (1, 2)
        )
        ratios.append(one / two)
    return Measurement(f"(f) two workers over one, on {os.cpu_count()} cores", "times", tuple(ratios))


@njit(nogil=True)
def _draw_all(ids: np.ndarray, luck: np.ndarray) -> None:
    for row in range(ids.shape[0]):
        luck[row] = uniforms(np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4), ids[row])[0]


def draws(repeats: int) -> Iterator[Measurement]:
    """(g) What a draw costs, in a loop as the kernels have them."""
    number = 100_000
    ids, luck = np.arange(number, dtype=np.uint64), np.empty(number)

    def work() -> None:
        for _ in range(20):
            _draw_all(ids, luck)

    work()
    each = [seconds / (20 * number) for seconds in timed(work, max(3, repeats), time.process_time)]
    yield Measurement("(g) a draw", "core ns", tuple(1e9 * s for s in each))
    yield Measurement("draws in a second", "million", tuple(1e-6 / s for s in each))


def start_up(repeats: int, *, cold: bool) -> Iterator[Measurement]:
    """(h) From the start of a process to a compiled model, with a warm cache and with none."""
    command = [sys.executable, "-c", "from orgsim.ensembles.run import ready; ready()"]
    warm = timed(lambda: subprocess.run(command, check=True), repeats, time.perf_counter)
    yield Measurement("(h) start to compiled model, warm cache", "s", warm)
    if cold:
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "ORGSIM_CACHE": folder}
            once = timed(lambda: subprocess.run(command, check=True, env=environment), 1, time.perf_counter)
        yield Measurement("(h) start to compiled model, empty cache", "s", once)


if __name__ == "__main__":
    sys.exit(main())
