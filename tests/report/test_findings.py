"""Sentences: the right words, the right numbers in units people read, always the range, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter

import pytest

from orgsim.ensembles import Comparison
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.report.findings import findings, headline, months_needed
from orgsim.report.tables import HEADLINES
from orgsim.report.texts import TEXTS
from orgsim.report.verdicts import Verdict

Made = Callable[..., Comparison]
LEVELS = {
    "survival_5y": [0.80, 0.81, 0.82, 0.81],
    "survival_10y": [0.60, 0.62, 0.61, 0.63],
    "annual_exit_rate": [0.030, 0.031, 0.032, 0.031],
    "dormant_share": [0.20, 0.21, 0.22, 0.21],
    "annual_turnover": [0.20, 0.21, 0.22, 0.21],
    "retention_12m": [0.80, 0.81, 0.82, 0.81],
    "government_share": [0.30, 0.31, 0.32, 0.31],
    "median_months_of_cash": [2.0, 2.1, 2.2, 2.1],
    "services_delivered": [1.20e6, 1.21e6, 1.22e6, 1.21e6],
    "public_cost": [1.10e9, 1.11e9, 1.12e9, 1.11e9],
    "organization_years": [4000.0, 4010.0, 4020.0, 4010.0],
    "staff_years": [60000.0, 60100.0, 60200.0, 60100.0],
}
SPREAD = [-0.1, 0.1, -0.05, 0.05]


def shifted(**by: float) -> dict[str, list[float]]:
    """The levels, some of them moved by about so much, a little differently in each replication."""
    moved = dict(LEVELS)
    for name, amount in by.items():
        moved[name] = [v + amount * (1 + s) for v, s in zip(LEVELS[name], SPREAD, strict=True)]
    return moved


def text_of(comparison: Comparison, outcome: str, language: str = "en") -> str:
    return next(f.text for f in findings(comparison, language) if f.outcome == outcome)


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_have_the_same_gaps(key: str) -> None:
    gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (TEXTS[key].en, TEXTS[key].zh)]
    free = {"fewer"}  # Chinese has one word for fewer and less
    assert gaps[0] - free == gaps[1] - free


def test_every_headline_outcome_has_its_own_sentence() -> None:
    assert {f"level.{name}" for name in HEADLINES} <= set(TEXTS)


def test_every_verdict_has_its_words() -> None:
    wanted = {f"verdict.{verdict}" for verdict in Verdict}
    wanted |= {f"change.{verdict}" for verdict in Verdict}
    assert wanted <= set(TEXTS)


def test_no_text_promises_what_the_future_brings() -> None:
    assert [k for k, text in TEXTS.items() if re.search(r"\bwill\b", text.en) or "将" in text.zh] == []


def test_there_is_one_finding_for_each_headline_outcome_and_unit_cost_of_each_scenario(made: Made) -> None:
    found = findings(made(LEVELS, shifted(survival_5y=0.05), shifted()))
    assert [f.outcome for f in found] == [*HEADLINES, "cost_per_organization_year", "cost_per_staff_year"] * 2
    assert {f.scenario for f in found} == {"option-1", "option-2"}


def test_a_clear_gain_is_told_in_counts_out_of_a_hundred_with_its_range(made: Made) -> None:
    assert text_of(made(LEVELS, shifted(survival_5y=0.05)), "survival_5y") == (
        "Of 100 organizations registered at the start, 86.0 are still on the register after five years; "
        "that is very likely more than under “Today” (+5.0 of 100; 95% range +4.3 to +5.7)."
    )


def test_the_same_gain_is_told_in_chinese(made: Made) -> None:
    assert text_of(made(LEVELS, shifted(survival_5y=0.05)), "survival_5y", "zh") == (
        "期初登记的每100家社会组织中，五年后有86.0家仍在册，很可能多于“现状”（+5.0家，95%区间：+4.3至+5.7）。"
    )


def test_staff_are_fewer_and_money_is_less(made: Made) -> None:
    comparison = made(LEVELS, shifted(retention_12m=-0.05, public_cost=-5e7))
    assert "very likely fewer than" in text_of(comparison, "retention_12m")
    assert "very likely less than" in text_of(comparison, "public_cost")


def test_what_cannot_be_told_is_said_to_be_so_with_its_range(made: Made) -> None:
    other = LEVELS | {"survival_5y": [0.90, 0.71, 0.92, 0.74]}
    text = text_of(made(LEVELS, other), "survival_5y")
    assert "whether that is more or fewer than under “Today” cannot be told" in text
    assert re.search(r"95% range −\S+ to \+\S+\)\.$", text)


def test_a_difference_too_small_to_matter_names_the_margin(made: Made) -> None:
    text = text_of(made(LEVELS, shifted(survival_5y=0.001)), "survival_5y")
    assert "no difference that matters from “Today” (+0.10 of 100;" in text
    assert "less than 1 of 100 counts as none" in text


def test_one_replication_is_said_to_give_no_range(made: Made) -> None:
    single = {name: values[:1] for name, values in LEVELS.items()}
    text = text_of(made(single, single | {"survival_5y": [0.9]}), "survival_5y")
    assert "+10.0 of 100" in text
    assert "there is no range" in text


def test_a_horizon_too_short_is_said_to_be_so(made: Made) -> None:
    short = {name: values for name, values in LEVELS.items() if name != "survival_5y"}
    assert text_of(made(short, short, months=24), "survival_5y") == (
        "On the register after five years: not reached within the 24 months simulated."
    )


def test_only_outcomes_of_a_date_need_months() -> None:
    needs = {o.name: months_needed(o.name) for o in OUTCOMES if months_needed(o.name)}
    assert needs == {"survival_5y": 60, "survival_10y": 120, "active_5y": 60, "active_10y": 120, "retention_12m": 12}


@pytest.mark.parametrize(("language", "words"), [("en", "CNY 1,160.0 million"), ("zh", "11.60亿元")])
def test_money_is_told_in_units_people_read(language: str, words: str, made: Made) -> None:
    assert words in text_of(made(LEVELS, shifted(public_cost=5e7)), "public_cost", language)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "+CNY 50.0 million; 95% range +42.7 to +57.3"), ("zh", "+5,000万元，95%区间：+4,274至")],
)
def test_a_difference_in_money_and_its_range_share_a_unit(language: str, words: str, made: Made) -> None:
    assert words in text_of(made(LEVELS, shifted(public_cost=5e7)), "public_cost", language)


@pytest.mark.parametrize(("language", "words"), [("en", "about CNY 500,000 of public cost"), ("zh", "约多50.0万元")])
def test_an_extra_year_has_a_price_where_it_clearly_costs(language: str, words: str, made: Made) -> None:
    comparison = made(LEVELS, shifted(public_cost=5e7, organization_years=100.0))
    text = text_of(comparison, "cost_per_organization_year", language)
    assert words in text
    assert "95%" in text


def test_an_extra_year_has_no_price_where_there_is_none(made: Made) -> None:
    text = text_of(made(LEVELS, shifted(public_cost=5e7)), "cost_per_staff_year")
    assert (
        text
        == "The public cost per extra person-year in post cannot be told: person-years in post do not clearly rise."
    )


def test_an_extra_year_has_no_price_where_cost_does_not_rise(made: Made) -> None:
    text = text_of(made(LEVELS, shifted(public_cost=-5e7, staff_years=900.0)), "cost_per_staff_year")
    assert "public cost does not clearly rise" in text


def test_a_single_run_tells_how_things_stand_and_compares_nothing(made: Made) -> None:
    found = findings(made(LEVELS))
    assert [f.outcome for f in found] == list(HEADLINES)
    assert found[0].text.endswith("after five years (95% range 79.7 to 82.3).")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("outcome", HEADLINES)
def test_every_sentence_about_a_difference_carries_its_range(outcome: str, language: str, made: Made) -> None:
    by = LEVELS[outcome][0] * 0.1
    text = text_of(made(LEVELS, shifted(**{outcome: by})), outcome, language)
    assert re.search(r"95%( range |区间：)\+[\d.,]+( to |至)\+[\d.,]+", text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Under the model's assumptions, 4 replications, 120 months from 2026-01:"),
        ("zh", "在模型假设下（4次模拟，自2026-01起120个月）："),
    ],
)
def test_findings_stand_under_the_models_assumptions(language: str, words: str, made: Made) -> None:
    assert headline(made(LEVELS, shifted()), language) == words
