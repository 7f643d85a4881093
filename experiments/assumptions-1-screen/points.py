"""Writes study.yaml: every assumption of grade C at both ends of its doubt, one at a time.

The ends are those of the dashboard's tornado: the 5th and 95th percentiles of the parameter sets that come with orgsim,
kind by kind where a value differs by kind, else the range. A choice is moved to each option that it is not today.
"""

from __future__ import annotations

from pathlib import Path

from orgsim.core.parameters import KINDS, Parameter
from orgsim.report.tornado import ends
from orgsim.scenarios import label
from orgsim.scenarios.load import default_space

HERE = Path(__file__).parent
HEAD = """\
# Made by points.py from the catalogue of assumptions. Change that, not this file.
title: {en: Which assumptions could matter, zh: 哪些假设可能影响结论}
question:
  en: Of all values of grade C, which move what the project says of its package and of the report's five answers?
  zh: 在所有 C 级假设中，哪些会影响关于综合方案与五项对策的结论？
# the first is what the others are compared with; then the package and the five answers of the district report
scenarios: [baseline, balanced-package, funding-and-policy, people, balanced-autonomy, supervision-and-reward,
  party-building]
replications: 1   # a screen; what moves a finding is tried again in assumptions-2-ends
months: 60
outcomes: [active_5y, annual_turnover]
design:
  kind: list
  points:
    - {name: as assumed}
"""


def weak() -> list[Parameter]:
    """The assumptions of grade C, in the order of the catalogue."""
    return [p for p in default_space().values() if p.role == "uncertainty" and p.source.grade == "C"]


def points(parameter: Parameter) -> dict[str, dict[str, str]]:
    """The values of a parameter's points, by the point's name."""
    name = parameter.name
    if parameter.choices:
        other = [each for code, each in enumerate(parameter.choices) if code != parameter.values[0]]
        return {f"{name} {each}": {name: each} for each in other}
    kinds = KINDS if parameter.by_kind else (None,)
    return {
        f"{name} {end}": {label(name, kind): f"{values[name, kind]:.6g}" for kind in kinds}
        for end, values in zip(("low", "high"), ends(parameter), strict=True)
    }


def line(name: str, values: dict[str, str]) -> str:
    """A point as the study file has it."""
    return "    - {" + ", ".join([f"name: {name}", *(f'"{key}": {value}' for key, value in values.items())]) + "}\n"


def text() -> str:
    """The whole file."""
    return HEAD + "".join(line(name, values) for each in weak() for name, values in points(each).items())


if __name__ == "__main__":
    (HERE / "study.yaml").write_text(text(), encoding="utf-8")
