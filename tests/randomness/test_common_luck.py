"""Two policies meet the same luck: nothing differs before the policy does, and differences are sharper for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from orgsim.ensembles import compare, simulate
from orgsim.scenarios import Origin, Setting, Step
from orgsim.testing import TinyWorld, tiny_scenario, tiny_world

Differs = Callable[..., list[str]]
HERE = Origin("test", 0)


def test_a_policy_changes_nothing_before_its_month() -> None:
    change = Step("contracts.payment_delay", None, 6, 6.0, 0, HERE)
    as_is = simulate(tiny_scenario(), replications=2).recording
    policy = simulate(tiny_scenario(schedule=(change,)), replications=2).recording
    # Entry t + 1 is month t: entries up to 6 are the months before the seventh.
    assert [n for n, v in as_is.measures.items() if not np.array_equal(v[:, :7], policy.measures[n][:, :7])] == []


def test_a_policy_changes_something_in_its_month() -> None:
    change = Step("subsidy.community_grant", None, 6, 50_000.0, 0, HERE)
    as_is = simulate(tiny_scenario(), replications=2).recording.measures["subsidy_receipt"]
    policy = simulate(tiny_scenario(schedule=(change,)), replications=2).recording.measures["subsidy_receipt"]
    assert (policy[:, 7].sum(axis=1) > as_is[:, 7].sum(axis=1)).all()


def births(world: TinyWorld, entity: str, parents: str, link: str, months: int) -> dict[tuple[int, int], set[int]]:
    """Ids of those born, by month and the id of the row they were born of."""
    born: dict[tuple[int, int], set[int]] = {}
    known = set(world[entity].id[0][world[entity].present[0]].tolist())
    for _ in range(months):
        world.step()
        table = world[entity]
        for row in np.flatnonzero(table.present[0]):
            name = int(table.id[0, row])
            if name not in known:
                known.add(name)
                parent = int(world[parents].id[0, table[link][0, row]])
                born.setdefault((world.month, parent), set()).add(name)
    return born


@pytest.mark.parametrize(
    ("entity", "parents", "link", "policy"),
    [
        ("staff", "organization", "employer", {"hiring.base_fill": 0.7, "turnover.base_hazard": 0.04}),
        ("organization", "kind", "kind", {"entry_exit.founding_hazard": 0.1}),
    ],
)
def test_those_born_of_the_same_cause_have_the_same_ids_under_any_policy(
    entity: str, parents: str, link: str, policy: dict[str, float]
) -> None:
    common = {"entry_exit.founding_hazard": 0.05}
    as_is = births(tiny_world(values=common), entity, parents, link, 24)
    changed = births(tiny_world(values=common | policy), entity, parents, link, 24)
    shared = as_is.keys() & changed.keys()
    renamed = [cause for cause in shared if not (as_is[cause] <= changed[cause] or changed[cause] <= as_is[cause])]
    assert (len(shared) > 5, renamed) == (True, [])


def test_an_id_is_never_given_twice() -> None:
    world = tiny_world(values={"entry_exit.founding_hazard": 0.1, "turnover.base_hazard": 0.04}, replications=2)
    for _ in range(24):
        world.step()
        for replication in range(2):
            for entity in ("organization", "staff"):
                ids = world.column(entity, "id", replication)
                assert len(np.unique(ids)) == len(ids)


def test_common_luck_narrows_the_interval_of_a_difference() -> None:
    grant = Setting("subsidy.community_grant", None, 20_000.0, HERE)
    as_is = tiny_scenario()
    policy = tiny_scenario(name="grant", levers=(*as_is.levers, grant))
    table = compare(as_is, policy, replications=16).table
    changed = table[(table["scenario"] == "grant") & (table["difference_high"] > table["difference_low"])]
    width = (changed["difference_high"] - changed["difference_low"]) / changed["unpaired_width"]
    assert (len(width) > 20, width.median() < 0.5) == (True, True)
