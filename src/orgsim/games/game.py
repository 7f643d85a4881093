"""Game files: shares that change, their replicator equations, and what is known of where they lead."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orgsim.errors import InputError
from orgsim.games.expressions import Formula, FormulaError, read_formula

Floats = NDArray[np.float64]
SHIPPED = Path(__file__).parent / "games.json"
SHARES = ("x", "y", "z")


@dataclass(frozen=True)
class FixedPoint:
    """A state that does not move, the eigenvalues stated for it (empty if none) and its kind in words."""

    state: tuple[float, ...]
    eigenvalues: tuple[complex, ...]
    kind: str


@dataclass(frozen=True)
class Game:
    """One game from one start: d share/dt of each population, in the shares and named parameters."""

    name: str
    shares: tuple[str, ...]
    formulas: tuple[Formula, ...] = field(repr=False)
    parameters: Mapping[str, float]
    start: tuple[float, ...]
    end: tuple[float, ...] | None = None
    """Where it leads, if a state was stated."""
    average: tuple[float, ...] | None = None
    """Its average over whole cycles, if that was stated instead."""
    path: Mapping[float, tuple[float, ...]] = field(default_factory=dict)
    """States stated for single times."""
    points: tuple[FixedPoint, ...] = ()
    tolerance: float = 0.01

    def change(self, state: Sequence[float] | Floats) -> Floats:
        """d share/dt of every population; shares are kept between 0 and 1. InputError where a formula has no value."""
        return np.array(self.rates([float(share) for share in state]))

    def rates(self, state: Sequence[float]) -> list[float]:
        """`change` for numbers instead of an array, which is quicker for so few."""
        inside = [min(max(share, 0.0), 1.0) for share in state]
        values = {**self.parameters, **dict(zip(self.shares, inside, strict=True))}
        try:
            return [float(formula(values)) for formula in self.formulas]
        except FormulaError as error:
            raise InputError(f"game {self.name}: {error}") from error
        except (ArithmeticError, ValueError, TypeError) as error:
            where = ", ".join(f"{share} = {value:g}" for share, value in zip(self.shares, inside, strict=True))
            raise InputError(f"game {self.name}: a formula has no value at {where} ({error})") from error


def read_games(file: Path = SHIPPED) -> list[Game]:
    """The games of a file; InputError names the game and what is wrong with it."""
    try:
        tree = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", file=file) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError("is not a JSON file of games", file=file) from error
    listed = tree.get("games") if isinstance(tree, dict) else tree
    if not isinstance(listed, list) or not listed:
        raise InputError("has no list 'games'", file=file)
    games: list[Game] = []
    for number, entry in enumerate(listed, start=1):
        name = str(entry.get("id", number)) if isinstance(entry, dict) else str(number)
        try:
            games += _games_of(name, entry)
        except FormulaError as error:
            raise InputError(f"game {name}: {error}", file=file) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            what = f"needs {error}" if isinstance(error, KeyError) else f"cannot be read ({error})"
            raise InputError(f"game {name}: {what}", file=file) from error
    return games


def _games_of(name: str, entry: Mapping[str, Any]) -> list[Game]:
    """One game, or, where `rhs` names variants of one population, one for each variant and start."""
    parameters = {key: float(value) for key, value in entry["parameters"].items()}
    rhs: Mapping[str, str] = entry["rhs"]
    shares = tuple(entry["initial_state"])
    if not 1 <= len(shares) <= len(SHARES):
        raise ValueError("a game has one to three populations")
    known = frozenset(parameters) | frozenset(shares)
    start = tuple(_share(value) for value in entry["initial_state"].values())
    tolerance = _tolerance(entry.get("tolerance", ""))
    final, points = entry.get("final_state"), entry.get("fixed_points") or []
    if set(rhs) == set(shares):
        formulas = tuple(read_formula(rhs[share], known) for share in shares)
        return [
            Game(
                name,
                shares,
                formulas,
                parameters,
                start,
                end=tuple(map(float, final)) if isinstance(final, list) else None,
                average=_average(final, len(shares)),
                path=_path(entry.get("expected") or {}),
                points=_points(points),
                tolerance=tolerance,
            )
        ]
    if len(shares) != 1:
        raise ValueError(f"rhs names {', '.join(rhs)}, but the shares are {', '.join(shares)}")
    found = []
    of_variants: Mapping[str, Any] = points if isinstance(points, dict) else {}
    for variant, text in rhs.items():
        formulas = (read_formula(text, known),)
        stated: Sequence[Mapping[str, Any]] = next(
            (p for key, p in of_variants.items() if key.split()[0] == variant), []
        )
        ends = (_ends(variant, final) if isinstance(final, dict) else {}) or {start: None}
        for number, (begin, end) in enumerate(ends.items()):
            title = f"{name} {variant} from {begin[0]:g}"
            kept = () if number else _points(stated)
            found.append(Game(title, shares, formulas, parameters, begin, end, points=kept, tolerance=tolerance))
    return found


def _share(value: Any) -> float:
    share = float(value)
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a share lies from 0 to 1, not at {share:g}")
    return share


def _tolerance(text: str) -> float:
    """The first number of the sentence, .01 if there is none."""
    found = re.search(r"\d*\.\d+", str(text))
    return float(found[0]) if found else 0.01


def _average(final: Any, count: int) -> tuple[float, ...] | None:
    """The state in parentheses after 'time average', if the sentence has one."""
    found = re.search(r"time average[^()]*\(([^)]*)\)", final, re.I) if isinstance(final, str) else None
    numbers = tuple(float(part) for part in found[1].split(",")) if found else ()
    return numbers if len(numbers) == count else None


def _ends(variant: str, final: Mapping[str, float]) -> dict[tuple[float, ...], tuple[float, ...] | None]:
    """`{"penalty from 0.3": 0.0}` as start → end, for one variant."""
    found: dict[tuple[float, ...], tuple[float, ...] | None] = {}
    for key, end in final.items():
        name, _, begin = key.partition(" from ")
        if name == variant:
            found[(_share(begin),)] = (float(end),)
    return found


def _path(expected: Mapping[str, Any]) -> dict[float, tuple[float, ...]]:
    """States at times, under `checkpoints_t`."""
    return {float(time): tuple(map(float, state)) for time, state in expected.get("checkpoints_t", {}).items()}


def _points(listed: Sequence[Mapping[str, Any]]) -> tuple[FixedPoint, ...]:
    return tuple(
        FixedPoint(
            tuple(map(float, point["state"])),
            tuple(complex(str(value).replace("i", "j").replace("+-", "-")) for value in point.get("eigenvalues", ())),
            str(point.get("type", "")),
        )
        for point in listed
    )
