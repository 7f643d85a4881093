"""Columns as attributes: descriptors that read and write one cell of the world, whichever agent asks."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from orgsim.core.parameters import KINDS

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

    from orgsim.core.registry import Column, Model
    from orgsim.mesa_api.agents import RowAgent

AGENT_ENTITIES = ("organization", "staff", "funder")
"""Entities whose rows are agents; the sector, kinds and strata are tables of the world only."""


class ColumnView:
    """A number or yes/no of the agent's row, in the column's unit; setting it changes the world."""

    def __init__(self, column: Column) -> None:
        self.name = column.name
        self.dtype = column.dtype
        self.of = f"{column.entity}.{column.name}"
        self.__doc__ = f"{column.meaning} ({column.unit or 'number'}; written by {column.owner})"

    def __get__(self, agent: RowAgent | None, owner: type | None = None) -> Any:
        if agent is None:
            return self
        return self.shown(agent, agent.cells[self.name].item(0, agent.row))

    def __set__(self, agent: RowAgent, value: Any) -> None:
        row = agent.row
        agent.cells[self.name][0, row] = self.kept(agent, value)

    def shown(self, _agent: RowAgent, cell: Any) -> Any:
        """What people see of a cell."""
        return cell

    def kept(self, _agent: RowAgent, value: Any) -> Any:
        """What the cell keeps of a value; TypeError or ValueError if it cannot."""
        return storable(value, self.dtype, self.of)


class KindView(ColumnView):
    """The kind of organization as a word: 'association', 'service', 'social_work', 'foundation' or 'community'."""

    def shown(self, _agent: RowAgent, cell: Any) -> Any:
        return KINDS[cell]

    def kept(self, _agent: RowAgent, value: Any) -> Any:
        if value not in KINDS:
            raise ValueError(f"{self.of} is one of {', '.join(KINDS)}, not {value!r}")
        return KINDS.index(value)


class LinkView(ColumnView):
    """Another agent: the one in the row that the link points at, or None if nobody is there."""

    def __init__(self, column: Column, target: str) -> None:
        super().__init__(column)
        self.target = target
        self.__doc__ = f"The {target} this {column.entity} belongs to: an agent"

    def shown(self, agent: RowAgent, cell: Any) -> Any:
        return agent.model.roster.agent(self.target, cell)

    def kept(self, agent: RowAgent, value: Any) -> Any:
        if getattr(value, "entity", None) != self.target or value.model is not agent.model:
            raise TypeError(f"{self.of} is {self.target} of the same model, not {value!r}")
        return value.row


def storable(value: Any, dtype: DTypeLike, what: str) -> Any:
    """`value` if a column of `dtype` can hold it as it is; numpy would turn None into False and 0.5 into 0."""
    yes_no = isinstance(value, (bool, np.bool_))
    if dtype is np.bool_:
        if not yes_no:
            raise TypeError(f"{what} is yes or no: True or False, not {value!r}")
        return value
    whole = isinstance(value, (int, np.integer)) and not yes_no
    if dtype is np.int64:
        if not whole:
            raise TypeError(f"{what} is a whole number, not {value!r}")
        return value
    if not whole and not isinstance(value, (float, np.floating)):
        raise TypeError(f"{what} is a number, not {value!r}")
    if not isfinite(value):
        raise ValueError(f"{what} is a finite number, not {value!r}")
    return value


def views(model: Model, entity: str) -> dict[str, ColumnView]:
    """A descriptor for each column of `entity`."""
    links = model.entities[entity].links
    made: dict[str, ColumnView] = {}
    for name, column in model.columns[entity].items():
        target = links.get(name, "")
        if target in AGENT_ENTITIES:
            made[name] = LinkView(column, target)
        else:
            made[name] = KindView(column) if target == "kind" else ColumnView(column)
    return made
