"""Where a game leads: by its differential equation, and by organizations that imitate each other.

The differential equation is solved by a method of order eight; explicit Euler spirals outward on closed orbits. The
imitators are those of the model: each now and then meets a random member of its own population and copies it with the
Fermi chance `orgsim.core.numerics.fermi`. A large well-mixed population is followed by counting who plays what, which
is exact since its members are alike. Weak selection with proportionally frequent meetings gives the replicator's pace.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from orgsim.core.numerics import fermi
from orgsim.games.game import Game

Floats = NDArray[np.float64]
LONG = 100.0
"""Time after which a game has settled or goes round."""
POPULATION = 100_000_000
WEAK, STEP = 0.2, 0.05
"""Selection x greatest advantage, and chance of a meeting in one step."""
_copies = njit(error_model="numpy")(fermi)
"""`fermi`, compiled as the rule of compliance has it when it is first asked for: the same bits, ten times as fast."""


def solved(game: Game, times: Floats) -> Floats:
    """States at `times` by the differential equation, shape (times, populations)."""
    found = solve_ivp(
        lambda _, state: game.change(state),
        (0.0, float(times[-1])),
        game.start,
        method="DOP853",
        t_eval=times,
        rtol=1e-10,
        atol=1e-13,
    )
    return np.clip(found.y.T, 0.0, 1.0)


def advantage(game: Game, state: Sequence[float]) -> list[float]:
    """Payoff of the first strategy over the second, for each population: its growth over x (1 - x)."""
    inside = [min(max(share, 1e-9), 1.0 - 1e-9) for share in state]
    return [rate / (share * (1.0 - share)) for rate, share in zip(game.rates(inside), inside, strict=True)]


def imitated(game: Game, times: Floats, seed: int = 1, population: int = POPULATION) -> Floats:
    """States at `times` of populations that imitate, shape (times, populations)."""
    corners = product(*[np.linspace(0.0, 1.0, 6).tolist()] * len(game.start))
    greatest = max(abs(gain) for corner in corners for gain in advantage(game, corner))
    selection = WEAK / max(greatest, 1e-9)
    pace = 2.0 / selection
    step = STEP / pace
    luck = np.random.default_rng(seed)
    members = [round(share * population) for share in game.start]
    states, now, at = np.empty((len(times), len(game.start))), 0.0, 0
    while at < len(times):
        shares = [count / population for count in members]
        while at < len(times) and times[at] <= now + step / 2.0:
            states[at] = shares
            at += 1
        now += step
        if not any(0.0 < share < 1.0 for share in shares):
            states[at:] = shares
            break
        for number, (share, gain) in enumerate(zip(shares, advantage(game, shares), strict=True)):
            up = luck.binomial(population - members[number], STEP * share * _copies(gain, selection))
            down = luck.binomial(members[number], STEP * (1.0 - share) * _copies(-gain, selection))
            members[number] += int(up - down)
    return states


def whole_cycles(states: Floats) -> Floats:
    """Average state between the first and the last time round, of the later two thirds of a path."""
    late = states[len(states) // 3 :]
    widest = int(np.argmax(late.std(axis=0)))
    above = late[:, widest] > late[:, widest].mean()
    rises = np.flatnonzero(~above[:-1] & above[1:])
    some = late[rises[0] : rises[-1]] if len(rises) > 1 else late
    mean: Floats = some.mean(axis=0)
    return mean


def eigenvalues(game: Game, state: tuple[float, ...]) -> NDArray[np.complex128]:
    """Of the Jacobian at a state, by central differences taken inside the unit cube, sorted by real part."""
    size, width = len(state), 1e-6
    jacobian = np.empty((size, size))
    for column in range(size):
        low, high = (np.array(state, float) for _ in range(2))
        low[column], high[column] = max(0.0, low[column] - width), min(1.0, high[column] + width)
        jacobian[:, column] = (game.change(high) - game.change(low)) / (high[column] - low[column])
    return np.sort_complex(np.linalg.eigvals(jacobian).astype(np.complex128))
