"""Designs: known answers, order, and growth that leaves the first points alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.mechanisms import space
from orgsim.studies.designs import Design, design_points
from orgsim.studies.factors import Factor

DELAY, HAZARD, RESERVE = (
    space()[name] for name in ("contracts.payment_delay", "turnover.base_hazard", "accounts.reserve_median")
)
LISTED = Factor(DELAY, None, 0.0, 6.0, (0.0, 3.0, 6.0))
RANGE = Factor(HAZARD, None, 0.01, 0.016)
LOG = Factor(RESERVE, None, 0.001, 0.1, (), log=True)


def values(design: Design, *factors: Factor, seed: int = 1) -> list[list[float]]:
    return design_points(design, factors, seed)[[factor.name for factor in factors]].to_numpy().tolist()


def test_a_grid_has_every_combination_and_its_last_factor_moves_fastest() -> None:
    assert values(Design("grid", levels=2), LISTED, RANGE) == [
        [0.0, 0.01],
        [0.0, 0.016],
        [3.0, 0.01],
        [3.0, 0.016],
        [6.0, 0.01],
        [6.0, 0.016],
    ]


def test_a_grid_without_factors_is_one_point() -> None:
    assert design_points(Design("grid"), (), 1).to_dict("list") == {"point": [0], "name": [""]}


def test_levels_of_a_log_scale_grow_by_one_factor() -> None:
    assert values(Design("grid", levels=3), LOG) == [[0.001], [pytest.approx(0.01)], [0.1]]


def test_one_at_a_time_begins_with_the_scenarios_as_they_are() -> None:
    found = design_points(Design("one_at_a_time", levels=2), (LISTED, RANGE), 1)
    assert found["name"].tolist()[:2] == ["base", "contracts.payment_delay = 0"]
    moved = found[[LISTED.name, RANGE.name]].notna().sum(axis=1).tolist()
    assert moved == [0, 1, 1, 1, 1, 1]


def test_a_list_is_run_as_written_and_leaves_the_rest_as_it_is() -> None:
    found = design_points(Design("list", points=({LISTED.name: 3.0}, {}), names=("a", "b")), (LISTED,), 1)
    assert found[LISTED.name].tolist()[0] == 3.0
    assert np.isnan(found[LISTED.name].tolist()[1])
    assert found["name"].tolist() == ["a", "b"]


def test_a_latin_hypercube_has_one_point_in_each_row_and_column() -> None:
    points = np.array(values(Design("latin_hypercube", (10,)), RANGE, LOG))
    shares = np.column_stack([(points[:, 0] - 0.01) / 0.006, np.log(points[:, 1] / 0.001) / np.log(100.0)])
    assert np.sort(np.floor(shares * 10), axis=0).tolist() == [[n, n] for n in range(10)]


def test_a_sobol_design_has_the_order_that_salib_expects() -> None:
    points = np.array(values(Design("sobol", (4,)), RANGE, LOG)).reshape(4, 4, 2)  # A, AB of each factor, B
    a, with_first, with_second, b = points.transpose(1, 0, 2)
    assert (with_first == np.column_stack([b[:, 0], a[:, 1]])).all()
    assert (with_second == np.column_stack([a[:, 0], b[:, 1]])).all()


def test_each_step_of_a_morris_trajectory_moves_one_factor() -> None:
    points = np.array(values(Design("morris", (5,), levels=4), RANGE, LOG)).reshape(5, 3, 2)
    moved = (np.diff(points, axis=1) != 0.0).sum(axis=2)
    assert (moved == 1).all()


@pytest.mark.parametrize(
    ("small", "large"),
    [
        (Design("latin_hypercube", (8,)), Design("latin_hypercube", (8, 5))),
        (Design("sobol", (8,)), Design("sobol", (32,))),
        (Design("sobol", (4,), second_order=True), Design("sobol", (8,), second_order=True)),
        (Design("morris", (3,), levels=4), Design("morris", (7,), levels=4)),
    ],
)
def test_a_design_grows_without_moving_its_first_points(small: Design, large: Design) -> None:
    before, after = values(small, RANGE, LOG), values(large, RANGE, LOG)
    assert after[: len(before)] == before
    assert len(after) == large.size((RANGE, LOG)) > small.size((RANGE, LOG)) == len(before)


def test_another_seed_gives_another_sample() -> None:
    design = Design("latin_hypercube", (8,))
    assert values(design, RANGE, seed=1) != values(design, RANGE, seed=2)


@given(st.floats(0.0, 1.0), st.sampled_from([LISTED, RANGE, LOG]))
def test_a_factor_never_leaves_its_range(share: float, factor: Factor) -> None:
    assert factor.low <= factor.at(share) <= factor.high
    assert not factor.values or factor.at(share) in factor.values
