"""The verb and what stands behind it: which rows are known, what is inside, and how mistakes are told."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from orgsim.analysis.bands import Band
from orgsim.analysis.baseline import baseline_facts, calibration_rows, with_values
from orgsim.analysis.facts import FACTS, WORDS, Fact
from orgsim.analysis.matching import match
from orgsim.analysis.targets import COLUMNS, Target, shipped_targets
from orgsim.analysis.validate import Finding, chosen, grade, row_verdict, summary, tidy, validate
from orgsim.cli import main as entry
from orgsim.core.parameters import Text
from orgsim.ensembles.run import run_table
from orgsim.errors import InputError
from orgsim.scenarios import resolve
from orgsim.schedule import model
from orgsim.testing import tiny_scenario

TARGETS = {target.id: target for target in shipped_targets()}
TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
population:
  funders: 2
  organizations: {association: 6, service: 8, social_work: 8, foundation: 1, community: 3}
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in a folder with a tiny scenario."""
    (tmp_path / "tiny.yaml").write_text(TINY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(entry.app, ["validate", *arguments])

    return call


SHORT = ("--scenario", "tiny.yaml", "-n", "2", "--months", "12", "--workers", "1")


def finding(verdict: str, row: str = "F1", place: int = 0) -> Finding:
    return Finding(TARGETS[row], None, place, Band(0, 1), 0.5, 0.4, 0.6, 4, verdict)  # type: ignore[arg-type]


def test_every_shipped_target_has_a_measure_that_says_what_it_is() -> None:
    assert set(FACTS) - set(WORDS) == set(TARGETS)
    assert [fact.id for fact in FACTS.values() if not fact.how] == []


def test_every_column_that_is_looked_at_is_one_of_the_model() -> None:
    columns = model().columns
    for fact in FACTS.values():
        if fact.look:
            assert {*fact.look.staff} <= set(columns["staff"]), fact.id
            assert {*fact.look.organizations, *fact.look.flows} <= set(columns["organization"]), fact.id


def test_every_shipped_target_is_matched_with_its_own_fact() -> None:
    assert {row: getattr(match(target), "id", None) for row, target in TARGETS.items()} == {row: row for row in TARGETS}


def test_a_row_numbered_otherwise_is_known_by_its_fact() -> None:
    found = match(replace(TARGETS["S20"], id="X7", fact="leavers who stay in the sector."))
    assert isinstance(found, Fact)
    assert found.id == "S20"


def test_a_known_number_with_another_fact_is_not_measured_as_what_it_is_not() -> None:
    found = match(replace(TARGETS["F1"], fact="share of boards with a woman in the chair"))
    assert isinstance(found, Text)
    assert "here F1 is 'annual formal exit of registered SOs'" in found.en


def test_a_known_number_with_the_fact_of_another_row_is_that_other_row() -> None:
    found = match(replace(TARGETS["F1"], fact=TARGETS["S4"].fact))
    assert isinstance(found, Fact)
    assert found.id == "S4"


@pytest.mark.parametrize(
    ("fact", "row"),
    [
        ("annual formal entry of registered SOs", None),
        ("ten-year survival of a cross-section stock", "survival_10y"),
        ("+20% pay (all employers' outside wage fixed): change in turnover", None),
        ("Turnover, annual, of the full-time staff of service organizations", "S1"),
        ("Part-time vs full-time turnover ratio", "turnover_part_time"),
        ("New organisations: three-year survival", "new_survival_3y"),
        ("three-year survival", "survival_3y"),
        ("Hazard spikes at 12 and 24 months", "renewal_spikes"),
        ("Gini coefficient of income", "income_gini"),
        ("hazard ratio, reserves under one month over three and more", "hazard_by_reserves"),
    ],
)
@pytest.mark.parametrize("number", ["Z9", "F2", "S11"])
def test_one_other_word_or_number_makes_another_fact(fact: str, row: str | None, number: str) -> None:
    found = match(replace(TARGETS["F1"], id=number, fact=fact))
    assert (found.id if isinstance(found, Fact) else None) == row


def test_a_known_number_may_put_its_fact_in_other_words() -> None:
    found = match(replace(TARGETS["F1"], fact="yearly formal exit, registered organizations"))
    assert isinstance(found, Fact)
    assert found.id == "F1"


def test_values_may_be_set_for_all_kinds_or_one_in_the_burn_in_too() -> None:
    table = resolve(tiny_scenario())
    other = with_values(table, {"fees.fee_share[service]": 0.5, "pay.usual_pay": 0.9, "accounts.mean_income": 7.0})
    share, income = table.space.place["fees.fee_share"], table.space.place["accounts.mean_income"]
    assert np.all(other.values[:, share + 1] == 0.5)
    assert np.array_equal(other.values[:, share], table.values[:, share])
    assert np.all(other.values[:, income : income + 5] == 7.0)
    assert other.burn_in_fingerprint() != table.burn_in_fingerprint()


def test_an_unknown_value_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match=r"did you mean 'pay\.usual_pay'"):
        with_values(resolve(tiny_scenario()), {"pay.usual_pai": 1.0})


