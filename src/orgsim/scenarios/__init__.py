"""Scenarios: strict YAML files of what is assumed, read, merged along their lineage and resolved month by month.

scenario = load("baseline")            one sentence with file and line if anything in it is wrong
table = resolve(scenario)              a value for every parameter and month, and what set it
difference(load("a"), load("b"))       what the one changes in the other
"""

from orgsim.scenarios.diff import Change, difference
from orgsim.scenarios.find import shipped, shipped_folder
from orgsim.scenarios.load import load, load_text
from orgsim.scenarios.resolve import ParameterTable, Since, resolve
from orgsim.scenarios.scenario import Origin, Population, Scenario, Setting, Step, label
from orgsim.scenarios.schema import json_schema

__all__ = [
    "Change",
    "Origin",
    "ParameterTable",
    "Population",
    "Scenario",
    "Setting",
    "Since",
    "Step",
    "difference",
    "json_schema",
    "label",
    "load",
    "load_text",
    "resolve",
    "shipped",
    "shipped_folder",
]
