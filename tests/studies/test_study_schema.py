"""The JSON Schema of study files agrees with what reads them."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from orgsim.mechanisms import space
from orgsim.studies.document import KEYS
from orgsim.studies.schema import study_schema
from tests.studies.conftest import STUDY

SHIPPED = sorted((Path(__file__).parents[2] / "experiments").glob("*/study.yaml"))
SCHEMA = study_schema(space())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_it_is_a_schema_and_knows_every_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(KEYS)  # type: ignore[call-overload]


@pytest.mark.parametrize("text", [STUDY, *(file.read_text(encoding="utf-8") for file in SHIPPED)])
def test_a_good_study_fits(text: str) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(YAML(typ="safe").load(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "replication: 3",
        "outcomes: [turnovers]",
        "factors: {contracts.durration: [12]}",
        "factors: {contracts.duration: {low: 12}}",
        "design: {kind: cube}",
        "replications: 0",
    ],
)
def test_a_bad_study_does_not(text: str) -> None:
    assert not VALIDATOR.is_valid(YAML(typ="safe").load(text))
