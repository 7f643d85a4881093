"""Draws figure.png, writes influences.csv and the answer from results.csv, less the columns of its factors.

A point's name says which value is moved; of 260 columns one or two would be filled.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.report.lettering import font_family
from orgsim.report.standing import HALF
from orgsim.scenarios.load import default_space
from orgsim.studies.answers import plain, write_answer

HERE = Path(__file__).parent
SHOWN = 24
COLUMNS = [
    "row",
    "run",
    "point",
    "name",
    "scenario",
    "set",
    "replication",
    "status",
    "error",
    "active_5y",
    "annual_turnover",
]
FINDINGS = {
    "active_5y": ("working after five years 五年后正常运转", "o"),
    "annual_turnover": ("turnover 年流失率", "^"),
}
COLOURS = {
    "balanced-package": "#000000",
    "funding-and-policy": "#0072b2",
    "people": "#d55e00",
    "balanced-autonomy": "#009e73",
    "supervision-and-reward": "#cc79a7",
    "party-building": "#e69f00",
}


def selection() -> ModuleType:
    """points.py of the second study, which says how a move is measured."""
    file = HERE.parent / "assumptions-2-ends" / "points.py"
    spec = importlib.util.spec_from_file_location("orgsim_selected_assumptions", file)
    if spec is None or spec.loader is None:
        raise ImportError(str(file))
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


def strongest(rows: pd.DataFrame) -> pd.DataFrame:
    """A row an assumption, the strongest first: the point and the finding that it moves most."""
    found = selection().influences(rows)
    best = found.loc[found.groupby("assumption", sort=False)["moved"].idxmax()]
    return best.sort_values("moved", ascending=False, kind="stable", ignore_index=True)


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    best, chosen = strongest(rows), selection().CHOSEN
    space = default_space()
    numbers = {
        "runs": plain(len(rows), 0),
        "assumptions": str(len(best)),
        "values": str(rows["name"].nunique() - 1),
        "chosen": str(chosen),
        "above": str(int((best["moved"] > HALF).sum())),
        "next": f"{best['moved'][chosen]:.2f}",
        "median": f"{best['moved'].median():.2f}",
        "still": str(int((best["moved"] < 0.1).sum())),
        "first": ", ".join(f"`{name}`" for name in best["assumption"][:8]),
        "first_zh": "、".join(space[name].title("zh") for name in best["assumption"][:8]),
    }
    return numbers, {
        "most assumptions move no finding by half": bool((best["moved"] > HALF).mean() < 0.5),
        "no assumption moves the large effects on turnover by half": _above(rows, ["balanced-package", "people"]) == 0,
    }


def _above(rows: pd.DataFrame, policies: list[str]) -> int:
    found = selection().influences(rows)
    of = found[found["scenario"].isin(policies) & (found["outcome"] == "annual_turnover")]
    return int((of.groupby("assumption")["moved"].max() > HALF).sum())


def draw(rows: pd.DataFrame) -> Figure:
    """The assumptions that move most: every finding's larger move, a mark a finding."""
    found = selection().influences(rows).groupby(["assumption", "outcome", "scenario"])["moved"].max().reset_index()
    shown = list(strongest(rows)["assumption"][:SHOWN])
    figure = Figure(figsize=(9.6, 7.0), layout="constrained")
    axes = figure.subplots()
    axes.axvline(HALF, color="#777777", linestyle="--", linewidth=1.0)
    for (outcome, policy), part in found[found["assumption"].isin(shown)].groupby(["outcome", "scenario"], sort=False):
        places = [SHOWN - 1 - shown.index(name) for name in part["assumption"]]
        axes.plot(
            np.maximum(part["moved"], 0.02),
            places,
            FINDINGS[str(outcome)][1],
            color=COLOURS[str(policy)],
            markersize=5,
            alpha=0.8,
            linestyle="none",
        )
    space = default_space()
    axes.set_yticks(
        range(SHOWN),
        [f"{space[name].title('zh')} {name}" for name in reversed(shown)],
        fontsize=8,
        family=font_family(),
    )
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.tick_params(axis="x", labelsize=8)
    axes.set_xlabel(
        "change of the finding over its size (or over what matters) 结论变动与其大小之比",
        fontsize=8,
        family=font_family(),
    )
    for name, colour in COLOURS.items():
        axes.plot([], [], "s", color=colour, label=name, markersize=5)
    for label, mark in FINDINGS.values():
        axes.plot([], [], mark, color="#777777", label=label, markersize=5, linestyle="none")
    for text in figure.legend(frameon=False, loc="outside lower center", ncols=4).get_texts():
        text.set(fontsize=8, family=font_family())
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(
        "The assumptions that move findings most, by one replication on the same luck; dashed: half of the finding\n"
        "对结论影响最大的假设（同一随机数的单次模拟）；虚线：变动达到结论的一半",
        fontsize=9,
        family=font_family(),
    )
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")[COLUMNS]
    rows.to_csv(HERE / "results.csv", index=False, lineterminator="\n")
    strongest(rows).round(4).to_csv(HERE / "influences.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=100, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
