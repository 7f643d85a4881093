"""Studies: a question, a design over levers and assumptions, and a table of which every row can be made again.

study = load_study(Path("experiments/contract-terms/study.yaml"))
run_study(study, Path("results/contract-terms"))            # again after whatever stopped it: it goes on
design, results = read("results/contract-terms")
"""

from orgsim.studies.document import load_study
from orgsim.studies.reading import connect, read, results_table
from orgsim.studies.runner import Ended, run_study
from orgsim.studies.store import Store
from orgsim.studies.study import Study

__all__ = ["Ended", "Store", "Study", "connect", "load_study", "read", "results_table", "run_study"]
