"""Runs are named after what decides them: what means the same has the same name, anything else another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.core.hashing import content_hash
from orgsim.core.parameters import KINDS, Parameter
from orgsim.mechanisms import space
from orgsim.scenarios import load_text, resolve
from orgsim.scenarios.values import value_text
from orgsim.studies import Study
from orgsim.studies.designs import design_points
from orgsim.studies.factors import Factor
from orgsim.studies.measure import Cases, at_point
from orgsim.studies.plan import Plan, make_plan

Make = Callable[..., Study]
ONE = "scenarios: [tiny]\nmonths: 6\nreplications: 2\noutcomes: [annual_turnover]\nfactors:\n"
PARENT = resolve(load_text("extends: baseline\nmonths: 2\nburn_in: 2\n"))
MOVABLE = [parameter for parameter in space().values() if parameter.role != "fixed"]


def names(plan: Plan) -> list[str]:
    return plan.runs["run"].tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  contracts.payment_delay: [0, 1]\n", "  contracts.payment_delay: [-0.0, 1.0]\n"),
        ("  contracts.duration: [12, 36]\n", "  contracts.duration: [1 year, 3 years]\n"),
        (
            "  contracts.duration: [12]\n  contracts.payment_delay: [0]\n",
            "  contracts.payment_delay: [0]\n  contracts.duration: [12]\n",
        ),
    ],
)
def test_the_same_meaning_gives_the_same_names(make_study: Make, one: str, other: str) -> None:
    assert names(make_plan(make_study(ONE + one))) == names(make_plan(make_study(ONE + other)))


@pytest.mark.parametrize(
    "change",
    [
        ("months: 6", "months: 7"),
        ("seed: 1", "seed: 2"),
        ("[0, 1]", "[0.0000001, 1.0000001]"),
        ("scenarios: [tiny]", "scenarios: [longer]"),
    ],
)
def test_another_meaning_gives_other_names(make_study: Make, change: tuple[str, str]) -> None:
    text = ONE + "  contracts.payment_delay: [0, 1]\nseed: 1\n"
    before, after = (set(names(make_plan(make_study(each)))) for each in (text, text.replace(*change)))
    assert not before & after


def test_another_model_gives_other_names(make_study: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    study = make_study(ONE + "  contracts.payment_delay: [0]\n")
    before = names(make_plan(study))
    monkeypatch.setattr("orgsim.studies.measure.code_hash", lambda: "another")
    assert not set(before) & set(names(make_plan(study)))


def test_outcomes_do_not_name_a_run_nor_does_the_number_of_replications(make_study: Make) -> None:
    text = ONE + "  contracts.payment_delay: [0]\n"
    more = text.replace("replications: 2", "replications: 4").replace("annual_turnover", "public_cost")
    assert names(make_plan(make_study(more)))[:2] == names(make_plan(make_study(text)))


def test_a_run_that_the_design_has_twice_has_one_name(make_study: Make) -> None:
    study = make_study(ONE + "  contracts.duration: [12, 36]\ndesign: {kind: morris, n: 6}\n")
    plan = make_plan(study)
    assert len(plan.names) < len(plan.runs)


def test_scenarios_share_their_worlds_and_levers_do_not_part_them(make_study: Make) -> None:
    plan = make_plan(make_study())
    hazards = plan.design["turnover.base_hazard"]
    worlds = plan.runs.groupby(plan.runs["point"].map(hazards))["world"].nunique()
    assert worlds.tolist() == [1, 1]
    assert plan.runs["world"].nunique() == 2


def test_the_plan_is_in_the_order_of_points_scenarios_replications(make_study: Make) -> None:
    runs = make_plan(make_study()).runs
    keys = runs[["point", "scenario", "replication"]].head(7).to_numpy().tolist()
    assert keys[:4] == [[0, "tiny", 0], [0, "tiny", 1], [0, "tiny", 2], [0, "longer", 0]]
    assert keys[6] == [1, "tiny", 0]


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(MOVABLE), st.floats(0.0, 1.0))
def test_a_point_is_what_a_scenario_file_would_make_of_it(parameter: Parameter, share: float) -> None:
    low, high = parameter.range
    value = float(round(share * high)) if parameter.choices else low + share * (high - low)
    factor = Factor(parameter, None, low, high)
    section = "set" if parameter.role == "lever" else "assumptions"
    written = f'"{value_text(parameter, value)}"' if parameter.choices else repr(value)
    text = f"extends: baseline\nmonths: 2\nburn_in: 2\n{section}:\n  {parameter.name}: {written}\n"
    child = resolve(load_text(text))
    assert at_point(PARENT, [factor], np.array([value])).fingerprint() == child.fingerprint()


def test_one_kind_is_moved_alone(make_study: Make) -> None:
    study = make_study("scenarios: [tiny]\nmonths: 2\nfactors: {'fees.fee_share[service]': [0.123]}\n")
    design = design_points(study.design, study.factors, 1)
    cases = Cases(study, design[["fees.fee_share[service]"]].to_numpy())
    moved, before = cases.table(cases.all()[0]), resolve(study.scenarios[0], months=2)
    places = np.flatnonzero((moved.values != before.values).any(axis=0))
    assert places.tolist() == [space().place["fees.fee_share"] + KINDS.index("service")]


def test_names_are_the_same_on_every_machine() -> None:
    assert content_hash({"case": "a", "replication": 3}) == "159a488db260d5fb7d54bb6fd08104d8"


def test_a_moved_point_is_named_like_the_scenario_that_it_makes(make_study: Make) -> None:
    moved = make_study(ONE + "  contracts.duration: [36]\n  contracts.payment_delay: [-0.0]\n")
    written = make_study(
        ONE.replace("tiny", "longer").replace("factors:", "") + "factors: {contracts.payment_delay: [0]}\n"
    )
    assert names(make_plan(moved)) == names(make_plan(written))
