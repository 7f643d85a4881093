"""Who is who: keeps one agent for each row, from the row's birth to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from orgsim.mesa_api.agents import RowAgent

if TYPE_CHECKING:
    from orgsim.core.rule import Rule

Answering = tuple[int, "Callable[[Rule], Callable[..., Any]]"]


class Roster:
    """Agents by row. Rows never move, but a row may be taken again: the lasting id tells who is in it."""

    def __init__(self, model: Any, kinds: dict[str, type[RowAgent]]) -> None:
        self.model = model
        self.kinds = kinds
        self._agents: dict[str, list[RowAgent | None]] = {entity: [] for entity in kinds}
        self._ids: dict[str, NDArray[np.uint64]] = {entity: np.zeros(0, np.uint64) for entity in kinds}
        self._coming: tuple[str, int] | None = None

    def expects(self, entity: str, row: int) -> bool:
        """Whether an agent for this row is being made right now."""
        return self._coming == (entity, row)

    def agent(self, entity: str, row: int) -> RowAgent | None:
        """The agent in a row, or None if nobody is there."""
        agents = self._agents[entity]
        return agents[row] if 0 <= row < len(agents) else None

    def update(self, entity: str) -> None:
        """Say goodbye to agents whose rows have ended, and make agents for the rows that have come to be."""
        table = self.model.world[entity]
        agents = self._agents[entity]
        agents.extend([None] * (table.rows - len(agents)))
        before = np.zeros(table.rows, np.uint64)
        before[: len(self._ids[entity])] = self._ids[entity]
        there = np.array([agent is not None for agent in agents], np.bool_)
        present = table.present[0]
        other = before != table.id[0]
        for row in np.flatnonzero(there & (~present | other)):
            agent = agents[row]
            assert agent is not None
            agent.end(self.model.date)
            agents[row] = None
        for row in np.flatnonzero(present & (~there | other)):
            self._coming = (entity, int(row))
            agents[row] = self.kinds[entity](self.model, int(row))
            self._coming = None
        self._ids[entity] = table.id[0].copy()

    def rows(self, entity: str) -> Iterable[Answering]:
        """Each present row's number and how it answers a rule, as the agents engine asks."""
        present = np.flatnonzero(self.model.world[entity].present[0])
        if entity not in self.kinds:
            return ((int(row), _as_written) for row in present)
        agents = self._agents[entity]
        return ((int(row), agents[row].answer) for row in present)  # type: ignore[union-attr]


def _as_written(rule: Rule) -> Callable[..., Any]:
    return rule.function
