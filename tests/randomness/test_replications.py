"""A replication is what it is: alone or in company, on one thread or two, today or tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from orgsim.ensembles import run as running
from orgsim.ensembles import simulate
from orgsim.ensembles.burn_in import Worlds
from orgsim.ensembles.run import Run
from orgsim.testing import tiny_scenario

Differs = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run makes its own burn-in, so that agreement is no echo."""
    monkeypatch.setattr(running, "WORLDS", Worlds(limit=0))


def run(replications: Any, workers: int = 1, **more: Any) -> Run:
    return simulate(tiny_scenario(), replications=replications, workers=workers, **more)


@pytest.fixture(scope="module")
def eight() -> Run:
    """Replications 0 to 7, on one thread."""
    return run(8)


def test_a_replication_alone_equals_itself_in_company(eight: Run, differs: Differs) -> None:
    assert differs(run([5]).recording, eight.recording, slice(5, 6)) == []


def test_replications_keep_the_order_in_which_they_are_named(eight: Run, differs: Differs) -> None:
    assert differs(run([2, 1, 0]).recording, eight.recording, slice(2, None, -1)) == []


@pytest.mark.parametrize("size", [1, 3, 8])
def test_the_size_of_a_block_means_nothing(
    size: int, eight: Run, differs: Differs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "block_size", lambda _: size)
    assert differs(run(8).recording, eight.recording) == []


@pytest.mark.parametrize("workers", [2, 3])
def test_the_number_of_threads_means_nothing(workers: int, eight: Run, differs: Differs) -> None:
    assert differs(run(8, workers).recording, eight.recording) == []


def test_the_same_run_twice_gives_the_same_bits(eight: Run, differs: Differs) -> None:
    assert differs(run(8).recording, eight.recording) == []


def test_a_burn_in_found_again_gives_the_same_bits(
    eight: Run, differs: Differs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WORLDS", Worlds())
    run(8)
    assert differs(run(8).recording, eight.recording) == []


def test_another_seed_gives_another_world(eight: Run, differs: Differs) -> None:
    assert "income" in differs(run(8, seed=2).recording, eight.recording)


def test_no_two_replications_are_alike(eight: Run) -> None:
    incomes = eight.recording.measures["income"].reshape(8, -1)
    assert len(np.unique(incomes, axis=0)) == 8
