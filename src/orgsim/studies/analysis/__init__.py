"""What a study shows: which factors move an outcome, how far, together with which, and how sure that is.

design, results, manifest = whole_study(store)
found = analyse(design, results, manifest, outcomes=["annual_turnover"])
found.tables["sobol"]

Everything is a pure function of design, results and manifest: the same rows give the same numbers to the last bit.
"""

from __future__ import annotations

from orgsim.studies.analysis.analyse import METHODS, Analysis, analyse
from orgsim.studies.analysis.responses import LEVELS, Response, responses
from orgsim.studies.analysis.whole import whole_study

__all__ = ["LEVELS", "METHODS", "Analysis", "Response", "analyse", "responses", "whole_study"]
