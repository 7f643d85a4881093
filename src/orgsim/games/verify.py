"""Stated, analytic and simulated answers side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from orgsim.games.dynamics import LONG, eigenvalues, imitated, solved, whole_cycles
from orgsim.games.game import FixedPoint, Game

Numbers = tuple[float, ...]
ROUNDED = 6e-4
"""How far four printed digits may put the flow or an eigenvalue off, a steep slope included."""


@dataclass(frozen=True)
class Check:
    """One comparison; `simulated` is None where only the mathematics is compared."""

    game: str
    what: str
    stated: Numbers | None
    analytic: Numbers
    simulated: Numbers | None
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether all that is there lies within the tolerance of the stated, or else of the analytic answer."""
        truth = np.array(self.analytic if self.stated is None else self.stated)
        given = [self.analytic, *([] if self.simulated is None else [self.simulated])]
        return all(bool((np.abs(np.array(each) - truth) <= self.tolerance + 1e-12).all()) for each in given)


def verify(games: Sequence[Game], seed: int = 1, report: Callable[[str], None] | None = None) -> list[Check]:
    """All checks of all games; `report` is told each game's name before it is begun."""
    checks: list[Check] = []
    for game in games:
        if report:
            report(game.name)
        checks += [check for point in game.points for check in _at_rest(game, point)]
        checks += _on_the_way(game)
        checks.append(_in_the_end(game, seed))
    return checks


def _at_rest(game: Game, point: FixedPoint) -> Iterator[Check]:
    where = _text(point.state)
    yield Check(
        game.name, f"at rest in {where}", (0.0,), (float(np.abs(game.change(point.state)).max()),), None, ROUNDED
    )
    if len(point.eigenvalues) == len(game.start):
        stated, found = np.sort_complex(np.array(point.eigenvalues)), eigenvalues(game, point.state)
        parts = [tuple(np.r_[np.sort(v.real), np.sort(v.imag)].round(4).tolist()) for v in (stated, found)]
        yield Check(game.name, f"eigenvalues in {where} (real, imaginary)", parts[0], parts[1], None, 10 * ROUNDED)


def _on_the_way(game: Game) -> Iterator[Check]:
    if game.path:
        times = np.array(sorted(game.path))
        for time, state in zip(times, solved(game, times), strict=True):
            yield Check(game.name, f"at time {time:g}", game.path[float(time)], _rounded(state), None, ROUNDED)


def _in_the_end(game: Game, seed: int) -> Check:
    """The end state, or where the path goes round, its average over whole cycles."""
    times = np.linspace(0.0, LONG, 4001)
    analytic, simulated = solved(game, times), imitated(game, times, seed)
    goes_round = game.average is not None or (game.end is None and np.abs(game.change(analytic[-1])).max() > 1e-4)
    if goes_round:
        answers = _rounded(whole_cycles(analytic)), _rounded(whole_cycles(simulated))
        return Check(game.name, "average over whole cycles", game.average, *answers, game.tolerance)
    return Check(
        game.name,
        f"end from {_text(game.start)}",
        game.end,
        _rounded(analytic[-1]),
        _rounded(simulated[-1]),
        game.tolerance,
    )


def _rounded(state: Sequence[float] | np.ndarray) -> Numbers:
    return tuple(round(float(share), 4) for share in state)


def _text(state: Sequence[float]) -> str:
    return f"({', '.join(f'{share:g}' for share in state)})"