def test_a_row_nobody_knows_says_so() -> None:
    found = match(replace(TARGETS["F1"], id="Z9", fact="length of meetings"))
    assert isinstance(found, Text)
    assert found.en == "no measure is known for this fact"


@pytest.mark.parametrize(
    ("verdicts", "of_row"),
    [
        (("inside", "inside"), "inside"),
        (("inside", "outside"), "outside"),
        (("inside", "not measured", "no band"), "inside"),
        (("not measured", "no band"), "not measured"),
    ],
)
def test_a_row_is_inside_only_if_all_of_it_that_is_measured_is(verdicts: tuple[str, ...], of_row: str) -> None:
    assert row_verdict([finding(verdict) for verdict in verdicts]) == of_row


def test_the_summary_counts_rows_not_quantities() -> None:
    found = [finding("inside"), finding("inside", place=1), finding("outside", "S3"), finding("not measured", "G3")]
    assert summary(found) == {
        "calibrate_inside": 1,
        "check_inside": 0,
        "calibrate_measured": 1,
        "check_measured": 1,
        "not_measured": 1,
    }


@pytest.mark.parametrize(("row", "expected"), [("S2", "B"), ("F4", "A"), ("F17", "B"), ("S16", "C"), ("G1", "A")])
def test_the_grade_is_that_of_the_basis_or_of_the_evidence(row: str, expected: str) -> None:
    assert grade(TARGETS[row]) == expected


def test_every_shipped_target_has_a_grade() -> None:
    assert all(grade(target) for target in shipped_targets())


def test_an_id_that_is_misspelt_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError, match="there is no target 'S111' – did you mean 'S11'"):
        chosen(shipped_targets(), ["S111"])


def test_facts_of_a_changed_table_are_those_of_its_values() -> None:
    """With nobody ever closing of their own wish or being cleaned up, hardly anybody leaves the register."""
    scenario = tiny_scenario()
    table = resolve(scenario)
    values = table.values.copy()
    for name in ("entry_exit.dissolution", "entry_exit.cleanup_rate", "supervision.revocation"):
        values[:, table.space.place[name]] = 0.0
    still = replace(table, values=values)
    usual, none = (
        baseline_facts(t, population=scenario.population, replications=8, ids=["F1"]) for t in (table, still)
    )
    assert usual["F1", 0].mean() > none["F1", 0].mean()


def test_facts_are_one_array_a_quantity_over_replications() -> None:
    facts = baseline_facts(tiny_scenario(), replications=3, months=24)
    assert {row for row, _ in facts} == set(calibration_rows())
    assert {values.shape for values in facts.values()} == {(3,)}
    assert {("F17", 0), ("F17", 1), ("S2", 0), ("S2", 1), ("S10", 1), ("G12", 1)} <= set(facts)


def test_calibration_asks_for_every_row_it_can_be_given() -> None:
    asked = {target.id for target in shipped_targets() if target.use == "calibrate"}
    assert asked == set(calibration_rows())


