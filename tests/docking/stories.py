"""What a small district goes through, in a few numbers, by either implementation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.scenarios import Scenario
from tests.docking.plain.luck import OwnLuck
from tests.docking.side_by_side import EngineDistrict, plain_district

Story = dict[str, Any]
FLOWS = ("leavers", "headcount", "closes", "remains", "sanctioned")
COLUMNS = ("active_now", "months_of_cash", "quality", "procedural_breach")


def plain_story(scenario: Scenario, seed: int) -> Story:
    """One replication of the plain implementation, with random numbers of its own."""
    model = plain_district(scenario, OwnLuck(seed))
    flows = dict.fromkeys(FLOWS, 0.0)
    for _ in range(scenario.burn_in + scenario.months):
        model.step()
        for name in FLOWS:
            flows[name] += model.books.counts["stratum", name].total()
    return _told(flows, {name: np.array([getattr(o, name) for o in model.organizations]) for name in COLUMNS})


def engine_story(scenario: Scenario, replications: int) -> Mapping[str, NDArray[np.float64]]:
    """orgsim's own, one number a replication."""
    district = EngineDistrict(scenario, replications)
    flows = {name: np.zeros(replications) for name in FLOWS}
    for _ in range(scenario.burn_in + scenario.months):
        district.step()
        for name in FLOWS:
            flows[name] += district["stratum"][name].sum(axis=1)
    told = [
        _told(
            {name: flow[replication] for name, flow in flows.items()},
            {name: district.world.column("organization", name, replication) for name in COLUMNS},
        )
        for replication in range(replications)
    ]
    return {what: np.array([story[what] for story in told]) for what in told[0]}


def _told(flows: Mapping[str, float], organizations: Mapping[str, NDArray[Any]]) -> Story:
    at_work = organizations["active_now"].astype(bool)
    return {
        "turnover": 12.0 * flows["leavers"] / flows["headcount"],
        "exits": int(flows["closes"]),
        "sanctions": int(flows["sanctioned"]),
        "organization-months": int(flows["remains"] + flows["closes"]),
        "organizations at work": int(at_work.sum()),
        "in breach": int(organizations["procedural_breach"][at_work].sum()),
        "months of cash": float(np.median(organizations["months_of_cash"][at_work])),
        "quality": float(organizations["quality"][at_work].mean()),
    }


def distribution(values: NDArray[np.float64]) -> Callable[[Any], Any]:
    """The distribution function of values that were seen."""
    ordered = np.sort(values)
    return lambda x: np.searchsorted(ordered, x, side="right") / ordered.size
