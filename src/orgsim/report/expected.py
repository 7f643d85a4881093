"""Writes `scenarios/expected/*.csv`, what each shipped scenario gives, and `scenarios/README.md`, the index of them.

    python -m orgsim.report.expected [--replications N]     simulate what is not known yet; write tables and index
    python -m orgsim.report.expected --index                write the index only

A table holds the headline outcomes: mean and 95 % interval, and the paired difference to the scenario it is compared
with. `first_value` and `first_difference` are the means of the first `FIRST` replications alone, to so many digits
that they can be run again and found the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd

from orgsim.mechanisms import space
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.folder import write_file
from orgsim.report.sections import table as markdown_table
from orgsim.report.tables import HEADLINES
from orgsim.report.trials import Floats, outcome_values
from orgsim.report.verdicts import Judgement, judge, margin_of
from orgsim.scenarios import Scenario, label, load
from orgsim.scenarios.find import shipped, shipped_folder
from orgsim.scenarios.values import value_text

FIRST = 2
"""How many replications those are."""
PUSH = "-push"
EXPECTED = "expected"
Values = Callable[[Scenario], Mapping[str, Floats]]
_INDEX = """\
# Scenarios 情景

*Made by `make expected` from the files beside it. Change those, not this page.*

`baseline` names every lever; each other file says in at most 25 lines how it departs from another. What each gives
lies in `expected/`: headline outcomes with their 95 % interval, and the paired difference to the scenario it is
compared with. 每个情景的主要结果见 `expected/`：均值及其95%区间，以及与对照情景的配对差异。

"""


def ships(name: str) -> Scenario:
    """A scenario that comes with orgsim, whatever lies in the working folder."""
    return load(shipped_folder() / f"{name}.yaml")


def compared_with(scenario: Scenario) -> str:
    """The scenario whose luck it shares in its table: a push has its null, others the baseline; none for a register."""
    if scenario.population.register is not None or len(scenario.lineage) == 1:
        return ""
    return scenario.lineage[-2] if scenario.name.endswith(PUSH) else scenario.lineage[0]


def expected(scenario: Scenario, values: Values, seed: int) -> pd.DataFrame:
    """The table of one scenario; `values` gives outcomes by name, one value a replication."""
    here = values(scenario)
    other = compared_with(scenario)
    there = values(ships(other)) if other else {}
    rows = []
    for name in HEADLINES:
        unit, value = BY_NAME[name].unit, judge(here[name])
        row = {"outcome": name, "unit": unit, "value": value.difference, "low": value.low, "high": value.high}
        if other:
            row |= {"compared_with": other, **_difference(here[name], there[name], unit)}
        row |= first(here[name], there.get(name))
        rows.append(row | {"replications": len(here[name]), "seed": seed, "months": scenario.months})
    return pd.DataFrame(rows).reindex(columns=COLUMNS)


COLUMNS = (
    "outcome", "unit", "value", "low", "high", "compared_with", "difference", "difference_low", "difference_high",
    "verdict", "first_value", "first_difference", "replications", "seed", "months",
)  # fmt: skip


def first(here: Floats, there: Floats | None) -> dict[str, float]:
    """Means of the first replications, alone and against another scenario."""
    alone = {"first_value": float(here[:FIRST].mean())}
    return alone if there is None else alone | {"first_difference": float((here[:FIRST] - there[:FIRST]).mean())}


def _difference(here: Floats, there: Floats, unit: str) -> dict[str, object]:
    told: Judgement = judge(here - there, margin_of(unit, float(np.mean(there))))
    return {
        "difference": told.difference,
        "difference_low": told.low,
        "difference_high": told.high,
        "verdict": str(told.verdict),
    }


def read_expected(name: str) -> pd.DataFrame:
    """The table of a shipped scenario as it was written."""
    words = {"compared_with": "str", "verdict": "str"}
    table = pd.read_csv(shipped_folder() / EXPECTED / f"{name}.csv", dtype=words)
    return table.fillna(dict.fromkeys(words, ""))


def csv(table: pd.DataFrame) -> str:
    """A table as it is stored: six digits for people, twelve for what is run again."""
    shown = table.copy()
    for column in shown.select_dtypes("float"):
        digits = ".12g" if str(column).startswith("first_") else ".6g"
        shown[column] = ["" if isnan(number) else format(number, digits) for number in shown[column]]
    return shown.to_csv(index=False, lineterminator="\n")


def index() -> str:
    """The page that lists the shipped scenarios: file, question in two languages, what moves."""
    rows = []
    for name in shipped():
        scenario = ships(name)
        question = scenario.question
        asked = f"{question.en}<br>{question.zh}" if question else ""
        title = f"{scenario.title.en}<br>{scenario.title.zh}"
        rows.append((f"[{name}]({name}.yaml)", title, asked, "<br>".join(moves(scenario)) or "–"))
    header = ("file 文件", "title 标题", "question 问题", "what moves 变动")
    return _INDEX + "\n".join(markdown_table(header, rows)).rstrip() + "\n"


def moves(scenario: Scenario) -> Iterator[str]:
    """What the scenario's own file sets, as people read it; the baseline, which sets everything, moves nothing."""
    if len(scenario.lineage) == 1:
        return
    if len(scenario.lineage) > 2:
        yield f"all of `{scenario.lineage[-2]}`, and"
    if scenario.population.register is not None:
        yield "its organizations, read from a register"
    by_kind: dict[str, list[str]] = {}
    for setting in (*scenario.levers, *scenario.assumptions):
        if setting.origin.file == scenario.file:
            value = _with_unit(setting.parameter, setting.value)
            by_kind.setdefault(setting.parameter, []).append(f"{setting.kind} {value}" if setting.kind else value)
    for name, values in by_kind.items():
        yield f"`{name}` {', '.join(values)}"
    for step in scenario.schedule:
        if step.origin.file == scenario.file:
            over = f", over {step.over} months" if step.over else ""
            value = _with_unit(step.parameter, step.value)
            yield f"`{label(step.parameter, step.kind)}` {value} from {scenario.date(step.month)}{over}"


def _with_unit(name: str, value: float) -> str:
    parameter = space()[name]
    unit = parameter.unit if parameter.unit not in ("choice", "probability", "ratio", "share") else ""
    return f"{value_text(parameter, value)} {unit}".rstrip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate every shipped scenario and write its table; then the index."""
    parser = argparse.ArgumentParser(prog="python -m orgsim.report.expected", description="What each scenario gives.")
    parser.add_argument("--replications", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", action="store_true", help="write the index only")
    parser.add_argument("--folder", type=Path, default=shipped_folder(), help="where expected/ and README.md lie")
    chosen = parser.parse_args(arguments)
    if chosen.replications < FIRST:
        parser.error(f"a table takes at least {FIRST} replications")

    def values(scenario: Scenario) -> Mapping[str, Floats]:
        return outcome_values(scenario, chosen.replications, None, chosen.seed)

    try:
        for name in () if chosen.index else shipped():
            print(name, flush=True)
            table = expected(ships(name), values, chosen.seed)
            write_file(chosen.folder / EXPECTED / f"{name}.csv", csv(table).encode())
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    write_file(chosen.folder / "README.md", index().encode())
    print(f"wrote {chosen.folder / 'README.md'}" + ("" if chosen.index else f" and {chosen.folder / EXPECTED}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
