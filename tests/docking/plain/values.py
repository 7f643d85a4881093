"""Values of parameters, by mechanism and name; those that differ by kind are dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

Number = float | dict[str, float]


def by_mechanism(numbers: Mapping[str, Number]) -> SimpleNamespace:
    """`values.pay.on_cost` for {"pay.on_cost": 1.3}."""
    sections: dict[str, SimpleNamespace] = {}
    for full_name, number in numbers.items():
        mechanism, name = full_name.split(".")
        setattr(sections.setdefault(mechanism, SimpleNamespace()), name, number)
    return SimpleNamespace(**sections)


def printed(page: Path) -> dict[str, Number]:
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
