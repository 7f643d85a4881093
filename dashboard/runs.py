"""The replications of this server, shared by everybody who looks, and the loop that draws while more are made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache

from orgsim.ensembles import Comparison, Growing
from orgsim.scenarios import Scenario

FIRST, MOST = 4, 64


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
    return Growing()


def refined(
    baseline: Scenario, others: list[Scenario], step: Callable[[int, int], None] | None = None
) -> Iterator[Comparison]:
    """Comparisons of 4, 8, 16 … replications, each as soon as it is there.

    `step` is called with (done, all) after each handful of replications. Streamlit stops a script whose sliders have
    moved when it next speaks to the page, and `step` is where it does: what is no longer wanted ends there.
    """
    start = known_size(baseline, others)
    for size in SIZES:
        if size < start:
            continue
        for place, scenario in enumerate((baseline, *others)):
            for done in runs().reach(scenario, size):
                if step:
                    step(min(done, size) if place else 0, SIZES[-1])
        yield runs().compare(baseline, *others, replications=size)


def known_size(baseline: Scenario, others: list[Scenario]) -> int:
    """The largest of the sizes for which nothing has to be made, so that what is known is not shown in steps."""
    known = min(runs().known(scenario) for scenario in (baseline, *others))
    return max((size for size in SIZES if size <= known), default=SIZES[0])
