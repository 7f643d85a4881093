"""How much of what a policy changes in one column came through each column that its rule read.

Two worlds of the same luck, one under today and one under the policy, are filmed in the same month. Each rule is asked
again for rows that are in both, with what it read today, with what it read under the policy, and with one argument at
a time exchanged; an argument's part is the mean of what exchanging it does from either side. Sums are split into
members' values and who is there; outcomes by exchanging one recorded sum at a time. Parts are told as shares of all
parts without sign; a stock's own last value is left out, since it only carries on what came before.

    part of a = ½ [f(a₁, rest₀) − f(a₀, rest₀)] + ½ [f(a₁, rest₁) − f(a₀, rest₁)]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.core.declare import Phase, Total
from orgsim.core.draws import MONTH_ZERO, philox
from orgsim.core.registry import Draw, Linked, Month, Own, Value
from orgsim.core.rule import Rule
from orgsim.explain.film import Film, History
from orgsim.explain.graph import OUTCOME, PARAMETER, PRESENT, Item, Reads
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Recording
from orgsim.outcomes.strata import strata

ROWS = 200
"""Rows of which a rule is asked, at most; they are spread evenly over all that are in both worlds."""
Shares = Mapping[tuple[Item, Item], float]
"""By (what is read, what reads it): the part of the change, of all parts without sign; below nought where it works
against the whole. What could not be split is not there."""
Parts = dict[tuple[Item, Item], float]


class Twins:
    """One replication of today and of a policy, filmed in the same months."""

    def __init__(self, today: History, policy: History) -> None:
        self.today, self.policy, self.model = today, policy, today.model
        self._parameters = {place: name for name, place in self.model.space.place.items()}

    def parts(self, month: int) -> Parts:
        """The part of every arrow in one month: of rules, sums, births and deaths; in the unit of what reads."""
        films = self.today.film(month), self.policy.film(month)
        found: Parts = {}
        for number, phase in enumerate(self.model.schedule):
            for entity, names in phase.rules.items():
                for place, name in enumerate(names):
                    rule = self.model.rules[entity, name]
                    found |= self._rule(rule, films, number, frozenset(names[:place]))
            for key in phase.totals:
                found |= _total(self.model.totals[key], films, number)
            found |= _coming_and_going(phase, films, number)
        return found

    def _rule(self, rule: Rule, films: tuple[Film, Film], number: int, fresh: frozenset[str]) -> Parts:
        rows = _in_both(films, rule.entity, number)
        if not len(rows[0]):
            return {}
        pairs = [self._columns(rule, film, at, number, fresh) for film, at in zip(films, rows, strict=True)]
        sources = [source for source, _ in pairs[0]]
        today, policy = ([values for _, values in some] for some in pairs)
        answer = _asking(rule)
        parts: dict[Item, float] = defaultdict(float)
        itself = Item(rule.entity, rule.name)
        moved = {
            place: source
            for place, source in enumerate(sources)
            if source is not None and source != itself and not np.array_equal(today[place], policy[place])
        }
        for rest, other, sign in ((today, policy, 0.5), (policy, today, -0.5)):
            before = _mean(answer, rest) if moved else 0.0
            for place, source in moved.items():
                changed = [other[n] if n == place else values for n, values in enumerate(rest)]
                parts[source] += sign * (_mean(answer, changed) - before)
        return {(source, itself): part for source, part in parts.items()}

    def _columns(
        self, rule: Rule, film: Film, rows: NDArray[np.int64], number: int, fresh: frozenset[str]
    ) -> list[tuple[Item | None, NDArray[Any]]]:
        """What each argument of a rule was for these rows, and where it comes from (None for luck and the month)."""

        def own(column: str) -> NDArray[Any]:
            return _taken(film.before(rule.entity, column, number + (column in fresh)), rows)

        condition = [] if rule.when is None else [(Item(rule.entity, rule.when), own(rule.when))]
        kept = [(None, own(rule.name))] if rule.keeps else []
        return [*condition, *kept, *self._arguments(rule, film, rows, number, own)]

    def _arguments(
        self,
        rule: Rule,
        film: Film,
        rows: NDArray[np.int64],
        number: int,
        own: Callable[[str], NDArray[Any]],
    ) -> Iterator[tuple[Item | None, NDArray[Any]]]:
        for reading in self.model.reads(rule).values():
            match reading:
                case Own(column):
                    yield Item(rule.entity, column), own(column)
                case Linked(link, entity, column):
                    there = np.zeros(len(rows), np.int64) if link is None else own(link)
                    yield Item(entity, column), _taken(film.before(entity, column, number), there)
                case Value(place, by_kind):
                    kind = np.zeros(len(rows), np.int64)
                    if by_kind:
                        kind = rows if rule.entity == "kind" else own("kind")
                    yield Item(PARAMETER, self._parameters[place]), film.parameters[place + kind]
                case Month():
                    yield None, np.full(len(rows), film.month)
                case Draw() as draw:
                    ids = _taken(film.before(rule.entity, "id", number + 1), rows)
                    yield None, chances(self.today.seed, self.today.replication, draw, film.month, ids)


def shares(parts: Sequence[Parts]) -> dict[tuple[Item, Item], float]:
    """The parts of several months or replications together, as shares."""
    whole: Parts = defaultdict(float)
    for some in parts:
        for arrow, part in some.items():
            whole[arrow] += part
    net: dict[Item, float] = defaultdict(float)
    all_parts: dict[Item, float] = defaultdict(float)
    for (_, target), part in whole.items():
        net[target] += part
        all_parts[target] += abs(part)
    return {
        (source, target): (part / all_parts[target] * (-1.0 if net[target] < 0.0 else 1.0))
        for (source, target), part in whole.items()
        if all_parts[target] > 0.0
    }


def outcome_parts(reads: Reads, before: Recording, after: Recording) -> Parts:
    """The part of each recorded sum in the change of each outcome, averaged over replications."""
    found: Parts = {}
    for name, outcome in BY_NAME.items():
        chosen = strata(outcome.people)["all"]
        for source in reads[Item(OUTCOME, name)]:
            low = outcome.measure(_exchanged(before, after, source), chosen) - outcome.measure(before, chosen)
            high = outcome.measure(after, chosen) - outcome.measure(_exchanged(after, before, source), chosen)
            part = float(np.mean(0.5 * (low + high)))
            found[source, Item(OUTCOME, name)] = part if np.isfinite(part) else 0.0
    return found


def chances(seed: int, replication: int, draw: Draw, month: int, ids: NDArray[np.uint64]) -> NDArray[np.float64]:
    """The uniforms of one decision for many at once, interpreted: the bits of `core.draws.one_uniform`."""
    word = np.uint64
    low, high = ids & word(0xFFFFFFFF), ids >> word(32)
    four = philox.py_func(
        low, high, word(month + MONTH_ZERO), word(draw.key), word(seed), word(replication)
    )  # compiling it for one question would take longer than the answer
    found: NDArray[np.float64] = four[draw.word].astype(np.float64) * 2.0**-32 + 2.0**-33
    return found


def _exchanged(recording: Recording, other: Recording, source: Item) -> Recording:
    if source.entity == "cash_bin":
        return replace(recording, cash=other.cash)
    if source.entity == "income_bin":
        return replace(recording, income=other.income)
    return replace(recording, measures={**recording.measures, source.name: other.measures[source.name]})


def _asking(rule: Rule) -> Callable[..., Any]:
    """The rule with its condition as first argument and, where it keeps its value, last month's as the second."""
    if rule.when is None:
        return rule.function
    if rule.keeps:
        return lambda asked, kept, *rest: rule.function(*rest) if asked else kept
    return lambda asked, *rest: rule.function(*rest) if asked else 0