def test_a_fact_from_recorded_sums_is_the_same_with_or_without_others_beside_it() -> None:
    scenario = tiny_scenario()
    alone = baseline_facts(scenario, replications=2, months=12, ids=["F18"])
    beside = baseline_facts(scenario, replications=2, months=12)
    recording = run_table(resolve(scenario), scenario.population, replications=2)
    assert np.array_equal(alone["F18", 0], beside["F18", 0], equal_nan=True)
    fact = FACTS["F18"].from_recording
    assert fact
    assert np.array_equal(fact(recording)[0], alone["F18", 0], equal_nan=True)


def test_one_replication_is_too_few_for_an_interval() -> None:
    with pytest.raises(InputError, match="at least two replications"):
        validate(shipped_targets()[:1], tiny_scenario(), replications=1)


def test_a_quantity_that_a_short_run_cannot_tell_is_not_called_outside() -> None:
    (found,) = validate([TARGETS["F2"]], tiny_scenario(), replications=2)
    assert (found.verdict, found.reason.en if found.reason else "") == ("not measured", "cannot be told from this run")


def test_a_band_beyond_what_is_measured_is_told(tmp_path: Path) -> None:
    target = replace(TARGETS["G1"], bands=(Band(0, 1), Band(0, 1)))
    found = validate([target], tiny_scenario(), replications=2)
    assert [one.verdict for one in found] == ["inside", "not measured"]
    assert tidy(found)["reason"].tolist()[1] == "the band names a quantity that is not measured"


def test_the_verb_prints_a_table_and_a_count(run: Run) -> None:
    result = run("--only", "G1,F2,F17", *SHORT)
    assert result.exit_code == 0, result.output
    assert "Rows for calibration inside: " in result.output
    assert "F2: not measured: cannot be told from this run" in result.output
    lines = [line.split()[0] for line in result.output.splitlines() if line.strip().startswith(("F", "G"))]
    assert lines == ["F2", "F17", "G1", "F2:"]


def test_the_verb_speaks_chinese(run: Run) -> None:
    result = run("--only", "F17,F2", "--lang", "zh", *SHORT)
    assert "现金可支撑月数" in result.output
    assert "未测量" in result.output
    assert "not measured" not in result.output


def test_the_verb_writes_json_and_a_table(run: Run, tmp_path: Path) -> None:
    result = run("--only", "S2,S26", "--json", "--output", "out/found.csv", *SHORT)
    tree = json.loads(result.stdout)
    table = pd.read_csv(tmp_path / "out" / "found.csv")
    assert [row["id"] for row in tree["findings"]] == table["id"].tolist() == ["S2", "S2", "S26", "S26"]
    assert tree["findings"][3]["band_low"] is None
    assert list(tree["summary"]) == [
        "calibrate_inside",
        "check_inside",
        "calibrate_measured",
        "check_measured",
        "not_measured",
    ]


def test_the_verb_takes_another_file_with_rows_it_knows_and_rows_it_does_not(run: Run, tmp_path: Path) -> None:
    known, strange = TARGETS["F17"], "length of meetings"
    rows = [_cells(replace(known, id="K1")), ["K2", "check", strange, "1", "1–2", "", ""]]
    with (tmp_path / "mine.csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([COLUMNS, *rows])
    result = run("mine.csv", *SHORT)
    assert result.exit_code == 0, result.output
    assert "K2: not measured: no measure is known for this fact" in result.output
    assert any(line.strip().startswith("K1") and "months of cash" in line for line in result.output.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--only", "S111"), "there is no target 'S111'"),
        (("--only", " , "), "--only names no row"),
        (("--output", "found.txt"), "--output writes CSV"),
        (("none.csv",), "none.csv: cannot be read"),
        (("-n", "1", "--only", "F1"), "at least two replications"),
    ],
)
def test_a_mistake_is_one_sentence_before_anything_is_run(run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, InputError)
    assert words in str(result.exception)


def test_a_malformed_row_ends_with_file_and_line_and_exit_code_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(f"{','.join(COLUMNS)}\nF1,check,a fact,1,about 5,,\n", encoding="utf-8")
    result = run("bad.csv")
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith("bad.csv:2: band of F1: 'about 5' holds numbers but no band")
    assert result.exception.exit_code == 2


def _cells(target: Target) -> list[str]:
    return [getattr(target, name) for name in COLUMNS]
