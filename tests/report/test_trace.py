"""The pages about the report's claims: every claim names what there is, and the pages tell what the table holds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from orgsim.core.parameters import KINDS
from orgsim.errors import InputError
from orgsim.mechanisms import mechanisms, space
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report import trace, trials
from orgsim.report.claims import Claim, claims, doubts, read_all
from orgsim.report.reference import DOCS
from orgsim.report.trace_pages import null_scenario, page, summary
from orgsim.report.trace_texts import PLACES
from orgsim.scenarios import Population, Scenario, load, resolve, shipped
from orgsim.schedule import model

CLAIMS = claims()
TRIED = [claim for claim in CLAIMS if claim.trial]
OUTSIDE = {"offices"}
"""Mechanisms with levers of which the report says nothing."""
each_claim = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
each_trial = pytest.mark.parametrize("claim", TRIED, ids=lambda claim: claim.id)


def row(way: str, verdict: str) -> dict[str, str]:
    return {"way": way, "verdict": verdict}


@each_claim
def test_a_claim_names_mechanisms_and_rules_there_are(claim: Claim) -> None:
    owners = {f"{entity}.{name}": c.owner for entity, found in model().columns.items() for name, c in found.items()}
    assert set(claim.rules) <= set(owners)
    assert {owners[rule] for rule in claim.rules} <= set(claim.mechanisms) <= {part.name for part in mechanisms()}


@each_trial
def test_a_claim_names_values_and_outcomes_there_are(claim: Claim) -> None:
    assert {*claim.trial, *claim.beside, *claim.null, *claim.rests} <= set(space())
    assert set(claim.outcomes) <= set(BY_NAME)


@each_trial
def test_a_trial_is_legal_and_moves_something(claim: Claim) -> None:
    standing = trials.moved(load("baseline"), claim.beside, "beside")
    there = trials.moved(standing, claim.trial, "there")
    assert resolve(there, months=1).fingerprint() != resolve(standing, months=1).fingerprint()
    assert {name: trials.value_in(there, name) for name in claim.trial} == claim.trial


@each_trial
def test_what_is_moved_or_nulled_is_one_legal_value(claim: Claim) -> None:
    for name, value in {**claim.trial, **claim.beside, **claim.null}.items():
        low, high = space()[name].range
        assert not space()[name].by_kind, name
        assert low <= value <= high, name


@each_trial
def test_a_null_is_where_the_effect_is_not_there(claim: Claim) -> None:
    stated = {name: space()[name].no_effect for name in claim.null if space()[name].no_effect is not None}
    assert stated == {name: claim.null[name] for name in stated}
    assert all(space()[name].role != "lever" for name in claim.null)


@each_claim
def test_a_claim_is_quoted_in_chinese_and_told_in_english(claim: Claim) -> None:
    assert re.search(r"[一-鿿]", claim.phrase)
    assert re.fullmatch(r"[^一-鿿]+", claim.meaning)


def test_every_problem_and_answer_has_a_claim_that_is_tried() -> None:
    assert {claim.place for claim in TRIED} == set(PLACES)


def test_every_group_of_levers_of_the_answers_is_moved() -> None:
    groups = {name.split(".")[0] for name, parameter in space().items() if parameter.role == "lever"}
    moved = {name.split(".")[0] for claim in TRIED for name in claim.trial if space()[name].role == "lever"}
    assert moved == groups - OUTSIDE


def test_every_whole_answer_is_a_shipped_scenario() -> None:
    named = {scenario for _, scenario in PLACES.values() if scenario}
    assert len(named) == 5
    assert named <= set(shipped())


def test_a_null_that_a_scenario_makes_is_found_by_what_it_assumes() -> None:
    known = {claim.id: null_scenario(claim) for claim in TRIED if claim.null}
    assert (known["balance"], known["a-say-in-policy"]) == ("null-inverted-u", "null-participation")
    assert known["older-leaders"] == ""


@pytest.mark.parametrize("language", trace.PAGES)
def test_the_page_is_made_of_the_stored_table(language: str) -> None:
    written = (DOCS / trace.PAGES[language]).read_text(encoding="utf-8")
    made = page(trace.read_table(DOCS / "report.csv"), CLAIMS, doubts(), language)
    assert written == made, "out of date: run make trace ARGS=--page"


def test_the_stored_table_holds_every_outcome_of_every_trial() -> None:
    table = trace.read_table(DOCS / "report.csv")
    asked = [
        (claim.id, world, outcome, way)
        for claim in TRIED
        for world in (("trial", "null") if claim.null else ("trial",))
        for outcome, way in claim.outcomes.items()
    ]
    stored = [tuple(cells) for cells in table[["claim", "world", "outcome", "way"]].itertuples(index=False)]
    assert stored == asked, "out of date: run make trace"


def test_the_chinese_page_tells_each_claim_under_the_same_name() -> None:
    named = {
        language: re.findall(r"^### (.+)$", (DOCS / name).read_text(encoding="utf-8"), re.M)
        for language, name in trace.PAGES.items()
    }
    assert named["en"] == named["zh"] == [claim.id for claim in CLAIMS]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], "untold"),
        ([row("open", "likely_more")], "open"),
        ([row("more", "very_likely_more"), row("less", "likely_less")], "as_claimed"),
        ([row("more", "likely_more"), row("open", "likely_less")], "as_claimed"),
        ([row("more", "likely_more"), row("more", "cannot_tell")], "partly"),
        ([row("more", "likely_more"), row("less", "no_difference")], "partly"),
        ([row("more", "likely_more"), row("less", "likely_more")], "mixed"),
        ([row("more", "likely_less"), row("less", "cannot_tell")], "other_way"),
        ([row("more", "no_difference"), row("less", "cannot_tell")], "no_difference"),
        ([row("less", "cannot_tell")], "cannot_tell"),
        ([row("none", "no_difference")], "as_claimed"),
        ([row("none", "likely_more")], "other_way"),
        ([row("none", "cannot_tell")], "cannot_tell"),
    ],
)
def test_a_claim_is_answered_by_what_its_outcomes_bear(rows: list[dict[str, str]], told: str) -> None:
    assert summary(rows) == told


def tiny() -> Scenario:
    few = Population(2, dict.fromkeys(KINDS, 3))
    return replace(load("baseline"), population=few, burn_in=1, months=2)


def test_where_a_say_changes_nothing_the_channel_moves_no_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "cache_folder", lambda: tmp_path)
    say = [claim for claim in CLAIMS if claim.id == "a-say-in-policy"]
    scenario = replace(tiny(), months=14)
    shown = {(each.world, each.outcome): each.difference for each in trace.measure(scenario, say, replications=2)}
    assert shown["trial", "services_delivered"] != 0.0
    assert {shown["null", outcome] for outcome in say[0].outcomes} == {0.0}


def test_the_command_writes_the_table_and_both_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(trace, "load", lambda _: tiny())
    monkeypatch.setattr(trace, "claims", lambda: CLAIMS[:2])
    assert trace.main(["--replications", "2", "--folder", str(tmp_path)]) == 0
    assert set(pd.read_csv(tmp_path / "report.csv")["claim"]) == {claim.id for claim in CLAIMS[:2]}
    assert (tmp_path / "report.zh.md").read_text(encoding="utf-8").startswith("# 调研报告的论断与模型结果")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a:\n  place: problem 6\n", "place"),
        ("a: word\n", "place: Field required"),
        ("a:\n  place: answer 1\n  phrase: x\n  meaning: y\n  mechanisms: []\n  rules: []\n", "says why"),
    ],
)
def test_a_claim_that_is_not_as_it_should_be_is_refused_with_its_line(
    tmp_path: Path, text: str, complaint: str
) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text(f"# a file\n{text}", encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as raised:
        read_all(file, Claim)
    assert "claims.yaml:2" in str(raised.value)


def test_every_doubt_quotes_the_report() -> None:
    assert doubts()
    assert all(re.search(r"[一-鿿]", phrase) for doubt in doubts() for phrase in doubt.phrases)
