"""What a benchmark measures with: repeats, targets, the machine, the page."""

from __future__ import annotations

import os
import platform
import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import numba
import numpy as np

Clock = Callable[[], float]


@dataclass(frozen=True)
class Measurement:
    """One thing measured several times, with the bound it is to keep, if any.

    `at_least` and `at_most` are in `unit`; None where there is no target on that side.
    """

    what: str
    unit: str
    values: tuple[float, ...]
    at_least: float | None = None
    at_most: float | None = None

    @property
    def middle(self) -> float:
        return median(self.values)

    @property
    def target(self) -> str:
        """The bound as people read it, or nothing."""
        low, high = (None if b is None else f"{b:g}" for b in (self.at_least, self.at_most))
        if low and high:
            return f"{low} to {high}"
        return f"≥ {low}" if low else f"≤ {high}" if high else ""

    @property
    def met(self) -> str:
        """Whether the median keeps the bound."""
        if not self.target:
            return ""
        low = -np.inf if self.at_least is None else self.at_least
        high = np.inf if self.at_most is None else self.at_most
        return "yes" if low <= self.middle <= high else "no"

    def row(self) -> tuple[str, ...]:
        """What, median, min to max, unit, target, met."""
        span = f"{figure(min(self.values))} – {figure(max(self.values))}" if len(self.values) > 1 else "once"
        return self.what, figure(self.middle), span, self.unit, self.target, self.met


def figure(value: float) -> str:
    """A number with three significant figures, no exponent."""
    if value >= 1000.0:
        return f"{value:,.0f}"
    return np.format_float_positional(value, precision=3, unique=False, fractional=False, trim="-")


def timed(work: Callable[[], object], repeats: int, clock: Clock) -> tuple[float, ...]:
    """Seconds that `work` takes, each time it is done."""
    seconds = []
    for _ in range(repeats):
        start = clock()
        work()
        seconds.append(clock() - start)
    return tuple(seconds)


def peak_memory() -> float:
    """Most memory this process has held, in GiB."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, ru_maxrss of a child begins with what its parent held
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return float(line.split()[1]) / 2**20
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**30 if sys.platform == "darwin" else most / 2**20


def machine() -> list[tuple[str, str]]:
    """What the numbers were measured on; no name of the machine."""
    cores = os.cpu_count() or 1
    lines = [("processor", _processor()), ("cores", str(cores)), ("memory", _memory())]
    if hasattr(os, "getloadavg"):
        lines.append(("load before", f"{os.getloadavg()[0]:.1f} (other work on the machine makes seconds longer)"))
    lines += [
        ("system", f"{platform.system()} {platform.machine()}"),
        ("Python, numpy, numba", f"{platform.python_version()}, {np.__version__}, {numba.__version__}"),
        ("date", datetime.now(UTC).strftime("%Y-%m-%d")),
    ]
    return lines


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> str:
    if "SC_PHYS_PAGES" not in os.sysconf_names:
        return "unknown"
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB"


def markdown(
    measurements: Sequence[Measurement],
    facts: Sequence[tuple[str, str]],
    notes: str,
    title: str = "Benchmarks",
    command: str = "make bench",
) -> str:
    """The page of results."""
    rows = [m.row() for m in measurements]
    header = ("measured", "median", "min – max", "unit", "target", "met")
    lines = [f"# {title}", "", f"*Made by `{command}` on the machine below.*", ""]
    lines += [f"- {name}: {value}" for name, value in facts]
    lines += ["", *(f"| {' | '.join(cells)} |" for cells in (header, ("---",) * 6, *rows)), "", notes]
    return "\n".join(lines)
