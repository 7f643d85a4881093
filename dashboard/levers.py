"""Levers as people move them: in the groups of the district report's five answers, in units of everyday use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from orgsim.core.parameters import Parameter
from orgsim.report.amounts import amount, scale
from orgsim.scenarios import Scenario, load, shipped
from orgsim.scenarios.load import default_space
from orgsim.scenarios.write import at_start

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "funding": ("subsidy", "contracts", "fees", "donations", "participation"),
        "people": ("pay", "morale", "skills"),
        "autonomy": ("autonomy", "innovation"),
        "supervision": ("supervision", "compliance", "offices", "entry_exit"),
        "party": ("party_building",),
    }
)
"""The five answers, and the mechanisms whose levers serve each."""
FIRST = (
    "contracts.yearly_budget",
    "contracts.duration",
    "contracts.payment_delay",
    "contracts.price_coverage",
    "pay.wage_subsidy",
    "pay.retention_bonus",
    "morale.staff_voice",
    "skills.training",
    "autonomy.unrestricted_share",
    "autonomy.social_support",
    "supervision.inspection_rate",
    "supervision.reward",
    "party_building.instructors",
)
"""The levers that are seen first; the rest are one click away."""
_ENDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "subsidy.core_grant": (0, 50_000),
        "subsidy.community_grant": (0, 20_000),
        "subsidy.yearly_cap": (0, 60e6),
        "contracts.yearly_budget": (40e6, 400e6),
        "donations.fundraising_support": (0, 10_000),
        "donations.match_rate": (0, 1.5),
        "donations.match_pot": (0, 30e6),
        "pay.wage_subsidy": (0, 1_000),
        "supervision.reward": (0, 30_000),
    }
)
"""Ends of a slider where the legal range would leave no room to aim; every shipped scenario lies within."""
_STEPS: Mapping[str, float] = MappingProxyType(
    {
        "subsidy.core_grant": 1_000,
        "subsidy.community_grant": 500,
        "subsidy.yearly_cap": 1e6,
        "contracts.yearly_budget": 5e6,
        "donations.fundraising_support": 500,
        "donations.match_pot": 1e6,
        "pay.wage_subsidy": 50,
        "pay.certificate_allowance": 50,
        "supervision.reward": 600,
        "supervision.fine": 1_000,
        "contracts.volatility": 0.05,
        "supervision.inspection_rate": 0.01,
        "pay.retention_bonus": 0.01,
        "subsidy.minimum_rating": 1,
        "contracts.minimum_rating": 1,
        "contracts.duration": 1,
        "contracts.payment_delay": 1,
        "innovation.forums": 1,
        "party_building.instructors": 1,
    }
)
SUMS = ("contracts.yearly_budget", "subsidy.yearly_cap", "donations.match_pot")
"""Money for the whole district, which is as large or small as the district is."""
Sums = tuple[tuple[str, float], ...]
"""Today's values of `SUMS` in a district of its own, CNY a year; empty for the district of the baseline."""
_NICE = (500, 200, 100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True)
class Lever:
    """A lever on the page. Numbers are as shown: `factor` times them is the model's unit.

    `scale` is today's value in this district over that of the baseline: 1 but for `SUMS` in a district of its own.
    """

    parameter: Parameter
    group: str
    first: bool
    factor: float
    unit: str
    low: float
    high: float
    step: float
    today: float
    scale: float = 1.0

    @property
    def name(self) -> str:
        return self.parameter.name

    @property
    def choices(self) -> tuple[str, ...]:
        return self.parameter.choices

    def value(self, shown: float) -> float:
        """From the number on the page to the model's unit."""
        return round(shown * self.factor, 10)

    def shown(self, value: float) -> float:
        """From the model's unit to the number on the page, within the slider's ends and, if scaled, on its steps."""
        shown = value / self.factor
        if self.scale != 1.0:
            shown = self.today + round((shown - self.today) / self.step) * self.step
        return min(max(round(shown, 8), self.low), self.high)

    def text(self, shown: float, language: str) -> str:
        """A number on the page with its unit."""
        return amount(self.parameter, self.value(shown), language)

    @property
    def format(self) -> str:
        """How the slider writes its number."""
        decimals = 0 if self.step >= 1 else 1 if self.step >= 0.1 else 2
        return f"%,.{decimals}f" + ("%%" if self.unit.startswith("%") else "")


@cache
def named(name: str) -> Scenario:
    """A shipped scenario, read once."""
    return load(name)


@lru_cache(maxsize=64)
def levers(sums: Sums = ()) -> tuple[Lever, ...]:
    """Every lever, group by group, those seen first before the others; money for the whole district after `sums`."""
    if sums:
        return tuple(_resized(lever, dict(sums).get(lever.name)) for lever in levers())
    today = {name: value for (name, kind), value in at_start(named("baseline")).items() if kind is None}
    group_of = {mechanism: group for group, some in GROUPS.items() for mechanism in some}
    found = [_lever(p, group_of[p.mechanism], today[p.name]) for p in default_space().values() if p.role == "lever"]
    groups, rank = list(GROUPS), {name: place for place, name in enumerate(FIRST)}
    return tuple(sorted(found, key=lambda each: (groups.index(each.group), rank.get(each.name, len(rank)))))


@cache
def comparable() -> tuple[str, ...]:
    """Shipped scenarios about the same time and people as today, which are what a policy may begin from."""
    today = named("baseline")
    frame = (today.start, today.months, today.burn_in, today.population)
    found = ((name, named(name)) for name in shipped())
    return tuple(name for name, one in found if (one.start, one.months, one.burn_in, one.population) == frame)


@lru_cache(maxsize=64)
def by_name(sums: Sums = ()) -> Mapping[str, Lever]:
    """Levers by their full name."""
    return {lever.name: lever for lever in levers(sums)}


def _resized(lever: Lever, today: float | None) -> Lever:
    """The lever with its ends and steps in proportion to today's value in a district; today lies on a step."""
    if today is None or lever.value(lever.today) == today:
        return lever
    here = today / lever.factor
    if here == 0.0:  # nothing is in proportion to nothing
        return replace(lever, low=0.0, today=0.0)
    scale = here / lever.today
    step = float(next((size for size in _NICE if size <= lever.step * scale and here % size == 0.0), 1))
    below, above = (abs(end * scale - here) // step * step for end in (lever.low, lever.high))
    low, high = round(here - below, 8), round(here + max(above, step), 8)
    return replace(lever, low=low, high=high, step=step, today=here, scale=scale)


def _lever(parameter: Parameter, group: str, today: float) -> Lever:
    low, high = _ENDS.get(parameter.name, parameter.range)
    factor, unit = scale(parameter)
    step = _STEPS.get(parameter.name, 1.0 if parameter.choices else 0.05 if high <= 2 else 0.1)
    return Lever(
        parameter,
        group,
        parameter.name in FIRST,
        factor,
        unit,
        *(round(number / factor, 8) for number in (low, high, step, today)),
    )
