"""The replications of this server, shared by everybody who looks, and the loop that draws while more are made."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from functools import cache
from time import monotonic

from orgsim.ensembles import Comparison, Growing
from orgsim.ensembles.burn_in import WORLDS
from orgsim.scenarios import Scenario

FIRST, ENOUGH, MOST = 4, 8, 64
HASTE = 0.2
"""Seconds within which the first picture waits for eight replications; after that it takes four."""
TICK = 0.05
"""Seconds between two chances to stop."""
WORLDS_KEPT = 600 << 20
"""Bytes of burnt-in worlds that are kept: 64 of today's, and as many under other assumptions."""


def sizes(most: int) -> tuple[int, ...]:
    """Replications at which the page is drawn anew: 4, then twice as many each time, up to `most`."""
    found = []
    size = min(FIRST, most)
    while size < most:
        found.append(size)
        size *= 2
    return (*found, most)


SIZES = sizes(int(os.environ.get("ORGSIM_REPLICATIONS", MOST)))


@cache
def runs() -> Growing:
    """One store for the whole server: a policy that anybody has tried is there at once."""
    sys.setswitchinterval(0.001)  # a page being drawn lets those who simulate have their turn at once
    WORLDS.limit = WORLDS_KEPT
    return Growing()


def refined(
    baseline: Scenario, others: list[Scenario], step: Callable[[int, int], None] | None = None
) -> Generator[Comparison]:
    """Comparisons of 4, 8, 16 … replications, each as soon as it is there; sizes that are past by then are left out.

    `step` is called with (replications drawn or on their way, other runs being made) several times a second. Streamlit
    stops a script whose sliders have moved when it next speaks to the page, and `step` is where it does: what is no
    longer wanted ends there. Close it to end it at once.
    """
    began, drawn = monotonic(), 0
    with runs().wanted([baseline, *others], SIZES[-1]) as asked:
        while drawn < SIZES[-1]:
            known = asked.known()
            size = max((size for size in SIZES if size <= known), default=0)
            early = size < min(ENOUGH, SIZES[-1]) and monotonic() < began + HASTE
            if size > drawn and not early:
                drawn = size
                yield runs().compare(baseline, *others, replications=size)
            else:
                asked.wait(TICK)
                if step:
                    step(min(asked.known(), SIZES[-1]) if drawn else 0, asked.others())


def likely(others: list[Scenario]) -> None:
    """Policies that may come next: while the visitor reads and nobody waits, their first picture is simulated."""
    runs().guess(others, min(ENOUGH, SIZES[-1]))


def known_size(baseline: Scenario, others: list[Scenario]) -> int:
    """The largest of the sizes for which nothing has to be made; the first where there is none."""
    known = min(runs().known(scenario) for scenario in (baseline, *others))
    return max((size for size in SIZES if size <= known), default=SIZES[0])
