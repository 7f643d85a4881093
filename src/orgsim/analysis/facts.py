"""The register of facts the model can measure: each a pure function, by the id of its row in the shipped targets.

`recorded` facts come from a run's recorded sums, `observed` ones from spans of individuals, `response` ones from pairs
of runs in which something was moved. A fact has one quantity or several, in the order of its row's bands; each quantity
is an array over replications, NaN where it cannot be told. The first paragraph of a function's docstring says what is
measured, the rest how it stands to the fact.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from orgsim.analysis.observe import Look, Span
from orgsim.core.parameters import Text
from orgsim.outcomes.recorder import Floats, Recording

if TYPE_CHECKING:
    from orgsim.analysis.experiments import Laboratory

Quantities = tuple[Floats, ...]
Finish = Callable[[Floats], Quantities]
"""From what a look saw, shape (replications, spans, values), to the fact's quantities."""


@dataclass(frozen=True)
class Fact:
    """How one row is measured. `names` tell its quantities apart; one that has a single quantity has one empty name."""

    id: str
    title: str
    """In Chinese; the English title is the row's own text."""
    names: tuple[Text, ...]
    how: str
    sort: Literal["recorded", "observed", "response"]
    from_recording: Callable[[Recording], Quantities] | None = None
    look: Look | None = None
    finish: Finish | None = None
    from_experiments: Callable[[Laboratory], Quantities] | None = None

    @property
    def summary(self) -> str:
        """What is measured, in one paragraph without line breaks."""
        return " ".join(self.how.split("\n\n")[0].split())


FACTS: dict[str, Fact] = {}
WORDS: dict[str, tuple[frozenset[str], ...]] = {}
"""Of facts no shipped target names: sets of phrases; a text that has one of each set speaks of the fact."""
Names = Sequence[tuple[str, str]]
Registered = TypeVar("Registered", bound=Callable[..., object])


def recorded(
    row: str, title: str, *names: tuple[str, str]
) -> Callable[[Callable[[Recording], Quantities]], Callable[[Recording], Quantities]]:
    """Register a function of a recording; `names` are English and Chinese names of its quantities."""

    def register(function: Callable[[Recording], Quantities]) -> Callable[[Recording], Quantities]:
        FACTS[row] = Fact(row, title, _names(names), _how(function), "recorded", from_recording=function)
        return function

    return register


def observed(
    row: str,
    title: str,
    *names: tuple[str, str],
    months: int = 12,
    staff: str = "",
    organizations: str = "",
    flows: str = "",
    finish: Finish | None = None,
) -> Callable[[Callable[[Span], Sequence[float] | Floats]], Callable[[Span], Sequence[float] | Floats]]:
    """Register a function of a span; columns are named in one word list each, `finish` is `means` by default."""

    def register(function: Callable[[Span], Sequence[float] | Floats]) -> Callable[[Span], Sequence[float] | Floats]:
        look = Look(function, months, tuple(staff.split()), tuple(organizations.split()), tuple(flows.split()))
        FACTS[row] = Fact(row, title, _names(names), _how(function), "observed", look=look, finish=finish or means)
        return function

    return register


def response(
    row: str, title: str, *names: tuple[str, str]
) -> Callable[[Callable[[Laboratory], Quantities]], Callable[[Laboratory], Quantities]]:
    """Register a function that runs experiments."""

    def register(function: Callable[[Laboratory], Quantities]) -> Callable[[Laboratory], Quantities]:
        FACTS[row] = Fact(row, title, _names(names), _how(function), "response", from_experiments=function)
        return function

    return register


def known_by(*sets: str) -> Callable[[Registered], Registered]:
    """Register the words of the fact registered just before; each set is small phrases between bars."""

    def register(function: Registered) -> Registered:
        WORDS[next(reversed(FACTS))] = tuple(frozenset(phrases.split("|")) for phrases in sets)
        return function

    return register


def means(seen: Floats) -> Quantities:
    """Each value's mean over spans, those that could not be told left out."""
    known = ~np.isnan(seen)
    count = known.sum(axis=1)
    total = np.where(known, seen, 0.0).sum(axis=1)
    return tuple(np.where(count > 0, total / np.maximum(count, 1), np.nan).T)


def pooled(seen: Floats) -> Floats:
    """Sums over spans, shape (replications, values): for counts that belong together."""
    return np.asarray(np.nansum(seen, axis=1))


def _names(names: Names) -> tuple[Text, ...]:
    return tuple(Text(en=en, zh=zh) for en, zh in names)


def _how(function: Callable[..., object]) -> str:
    return inspect.getdoc(function) or ""
