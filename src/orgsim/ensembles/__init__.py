"""Many replications of one or several scenarios, run and compared."""

from orgsim.ensembles.compare import Comparison, compare
from orgsim.ensembles.growing import Growing
from orgsim.ensembles.run import Run, simulate

__all__ = ["Comparison", "Growing", "Run", "compare", "simulate"]
