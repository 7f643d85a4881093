"""Small models written in a string: an entity or two, a few rules, a schedule."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from orgsim.core.declare import Entity, Phase, phase
from orgsim.core.parameters import Parameter, ParameterSpace
from orgsim.core.registry import Mechanism, Model, collect

HEAD = """
from math import exp, log
from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial, rule
from orgsim.core.units import Flag, Money, Code, Ratio, Share, Uniform

"""
Import = Callable[..., ModuleType]
Collect = Callable[..., Model]


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Import]:
    """Import a module of rules from its source; forgotten again after the test."""
    names = []

    def load(source: str, name: str = "sandpit") -> ModuleType:
        file = tmp_path / f"{name}.py"
        file.write_text(HEAD + source, encoding="utf-8")
        names.append(name)
        specification = importlib.util.spec_from_file_location(name, file)
        assert specification is not None
        module = importlib.util.module_from_spec(specification)
        sys.modules[name] = module
        # Read anew each time: the file may have been rewritten within the clock's resolution.
        exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), vars(module))
        return module

    yield load
    for name in names:
        sys.modules.pop(name, None)


def parameter(name: str, value: Any = 0.5, **more: Any) -> Parameter:
    """A parameter of which only name and value matter."""
    return Parameter.model_validate(
        {
            "name": name,
            "title": {"en": "A title", "zh": "标题"},
            "meaning": {"en": "What it means.", "zh": "它的含义。"},
            "unit": "share",
            "value": value,
            "range": (0, 1),
            "role": "uncertainty",
            "source": {"cite": "orgsim", "grade": "C", "reading": "assumed"},
            **more,
        }
    )


@pytest.fixture
def collected(imported: Import) -> Collect:
    """Collect a model of `tree` and `apple` (linked by `tree`) from the source of one mechanism, `orchard`.

    The schedule runs the rules named for trees and apples in one phase, unless phases are given.
    """

    def build(
        source: str,
        tree: Sequence[str] = (),
        apple: Sequence[str] = (),
        schedule: Sequence[Phase] | None = None,
        parameters: Sequence[Parameter] = (),
        others: Sequence[Mechanism] = (),
        together: Sequence[Sequence[str]] = (),
        **declared: Any,
    ) -> Model:
        rules = {entity: list(names) for entity, names in (("tree", tree), ("apple", apple)) if names}
        return collect(
            [Entity("tree"), Entity("apple", links={"tree": "tree"})],
            [Mechanism("orchard", imported(source), **declared), *others],
            ParameterSpace(parameters),
            tuple(schedule) if schedule is not None else (phase("grow", **rules),),
            together,
        )

    return build


@pytest.fixture
def parameter_named() -> Callable[..., Parameter]:
    """`parameter`, for tests that need one."""
    return parameter
