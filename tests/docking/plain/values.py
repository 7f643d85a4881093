"""Values of parameters: as the document prints them, and as a scenario changes them month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Number = float | dict[str, float]


class Values:
    """Parameters in force: `values(3).pay.on_cost` in month 3, a dictionary where kinds differ.

    Settings and steps have a `parameter`, a `kind` or None, and a `value`; steps also a `month` and a length `over`.
    `today` holds in the burn-in, `levers` from month 0 on, `assumptions` always.
    """

    def __init__(
        self,
        printed: Mapping[str, Number],
        today: Iterable[Any] = (),
        levers: Iterable[Any] = (),
        assumptions: Iterable[Any] = (),
        schedule: Iterable[Any] = (),
    ) -> None:
        self.before = _changed(_changed(printed, today), assumptions)
        self.after = _changed(_changed(printed, levers), assumptions)
        self.schedule = tuple(schedule)

    def __call__(self, month: int) -> SimpleNamespace:
        numbers = self.before if month < 0 else _changed(self.after, self._steps_in(month))
        sections: dict[str, SimpleNamespace] = {}
        for full_name, number in numbers.items():
            mechanism, name = full_name.split(".")
            setattr(sections.setdefault(mechanism, SimpleNamespace()), name, number)
        return SimpleNamespace(**sections)

    def _steps_in(self, month: int) -> Iterable[Any]:
        for step in self.schedule:
            if step.month <= month:
                value = self._value(step.parameter, step.kind, month, self.schedule)
                yield SimpleNamespace(parameter=step.parameter, kind=step.kind, value=value)

    def _value(self, parameter: str, kind: str | None, month: int, steps: tuple[Any, ...]) -> float:
        """What the steps have made of a parameter by a month."""
        taken = [s for s in steps if (s.parameter, s.kind) == (parameter, kind) and s.month <= month]
        if not taken:
            number = self.after[parameter]
            return number[kind] if isinstance(number, dict) else number
        step, done = taken[-1], month - taken[-1].month + 1
        if done >= step.over:
            return step.value
        start = self._value(parameter, kind, step.month, tuple(taken[:-1]))
        return start + (step.value - start) * done / step.over


def _changed(numbers: Mapping[str, Number], settings: Iterable[Any]) -> dict[str, Number]:
    result = dict(numbers)
    for setting in settings:
        known = result[setting.parameter]
        value = setting.value
        result[setting.parameter] = {**known, setting.kind: value} if isinstance(known, dict) else value
    return result


def printed_values(page: Path) -> dict[str, Number]:
    """The values that the submodels' page lists in its tables of parameters."""
    numbers: dict[str, Number] = {}
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            inside = line.startswith("### Parameters of ")
        elif inside and line.startswith("| `"):
            name, _, value, *_ = line.strip("| ").split(" | ")
            numbers[name.strip("`")] = _number(value)
    return numbers


def _number(cell: str) -> Number:
    if "<br>" not in cell:
        return float(cell)
    return {kind: float(value) for kind, value in (part.split() for part in cell.split("<br>"))}
