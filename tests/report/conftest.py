"""Comparisons to report on: one made up, whose every number is chosen, and one really simulated, as small as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from orgsim.core.parameters import Text
from orgsim.ensembles import Comparison, Run
from orgsim.ensembles import compare as run_and_compare
from orgsim.outcomes import catalogue
from orgsim.outcomes.catalogue import Outcome
from orgsim.report.blocks import Document
from orgsim.report.document import document
from orgsim.scenarios import Population, Scenario

TINY = """\
extends: baseline
title: {en: Tiny, zh: 小区}
population:
  funders: 2
  organizations: {association: 6, service: 5, social_work: 5, foundation: 1, community: 3}
"""
OTHER = """\
extends: tiny
title: {en: Money on time, zh: 按时拨付}
set:
  contracts.payment_delay: 0 months
  contracts.duration: 36 months
schedule:
  pay.wage_subsidy: {2026-07: {to: 500, over: 6 months}}
"""
Values = Mapping[str, Sequence[float]]
Made = Callable[..., Comparison]


class MadeRecording(SimpleNamespace):
    """A recording that knows nothing but its outcomes, one value a replication."""

    replications: np.ndarray
    months: int
    values: Values


def _told(outcome: Outcome) -> Outcome:
    """The outcome as a made-up recording has it; NaN where it does not."""

    def measure(recording: Any, _: object) -> np.ndarray:
        nothing = [np.nan] * len(recording.replications)
        return np.asarray(recording.values.get(outcome.name, nothing), dtype=float)

    return replace(outcome, measure=measure)


def _run(name: str, title: Text, values: Values, months: int) -> Run:
    count = len(next(iter(values.values())))
    recording: Any = MadeRecording(replications=np.arange(count), months=months, values=values)
    scenario = Scenario(name, f"{name}.yaml", title, None, (name,), "2026-01", population=Population())
    table: Any = None
    return Run(scenario, table, 1, months, recording)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Makes a comparison from values by outcome, for the baseline and for each other scenario."""
    told = tuple(_told(outcome) for outcome in catalogue.OUTCOMES)
    monkeypatch.setattr(catalogue, "OUTCOMES", told)
    for outcome in told:
        monkeypatch.setitem(catalogue.BY_NAME, outcome.name, outcome)

    def make(baseline: Values, *others: Values, months: int = 120) -> Comparison:
        runs = [_run("baseline", Text(en="Today", zh="现状"), baseline, months)]
        for number, values in enumerate(others, 1):
            runs.append(_run(f"option-{number}", Text(en=f"Option {number}", zh=f"方案{number}"), values, months))
        return Comparison(runs[0], tuple(runs[1:]))

    return make


@pytest.fixture(scope="session")
def scenario_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two scenario files of two dozen organizations, the second extending the first."""
    folder = tmp_path_factory.mktemp("scenarios")
    files = (folder / "tiny.yaml", folder / "money-on-time.yaml")
    for file, text in zip(files, (TINY, OTHER), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


@pytest.fixture(scope="session")
def simulated(scenario_files: tuple[Path, Path]) -> Comparison:
    """The two, simulated for three years in three replications."""
    return run_and_compare(*scenario_files, replications=3, months=36)


@pytest.fixture(scope="session")
def once(scenario_files: tuple[Path, Path]) -> Comparison:
    """The two in one replication of fourteen months: there is no range, and five years are not reached."""
    return run_and_compare(*scenario_files, replications=1, months=14)


@pytest.fixture(scope="session")
def reports(simulated: Comparison) -> dict[str, Document]:
    """The report of the two in both languages."""
    return {language: document(simulated, language, made=date(2026, 11, 25)) for language in ("en", "zh")}


@pytest.fixture(scope="session")
def again(simulated: Comparison) -> Document:
    """The Chinese report made a second time."""
    return document(simulated, "zh", made=date(2026, 11, 25))
