"""One assumption at a time: how a policy's difference moves when a value goes to the low or the high end of its doubt.

The ends are the 5th and 95th percentiles of the parameter sets that come with orgsim, kind by kind where a value
differs by kind; of a value that no set holds, the ends of its range. Today and the policy are both run under each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from orgsim.core.parameters import KINDS, Parameter
from orgsim.ensembles.posterior import shipped_sets
from orgsim.outcomes.recorder import Floats
from orgsim.report.verdicts import Judgement, judge
from orgsim.scenarios import Origin, Scenario, Setting, label
from orgsim.scenarios.load import default_space

LOW, HIGH = 5.0, 95.0
"""Percentiles of the parameter sets."""
Key = tuple[str, str | None]


@dataclass(frozen=True)
class Swing:
    """A policy's difference with one assumption at its low and its high end."""

    parameter: str
    low: Judgement
    high: Judgement

    @property
    def width(self) -> float:
        """How far apart the two differences lie."""
        return abs(self.high.difference - self.low.difference)


def candidates(names: Iterable[str], most: int = 10) -> tuple[Parameter, ...]:
    """The uncertain values of grade C among these, in the order given, without repeats; choices are left out."""
    space = default_space()
    found = (space[name] for name in dict.fromkeys(names))
    weak = [p for p in found if p.role == "uncertainty" and p.source.grade == "C" and not p.choices]
    return tuple(weak[:most])


def ends(parameter: Parameter) -> tuple[dict[Key, float], dict[Key, float]]:
    """The low and the high end of a value, for each kind where it differs by kind."""
    low: dict[Key, float] = {}
    high: dict[Key, float] = {}
    for kind in KINDS if parameter.by_kind else (None,):
        values = [one[called] for one in shipped_sets() if (called := label(parameter.name, kind)) in one]
        bounds = np.percentile(values, (LOW, HIGH)) if values else parameter.range
        low[parameter.name, kind], high[parameter.name, kind] = (float(bound) for bound in bounds)
    return low, high


def assuming(scenario: Scenario, values: Mapping[Key, float], name: str) -> Scenario:
    """The scenario under other assumptions."""
    kept = [one for one in scenario.assumptions if (one.parameter, one.kind) not in values]
    new = [Setting(parameter, kind, value, Origin(name, 0)) for (parameter, kind), value in values.items()]
    return replace(scenario, name=f"{scenario.name} {name}", assumptions=(*kept, *new))


def swing(parameter: str, low: tuple[Floats, Floats], high: tuple[Floats, Floats], margin: float = 0.0) -> Swing:
    """From the values of today and the policy at both ends, one a replication."""
    return Swing(parameter, judge(low[1] - low[0], margin), judge(high[1] - high[0], margin))


def widest_first(swings: Sequence[Swing]) -> tuple[Swing, ...]:
    """In the order of a tornado."""
    return tuple(sorted(swings, key=lambda one: -np.nan_to_num(one.width)))
