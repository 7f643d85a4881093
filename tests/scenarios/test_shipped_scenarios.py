"""Every scenario that comes with orgsim is right, over the real catalogue of mechanisms."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from orgsim.core.parameters import ParameterSpace
from orgsim.scenarios import json_schema, load, resolve, shipped_folder
from orgsim.scenarios.find import shipped

if not shipped():
    pytest.skip("no scenarios are shipped yet", allow_module_level=True)


@pytest.fixture(scope="module")
def real_space() -> ParameterSpace:
    space: ParameterSpace = importlib.import_module("orgsim.mechanisms").space()
    return space


def _file(name: str) -> Path:
    return next(f for f in (shipped_folder() / f"{name}{ending}" for ending in (".yaml", ".yml")) if f.exists())


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_loads_and_resolves(name: str, real_space: ParameterSpace) -> None:
    scenario = load(_file(name), real_space)
    assert resolve(scenario, real_space).values.shape == (scenario.burn_in + scenario.months, real_space.size)
    assert scenario.lineage[0] == "baseline"


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_scenario_fits_the_schema(name: str, real_space: ParameterSpace) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    from ruamel.yaml import YAML

    content: Any = YAML(typ="safe", pure=True).load(_file(name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(json_schema(real_space)).validate(content)


def test_the_baseline_names_every_lever(real_space: ParameterSpace) -> None:
    named = {setting.parameter for setting in load(_file("baseline"), real_space).today}
    assert named == {name for name, parameter in real_space.items() if parameter.role == "lever"}


NULLS = [name for name in shipped() if name.startswith("null-")]


@pytest.mark.parametrize("name", NULLS)
def test_a_null_scenario_sets_effects_to_where_they_do_nothing(name: str, real_space: ParameterSpace) -> None:
    set_to = {s.parameter: s.value for s in load(_file(name), real_space).assumptions}
    assert set_to == {parameter: real_space[parameter].no_effect for parameter in set_to}
    assert set_to


@pytest.mark.parametrize("name", [name for name in NULLS if name.endswith("-push")])
def test_a_push_differs_from_its_null_in_levers_alone(name: str, real_space: ParameterSpace) -> None:
    push, null = (load(_file(n), real_space) for n in (name, name.removesuffix("-push")))
    assert push.lineage == ("baseline", null.name, name)
    assert [(s.parameter, s.value) for s in push.assumptions] == [(s.parameter, s.value) for s in null.assumptions]
    assert push.levers != null.levers
