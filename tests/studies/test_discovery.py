"""Scenario discovery and the test for luck, held to planted boxes, planted noise and another implementation."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from orgsim.errors import InputError
from orgsim.studies.analysis import LEVELS, analyse
from orgsim.studies.analysis.discovery import read_question
from orgsim.studies.analysis.peeling import peel, spans, supported
from tests.studies.frames import Floats, Frames, factor, sampled, study

UNIT = [factor("x0"), factor("x1"), factor("x2")]
BETTER = [{"column": "y", "better": 1}]


def policy(change: object, points: Floats, kind: str = "latin_hypercube", **more: object) -> Frames:
    """A study of a policy b that changes y by so much of the factors against a."""
    unit = UNIT[: points.shape[1]]
    scenarios = {"b": change}
    design, results, manifest = study(
        kind, unit, points, lambda *_: np.asarray(0.0), scenarios=scenarios, **more  # type: ignore[arg-type]
    )  # fmt: skip
    return design, results, manifest | {"outcomes": BETTER}


def corner(a: float, b: float, c: float) -> Floats:
    """The policy helps, but harms where x0 is low and x1 high."""
    return np.asarray(-1.0 if a < 0.4 and b > 0.5 else 1.0)


@pytest.fixture(scope="module")
def planted() -> Frames:
    return policy(corner, sampled("latin_hypercube", 3, 120))


@pytest.fixture(scope="module")
def found(planted: Frames) -> Mapping[str, pd.DataFrame]:
    return analyse(*planted, method="prim").tables


@pytest.fixture(scope="module")
def box(found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return found["prim"].set_index("factor")


def test_the_box_in_which_a_policy_fails_is_found(box: pd.DataFrame) -> None:
    first = box.iloc[0]
    assert (first["question"], first["verdict"], first["unclear"]) == ("difference < 0", "found", 0)
    assert min(first["coverage"], first["density"]) > 0.85
    assert box["restricted"].to_dict() == {"x0": True, "x1": True, "x2": False}
    assert box.loc["x0", ["low", "high"]].tolist() == pytest.approx([0.0, 0.4], abs=0.06)
    assert box.loc["x1", ["low", "high"]].tolist() == pytest.approx([0.5, 1.0], abs=0.04)
    assert box.loc["x2", ["low", "high"]].tolist() == [0.0, 1.0]


def test_halves_of_the_points_restrict_the_same_factors(box: pd.DataFrame) -> None:
    assert box["halves"].to_dict() == pytest.approx({"x0": 1.0, "x1": 1.0, "x2": 0.1}, abs=0.15)
    assert box.loc[["x0", "x1"], "quasi_p"].max() < 1e-6


def test_a_box_that_chance_gives_as_well_is_called_that() -> None:
    points = sampled("latin_hypercube", 3, 100)
    coin = iter(np.random.default_rng(5).choice((-1.0, 1.0), size=len(points), p=(0.3, 0.7)))
    table = analyse(*policy(lambda *_: np.asarray(next(coin)), points, replications=1), method="prim").tables["prim"]
    assert set(table["verdict"]) == {"chance"}
    assert table["chance"].iloc[0] >= 0.05


def test_the_way_to_a_box_is_that_of_ema_workbench() -> None:
    """Sizes, coverage and density of its peeling for the same points, ema_workbench 2.5.3, threshold 0.8."""
    rng = np.random.default_rng(7)
    places = qmc.LatinHypercube(4, rng=rng).random(400)
    interest = ((places[:, 0] < 0.4) & (places[:, 1] > 0.5)) ^ (rng.random(400) < 0.05)
    way = peel(places, interest, [False] * 4)
    theirs = {0: (400, 1.0, 0.2325), 5: (307, 0.967742, 0.29316), 20: (137, 0.860215, 0.583942),
              30: (78, 0.795699, 0.948718)}  # fmt: skip
    for step, (cases, coverage, density) in theirs.items():
        assert way.inside[step].sum() == cases
        assert (way.coverage[step], way.density[step]) == pytest.approx((coverage, density), abs=1e-6)
    assert list(supported(spans(places, way.inside[way.best], [False] * 4), interest)) == [0, 1]


def test_each_box_lies_in_the_one_before(found: Mapping[str, pd.DataFrame]) -> None:
    way = found["prim-path"]
    assert (way["inside"].diff().dropna() < 0).all()
    assert way["coverage"].is_monotonic_decreasing
    assert way["chosen"].sum() == 1


def test_choices_are_peeled_one_by_one() -> None:
    """Cases of interest are those of the second of three choices, which no range of numbers could single out."""
    places = np.column_stack([np.tile([0.0, 1.0, 2.0], 20), np.linspace(0.0, 1.0, 60)])
    interest = places[:, 0] == 1.0
    way = peel(places, interest, [True, False])
    assert way.inside[way.best].tolist() == interest.tolist()


@pytest.mark.parametrize(("value", "verdict"), [(1.0, "never"), (-1.0, "always")])
def test_where_no_point_or_every_point_fails_no_box_is_looked_for(value: float, verdict: str) -> None:
    frames = policy(lambda *_: np.asarray(value), sampled("latin_hypercube", 3, 40))
    assert analyse(*frames, method="prim").tables["prim"]["verdict"].tolist() == [verdict]


def test_points_so_near_the_threshold_that_luck_decides_are_counted() -> None:
    points = sampled("latin_hypercube", 3, 40)
    noise = np.random.default_rng(2).normal(0.0, 1.0, (len(points), 8))
    design, results, manifest = policy(corner, points)
    results.loc[results["scenario"] == "b", "y"] += noise.ravel() * 3.0
    unclear = analyse(design, results, manifest, method="prim").tables["prim"]["unclear"].iloc[0]
    assert unclear > 10


def test_of_a_sobol_design_only_the_points_that_were_drawn_apart_are_cases() -> None:
    frames = policy(corner, sampled("sobol", 3, 32), "sobol")
    assert set(analyse(*frames, method="prim").tables["prim"]["points"]) == {64}


def test_a_question_about_an_outcome_asks_for_its_values(planted: Frames) -> None:
    table = analyse(*planted, method="prim", fails="y < -50 %").tables["prim"]
    assert table[["scenario", "against", "question"]].drop_duplicates().to_numpy().tolist() == [["b", "", "y < -0.5"]]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("y below 3", "--fails takes a comparison"),
        ("y < many", "--fails takes a comparison"),
        ("yy < 3", "no outcome 'yy' – did you mean 'y'"),
    ],
)
def test_questions_that_cannot_be_read(words: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_question(words, ["y"])


def test_a_difference_is_asked_for_where_there_is_none(planted: Frames) -> None:
    with pytest.raises(InputError, match="compare with another scenario"):
        analyse(*planted, against=LEVELS, fails="difference < 0")


def test_variances_of_points_luck_and_what_is_left_are_told_apart() -> None:
    """Planted variances 4 (points), 9 (luck that all share) and 1; 60 points and 40 runs."""
    rng = np.random.default_rng(11)
    heights = iter(rng.normal(0.0, 2.0, 60))
    noise = rng.normal(0.0, 3.0, (1, 40)) + rng.normal(0.0, 1.0, (60, 40))
    frames = study("list", [factor("x0")], np.linspace(0.0, 1.0, 60)[:, None], lambda _: np.asarray(next(heights)),
                   noise=noise, replications=40)  # fmt: skip
    row = analyse(*frames).tables["noise"].iloc[0]
    assert row[["between", "common", "left"]].tolist() == pytest.approx([4.0, 9.0, 1.0], rel=0.4)
    assert row["verdict"] == "clear"
    assert row["share"] == pytest.approx(row["left"] / (row["left"] + 40.0 * row["between"]), rel=1e-9)


def test_a_design_that_is_drowned_in_luck_is_called_that() -> None:
    noise = np.random.default_rng(3).normal(0.0, 1.0, (20, 6))
    frames = study("list", [factor("x0")], np.linspace(0.0, 1.0, 20)[:, None], lambda _: np.asarray(0.0),
                   noise=noise, replications=6)  # fmt: skip
    row = analyse(*frames, method="effects").tables["noise"].iloc[0]
    assert (row["verdict"], row["p"] > 0.05) == ("drowned", True)


def test_only_parameter_sets_are_independent_where_they_vary() -> None:
    """Each set moves the points its own way; eight replications of it are no eight witnesses."""
    rng = np.random.default_rng(8)
    noise = np.repeat(rng.normal(0.0, 1.0, (20, 6)), 8, axis=1)
    design, results, manifest = study("list", [factor("x0")], np.linspace(0.0, 1.0, 20)[:, None],
                                      lambda _: np.asarray(0.0), noise=noise, replications=48)  # fmt: skip
    results["set"], results["replication"] = results["replication"] // 8, results["replication"] % 8
    manifest |= {"uncertainty": 6, "replications": 8}
    row = analyse(design, results, manifest, method="effects").tables["noise"].iloc[0]
    assert (row["runs"], row["verdict"]) == (6, "drowned")


def test_one_run_a_point_cannot_tell_luck() -> None:
    frames = study("grid", [factor("u", values=[0.0, 1.0])], np.array([[0.0], [1.0]]), np.asarray, replications=1)
    assert analyse(*frames).tables["noise"]["verdict"].tolist() == ["one_run"]
