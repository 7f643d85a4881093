"""Observers: what they show adds up to what is recorded, and they change nothing."""

from __future__ import annotations

import numpy as np
import pytest

from orgsim.analysis.observe import Look, Observer, Span
from orgsim.core.columns import World
from orgsim.ensembles import simulate
from orgsim.ensembles.run import Run
from orgsim.testing import same_bits, tiny_scenario

REPLICATIONS = 3


def _gone(span: Span) -> list[float]:
    """People who were there a month ago and are not now."""
    return [float((span.before["staff"]["present"] & ~span.stayed("staff")).sum())]


def _ended(span: Span) -> list[float]:
    """Organizations, registered or filed, that were there a year ago and are not now."""
    return [float((span.before["organization"]["present"] & ~span.stayed("organization")).sum())]


def _income(span: Span) -> list[float]:
    return [float(span.flows["income"].sum()), float(len(span.flows["income"]))]


def _trust(span: Span) -> list[float]:
    return list(span.sector["public_trust"])


GONE, ENDED = Look(_gone, 1), Look(_ended, 12)
INCOME = Look(_income, 12, flows=("income",))
TRUST = Look(_trust, 1, sector=("public_trust",))


@pytest.fixture(scope="module")
def watched() -> tuple[Run, Observer]:
    observer = Observer([GONE, ENDED, INCOME, TRUST])
    run = simulate(tiny_scenario(months=25), replications=REPLICATIONS, workers=1, watch=observer)
    return run, observer


def test_people_who_are_gone_after_a_month_are_those_who_left_or_lost_their_employer(
    watched: tuple[Run, Observer],
) -> None:
    """Who is hired and loses the employer in one month is in the record only, so a closure may record more."""
    run, observer = watched
    left, displaced = (run.recording.measures[name][:, 1:].sum(axis=2) for name in ("leavers", "displaced_staff"))
    seen = observer.seen(run.recording.replications)[GONE][:, :, 0]
    quiet = displaced == 0
    assert np.array_equal(seen[quiet], left[quiet])
    assert np.all((left[~quiet] <= seen[~quiet]) & (seen[~quiet] <= (left + displaced)[~quiet]))
    assert quiet.any()
    assert (~quiet).any()


def test_a_year_shows_all_twelve_months_of_a_flow_and_no_part_of_the_next(watched: tuple[Run, Observer]) -> None:
    run, observer = watched
    seen = observer.seen(run.recording.replications)[INCOME]
    assert seen.shape == (REPLICATIONS, 2, 2)
    assert np.all(seen[:, :, 1] == 12)


def test_organizations_that_are_gone_after_a_year_are_those_that_closed(watched: tuple[Run, Observer]) -> None:
    """Those founded and closed within the year are in the record only, so it may say more."""
    run, observer = watched
    recorded = run.recording.measures["closes"][:, 1:25].sum(axis=2).reshape(REPLICATIONS, 2, 12).sum(axis=2)
    entered = run.recording.measures["entered"][:, 1:25].sum(axis=2).reshape(REPLICATIONS, 2, 12).sum(axis=2)
    seen = observer.seen(run.recording.replications)[ENDED][:, :, 0]
    assert np.all((seen <= recorded) & (recorded <= seen + entered))


def test_the_sector_is_shown_month_by_month(watched: tuple[Run, Observer]) -> None:
    run, observer = watched
    assert observer.seen(run.recording.replications)[TRUST].shape == (REPLICATIONS, 25, 1)


def test_replications_come_in_the_order_asked_for(watched: tuple[Run, Observer]) -> None:
    run, observer = watched
    forth = observer.seen(run.recording.replications)[GONE]
    back = observer.seen(run.recording.replications[::-1])[GONE]
    assert np.array_equal(forth[::-1], back)


def test_an_observed_run_is_the_same_to_the_last_bit(watched: tuple[Run, Observer]) -> None:
    run, _ = watched
    alone = simulate(tiny_scenario(months=25), replications=REPLICATIONS, workers=1).recording
    for name, values in alone.measures.items():
        assert same_bits(values, run.recording.measures[name]), name


def test_blocks_stepped_in_threads_are_seen_as_one_run(watched: tuple[Run, Observer]) -> None:
    run, observer = watched
    other = Observer([GONE])
    again = simulate(tiny_scenario(months=25), replications=REPLICATIONS, workers=3, watch=other).recording
    expected = observer.seen(run.recording.replications)[GONE]
    assert np.array_equal(other.seen(again.replications)[GONE], expected)


def test_a_watch_is_called_before_the_first_month_and_after_every_month() -> None:
    months = []

    def note(world: World) -> None:
        months.append(world.month)

    simulate(tiny_scenario(months=3), replications=1, watch=note)
    assert months == [-1, 0, 1, 2]


def test_a_look_that_saw_no_whole_year_has_no_spans() -> None:
    observer = Observer([ENDED])
    run = simulate(tiny_scenario(months=3), replications=2, watch=observer)
    assert observer.seen(run.recording.replications)[ENDED].size == 0
