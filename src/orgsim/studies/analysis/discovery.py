"""Scenario discovery: under which assumptions does a policy fail, or a finding turn? (Bryant and Lempert 2010)

A point is of interest where its mean over runs lies beyond a threshold. `peeling` finds the box of factors in which
such points are dense; three checks say whether to believe it: the quasi-p-value of each restriction, how often halves
of the points and other draws of runs restrict the same factor, and how often shuffled points give a box as good.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgsim.ensembles.doubt import doubt
from orgsim.errors import InputError, nearest
from orgsim.outcomes.recorder import Floats
from orgsim.studies.analysis.peeling import Bools, Peeled, harmonic, peel, spans, supported
from orgsim.studies.analysis.responses import Response
from orgsim.studies.analysis.tables import Row, known, named
from orgsim.studies.layout import Manifest

DIFFERENCE = "difference"
"""What a question calls the paired difference of whatever outcome is analysed."""
HALVES, SHUFFLES = 100, 99
FEWEST_POINTS, FEWEST_CASES = 20, 5
"""Points below which no box is looked for, and cases of interest, or of none, below which there is none to find."""
ALPHA, OFTEN = 0.05, 2.0 / 3.0
FOUND, UNSTABLE, CHANCE, NEVER, ALWAYS, FEW = "found", "unstable", "chance", "never", "always", "few"
"""A box that holds; one that halves of the points do not lead to again; none that chance does not give as well; no
point is of interest; all are; too few are, or are not."""
COLUMNS = (
    "scenario", "against", "outcome", "month", "question", "points", "interest", "unclear", "coverage", "density",
    "inside", "chance", "verdict", "factor", "restricted", "low", "high", "choices", "quasi_p", "halves",
)  # fmt: skip
"""A row a factor, or one without where no box is looked for. `interest` points are of interest; `unclear` ones lie so
near the threshold that luck may have put them on their side of it. The box has `inside` points, a share `coverage` of
those of interest, which are a share `density` of its own; shuffled points give as good a box in a share `chance`;
`halves` is the share of halves of the points that restrict the factor."""
PATH = ("scenario", "against", "outcome", "month", "question", "step", "coverage", "density", "inside", "restricted",
        "chosen")  # fmt: skip
"""A row a box on the way."""
_QUESTION = re.compile(r"\s*(?P<name>[^<>=\s]+)\s*(?P<sign><|>|<=|>=)\s*(?P<value>[-+−]?[\d.,eE+-]+)\s*(?P<per>%?)\s*")


@dataclass(frozen=True)
class Question:
    """When a policy fails: where the mean of an outcome, or its difference, lies below (or above) a value."""

    name: str
    below: bool
    value: float

    @property
    def text(self) -> str:
        """As it is written: 'annual_turnover > 0.2'."""
        return f"{self.name} {'<' if self.below else '>'} {self.value:.10g}"

    def holds(self, means: Floats) -> Bools:
        """At which points it fails."""
        return means < self.value if self.below else means > self.value


@dataclass(frozen=True)
class Discovery:
    """What was found: rows of `COLUMNS` and `PATH`, and for pictures the cases that were looked at.

    `places` has shape (cases, factors); `interest` and `inside` say which are of interest and in the box.
    """

    response: Response
    question: Question
    rows: list[Row]
    path: list[Row]
    places: Floats
    interest: Bools
    inside: Bools


def read_question(text: str, known: list[str]) -> Question:
    """A question such as 'annual_turnover > 20 %' or 'difference < 0'; InputError for another form or name."""
    match = _QUESTION.fullmatch(text)
    try:
        value = float(match["value"].replace("−", "-")) if match else math.nan
    except ValueError:
        match = None
    if match is None:
        raise InputError(f"--fails takes a comparison such as annual_turnover > 0.2, or difference < 0, not '{text}'")
    if match["name"] not in (*known, DIFFERENCE):
        hint = nearest(match["name"], [*known, DIFFERENCE]) or f" ({', '.join([*known, DIFFERENCE])})"
        raise InputError(f"the study has no outcome '{match['name']}'{hint}")
    return Question(match["name"], match["sign"].startswith("<"), value / (100.0 if match["per"] else 1.0))


def turning(response: Response, manifest: Manifest) -> Question:
    """When a finding turns: the difference is on the wrong side of nought, or on the other side than on the whole."""
    better = next((each.get("better", 0) for each in manifest["outcomes"] if each["column"] == response.outcome), 0)
    return Question(DIFFERENCE, (better or float(response.means.mean())) > 0.0, 0.0)


def discover(response: Response, question: Question, design: pd.DataFrame, manifest: Manifest) -> Discovery:
    """Look for the box; everything drawn at random is drawn from the study's seed.

    InputError where a point leaves a factor as it is and that is no known value.
    """
    kept = _cases(design, manifest)
    values = response.values[kept]
    means = values.mean(axis=1)
    interest = question.holds(means)
    first = response.scenario == manifest["scenarios"][0]["name"]
    where = np.column_stack([known(design, each, first) for each in manifest["factors"]])[kept]
    unordered = [bool(each["choices"]) for each in manifest["factors"]]
    reach = doubt(values, response.sets).reach
    unclear = math.nan if np.isnan(reach).any() else int((np.abs(means - question.value) <= reach).sum())
    head: Row = {
        **named(response), "question": question.text, "points": len(means), "interest": int(interest.sum()),
        "unclear": unclear,
    }  # fmt: skip
    everything = np.ones(len(means), dtype=bool)
    verdict = _idle(interest)
    if verdict:
        nothing = {**head, "verdict": verdict, "factor": "", "restricted": False, "choices": ""}
        return Discovery(response, question, [nothing], [], where, interest, everything)
    way = peel(where, interest, unordered)
    spanned = spans(where, way.inside[way.best], unordered)
    needed = supported(spanned, interest)
    inside = np.logical_and.reduce([spanned[n] for n in needed] or [everything])
    rng = np.random.default_rng([manifest["seed"], 4])
    chance = _chance(where, interest, unordered, _quality(way), rng)
    halves = _halves(where, response.independent[kept], question, unordered, rng)
    if not needed or chance >= ALPHA:
        verdict = CHANCE
    else:
        verdict = FOUND if min(halves[n] for n in needed) >= OFTEN else UNSTABLE
    told = {
        "coverage": interest[inside].sum() / interest.sum(), "density": interest[inside].mean(),
        "inside": int(inside.sum()), "chance": chance, "verdict": verdict,
    }  # fmt: skip
    rows = [
        {**head, **told, **_side(n, where, spanned[n] if n in needed else everything, manifest),
         "restricted": n in needed, "quasi_p": needed.get(n, math.nan), "halves": halves[n]}
        for n in range(len(unordered))
    ]  # fmt: skip
    path = _path(way, where, unordered, response, question)
    return Discovery(response, question, rows, path, where, interest, inside)


def _cases(design: pd.DataFrame, manifest: Manifest) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The points that were drawn apart from each other: of a Sobol design its two base samples."""
    if manifest["design"]["kind"] != "sobol":
        return np.arange(len(design))
    size = len(manifest["factors"]) * (1 + bool(manifest["design"]["second_order"])) + 2
    starts = np.arange(0, len(design), size)
    return np.sort(np.concatenate([starts, starts + size - 1]))


