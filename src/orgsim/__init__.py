"""orgsim: what public policy does to social organizations and the people who work in them.

    import orgsim

    baseline = orgsim.load("scenarios/baseline.yaml")
    result = orgsim.simulate(baseline)

Nothing heavy is imported until it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgsim.ensembles.comparison import compare
    from orgsim.ensembles.run import simulate
    from orgsim.scenarios.load import load

    __version__: str

__all__ = ["__version__", "compare", "load", "simulate"]

_HOME = {"load": "orgsim.scenarios", "simulate": "orgsim.ensembles", "compare": "orgsim.ensembles"}


def __getattr__(name: str) -> object:
    if name == "__version__":
        return _version()
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'orgsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    """The installed version, or `0+unknown` where the source is used without an installation."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("orgsim")
    except PackageNotFoundError:
        return "0+unknown"
