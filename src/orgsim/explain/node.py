"""What an explanation is made of: a tree of plain values that any program can walk, print or store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from orgsim.core.parameters import Parameter
from orgsim.errors import OrgsimError
from orgsim.scenarios import Origin

Cell = float | int | bool | str
"""A value as people read it: a link is the id it points at (as text), a kind its name."""
What = Literal[
    "rule",  # a rule was asked; children are its arguments
    "not_asked",  # the rule's condition does not hold; the value is 0, or stays
    "first",  # the first value of a newborn row
    "blank",  # a newborn row starts with 0 here
    "born",  # the row came to be; children say how many did
    "ended",  # the row ceased to be; the child says why
    "total",  # a sum over members; children are the largest contributions
    "allocation",  # something scarce was shared; children are what this row brought
    "parameter",  # a lever or assumption
    "draw",  # one decision's luck
    "month",  # the number of the month
    "before",  # stood so before month 0
    "vacant",  # left by a row that is no more
    "stands",  # as it stood; not opened, because the depth is reached
]
More = Literal["", "above", "deeper"]


class DoesNotAddUp(OrgsimError):
    """A rule asked again does not give what the run has stored: the explanation would be a lie."""


@dataclass(frozen=True)
class Basis:
    """What a parameter's value rests on: its catalogue entry, and what set the value in that month."""

    parameter: Parameter
    kind: str | None
    origin: Origin
    ramp: int
    """Months over which the value moves to its end, 0 where it jumped or always stood so."""
    by_scenario: bool
    """Whether a scenario file set it; else it is the default and `origin` its catalogue entry."""


@dataclass(frozen=True)
class Luck:
    """What a draw meant to the rule that asked for it: `otherwise` is what it would have answered to other draws.

    `threshold` is the draw at which a yes/no answer turns, if it turns once; `yes_below` on which side the yes lies.
    """

    otherwise: tuple[tuple[float, Cell], ...]
    threshold: float | None = None
    yes_below: bool = False


@dataclass(frozen=True)
class Node:
    """One value and where it comes from.

    `name` is what the reader above calls it (`employer__pay`), `entity`, `id` and `column` whose it is; `month` and
    `phase` tell when it was written. `value` is in `unit`, to the last bit that of the run.
    """

    name: str
    what: What
    value: Cell
    unit: str
    month: int
    entity: str = ""
    id: int | None = None
    column: str = ""
    phase: str = ""
    mechanism: str = ""
    meaning: str = ""
    formula: str = ""
    basis: Basis | None = None
    luck: Luck | None = None
    members: int | None = None
    """How many rows a total sums."""
    children: tuple[Node, ...] = ()
    more: More = ""
    """'above' where the same value is opened earlier in the tree, 'deeper' where the depth ended."""

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order they are printed."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Explanation:
    """The tree of one value, and what it is taken from. `chosen` says why this row, where none was named."""

    scenario: str
    seed: int
    replication: int
    month: int
    date: str
    start: str
    depth: int
    chosen: str
    tree: Node

    def __str__(self) -> str:
        """The tree as text, as the command prints it."""
        from orgsim.explain.lines import text

        return text(self)
