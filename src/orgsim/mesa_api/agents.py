"""Funders, organizations and staff as Mesa agents.

An agent holds no state of its own: it knows its row, and its columns are descriptors onto the world (`views`). It
comes and goes with the row. A subclass may decide differently (`decisions`) and may remember what it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import mesa
import numpy as np
from mesa.agent import AgentSet

from orgsim.errors import InputError, OrgsimError, nearest

if TYPE_CHECKING:
    from orgsim.core.columns import Array
    from orgsim.core.rule import Rule


class AgentIsGone(OrgsimError):
    """The row of this agent is no more, so it has no columns to read or write."""


class RowAgent(mesa.Agent):
    """An agent that is a view on one row of the world.

    `unique_id` is Mesa's: 1, 2, 3 … in the order in which agents came to this model. `lasting_id` is the row's
    64-bit id: the same organization has it under every policy and in every run of the same replication. A subclass
    with memory of its own takes `(self, model, row)` in `__init__` and passes both on.
    """

    entity: ClassVar[str] = ""
    ends: ClassVar[str] = ""
    """How an agent of this kind leaves the model."""

    def __init__(self, model: Any, row: int | None = None) -> None:
        if row is None or not model.roster.expects(self.entity, row):
            raise InputError(f"a model's {self.entity} agents come with its rows; they cannot be made by hand")
        self._row: int | None = row
        self._lasting_id = int(model.world[self.entity].id[0, row])
        self._gone_in = ""
        super().__init__(model)

    @property
    def row(self) -> int:
        """Number of the row in the world's tables; AgentIsGone once it has ended."""
        if self._row is None:
            raise AgentIsGone(
                f"{self!r} left the model in {self._gone_in}, and its columns with it; keep what you need beforehand"
            )
        return self._row

    @property
    def present(self) -> bool:
        """Whether the agent is still in the model."""
        return self._row is not None

    @property
    def lasting_id(self) -> int:
        """Id of the row: made from what caused it, hence the same in every run of the replication."""
        return self._lasting_id

    @property
    def cells(self) -> Mapping[str, Array]:
        """Columns of all agents of this kind, each shaped (1, rows)."""
        columns: Mapping[str, Array] = self.model.world.tables[self.entity].columns
        return columns

    def answer(self, rule: Rule) -> Callable[..., Any]:
        """The function with which this agent answers a rule: the rule itself, or the subclass's `decide_…`."""
        decision = self.model.decisions[self.entity].get(rule.name)
        return rule.function if decision is None else decision.bound_to(self)

    def as_written(self, rule: str, **values: Any) -> Any:
        """What the rule itself answers to these values; for a `decide_…` that only bends it."""
        known = self.model.world.model.rules
        if (self.entity, rule) not in known:
            names = [name for entity, name in known if entity == self.entity]
            raise InputError(f"{self.entity} has no rule '{rule}'{nearest(rule, names)}")
        return known[self.entity, rule].function(**values)

    def remove(self) -> None:
        """Refused: rows end by the rules, and an agent without its row, or a row without its agent, would be a lie."""
        raise InputError(f"{self!r} cannot be removed by hand; {self.ends}")

    def end(self, date: str) -> None:
        """Leave the model for good; called by the roster when the row has ended."""
        super().remove()
        self._row, self._gone_in = None, date

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("decide_"):
            raise AttributeError(f"{name} is written in a subclass; set on one agent it would not be asked")
        if type(self) in BASES.values() and "pos" in self.__dict__ and name not in self.__dict__:
            self._refuse_stranger(name)
        super().__setattr__(name, value)

    def _refuse_stranger(self, name: str) -> None:
        if not name.startswith("_") and not hasattr(type(self), name):
            raise AttributeError(
                f"{self.entity} has no column '{name}'{nearest(name, self.cells)}; "
                f"to give agents attributes of your own, subclass {type(self).__name__}"
            )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # copying and pickling ask for many such names
            raise AttributeError(name)
        known = [key for key in dir(type(self)) if not key.startswith("_")]
        raise AttributeError(f"{self.entity} has no column '{name}'{nearest(name, known)}")

    def __repr__(self) -> str:
        return f"{type(self).__name__}(unique_id={self.__dict__.get('unique_id')})"

    def _linked(self, entity: str, link: str) -> AgentSet:
        """Agents of `entity` whose `link` points at this row."""
        table = self.model.world[entity]
        rows = np.flatnonzero(table.present[0] & (table[link][0] == self.row))
        return AgentSet((self.model.roster.agent(entity, row) for row in rows), random=self.model.random)


class Organization(RowAgent):
    """A social organization, registered or filed; `.kind` is a word, `.funder` a Funder, `.staff` its people."""

    entity = "organization"
    ends = "it ends when the rule 'closing' says so: override decide_closing"

    @property
    def staff(self) -> AgentSet:
        """The people it employs."""
        return self._linked("staff", "employer")


class Staff(RowAgent):
    """A paid person; `.employer` is an Organization. Another job is another row, and so another agent."""

    entity = "staff"
    ends = "it goes when the rule 'quits' or 'laid_off' says so: override decide_quits"


class Funder(RowAgent):
    """A government funder: the district bureau or a street office."""

    entity = "funder"
    ends = "funders stay"

    @property
    def organizations(self) -> AgentSet:
        """The organizations that answer its calls."""
        return self._linked("organization", "funder")


BASES: dict[str, type[RowAgent]] = {kind.entity: kind for kind in (Organization, Staff, Funder)}