def _mean(answer: Callable[..., Any], columns: Sequence[NDArray[Any]]) -> float:
    return float(np.mean([float(answer(*row)) for row in zip(*(column.tolist() for column in columns), strict=True)]))


def _taken(array: NDArray[Any], rows: NDArray[np.int64]) -> NDArray[Any]:
    """The cells of these rows; nought for rows that the table did not have yet."""
    found: NDArray[Any] = array[np.minimum(rows, len(array) - 1)]
    found[rows >= len(array)] = array.dtype.type(0)
    return found


def _there(film: Film, entity: str, number: int) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Rows that are there when a phase begins, and their ids, in order of ids."""
    rows = np.flatnonzero(film.before(entity, PRESENT, number))
    ids = film.before(entity, "id", number)[rows]
    order = np.argsort(ids, kind="stable")
    return rows[order], ids[order]


def _in_both(films: tuple[Film, Film], entity: str, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of the same ones in both worlds, at most `ROWS`."""
    (rows, ids), (other_rows, other_ids) = (_there(film, entity, number) for film in films)
    _, here, there = np.intersect1d(ids, other_ids, assume_unique=True, return_indices=True)
    step = max(1, len(here) // ROWS)
    return rows[here[::step]], other_rows[there[::step]]


def _total(total: Total, films: tuple[Film, Film], number: int) -> Parts:
    """A sum split into what members brought, whether they counted, and who was there."""
    (rows, ids), (other_rows, other_ids) = (_there(film, total.of, number) for film in films)
    _, here, there = np.intersect1d(ids, other_ids, assume_unique=True, return_indices=True)
    values, counted = zip(
        *(_summed(total, film, at, number) for film, at in zip(films, (rows, other_rows), strict=True)), strict=True
    )
    value = [values[0][here], values[1][there]]
    count = [counted[0][here], counted[1][there]]
    target = Item(total.entity, total.name)
    amounts = [(one * two).sum() for one, two in zip(values, counted, strict=True)]
    stayed = [(one * two).sum() for one, two in zip(value, count, strict=True)]
    found = {(Item(total.of, PRESENT), target): float((amounts[1] - stayed[1]) - (amounts[0] - stayed[0]))}
    if total.value is not None:
        found[Item(total.of, total.value), target] = float((0.5 * (count[0] + count[1]) * (value[1] - value[0])).sum())
    if total.where is not None:
        part = float((0.5 * (value[0] + value[1]) * (count[1] - count[0])).sum())
        where = Item(total.of, total.where)
        found[where, target] = found.get((where, target), 0.0) + part
    return found


def _summed(
    total: Total, film: Film, rows: NDArray[np.int64], number: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ones = np.ones(len(rows))
    value = ones if total.value is None else film.before(total.of, total.value, number)[rows].astype(np.float64)
    counts = ones if total.where is None else film.before(total.of, total.where, number)[rows].astype(np.float64)
    return value, counts


def _coming_and_going(phase: Phase, films: tuple[Film, Film], number: int) -> Parts:
    """Births and deaths of one month: how many more came, how many fewer went."""
    if phase.birth:
        birth = phase.birth
        more = _number(films[1], birth.parent, birth.count, number) - _number(
            films[0], birth.parent, birth.count, number
        )
        return {(Item(birth.parent, birth.count), Item(birth.entity, PRESENT)): more}
    if phase.death:
        entity, when = phase.death.entity, phase.death.when
        fewer = _number(films[0], entity, when, number) - _number(films[1], entity, when, number)
        return {(Item(entity, when), Item(entity, PRESENT)): fewer}
    return {}


def _number(film: Film, entity: str, column: str, number: int) -> float:
    """The sum of a column over those that are there."""
    return float(film.before(entity, column, number)[_there(film, entity, number)[0]].sum())


def sampled_months(months: int, number: int) -> tuple[int, ...]:
    """Months that are filmed: spread evenly over the run, an early one and a late one among them."""
    return tuple(sorted({int((place + 0.5) * months / number) for place in range(number)}))
