"""Rows come, go and move to larger tables without anybody else noticing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.core.births import place, remove
from orgsim.core.columns import World, empty_table
from orgsim.core.draws import MONTH_ZERO, descend, draw_key
from orgsim.core.registry import Model

Collect = Callable[..., Model]
KEY = np.uint64(draw_key("birth of apple"))
MOMENT = np.uint64(MONTH_ZERO + 3)

HEIGHT = '@rule("tree")\ndef height(height: Ratio) -> Ratio:\n    """How tall."""\n    return height\n'


def orchard(collected: Collect) -> World:
    model = collected(HEIGHT, tree=["height"])
    tables = {name: empty_table(model, name, 2, 3) for name in ("tree", "apple")}
    tables["tree"].present[:, :2] = True
    tables["tree"].id[:] = [[1, 2, 0], [1, 2, 0]]
    tables["tree"].columns["height"][:] = [[1.5, 2.5, 0.0], [3.5, 4.5, 0.0]]
    return World(model, 1, np.arange(2, dtype=np.uint64), tables, -1)


def test_a_table_that_grows_keeps_its_rows(collected: Collect) -> None:
    world = orchard(collected)
    before = {name: world["tree"][name].copy() for name in ("present", "id", "newborn", "height")}
    world.grow("tree", 10)
    assert world["tree"].rows == 10
    assert [name for name, old in before.items() if not np.array_equal(world["tree"][name][:, :3], old)] == []


def test_rows_a_table_grew_by_are_absent(collected: Collect) -> None:
    world = orchard(collected)
    world.grow("tree", 10)
    assert not world["tree"].present[:, 3:].any()


def test_a_table_never_shrinks(collected: Collect) -> None:
    world = orchard(collected)
    table = world["tree"]
    world.grow("tree", 2)
    assert world["tree"] is table


def test_ranks_close_where_nobody_points_at_rows(collected: Collect) -> None:
    world = orchard(collected)
    apples = world["apple"]
    apples.present[:] = [[False, True, True], [True, False, True]]
    apples.id[:] = [[7, 8, 9], [7, 8, 9]]
    world["tree"].present[0] = [False, True, False]
    world.close_ranks()
    assert [apples.id[r, apples.present[r]].tolist() for r in range(2)] == [[8, 9], [7, 9]]
    assert (apples.top.tolist(), world["tree"].present[0].tolist()) == ([2, 2], [False, True, False])


def test_ranks_with_few_gaps_stay_as_they_are(collected: Collect) -> None:
    world = orchard(collected)
    apples = world["apple"]
    apples.present[:] = [[False, True, True], [False, False, True]]
    world.close_ranks(gaps=0.5)
    assert apples.present.tolist() == [[False, True, True], [True, False, False]]


def test_a_copy_of_a_world_is_independent_of_it(collected: Collect) -> None:
    world = orchard(collected)
    other = world.copy()
    other["tree"]["height"][:] = 9.0
    other["tree"].present[:] = False
    assert (world["tree"]["height"].max(), world["tree"].present.sum()) == (4.5, 4)


def born(counts: list[int], taken: list[bool], parents: list[int] | None = None) -> dict[str, np.ndarray]:
    """Tables of one replication after births; parents have ids 100, 101, … and all are present."""
    names = np.array(parents if parents is not None else range(100, 100 + len(counts)), dtype=np.uint64)
    rows = len(taken)
    apple = {
        "present": np.array(taken),
        "newborn": np.ones(rows, bool),
        "id": np.full(rows, 7, np.uint64),
        "link": np.full(rows, -1),
    }
    place(
        MOMENT,
        KEY,
        np.ones(len(counts), bool),
        names,
        np.array(counts, float),
        apple["present"],
        apple["newborn"],
        apple["id"],
        apple["link"],
    )
    return apple


families = st.lists(st.integers(0, 4), min_size=1, max_size=5)
crowds = st.lists(st.booleans(), max_size=8)


@settings(deadline=None)  # the first call compiles
@given(families, crowds)
def test_births_fill_free_rows_and_touch_no_other(counts: list[int], crowd: list[bool]) -> None:
    taken = crowd + [False] * sum(counts)
    apple = born(counts, taken)
    assert not (apple["newborn"] & np.array(taken, bool)).any()
    assert (apple["id"][taken] == 7).all()
    assert apple["newborn"].sum() == sum(counts)


@settings(deadline=None)  # the first call compiles
@given(families, crowds)
def test_a_newborn_is_linked_to_its_parent(counts: list[int], crowd: list[bool]) -> None:
    apple = born(counts, crowd + [False] * sum(counts))
    assert np.bincount(apple["link"][apple["newborn"]], minlength=len(counts)).tolist() == counts


@settings(deadline=None)  # the first call compiles
@given(families, crowds)
def test_an_id_comes_from_parent_month_and_ordinal_alone(counts: list[int], crowd: list[bool]) -> None:
    apple = born(counts, crowd + [False] * sum(counts))
    expected = {
        int(descend(np.uint64(100 + parent), MOMENT, np.uint64(ordinal), KEY))
        for parent, count in enumerate(counts)
        for ordinal in range(count)
    }
    assert set(apple["id"][apple["newborn"]].tolist()) == expected


def test_an_absent_parent_has_no_children() -> None:
    present, newborn = np.zeros(3, bool), np.zeros(3, bool)
    ids, link = np.zeros(3, np.uint64), np.zeros(3, np.int64)
    place(MOMENT, KEY, np.array([False]), np.array([1], np.uint64), np.array([2.0]), present, newborn, ids, link)
    assert not present.any()


def test_ten_thousand_newborns_have_ten_thousand_ids() -> None:
    causes = [(p, m, o) for p in range(50) for m in range(20) for o in range(10)]
    names = {int(descend(np.uint64(p), np.uint64(m), np.uint64(o), KEY)) for p, m, o in causes}
    assert len(names) == 10_000


def test_rows_whose_flag_holds_cease_to_be() -> None:
    present = np.array([True, True, False, True])
    remove(present, np.array([True, False, True, False]))
    assert present.tolist() == [False, True, False, True]
