"""Which lever did it: what an outcome loses when one of a policy's levers alone stays as today.

    total                 policy − today
    contribution of i     policy − (policy without i)
    remainder             total − the sum of contributions: what levers do only together, or take from each other

All are paired by replication, so each has an interval; contributions and remainder add up to the total exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from orgsim.core.parameters import KINDS
from orgsim.outcomes.recorder import Floats
from orgsim.report.lever_trials import TRIALS
from orgsim.report.verdicts import Judgement, judge
from orgsim.scenarios import Scenario, Setting, Step, resolve
from orgsim.scenarios.resolve import place_of


@dataclass(frozen=True)
class Contributions:
    """The split of one outcome's difference; levers in order of size, the largest first."""

    total: Judgement
    levers: Mapping[str, Judgement]
    remainder: Judgement


def contributions(today: Floats, policy: Floats, without: Mapping[str, Floats], margin: float = 0.0) -> Contributions:
    """Split a difference. Each argument has one value a replication, shape (replications,), in the same order."""
    total = policy - today
    lost = {lever: policy - values for lever, values in without.items()}
    rest = total - np.sum(list(lost.values()), axis=0) if lost else total
    judged = {lever: judge(values, margin) for lever, values in lost.items()}
    order = sorted(judged, key=lambda lever: -abs(np.nan_to_num(judged[lever].difference)))
    return Contributions(judge(total, margin), {lever: judged[lever] for lever in order}, judge(rest, margin))


def changed_levers(today: Scenario, policy: Scenario) -> tuple[str, ...]:
    """Levers that stand elsewhere than today in some month, in the order of the catalogue."""
    tables = [resolve(scenario, months=min(today.months, policy.months)) for scenario in (today, policy)]
    before, after = (table.values[table.burn_in :] for table in tables)
    found = []
    for name, parameter in tables[0].space.items():
        place = place_of(tables[0].space, name, KINDS[0] if parameter.by_kind else None)
        columns = slice(place, place + len(parameter.values))
        if parameter.role == "lever" and not np.array_equal(before[:, columns], after[:, columns]):
            found.append(name)
    return tuple(found)


def without(policy: Scenario, today: Scenario, lever: str) -> Scenario:
    """The policy with one lever as it stands today, at the start and later."""
    return _mixed(policy, today, [lever], f"{policy.name} without {lever}")


def only(policy: Scenario, today: Scenario, lever: str) -> Scenario:
    """Today with one lever as the policy has it, at the start and later."""
    return replace(_mixed(today, policy, [lever], f"{policy.name} only {lever}"), title=policy.title)


def missing_levers(policy: Scenario, lever: str) -> tuple[str, ...]:
    """Other levers without which this one cannot act, and that the policy leaves at nought in every month."""
    table = resolve(policy)
    needed = [name for name, value in (TRIALS[lever].also if lever in TRIALS else {}).items() if value > 0.0]
    paths = {name: table.values[table.burn_in :, place_of(table.space, name, None)] for name in needed}
    return tuple(name for name, path in paths.items() if not path.any())


def _mixed(scenario: Scenario, other: Scenario, levers: Sequence[str], name: str) -> Scenario:
    """A scenario with some levers as another has them."""

    def settings(one: Sequence[Setting], two: Sequence[Setting]) -> tuple[Setting, ...]:
        kept = [setting for setting in one if setting.parameter not in levers]
        return (*kept, *(setting for setting in two if setting.parameter in levers))

    kept = [step for step in scenario.schedule if step.parameter not in levers]
    steps: list[Step] = [*kept, *(step for step in other.schedule if step.parameter in levers)]
    return replace(
        scenario,
        name=name,
        levers=settings(scenario.levers, other.levers),
        schedule=tuple(sorted(steps, key=lambda step: step.month)),
    )
