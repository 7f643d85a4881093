"""Studies: a question, a design over levers and assumptions, and a table of which every row can be made again.

study = load_study(Path("experiments/contract-terms/study.yaml"))
run_study(study, Path("results/contract-terms"))            # again after whatever stopped it: it goes on
design, results = read("results/contract-terms")

Nothing heavy is imported until it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgsim.studies.document import load_study
    from orgsim.studies.reading import connect, read, results_table
    from orgsim.studies.runner import Ended, run_study
    from orgsim.studies.store import Store
    from orgsim.studies.study import Study

__all__ = ["Ended", "Store", "Study", "connect", "load_study", "read", "results_table", "run_study"]

_HOME = {
    "Ended": "runner",
    "Store": "store",
    "Study": "study",
    "connect": "reading",
    "load_study": "document",
    "read": "reading",
    "results_table": "reading",
    "run_study": "runner",
}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"orgsim.studies.{_HOME[name]}"), name)
    raise AttributeError(f"module 'orgsim.studies' has no attribute {name!r}")
