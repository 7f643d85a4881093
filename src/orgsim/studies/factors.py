"""A factor: one lever or assumption that a study moves, over a range or through a list of values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from orgsim.core.parameters import Parameter
from orgsim.scenarios.scenario import label
from orgsim.scenarios.values import value_text


@dataclass(frozen=True)
class Factor:
    """What is moved, from `low` to `high` (evenly, or evenly in logarithms) or through `values`, in the list's order.

    `kind` is a kind of organization where only its value is moved; else a value holds for every kind. A lever is moved
    from month 0 on in every scenario, whatever the scenario says of it; an assumption from the start of the burn-in.
    """

    parameter: Parameter
    kind: str | None
    low: float
    high: float
    values: tuple[float, ...] = ()
    log: bool = False

    @property
    def name(self) -> str:
        """'fees.price', or 'fees.price[service]' for one kind."""
        return label(self.parameter.name, self.kind)

    @property
    def is_lever(self) -> bool:
        return self.parameter.role == "lever"

    def at(self, share: float) -> float:
        """The value at a share of the way, 0 to 1: the ends are exact, and each value of a list has an equal part."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if share <= 0.0 or share >= 1.0:
            return self.low if share <= 0.0 else self.high
        if self.log:
            value = math.exp((1.0 - share) * math.log(self.low) + share * math.log(self.high))
        else:
            value = (1.0 - share) * self.low + share * self.high
        return min(max(value, self.low), self.high)

    def levels(self, count: int) -> tuple[float, ...]:
        """All values of a list, or `count` values of a range, its ends among them."""
        return self.values or tuple(self.at(n / (count - 1)) for n in range(count))

    def text(self, value: float) -> str:
        """A value as people read it: a choice by its word; nothing where it is left as each scenario has it."""
        return "" if math.isnan(value) else value_text(self.parameter, value)

    def content(self) -> dict[str, object]:
        """What decides the design, ready to be hashed and written."""
        span: dict[str, object] = {"low": self.low, "high": self.high, "scale": "log" if self.log else "linear"}
        return {"name": self.name, **({"values": list(self.values)} if self.values else span)}
