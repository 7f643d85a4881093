"""One more organization that touches nobody changes nobody, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.testing import TinyWorld, differences, tiny_world

OTHERS = {"association": 8, "service": 8, "social_work": 8, "foundation": 1}
MONTHS = 24
# Nobody founds another community organization for the newcomer's example, nor clears the newcomer away.
VALUES = {
    "entry_exit.founding_hazard": 0.0,
    "entry_exit.cleanup_rate": 0.0,
    "accounts.mean_income": {"community": 10.0},
    "contracts.yearly_budget": 4e6,
}


def later(organizations: dict[str, int]) -> TinyWorld:
    """The world after two years; a community organization in it is dormant from the start and has no staff."""
    world = tiny_world(organizations, values=VALUES, replications=3)
    table = world["organization"]
    extra = table.present & (table["kind"] == 4)
    table.columns["dormant"][extra] = True
    table.columns["active"][extra] = False
    world.step(MONTHS)
    return world


@pytest.fixture(scope="module")
def without() -> TinyWorld:
    return later(OTHERS)


@pytest.fixture(scope="module")
def with_one_more() -> TinyWorld:
    return later({**OTHERS, "community": 1})


def newcomer(world: TinyWorld) -> int:
    table = world["organization"]
    return int(table.id[0][table.present[0] & (table["kind"][0] == 4)][0])


def test_the_newcomer_is_still_there_alone_and_asleep(with_one_more: TinyWorld) -> None:
    table = with_one_more["organization"]
    mine = table.present & (table["kind"] == 4)
    assert (mine.sum(), table["dormant"][mine].all(), table["headcount"][mine].sum()) == (3, True, 0.0)


@pytest.mark.parametrize("replication", [0, 1, 2])
@pytest.mark.parametrize("entity", ["sector", "funder", "organization", "staff"])
def test_it_changes_nobody_else(entity: str, replication: int, without: TinyWorld, with_one_more: TinyWorld) -> None:
    others = differences(without.world, with_one_more.world, entity, replication, without=[newcomer(with_one_more)])
    assert others == []


def test_it_changes_no_other_kind(without: TinyWorld, with_one_more: TinyWorld) -> None:
    changed = [
        name
        for name, values in without["kind"].columns.items()
        if not np.array_equal(values[:, :4], with_one_more["kind"][name][:, :4])
    ]
    assert changed == []


def test_it_is_counted_in_no_other_stratum(without: TinyWorld, with_one_more: TinyWorld) -> None:
    changed = [
        name
        for name, values in without["stratum"].columns.items()
        if not np.array_equal(values[:, :24], with_one_more["stratum"][name][:, :24])
    ]
    assert changed == []


def test_one_more_that_is_awake_is_noticed(without: TinyWorld) -> None:
    noisy = tiny_world({**OTHERS, "community": 12}, values=VALUES, replications=3)
    noisy.step(MONTHS)
    extra = noisy.column("organization", "id")[noisy.column("organization", "kind") == 4]
    assert differences(without.world, noisy.world, "sector", without=[int(i) for i in extra]) != []
