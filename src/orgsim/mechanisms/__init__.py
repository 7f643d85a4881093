"""The mechanisms: each a folder of pure rules with its values and their evidence beside it."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from orgsim.core.parameters import ParameterSpace, read_parameters

if TYPE_CHECKING:
    from orgsim.core.registry import Mechanism

NAMES = (
    "subsidy",
    "contracts",
    "fees",
    "donations",
    "accounts",
    "pay",
    "morale",
    "turnover",
    "hiring",
    "skills",
    "compliance",
    "supervision",
    "offices",
    "credibility",
    "autonomy",
    "management",
    "innovation",
    "participation",
    "party_building",
    "entry_exit",
    "records",
)
"""In the order of the report: money, people, conduct, trust, freedom, life and death; `records` only counts."""


@lru_cache(maxsize=1)
def space() -> ParameterSpace:
    """All levers and assumptions, without importing a rule."""
    here = Path(__file__).parent
    return ParameterSpace(p for name in NAMES for p in read_parameters(name, here / name / "parameters.yaml"))


@lru_cache(maxsize=1)
def mechanisms() -> tuple[Mechanism, ...]:
    """All mechanisms, imported."""
    return tuple(_import(name) for name in NAMES)


def _import(name: str) -> Mechanism:
    from orgsim.core.registry import Mechanism  # brings the compiler along, which `space` can do without

    full = f"{__name__}.{name}"
    extra = import_module(f"{full}.mechanism") if find_spec(f"{full}.mechanism") else None
    return Mechanism(
        name, import_module(f"{full}.rules"), tuple(getattr(extra, "TOTALS", ())), tuple(getattr(extra, "GIVEN", ()))
    )
