"""What a Mesa user gives as keyword arguments, turned into a scenario, a population and a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from orgsim.core.parameters import KINDS, Parameter, ParameterSpace
from orgsim.errors import InputError, nearest
from orgsim.scenarios import Origin, Population, Scenario, Setting, load
from orgsim.scenarios.document import MOST_FUNDERS, MOST_ORGANIZATIONS
from orgsim.scenarios.load import default_space
from orgsim.scenarios.nodes import Word
from orgsim.scenarios.values import read_value

SEEDS = 2**32


def seed_of(rng: Any, seed: Any) -> int:
    """The seed, 0 to 2^32 − 1, from what Mesa calls `rng` or `seed`; None asks the operating system for one.

    A generator, a SeedSequence or a sequence of numbers gives the seed it would draw next.
    """
    if rng is not None and seed is not None:
        raise InputError("give rng or seed, not both")
    given = seed if rng is None else rng
    if given is None:
        return int(np.random.SeedSequence().generate_state(1)[0])
    if isinstance(given, (bool, int, float, np.number)):
        return whole(given, "the seed", 0, SEEDS - 1)
    try:
        return int(np.random.default_rng(given).integers(SEEDS))
    except (TypeError, ValueError):
        raise InputError(f"the seed is a whole number, not {given!r}") from None


def whole(value: Any, what: str, low: int, high: int) -> int:
    """`value` as an int; InputError if it is no whole number from `low` to `high`."""
    number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    if not number or not low <= value <= high or value != int(value):
        raise InputError(f"{what} is a whole number from {low} to {high}, not {value!r}")
    return int(value)


def scenario_of(
    scenario: Scenario | str | Path, population: Mapping[str, Any] | Population | None, levers: Mapping[str, Any]
) -> Scenario:
    """A scenario with another population and other values, as a child that extends it would have them."""
    chosen = load(scenario) if isinstance(scenario, (str, Path)) else scenario
    if population is not None:
        chosen = replace(chosen, population=_population(population, chosen.population))
    space = default_space()
    for keyword, value in levers.items():
        chosen = _with(chosen, keyword, value, space)
    return chosen


def _population(given: Any, usual: Population) -> Population:
    if isinstance(given, Population):
        return given
    if not isinstance(given, Mapping):
        raise InputError(
            f"population is a mapping such as {{'association': 5}}, not {given!r}; for batch_run, put it in a list"
        )
    for key, count in given.items():
        most = MOST_FUNDERS if key == "funders" else MOST_ORGANIZATIONS
        if key not in (*KINDS, "funders"):
            raise InputError(f"population has no '{key}'{nearest(key, (*KINDS, 'funders'))}")
        whole(count, f"population: {key}", 1 if key == "funders" else 0, most)
    organizations = {kind: int(given.get(kind, 0)) for kind in KINDS}
    return Population(int(given.get("funders", usual.funders)), organizations)


def _with(scenario: Scenario, keyword: str, value: Any, space: ParameterSpace) -> Scenario:
    parameter, kind = _named(keyword, space)
    number = _number(keyword, value, parameter)
    kinds: tuple[str | None, ...] = (kind,) if kind or not parameter.by_kind else KINDS
    here = Origin(f"{keyword}=", 0)
    new = {(parameter.name, k): Setting(parameter.name, k, number, here) for k in kinds}
    if parameter.role == "uncertainty":
        kept = {(s.parameter, s.kind): s for s in scenario.assumptions}
        return replace(scenario, assumptions=tuple((kept | new).values()))
    kept = {(s.parameter, s.kind): s for s in scenario.levers}
    # Who sets a lever means it to stay: the scenario's dated changes of it fall away, as they would in a child file.
    dated = tuple(step for step in scenario.schedule if (step.parameter, step.kind) not in new)
    return replace(scenario, levers=tuple((kept | new).values()), schedule=dated)


def _named(keyword: str, space: ParameterSpace) -> tuple[Parameter, str | None]:
    """The parameter a keyword such as contracts__duration or fees__fee_share__service means, and the kind."""
    parts = keyword.split("__")
    if len(parts) == 1:
        spelt = [name.replace(".", "__") for name in space]
        ending = next((name for name in spelt if name.endswith(f"__{keyword}")), "")
        hint = f" – did you mean '{ending}'?" if ending else nearest(keyword, spelt)
        raise InputError(f"OrgModel takes no '{keyword}'; a lever is written as contracts__duration{hint}")
    parameter = space.named(".".join(parts[:2]))
    kind = parts[2] if len(parts) == 3 else None
    if parameter.role == "fixed":
        raise InputError(f"'{parameter.name}' is fixed by definition; it can be neither set nor varied")
    if len(parts) > 3 or (kind is not None and not (parameter.by_kind and kind in KINDS)):
        raise InputError(f"'{keyword}': {parameter.name} has no part '{'__'.join(parts[2:])}'")
    return parameter, kind


def _number(keyword: str, value: Any, parameter: Parameter) -> float:
    """A value as a scenario file would read it: 36, 36.0, '36 months', True, 'static'."""
    if isinstance(value, (bool, np.bool_)):
        text = "true" if value else "false"
    elif isinstance(value, (int, float, np.integer, np.floating)):
        number = float(value)
        text = str(int(number)) if number.is_integer() else repr(number)
    elif isinstance(value, str):
        text = value
    else:
        raise InputError(f"{keyword} takes a number or words, not {value!r}")
    try:
        return read_value(Word(keyword, 0, text, quoted=False), parameter)
    except InputError as error:
        raise InputError(f"{keyword}: {error.problem}") from None
