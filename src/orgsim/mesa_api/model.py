"""The model as Mesa knows it: made of a scenario and a seed, stepped month by month."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import mesa
import numpy as np
from mesa.agent import AgentSet

from orgsim.errors import InputError
from orgsim.mesa_api.agents import BASES, Funder, Organization, RowAgent, Staff
from orgsim.mesa_api.reporters import REPORTERS
from orgsim.mesa_api.roster import Roster

if TYPE_CHECKING:
    from orgsim.core.columns import World
    from orgsim.engines.agents import AgentsEngine
    from orgsim.engines.both import BothEngines
    from orgsim.engines.columns import ColumnsEngine
    from orgsim.scenarios import Population, Scenario

EngineName = Literal["agents", "columns", "both"]
ENGINES = ("agents", "columns", "both")


class OrgModel(mesa.Model):
    """One replication of a scenario as a Mesa model, burnt in and ready for its first month.

    `scenario` is a shipped name, a file or a loaded scenario; `rng` (or `seed`) the seed, drawn from the operating
    system if not given; `replication` which of the seed's worlds; `months` overrides the horizon; `population` maps
    kinds of organization (and 'funders') to counts, kinds left out having none. `engine` "agents" lets each agent
    answer each rule, "columns" runs them compiled, "both" compares the two after every phase. Other keyword
    arguments set levers and assumptions, with two underscores for the dot: `contracts__duration=36`.

    Raises `InputError` for what cannot be run and `DeclarationError` for a `decide_…` that no rule asks for.

    `world` is the state, `month` and `date` the month it stands at the end of, `policy` the scenario as run.
    """

    def __init__(
        self,
        scenario: Scenario | str | Path = "baseline",
        *,
        rng: Any = None,
        seed: Any = None,
        replication: int = 0,
        engine: EngineName = "agents",
        months: int | None = None,
        population: Mapping[str, int] | Population | None = None,
        organization_class: type[Organization] = Organization,
        staff_class: type[Staff] = Staff,
        funder_class: type[Funder] = Funder,
        **levers: Any,
    ) -> None:
        # The compiler and what it needs are imported when a model is made, so that `import orgsim.mesa_api` is quick.
        from orgsim.ensembles.burn_in import WORLDS
        from orgsim.ensembles.run import ready
        from orgsim.mesa_api.decisions import decisions_of, equip
        from orgsim.mesa_api.settings import scenario_of, seed_of, whole
        from orgsim.scenarios import resolve
        from orgsim.scenarios.document import LONGEST

        if engine not in ENGINES:
            raise InputError(f"the engine is one of {', '.join(ENGINES)}, not {engine!r}")
        kinds = {"organization": organization_class, "staff": staff_class, "funder": funder_class}
        _check_classes(kinds)
        chosen = seed_of(rng, seed)
        super().__init__(rng=chosen)
        self.seed = chosen
        self.replication = whole(replication, "replication", 0, 2**32 - 1)
        self.policy = scenario_of(scenario, population, levers)
        self.table = resolve(self.policy, months=None if months is None else whole(months, "months", 1, LONGEST))
        model, compiled = ready(_tell)
        equip(model, kinds)
        self.decisions = {entity: decisions_of(kind, model) for entity, kind in kinds.items()}
        _check_engine(engine, kinds, self.decisions)
        block = np.array([self.replication], np.uint64)
        self.world: World = WORLDS.get(model, compiled, self.table, self.policy.population, chosen, block)
        self.roster = Roster(self, kinds)
        self.engine = engine
        self._stepper = self._make_stepper(compiled)
        self._half_done = False
        for entity in kinds:
            self.roster.update(entity)
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)
        self._mesa_step = self.step  # Mesa has put its own around ours, which counts `steps`
        self.step = self._checked_step  # type: ignore[method-assign]

    def _make_stepper(self, compiled: Any) -> AgentsEngine | BothEngines | ColumnsEngine:
        from orgsim.engines.agents import AgentsEngine
        from orgsim.engines.both import BothEngines
        from orgsim.engines.columns import ColumnsEngine

        if self.engine == "agents":
            return AgentsEngine(self.world, compiled, rows=self.roster.rows)
        return (ColumnsEngine if self.engine == "columns" else BothEngines)(self.world, compiled)

    @property
    def months(self) -> int:
        """The horizon: how many months the model runs."""
        return self.table.months

    @property
    def month(self) -> int:
        """Index of the month that has been lived through last; −1 before the first step."""
        return self.world.month

    @property
    def date(self) -> str:
        """That month as a date: '2026-01' after the first step of a scenario that starts then."""
        return self.policy.date(self.month)

    @property
    def organizations(self) -> AgentSet:
        """All organizations, whatever their class."""
        return self._all("organization")

    @property
    def staff(self) -> AgentSet:
        """All staff, whatever their class."""
        return self._all("staff")

    @property
    def funders(self) -> AgentSet:
        """All funders, whatever their class."""
        return self._all("funder")

    def _all(self, entity: str) -> AgentSet:
        found = self.agents_by_type.get(self.roster.kinds[entity])
        return AgentSet([], random=self.random) if found is None else found

    def step(self) -> None:
        """One month; `running` becomes False with the last. InputError beyond the horizon."""
        self._check_may_step()
        month = self.month + 1
        self._half_done = True
        self._stepper.parameters[:] = self.table.at(month)
        self._live()
        self._half_done = False
        if month + 1 >= self.months:
            self.running = False
        self.datacollector.collect(self)

    def _check_may_step(self) -> None:
        if self._half_done:
            raise InputError(f"an error left {self.date} half done; make the model anew")
        if self.month + 1 >= self.months:
            raise InputError(f"the model ends with {self.date}; to go on, make it with months= more than {self.months}")

    def _checked_step(self) -> None:
        """What `model.step()` calls: after an error, Mesa 3.5 on its own would step in silence and do nothing."""
        self._check_may_step()
        try:
            self._mesa_step()
        except BaseException:
            self.running = False  # or run_model() would go on for ever
            raise

    def _live(self) -> None:
        from orgsim.engines.agents import AgentsEngine
        from orgsim.engines.both import BothEngines

        if isinstance(self._stepper, AgentsEngine):
            self.world.month += 1
            for number, phase in enumerate(self.world.model.schedule):
                self._stepper.run(number)
                event = phase.birth or phase.death
                if event and event.entity in self.roster.kinds:
                    self.roster.update(event.entity)
            return
        if isinstance(self._stepper, BothEngines):
            _copy_cells(self.world, self._stepper.agents.world)  # what was written since the last month
        self._stepper.step()
        for entity in self.roster.kinds:
            self.roster.update(entity)

    def remove_all_agents(self) -> None:
        """Refused, as is removing one: agents end with their rows."""
        raise InputError("the agents of an OrgModel end with their rows; let go of the model itself instead")


def _check_classes(kinds: Mapping[str, Any]) -> None:
    for entity, kind in kinds.items():
        if not (isinstance(kind, type) and issubclass(kind, BASES[entity])):
            raise InputError(f"{entity}_class is a subclass of {BASES[entity].__name__}, not {kind!r}")


def _check_engine(engine: str, kinds: Mapping[str, type[RowAgent]], decisions: Mapping[str, Mapping[str, Any]]) -> None:
    """Compiled rules cannot ask a Python method, and must not seem to."""
    for entity, taken in decisions.items():
        if taken and engine != "agents":
            method = f"{kinds[entity].__name__}.{next(iter(taken.values())).method}"
            raise InputError(f"{method} would never be asked: engine={engine!r} runs rules as written; use 'agents'")


def _copy_cells(source: World, target: World) -> None:
    for entity, table in source.tables.items():
        for name in table.columns:
            target[entity][name][...] = table[name]


def _tell(what: str, done: int, _total: int) -> None:
    if done == 0:
        logging.getLogger("orgsim").warning("orgsim: %s; this takes about a minute", what)
