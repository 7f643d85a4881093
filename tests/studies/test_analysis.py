"""Analyses of studies, held to functions whose answers are known, on frames built by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from SALib.analyze import sobol as salib

from orgsim.errors import InputError
from orgsim.studies.analysis import LEVELS, analyse
from orgsim.studies.analysis.effects import adjusted
from tests.studies.frames import Floats, Frames, factor, sampled, study

UNIT = [factor("x0"), factor("x1"), factor("x2")]


def ishigami(a: float, b: float, c: float) -> Floats:
    x, y, z = (np.pi * (2.0 * one - 1.0) for one in (a, b, c))
    return np.asarray(np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))


def linear(a: float, b: float, c: float) -> Floats:
    return np.asarray(10.0 + 3.0 * a - 2.0 * b + 0.0 * c)


def by(frames: Frames, method: str, measure: str) -> pd.DataFrame:
    table = analyse(*frames, method=method).tables[method]
    return table[table["measure"] == measure].set_index("factor")


@pytest.fixture(scope="module")
def ishigami_study() -> Frames:
    points = sampled("sobol", 3, 512, second_order=True)
    return study("sobol", UNIT, points, ishigami, second_order=True, replications=6)


def test_sobol_indices_of_the_ishigami_function(ishigami_study: Frames) -> None:
    """Exact values of Ishigami and Homma (1990), as in Saltelli et al. (2008), a = 7, b = 0.1."""
    table = analyse(*ishigami_study).tables["sobol"]
    exact = {"S1": [0.3139, 0.4424, 0.0], "ST": [0.5576, 0.4424, 0.2437], "S2": [0.0, 0.2437, 0.0]}
    for measure, wanted in exact.items():
        rows = table[table["measure"] == measure]
        assert np.abs(rows["value"] - wanted).max() < 0.05, measure
        assert (rows["high"] - rows["value"]).max() < 0.15, measure
    assert set(table.loc[table["measure"] == "ST", "verdict"]) == {"matters"}


def test_the_same_study_gives_the_same_bits(ishigami_study: Frames) -> None:
    one, two = (analyse(*ishigami_study).tables["sobol"] for _ in range(2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_shuffled_rows_are_put_in_order(ishigami_study: Frames) -> None:
    design, results, manifest = ishigami_study
    shuffled = results.sample(frac=1.0, random_state=1)
    one, two = (analyse(design, rows, manifest).tables["sobol"] for rows in (results, shuffled))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_a_shuffled_design_is_refused(ishigami_study: Frames) -> None:
    design, results, manifest = ishigami_study
    with pytest.raises(InputError, match="in another order"):
        analyse(design.sample(frac=1.0, random_state=1), results, manifest)
    renumbered = design.sample(frac=1.0, random_state=1).assign(point=range(len(design)))
    with pytest.raises(InputError, match="several factors move at once"):
        analyse(renumbered, results, manifest)


def test_salib_gives_noughts_for_one_missing_value_and_studies_refuse_it(ishigami_study: Frames) -> None:
    design, results, manifest = ishigami_study
    means = results.groupby("point")["y"].mean().to_numpy().copy()
    means[5] = np.nan
    problem = {"num_vars": 3, "names": ["x0", "x1", "x2"], "bounds": [[0, 1]] * 3}
    with np.errstate(invalid="ignore"):
        silent = salib.analyze(problem, means, calc_second_order=True, num_resamples=10, seed=1)
    assert silent["ST"].tolist() == [0.0, 0.0, 0.0]
    holed = results.copy()
    holed.loc[holed["point"] == 5, "y"] = np.nan
    with pytest.raises(InputError, match=f"y cannot be told in 6 of {len(results)} rows, first at point 5"):
        analyse(design, holed, manifest)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows.drop(index=7), "1 of 24576 rows of a are missing or failed"),
        (lambda rows: rows.assign(status=["failed", *["ok"] * (len(rows) - 1)]), "1 of 24576 rows of a are missing"),
        (lambda rows: pd.concat([rows, rows.head(2)]), "some are there twice"),
        (lambda rows: rows.assign(y=1.0), "y is the same at every point"),
    ],
)
def test_half_a_study_is_refused_with_counts(ishigami_study: Frames, change: object, words: str) -> None:
    design, results, manifest = ishigami_study
    with pytest.raises(InputError, match=words):
        analyse(design, change(results), manifest)  # type: ignore[operator]


def test_elementary_effects_of_a_linear_function_are_its_slopes() -> None:
    frames = study("morris", UNIT, sampled("morris", 3, 10, levels=4), linear, levels=4)
    star, sigma = by(frames, "morris", "mu_star"), by(frames, "morris", "sigma")
    assert star["value"].to_numpy() == pytest.approx([3.0, 2.0, 0.0], abs=1e-12)
    assert sigma[["value", "low", "high"]].to_numpy() == pytest.approx(0.0, abs=1e-12)
    assert star["verdict"].tolist() == ["matters", "matters", "none"]


def test_luck_alone_does_not_make_a_factor_matter() -> None:
    """Mean absolute effects are never below nought: an interval about μ* would call any luck an effect."""
    points = sampled("morris", 3, 20, levels=4)
    noise = np.random.default_rng(3).normal(0.0, 1.0, (len(points), 16))
    star = by(study("morris", UNIT, points, linear, levels=4, noise=noise, replications=16), "morris", "mu_star")
    assert star.loc["x2", "low"] > 0.0
    assert star["verdict"].tolist() == ["matters", "matters", "unclear"]


def test_fewer_than_six_replications_cannot_be_told_from_luck() -> None:
    frames = study("morris", UNIT, sampled("morris", 3, 10, levels=4), linear, levels=4, replications=5)
    assert by(frames, "morris", "mu_star")["verdict"].tolist() == ["one_luck", "one_luck", "none"]


def test_trajectories_out_of_order_are_refused() -> None:
    points = sampled("morris", 3, 10, levels=4)
    with pytest.raises(InputError, match="no Morris trajectories"):
        analyse(*study("morris", UNIT, points[::-1][np.r_[1 : len(points), 0]], linear, levels=4))


def test_effects_and_interaction_of_two_by_two_are_differences_of_means() -> None:
    """Cells 1, 3, 4, 12: mains (3+12−1−4)/2 = 5 and (4+12−1−3)/2 = 6, interaction 12−4−3+1 = 6."""
    cells = {(0.0, 0.0): 1.0, (0.0, 1.0): 4.0, (1.0, 0.0): 3.0, (1.0, 1.0): 12.0}
    factors = [factor("u", values=[0.0, 1.0]), factor("v", values=[0.0, 1.0])]
    frames = study("grid", factors, np.array(list(cells)), lambda u, v: np.asarray(cells[u, v]))
    assert by(frames, "effects", "main")["value"].to_numpy() == pytest.approx([5.0, 6.0])
    assert by(frames, "effects", "interaction")["value"].to_numpy() == pytest.approx([6.0])


def test_an_additive_function_has_no_interaction_and_common_luck_no_width() -> None:
    factors = [factor("u", values=[0.0, 1.0]), factor("v", values=[0.0, 1.0])]
    points = np.array([[u, v] for u in (0.0, 1.0) for v in (0.0, 1.0)])
    luck = np.tile(np.random.default_rng(1).normal(size=8), (4, 1))
    frames = study("grid", factors, points, lambda u, v: np.asarray(2.0 * u - v), noise=luck)
    main, both = by(frames, "effects", "main"), by(frames, "effects", "interaction")
    assert main[["low", "high"]].to_numpy() == pytest.approx(np.array([[2.0, 2.0], [-1.0, -1.0]]))
    assert both["verdict"].tolist() == ["none"]


def test_effects_of_three_levels_start_from_the_present_value() -> None:
    factors = [factor("u", values=[0.0, 3.0, 6.0], present=3.0), factor("v", values=[0.0, 1.0])]
    points = np.array([[u, v] for u in (0.0, 3.0, 6.0) for v in (0.0, 1.0)])
    table = by(study("grid", factors, points, lambda u, v: np.asarray(u**2 + v)), "effects", "main")
    assert table.loc["u", ["start", "end", "value"]].to_numpy(float) == pytest.approx(
        np.array([[3.0, 0.0, -9.0], [3.0, 6.0, 27.0]])
    )


def test_the_interval_of_an_effect_is_that_of_paired_differences() -> None:
    points, noise = np.array([[0.0], [1.0]]), np.random.default_rng(2).normal(size=(2, 8))
    frames = study("grid", [factor("u", values=[0.0, 1.0])], points, np.asarray, noise=noise)
    gaps = 1.0 + noise[1] - noise[0]
    reach = 2.364624 * gaps.std(ddof=1) / np.sqrt(8)  # Student's t, 7 degrees, 97.5 %
    row = by(frames, "effects", "main").loc["u"]
    assert [row["value"], row["low"], row["high"]] == pytest.approx(
        [gaps.mean(), gaps.mean() - reach, gaps.mean() + reach], rel=1e-6
    )


def test_a_hypercube_gives_slopes_interactions_and_rank_correlations() -> None:
    def truth(a: float, b: float, c: float) -> Floats:
        return np.asarray(3.0 * a - 2.0 * b + 4.0 * a * b + 0.0 * c)

    noise = np.tile(
        np.random.default_rng(7).normal(0.0, 1.0, (64, 1)), (1, 8)
    )  # rank correlation has to have a scatter
    points = sampled("latin_hypercube", 3, 64)
    exact = study("latin_hypercube", UNIT, points, truth)
    both = analyse(*exact, method="effects")
    table = both.tables["effects"]
    assert both.fits["a", "y", -1] == pytest.approx(1.0)
    at = table[table["measure"] == "interaction"].set_index(["factor", "other"])["value"]
    assert at.to_numpy() == pytest.approx([4.0, 0.0, 0.0], abs=1e-9)
    ranks = by(study("latin_hypercube", UNIT, points, linear, noise=noise), "ranks", "prcc")
    assert ranks["verdict"].tolist()[:2] == ["matters", "matters"]
    assert ranks.loc["x0", "value"] > 0.4 > -0.2 > ranks.loc["x1", "value"]


def test_what_other_factors_do_is_taken_away_where_a_design_is_not_balanced() -> None:
    """x1 is high where x0 is: means by x1 rise by 3, though x1 does nothing."""
    points = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 1.0, 1.0], [1.0, 1.0, 0.0],
                       [1.0, 0.0, 1.0]])  # fmt: skip
    frames = study("list", [factor(f"x{n}", values=[0.0, 1.0]) for n in range(3)], points,
                   lambda a, _b, _c: np.asarray(3.0 * a))  # fmt: skip
    (response,) = analyse(*frames, method="effects").responses
    left = adjusted(response, frames[0], frames[2], True)
    assert np.ptp(left["x1"]) == pytest.approx(0.0, abs=1e-12)
    assert left["x0"].mean(axis=1) == pytest.approx(3.0 * points[:, 0])


def test_rank_correlation_of_a_monotone_function_is_one() -> None:
    points = sampled("latin_hypercube", 3, 64)
    frames = study("latin_hypercube", UNIT, points, lambda a, _b, _c: np.asarray(np.exp(5.0 * a)))
    assert by(frames, "ranks", "prcc")["value"].to_numpy() == pytest.approx([1.0, 0.0, 0.0], abs=1e-6)


def test_an_outcome_that_hardly_ever_changes_still_has_rank_correlations() -> None:
    """In many resamples it does not change at all."""
    frames = study(
        "latin_hypercube", UNIT, sampled("latin_hypercube", 3, 24), lambda a, *_: np.asarray(float(a > 0.94))
    )
    ranks = by(frames, "ranks", "prcc")
    assert np.isfinite(ranks[["value", "low", "high"]].to_numpy()).all()


def test_one_at_a_time_is_told_from_the_scenario_as_it_is() -> None:
    factors = [factor("u", present=0.5), factor("v")]
    points = np.array([[np.nan, np.nan], [0.0, np.nan], [1.0, np.nan], [np.nan, 0.0], [np.nan, 1.0]])
    at = {0: 5.0, 1: 4.0, 2: 8.0, 3: 5.0, 4: 5.0}
    values = iter(at.values())
    table = by(study("one_at_a_time", factors, points, lambda *_: np.asarray(next(values))), "tornado", "change")
    assert table["value"].tolist() == [-1.0, 3.0, 0.0, 0.0]
    assert table["verdict"].tolist() == ["matters", "matters", "none", "none"]


def test_differences_are_from_the_first_scenario() -> None:
    factors = [factor("u", values=[0.0, 1.0])]
    frames = study(
        "grid",
        factors,
        np.array([[0.0], [1.0]]),
        np.asarray,
        scenarios={"b": lambda u: np.asarray(4.0 * u)},
    )
    table = analyse(*frames).tables["effects"]
    assert table[["scenario", "against"]].to_numpy().tolist() == [["b", "a"]]
    assert table["value"].tolist() == pytest.approx([3.0])
    levels = analyse(*frames, against=LEVELS).tables["effects"]
    assert dict(zip(levels["scenario"], levels["value"], strict=True)) == pytest.approx({"a": 1.0, "b": 4.0})
    assert analyse(*frames, scenario="a").tables["effects"]["against"].tolist() == [""]
    with pytest.raises(InputError, match="name another scenario"):
        analyse(*frames, scenario="a", against="a")
    with pytest.raises(InputError, match="no scenario 'c'"):
        analyse(*frames, scenario="c")


def test_a_method_that_does_not_fit_the_design_is_refused() -> None:
    frames = study("grid", [factor("u", values=[0.0, 1.0])], np.array([[0.0], [1.0]]), np.asarray)
    with pytest.raises(InputError, match="grid does not give sobol; it gives effects, ranks, prim, and sobol takes"):
        analyse(*frames, method="sobol")
    with pytest.raises(InputError, match="the design has 2 points"):
        analyse(*frames, method="ranks")
    with pytest.raises(InputError, match="no outcome 'z'"):
        analyse(*frames, outcomes=["z"])


def test_points_that_cannot_tell_effects_apart_are_refused() -> None:
    factors = [factor("u", values=[0.0, 1.0]), factor("v", values=[0.0, 1.0])]
    frames = study("list", factors, np.array([[0.0, 0.0], [1.0, 1.0]]), lambda u, v: np.asarray(u + v))
    with pytest.raises(InputError, match="2 points cannot tell 2 effects apart"):
        analyse(*frames)
    holes = study("list", factors, np.array([[np.nan, 0.0], [1.0, 1.0]]), lambda *_: np.asarray(0.0))
    with pytest.raises(InputError, match="some points leave u as each scenario has it"):
        analyse(*holes)
