"""Which analysis fits which design, and all of it for some outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from orgsim.errors import InputError
from orgsim.studies.analysis import discovery, effects, indices
from orgsim.studies.analysis import noise as luck
from orgsim.studies.analysis.discovery import DIFFERENCE, Discovery, Question
from orgsim.studies.analysis.responses import LEVELS, WHOLE, Response, responses
from orgsim.studies.analysis.tables import Row, table
from orgsim.studies.layout import Manifest

METHODS: Mapping[str, tuple[str, ...]] = {
    "sobol": ("sobol",),
    "morris": ("morris",),
    "tornado": ("one_at_a_time",),
    "effects": ("grid", "list", "latin_hypercube"),
    "ranks": ("grid", "list", "latin_hypercube"),
    "prim": ("grid", "list", "latin_hypercube", "sobol"),
}
"""Kinds of design that a method fits."""


@dataclass(frozen=True)
class Analysis:
    """What a study shows.

    `responses` are what was analysed: values of scenarios, or differences of them. `tables` are by method, with the
    columns of `tables.COLUMNS`; beside them "noise" (`noise.COLUMNS`), "prim" (`discovery.COLUMNS`) and "prim-path".
    `fits` is how much of the variance between points main effects and interactions explain, by scenario, outcome and
    month. `left_out` says of what could not be analysed why.
    """

    responses: tuple[Response, ...]
    tables: Mapping[str, pd.DataFrame]
    fits: Mapping[tuple[str, str, int], float]
    discoveries: tuple[Discovery, ...]
    left_out: tuple[InputError, ...]


def analyse(
    design: pd.DataFrame,
    results: pd.DataFrame,
    manifest: Manifest,
    *,
    outcomes: Sequence[str] | None = None,
    scenario: str | None = None,
    against: str | None = None,
    method: str | None = None,
    month: int | None = None,
    fails: str | None = None,
    monthly: pd.DataFrame | None = None,
    report: Callable[[str, int, int], None] | None = None,
) -> Analysis:
    """Every analysis that fits the design, or one of `METHODS`; see `responses` for what is analysed.

    `fails` is the question of scenario discovery, such as "annual_turnover > 0.2" (the values of a scenario) or
    "difference < 0"; by default it is where the differences that are analysed have the wrong sign. Rank correlations of
    fewer than 20 points, or of choices alone, are left out unless they are asked for. InputError where a method does
    not fit the design, where nothing is moved, and for what `responses` refuses. `report` hears how far it is.
    """
    if not manifest["factors"]:
        raise InputError("the study moves no factor, so there is none to analyse; see orgsim experiment results")
    chosen = _methods(design, manifest, method, fails)
    question = None
    if fails is not None:
        question = discovery.read_question(fails, [each["column"] for each in manifest["outcomes"]])
    found, refused = responses(
        design, results, manifest,
        outcomes=outcomes, scenario=scenario, against=against, month=month, monthly=monthly,
    )  # fmt: skip
    if question is not None and question.name == DIFFERENCE and all(one.against is None for one in found):
        raise InputError("--fails asks for a difference, but values are analysed; compare with another scenario")
    first = str(manifest["scenarios"][0]["name"])
    rows: dict[str, list[Row]] = {name: [] for name in chosen if name != "prim"}
    fits: dict[tuple[str, str, int], float] = {}
    for number, response in enumerate(found, 1):
        if report:
            report(response.outcome, number, len(found))
        for name in rows:
            try:
                rows[name] += _METHODS[name](response, design, manifest, response.scenario == first)
                if name == "effects":
                    key = response.scenario, response.outcome, response.month
                    fits[key] = effects.fit(response, design, manifest, response.scenario == first)
            except InputError as error:
                refused.append(error)
    discoveries: list[Discovery] = []
    if "prim" in chosen:
        asked = found
        if question is not None and question.name != DIFFERENCE:
            asked, _ = responses(
                design, results, manifest, outcomes=[question.name], scenario=scenario, against=LEVELS
            )  # fmt: skip
            asked = [one for one in asked if scenario or len(manifest["scenarios"]) == 1 or one.scenario != first]
        discoveries = _discoveries(asked, question, design, manifest, refused, report)
    if refused and not any(rows.values()) and not discoveries:
        raise refused[0]
    tables = {name: table(each) for name, each in rows.items()}
    blurred = [luck.noise(response, manifest["seed"]) for response in found]
    tables["noise"] = pd.DataFrame(blurred, columns=list(luck.COLUMNS))
    if discoveries:
        told = [row for one in discoveries for row in one.rows]
        tables["prim"] = pd.DataFrame(told, columns=list(discovery.COLUMNS))
        way = [row for one in discoveries for row in one.path]
        tables["prim-path"] = pd.DataFrame(way, columns=list(discovery.PATH))
    return Analysis(tuple(found), tables, fits, tuple(discoveries), tuple(refused))


def _methods(design: pd.DataFrame, manifest: Manifest, method: str | None, fails: str | None) -> list[str]:
    """The methods that fit the design, or the one asked for."""
    kind = manifest["design"]["kind"]
    fitting = [name for name, kinds in METHODS.items() if kind in kinds]
    for asked in filter(None, (method, "prim" if fails else None)):
        if asked not in fitting:
            raise InputError(
                f"a design of kind {kind} does not give {asked}; it gives {', '.join(fitting)}, "
                f"and {asked} takes a design of kind {', '.join(METHODS[asked])}"
            )
    return [method] if method else [n for n in fitting if n != "ranks" or effects.can_rank(design, manifest)]


def _discoveries(
    found: Sequence[Response],
    question: Question | None,
    design: pd.DataFrame,
    manifest: Manifest,
    refused: list[InputError],
    report: Callable[[str, int, int], None] | None,
) -> list[Discovery]:
    """Boxes of what was measured over whole runs: of differences by default, of what `question` asks else."""
    boxes = []
    for number, response in enumerate(found, 1):
        if report:
            report("PRIM", number, len(found))
        if response.month != WHOLE or (response.against is None and (question is None or question.name == DIFFERENCE)):
            continue
        try:
            asked = question or discovery.turning(response, manifest)
            boxes.append(discovery.discover(response, asked, design, manifest))
        except InputError as error:
            refused.append(error)
    return boxes


Method = Callable[[Response, pd.DataFrame, Manifest, bool], list[Row]]
_METHODS: Mapping[str, Method] = {
    "sobol": lambda response, design, manifest, _: indices.sobol(response, design, manifest),
    "morris": lambda response, design, manifest, _: indices.morris(response, design, manifest),
    "tornado": lambda response, design, manifest, _: effects.tornado(response, design, manifest),
    "effects": effects.effects,
    "ranks": effects.rank_correlations,
}
