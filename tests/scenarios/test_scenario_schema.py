"""The JSON Schema accepts good files and marks mistakes that an editor can see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ruamel.yaml import YAML

from orgsim.core.parameters import ParameterSpace
from orgsim.scenarios import json_schema

jsonschema = pytest.importorskip("jsonschema")

GOOD = """
extends: baseline
title: {en: Longer, zh: 更长}
question: Why?
start: 2026-01
months: 3 years
burn_in: 12
population: {funders: 3, organizations: {service: 10}}
set:
  contracts.duration: 36 months
  contracts.yearly_budget: 20 万元
  fees.price: {service: 1.2, foundation: 90%}
  compliance.penalty: dynamic
  autonomy.dual_management: true
schedule:
  contracts.payment_delay: {2027-01: 3 months, 2028-01: {to: 0 months, over: 12 months}}
  fees.price: {2027-01: {to: {service: 2}}}
assumptions:
  turnover.base_hazard: 0.012
"""


def _errors(text: str, space: ParameterSpace) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema(space))
    content: Any = YAML(typ="safe", pure=True).load(text)
    return [error.message for error in validator.iter_errors(content)]


def test_the_schema_is_itself_legal_and_plain_json(space: ParameterSpace) -> None:
    schema = json_schema(space)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


def test_a_good_file_fits(space: ParameterSpace) -> None:
    assert _errors(GOOD, space) == []


@pytest.mark.parametrize(
    "text",
    [
        "moths: 3",
        "extends: [a, b]",
        "title: {en: x}",
        "start: 2026-13",
        "months: 0",
        "population: {funders: 0}",
        "set: {contracts.durration: 12}",
        "set: {contracts.duration: 60}",
        "set: {turnover.base_hazard: 0.01}",
        "set: {compliance.penalty: dynamics}",
        "set: {fees.price: {services: 1}}",
        "schedule: {contracts.duration: 12}",
        "schedule: {contracts.duration: {soon: 12}}",
        "schedule: {contracts.duration: {2027-01: {over: 3}}}",
        "assumptions: {accounts.days: 30}",
    ],
)
def test_a_mistake_is_marked(text: str, space: ParameterSpace) -> None:
    assert _errors(text, space) != []


def test_every_lever_tells_its_meaning_unit_range_and_source(space: ParameterSpace) -> None:
    sections: Any = json_schema(space)["properties"]
    duration = sections["set"]["properties"]["contracts.duration"]
    assert duration["default"] == 12
    for told in ("What it means.", "它的含义。", "months", "6 to 36 months", "wang2020, table 2", "grade B"):
        assert told in duration["description"]
    assert set(sections["set"]["properties"]) == {n for n, p in space.items() if p.role == "lever"}
    assert set(sections["assumptions"]["properties"]) == {n for n, p in space.items() if p.role == "uncertainty"}
