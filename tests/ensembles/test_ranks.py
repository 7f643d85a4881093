"""Ranks of staff are closed on the way, and nobody can tell."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.core.columns import World
from orgsim.ensembles import run
from orgsim.ensembles.run import simulate
from orgsim.testing import tiny_scenario


def test_a_run_whose_ranks_are_closed_has_the_bits_of_one_where_all_keep_their_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moved = []
    close = World.close_ranks

    def closing(world: World, gaps: float = 0.0) -> None:
        before = world["staff"].present.copy()
        close(world, gaps)
        moved.append((before != world["staff"].present).any())

    monkeypatch.setattr(run, "GAPS", 0.0)
    kept = simulate(tiny_scenario(months=37), replications=3, watch=lambda _world: None).recording
    monkeypatch.setattr(World, "close_ranks", closing)
    closed = simulate(tiny_scenario(months=37), replications=3).recording
    assert any(moved)
    assert all(np.array_equal(closed.measures[name], kept.measures[name]) for name in kept.measures)
