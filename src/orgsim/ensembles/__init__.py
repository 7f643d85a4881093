"""Many replications of one or several scenarios, run and compared.

The compiled model comes along with what runs it; whoever only reads results goes without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgsim.ensembles.comparison import Comparison, compare
    from orgsim.ensembles.growing import Growing
    from orgsim.ensembles.run import Run, simulate

__all__ = ["Comparison", "Growing", "Run", "compare", "simulate"]

_HOME = {"Comparison": "comparison", "Growing": "growing", "Run": "run", "compare": "comparison", "simulate": "run"}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"orgsim.ensembles.{_HOME[name]}"), name)
    raise AttributeError(f"module 'orgsim.ensembles' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
