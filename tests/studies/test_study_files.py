"""Study files: what they say, and one sentence with its line for each mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orgsim.errors import InputError
from orgsim.studies import Study

Make = Callable[..., Study]


def test_a_study_may_be_as_short_as_its_outcomes(make_study: Make) -> None:
    study = make_study("outcomes: annual_turnover\n")
    assert [scenario.name for scenario in study.scenarios] == ["baseline"]
    assert (study.points, study.replications, study.months, study.seed) == (1, 16, 120, 1)
    assert study.columns == ("annual_turnover",)


def test_a_study_in_a_folder_is_called_after_the_folder(make_study: Make) -> None:
    assert make_study(folder="contract-terms").name == "contract-terms"


def test_columns_name_the_stratum_unless_it_is_all(make_study: Make) -> None:
    assert make_study().columns == (
        "annual_turnover",
        "annual_turnover[kind=service]",
        "public_cost",
        "public_cost[kind=service]",
    )


def test_a_factor_may_be_one_kind_of_organization(make_study: Make) -> None:
    study = make_study("factors: {'fees.fee_share[service]': [0.1, 0.2]}\n")
    assert study.factors[0].name == "fees.fee_share[service]"


def test_values_are_read_with_their_units_and_choices_by_their_words(make_study: Make) -> None:
    study = make_study("factors: {contracts.duration: [1 year, 36 months], supervision.dual_management: [off, on]}\n")
    assert [factor.values for factor in study.factors] == [(12.0, 36.0), (0.0, 1.0)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("factors:\n  contracts.durration: [12]\n", 2, "did you mean 'contracts.duration'"),
        ("factors:\n  duration: [12]\n", 2, "did you mean 'contracts.duration'"),
        ("factors: {contracts.duration: [12 months, 999 months]}\n", 1, "outside its range"),
        ("factors:\n  contracts.duration:\n    low: 12\n    high: 999\n", 4, "outside its range"),
        ("factors: {contracts.duration: {low: 24, high: 12}}\n", 1, "low, 24, is not below high, 12"),
        ("factors: {contracts.duration: {low: 24}}\n", 1, "high is missing"),
        ("factors: {contracts.duration: []}\n", 1, "no value to take"),
        ("factors: {contracts.duration: [12, 12.0]}\n", 1, "lists 12 twice"),
        ("factors: {contracts.payment_delay: {low: 0, high: 6, scale: log}}\n", 1, "log scale begins above nought"),
        ("factors: {contracts.payment_delay: {low: 0, high: 6, scale: cubic}}\n", 1, "linear or log, not 'cubic'"),
        ("factors: {supervision.dual_management: {low: 0, high: 1}}\n", 1, "has no range; list some of"),
        ("factors: {'fees.fee_share[shop]': [0.1]}\n", 1, "'shop' is no kind of organization"),
        ("factors: {'contracts.duration[service]': [12]}\n", 1, "does not differ by kind"),
        (
            "factors:\n  contracts.payment_delay: [1]\n  contracts.duration: {low: 12, high: 36}\n",
            3,
            "counts the levels of its ranges",
        ),
        ("outcomes: [annual_turnovers]\n", 1, "did you mean 'annual_turnover'"),
        ("outcomes: [annual_turnover, annual_turnover]\n", 1, "named twice"),
        ("outcomes: []\n", 1, "takes a list"),
        ("strata: [kind=services]\n", 1, "did you mean 'kind=service'"),
        ("series: [headcounts]\n", 1, "did you mean 'headcount'"),
        ("scenarios: [basline]\n", 1, "did you mean 'baseline'"),
        ("scenarios: [tiny, tiny]\n", 1, "two scenarios are called 'tiny'"),
        ("replications: 0\n", 1, "whole number from 1"),
        ("replications: many\n", 1, "whole number from 1"),
        ("months: 0\n", 1, "whole months from 1 to 600"),
        ("uncertainty: 1\n", 1, "whole number from 2"),
        ("replication: 3\n", 1, "did you mean 'replications'"),
        ("design: {kind: sobl, n: 8}\n", 1, "did you mean 'sobol'"),
        ("design: {n: 8}\n", 1, "a design has a kind"),
        ("design: {kind: sobol, n: 8}\n", 1, "name some under factors"),
        ("factors: {contracts.duration: [12, 36]}\ndesign: {kind: sobol, n: 12}\n", 2, "such as 8 or 16, not 12"),
        ("factors: {contracts.duration: [12, 36]}\ndesign: {kind: latin_hypercube}\n", 2, "has a size"),
        ("factors: {contracts.duration: [12, 36]}\ndesign: {kind: morris, n: 8, levels: 5}\n", 2, "an even number"),
        ("design: {kind: grid, n: 8}\n", 1, "takes levels, not n"),
        ("design: {kind: list}\n", 1, "a list has points"),
        ("design: {kind: list, points: []}\n", 1, "takes a list"),
        ("design: {kind: list, points: [36]}\n", 1, "a point holds values"),
        (
            "factors: {contracts.duration: [12]}\ndesign: {kind: list, points: [{}]}\n",
            1,
            "names its values under points",
        ),
        ("", None, "the file is empty"),
        ("- a\n", 1, "where a study has keys and values"),
    ],
)
def test_a_mistake_gets_one_sentence_with_its_line(make_study: Make, text: str, line: int | None, words: str) -> None:
    with pytest.raises(InputError) as caught:
        make_study(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert line is None or f"study.yaml:{line}: " in str(caught.value)


def test_scenarios_that_end_at_different_times_need_a_number_of_months(make_study: Make, tmp_path: Path) -> None:
    make_study()
    (tmp_path / "terms" / "short.yaml").write_text("extends: tiny\nmonths: 24\n", encoding="utf-8")
    with pytest.raises(InputError, match="24 and 120 months; choose with months"):
        make_study("scenarios: [tiny, short]\n")