def _idle(interest: Bools) -> str:
    """Why there is nothing to look for; empty where there is."""
    if not interest.any() or interest.all():
        return ALWAYS if interest.any() else NEVER
    few = min(interest.sum(), (~interest).sum()) < FEWEST_CASES or len(interest) < FEWEST_POINTS
    return FEW if few else ""


def _quality(way: Peeled) -> float:
    return float(harmonic(way.coverage, way.density)[way.best])


def _chance(where: Floats, interest: Bools, unordered: list[bool], quality: float, rng: np.random.Generator) -> float:
    """The share of shuffles, the points as they are among them, that give a box at least as good."""
    as_good = sum(_quality(peel(where, rng.permutation(interest), unordered)) >= quality for _ in range(SHUFFLES))
    return (1 + as_good) / (1 + SHUFFLES)


def _halves(where: Floats, runs: Floats, question: Question, unordered: list[bool], rng: np.random.Generator) -> Floats:
    """For each factor the share of halves of the points whose box restricts it, shape (factors,).

    Each half is judged by runs drawn anew with replacement, so that a box which rests on luck does not come again.
    """
    counts = np.zeros(len(unordered))
    for _ in range(HALVES):
        half = rng.permutation(len(where))[: len(where) // 2]
        interest = question.holds(runs[half][:, rng.integers(runs.shape[1], size=runs.shape[1])].mean(axis=1))
        if interest.any() and not interest.all():
            way = peel(where[half], interest, unordered)
            counts[list(supported(spans(where[half], way.inside[way.best], unordered), interest))] += 1.0
    return counts / HALVES


def _side(number: int, where: Floats, spanned: Bools, manifest: Manifest) -> Row:
    """A factor and its range in the box, or its choices by number; a range ends half way to the next point outside."""
    factor, column = manifest["factors"][number], where[:, number]
    if factor["choices"]:
        return {"factor": factor["name"], "choices": ",".join(f"{one:.0f}" for one in np.unique(column[spanned]))}
    low, high = float(column[spanned].min()), float(column[spanned].max())
    if factor.get("values") or manifest["design"]["kind"] == "grid":
        return {"factor": factor["name"], "low": low, "high": high, "choices": ""}
    under, over = column[column < low], column[column > high]
    return {
        "factor": factor["name"],
        "choices": "",
        "low": (low + under.max()) / 2.0 if len(under) else float(factor["low"]),
        "high": (high + over.min()) / 2.0 if len(over) else float(factor["high"]),
    }


def _path(way: Peeled, where: Floats, unordered: list[bool], response: Response, question: Question) -> list[Row]:
    return [
        {
            **named(response), "question": question.text, "step": step, "coverage": coverage, "density": density,
            "inside": int(inside.sum()),
            "restricted": sum(not cases.all() for cases in spans(where, inside, unordered)),
            "chosen": step == way.best,
        }
        for step, (inside, coverage, density) in enumerate(zip(way.inside, way.coverage, way.density, strict=True))
    ]  # fmt: skip
