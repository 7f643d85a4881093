"""Chance and parameters told apart: known answers of the one-way random-effects model, and runs under several sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats
from typer.testing import CliRunner

from orgsim import compare, simulate
from orgsim.analysis.calibration.free import free_parameters
from orgsim.cli import main as entry
from orgsim.ensembles import Comparison
from orgsim.ensembles.doubt import doubt
from orgsim.ensembles.posterior import draw, read_sets, shipped_sets
from orgsim.errors import InputError
from orgsim.report.findings import doubt_text, findings, headline
from orgsim.report.results import result_files
from orgsim.report.verdicts import Verdict, judge, unit_cost
from orgsim.scenarios import load
from orgsim.scenarios.load import default_space

TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""
OTHER = "extends: tiny\ntitle: {en: Wage support, zh: 补贴}\nset:\n  pay.wage_subsidy: 800\n"
SETS = ({"turnover.base_hazard": 0.008}, {"turnover.base_hazard": 0.012}, {"turnover.base_hazard": 0.016})


def test_the_variance_is_split_as_by_hand() -> None:
    # Means 2, 4 and 9 vary by 13; within sets the variance is (2 + 2 + 2) / 3 = 2, half of which is in a mean of two.
    # Between sets: 13 − 1 = 12, times 1 + 1/3 for a set of which nothing more is known. Chance: 1 / 3.
    found = doubt(np.array([1.0, 3.0, 3.0, 5.0, 8.0, 10.0]), np.array([0, 0, 1, 1, 2, 2]))
    assert float(found.mean) == pytest.approx(5.0)
    assert float(found.parameters) == pytest.approx(16.0)
    assert float(found.chance) == pytest.approx(1.0 / 3.0)
    assert float(found.reach) == pytest.approx(np.sqrt(16.0 + 1.0 / 3.0) * stats.t.ppf(0.975, 2))
    assert float(found.parameter_share) == pytest.approx(48.0 / 49.0)


def test_where_parameters_do_nothing_all_doubt_is_chance() -> None:
    # Set means 1 and 1: less apart than luck alone would have them, so that nothing is left for parameters.
    found = doubt(np.array([0.0, 2.0, 0.0, 2.0]), np.array([0, 0, 1, 1]))
    assert float(found.parameters) == 0.0
    assert float(found.chance) == pytest.approx(0.5)  # variance 2 over four values


def test_what_is_not_known_is_left_out() -> None:
    whole = doubt(np.array([1.0, 3.0, 3.0, 5.0]), np.array([0, 0, 1, 1]))
    gaps = doubt(np.array([1.0, 3.0, np.nan, 3.0, 5.0]), np.array([0, 0, 0, 1, 1]))
    assert float(gaps.variance) == pytest.approx(float(whole.variance))


def test_one_set_is_the_usual_interval_of_a_mean() -> None:
    values = np.random.default_rng(1).standard_normal(20)
    low, high = stats.ttest_1samp(values, 0.0).confidence_interval()
    found = doubt(values)
    assert float(found.mean - found.reach) == pytest.approx(low)
    assert float(found.mean + found.reach) == pytest.approx(high)


def test_a_difference_that_only_some_sets_show_cannot_be_told() -> None:
    sets = np.repeat(np.arange(4), 50)
    luck = 0.01 * np.random.default_rng(1).standard_normal(200)
    values = np.array([-1.0, 2.0, 1.5, -0.5])[sets] + luck
    assert judge(values).verdict is Verdict.very_likely_more  # two hundred values that are not independent
    told = judge(values, sets=sets)
    assert told.verdict is Verdict.cannot_tell
    assert told.parameter_share > 0.99


def test_a_price_holds_doubt_about_the_set() -> None:
    sets = np.repeat(np.arange(6), 10)
    rng = np.random.default_rng(1)
    effect = 10.0 + 0.1 * rng.standard_normal(60)
    cost = np.array([18.0, 19.0, 20.0, 20.5, 21.0, 22.0])[sets] + 0.1 * rng.standard_normal(60)
    one, several = unit_cost(cost, effect), unit_cost(cost, effect, sets)
    assert several.value == pytest.approx(one.value)
    assert several.high - several.low > 3.0 * (one.high - one.low)
    assert several.low < 1.85  # what the cheapest set says lies inside
    assert several.high > 2.15


@pytest.mark.parametrize(
    ("share", "english", "chinese"),
    [
        (0.9, "most of the doubt comes from parameter values (90% of the variance)", "不确定性主要来自参数取值"),
        (0.5, "from parameter values (50% of the variance) and from chance", "不确定性来自参数取值（占方差50%）和偶然"),
        (0.1, "most of the doubt is chance", "不确定性主要来自偶然"),
    ],
)
def test_sentences_say_where_the_doubt_comes_from(share: float, english: str, chinese: str) -> None:
    assert english in doubt_text(share, "en")
    assert chinese in doubt_text(share, "zh")


def test_sentences_of_a_single_set_say_nothing_of_it() -> None:
    assert doubt_text(float("nan"), "en") == ""


def test_the_shipped_posterior_has_many_sets_all_within_their_ranges() -> None:
    sets = shipped_sets()
    assert len(sets) >= 200
    free = {free.name for free in free_parameters(default_space(), load("baseline"))}
    assert {label.partition("[")[0] for label in sets[0]} == free
    for values in sets:
        default_space().with_defaults(values)


def test_drawn_sets_differ_and_are_the_same_for_a_seed() -> None:
    drawn = draw(20, seed=3)
    assert drawn == draw(20, seed=3)
    assert drawn != draw(20, seed=4)
    assert len({tuple(values.values()) for values in drawn}) == 20


@pytest.mark.parametrize("count", [1, 100_000])
def test_as_many_sets_as_there_are_can_be_drawn(count: int) -> None:
    with pytest.raises(InputError, match="uncertainty takes 2 to"):
        draw(count, seed=1)


@pytest.mark.parametrize(
    ("text", "words"), [("a\n", "holds no parameter set"), ("a,b\n1\n", "has 1 cells"), ("a\nx\n", "'x' is no number")]
)
def test_a_file_that_is_no_posterior_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "sets.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_sets(tmp_path / "sets.csv")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("scenarios")
    made = (folder / "tiny.yaml", folder / "support.yaml")
    for file, text in zip(made, (TINY, OTHER), strict=True):
        file.write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def several(files: tuple[Path, Path]) -> Comparison:
    return compare(*files, replications=3, months=24, uncertainty=SETS)


def test_each_set_is_run_on_the_same_luck_as_alone(files: tuple[Path, Path], several: Comparison) -> None:
    alone = compare(*files, replications=3, months=24, uncertainty=[SETS[2], SETS[1]])
    for here, there in ((slice(3, 6), slice(3, 6)), (slice(6, 9), slice(0, 3))):
        for run, other in zip(several.runs, alone.runs, strict=True):
            same = run.recording.measures["leavers"][here]
            assert same.tobytes() == other.recording.measures["leavers"][there].tobytes()


def test_present_values_as_a_set_give_what_a_plain_run_gives(files: tuple[Path, Path]) -> None:
    plain = simulate(files[0], replications=2, months=12)
    value = float(default_space()["turnover.base_hazard"].values[0])
    same = simulate(files[0], replications=2, months=12, uncertainty=[{"turnover.base_hazard": value}, SETS[2]])
    expected = plain.recording.measures["leavers"]
    assert same.recording.measures["leavers"][:2].tobytes() == expected.tobytes()


def test_what_a_scenario_sets_itself_stays_set(files: tuple[Path, Path]) -> None:
    own = files[0].with_name("own.yaml")
    own.write_text("extends: tiny\nassumptions:\n  turnover.base_hazard: 0.01\n", encoding="utf-8")
    run = simulate(own, replications=2, months=12, uncertainty=SETS[:2])
    leavers = run.recording.measures["leavers"]
    assert leavers[:2].tobytes() == leavers[2:].tobytes()


def test_differences_are_paired_within_sets(several: Comparison) -> None:
    row = several.table.query("scenario == 'support' and outcome == 'annual_turnover' and stratum == 'all'").iloc[0]
    values = several.values.query("outcome == 'annual_turnover' and stratum == 'all'")
    wide = values.pivot(index=["set", "replication"], columns="scenario", values="value")
    difference = (wide["support"] - wide["tiny"]).groupby("set").mean()
    assert row["difference"] == pytest.approx(difference.mean())
    assert row["difference_parameters"] ** 2 + row["difference_chance"] ** 2 == pytest.approx(
        ((row["difference_high"] - row["difference_low"]) / 2.0 / stats.t.ppf(0.975, 2)) ** 2
    )


def test_parameters_that_matter_widen_the_interval(several: Comparison) -> None:
    row = several.table.query("scenario == 'tiny' and outcome == 'annual_turnover' and stratum == 'all'").iloc[0]
    assert row["parameters"] > row["chance"] > 0.0


def test_findings_and_page_say_how_many_sets_there_are_and_whose_the_doubt_is(several: Comparison) -> None:
    assert "Under 3 parameter sets" in headline(several)
    assert "3组参数" in headline(several, "zh")
    told = next(finding for finding in findings(several) if finding.outcome == "annual_turnover")
    assert "doubt" in told.text
    page = result_files(several)["findings.md"].decode()
    assert "doubt about parameter values" in page
    assert "--uncertainty 3" in page


def test_the_results_folder_keeps_the_sets(several: Comparison, tmp_path: Path) -> None:
    made = result_files(several)
    (tmp_path / "sets.csv").write_bytes(made["parameter_sets.csv"])
    assert read_sets(tmp_path / "sets.csv") == SETS
    assert json.loads(made["manifest.json"])["parameter_sets"] == 3


def test_json_keeps_its_form_and_adds_the_sources(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files[0].parent)
    short = ["-n", "2", "--months", "13", "--uncertainty", "3", "--json", "--no-files", "--quiet"]
    result = CliRunner().invoke(entry.app, ["compare", "tiny", "support", *short])
    assert result.exit_code == 0, result.output
    tree: dict[str, Any] = json.loads(result.stdout)
    assert (tree["parameter_sets"], tree["replications"]) == (3, 2)
    row = next(row for row in tree["outcomes"] if row["outcome"] == "annual_turnover" and row["scenario"] == "support")
    assert {"low", "high", "chance", "parameters", "difference_chance", "difference_parameters"} <= set(row)
    assert row["difference_low"] < row["difference"] < row["difference_high"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("-n", "1", "--no-files"), "two replications of each set"), (("--panel",), "--panel follows one world")],
)
def test_what_goes_ill_with_uncertainty_is_refused(
    files: tuple[Path, Path], arguments: tuple[str, ...], words: str
) -> None:
    result = CliRunner().invoke(entry.app, ["run", str(files[0]), "--uncertainty", "3", *arguments])
    assert words in str(result.exception)
