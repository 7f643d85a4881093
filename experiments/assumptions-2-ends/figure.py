"""Draws figure.png, writes standing.csv and the answer from results.csv: what becomes of each finding at each end.

The rule is that of the dashboard's Assumptions page (`orgsim.report.standing`).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from orgsim.report.lettering import font_family
from orgsim.report.standing import Standing, standing
from orgsim.report.verdicts import MARGINS, Judgement, judge
from orgsim.scenarios.load import default_space
from orgsim.studies.answers import gaps, plain, ranged, write_answer

HERE = Path(__file__).parent
OUTCOMES = {"annual_turnover": "rate per year", "active_5y": "share", "survival_5y": "share"}
POLICIES = {
    "balanced-package": ("package", "综合方案"),
    "funding-and-policy": ("answer 1: money", "对策一：资金"),
    "people": ("answer 2: people", "对策二：人才"),
    "balanced-autonomy": ("answer 3: autonomy", "对策三：自主"),
    "supervision-and-reward": ("answer 4: supervision", "对策四：监管"),
    "party-building": ("answer 5: Party", "对策五：党建"),
}
CHINESE = {"annual_turnover": "年流失率", "active_5y": "五年后正常运转", "survival_5y": "五年后在册"}
COLOURS = {
    Standing.stands: ("#009e73", "stands 成立"),
    Standing.weakens: ("#f0e442", "weakens 减弱"),
    Standing.turns: ("#d55e00", "turns 反转"),
    Standing.appears: ("#56b4e9", "appears 显现"),
    Standing.open: ("#e5e5e5", "open 无法判断"),
}
ASSUMED = "as assumed"
FIRM = ("balanced-package", "funding-and-policy", "people", "balanced-autonomy")


def judged(groups: dict[tuple[str, str], pd.DataFrame], point: str, policy: str, outcome: str) -> Judgement:
    """The policy's difference from today at a point; `groups` are the rows by point and scenario."""
    values, sets = gaps(groups[point, policy], groups[point, "baseline"], outcome)
    return judge(values, MARGINS[OUTCOMES[outcome]], sets)


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a finding and point: the difference in points as assumed and there, and what becomes of it."""
    groups = dict(iter(rows.groupby(["name", "scenario"])))
    made = []
    for outcome in OUTCOMES:
        for policy in POLICIES:
            before = judged(groups, ASSUMED, policy, outcome)
            for point in rows["name"].unique():
                after = judged(groups, point, policy, outcome)
                made.append(
                    (
                        outcome,
                        policy,
                        point,
                        before.verdict.value,
                        100 * after.difference,
                        100 * after.low,
                        100 * after.high,
                        after.verdict.value,
                        standing(before, after).value,
                    )
                )
    columns = ["outcome", "policy", "point", "as_assumed", "difference", "low", "high", "verdict", "standing"]
    return pd.DataFrame(made, columns=columns)


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found = table(rows)
    moved = found[found["point"] != ASSUMED]
    counts = moved.groupby(["outcome", "policy"], sort=False)["standing"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=[each.value for each in Standing], fill_value=0)
    numbers = {
        "runs": plain(len(rows), 0),
        "ends": str(moved["point"].nunique()),
        "assumptions": str(moved["point"].str.rpartition(" ")[0].nunique()),
        "replications": str(rows["replication"].nunique()),
        "cases": plain(len(moved), 0),
        **{f"all_{each.value}": plain(int((moved["standing"] == each.value).sum()), 0) for each in Standing},
    }
    lines = []
    for outcome in OUTCOMES:
        for policy, (title, _) in POLICIES.items():
            first = found[
                (found["outcome"] == outcome) & (found["policy"] == policy) & (found["point"] == ASSUMED)
            ].iloc[0]
            row = counts.loc[outcome, policy]
            size = ranged(first["difference"], first["low"], first["high"], 2)
            lines.append(
                f"| {CHINESE[outcome]} `{outcome}` | {title} | {size} | {first['as_assumed'].replace('_', ' ')} | "
                + " | ".join(str(row[each.value]) for each in Standing)
                + " |"
            )
    numbers["table"] = "\n".join(lines)
    sure = moved[moved["as_assumed"].str.startswith("very_likely")]
    numbers["turned"] = _listed(moved[moved["standing"] == "turns"])
    numbers["weakened"] = _listed(sure[sure["standing"] == "weakens"])
    numbers["sure"], numbers["sure_stand"] = plain(len(sure), 0), plain(int((sure["standing"] == "stands").sum()), 0)
    numbers["likely_weakened"] = plain(
        int((moved["standing"] == "weakens").sum() - (sure["standing"] == "weakens").sum()), 0
    )
    told = [("annual_turnover", policy) for policy in FIRM] + [("active_5y", "funding-and-policy")]
    claims = {
        "package and answers 1 to 3 lower turnover at every end, answer 1 keeps organizations at work": all(
            counts.loc[key, "stands"] == len(moved["point"].unique()) for key in told
        ),
        "nothing very likely turns": not (sure["standing"] == "turns").any(),
        "answer 5 does nothing that matters to survival anywhere": all(
            counts.loc[(outcome, "party-building"), "appears"] == 0 for outcome in ("active_5y", "survival_5y")
        ),
        "most of what was sure stands": bool((sure["standing"] == "stands").mean() > 0.9),
    }
    return numbers, claims


def _listed(these: pd.DataFrame) -> str:
    """Findings and the ends where it happens, in a line each."""
    lines = []
    for (outcome, policy), part in these.groupby(["outcome", "policy"], sort=False):
        ends = "; ".join(f"`{row.point}` ({ranged(row.difference, row.low, row.high, 2)})" for row in part.itertuples())
        lines.append(f"- `{outcome}`, {POLICIES[str(policy)][0]}: {ends}")
    return "\n".join(lines) or "- none"


def draw(rows: pd.DataFrame) -> Figure:
    """A table in colours: a row an end of an assumption, a column a finding."""
    found = table(rows)
    points = [name for name in rows["name"].unique() if name != ASSUMED]
    keys = [(outcome, policy) for outcome in OUTCOMES for policy in POLICIES]
    grid = found.pivot(index="point", columns=["outcome", "policy"], values="standing").loc[points, keys]
    codes = grid.map(lambda word: list(COLOURS).index(Standing(word))).to_numpy()
    figure = Figure(figsize=(9.6, 8.6), layout="constrained")
    axes = figure.subplots()
    axes.imshow(
        codes,
        cmap=ListedColormap([colour for colour, _ in COLOURS.values()]),
        vmin=-0.5,
        vmax=len(COLOURS) - 0.5,
        aspect="auto",
    )
    space = default_space()
    names = [f"{space[point.rpartition(' ')[0]].title('zh')} {point}" for point in points]
    axes.set_yticks(range(len(points)), names, fontsize=7, family=font_family())
    titles = [f"{POLICIES[policy][1]} {POLICIES[policy][0].split(': ')[-1]}" for _, policy in keys]
    axes.set_xticks(range(len(keys)), titles, rotation=60, ha="right", fontsize=7, family=font_family())
    axes.set_xticks(np.arange(-0.5, len(keys)), minor=True)
    axes.set_yticks(np.arange(-0.5, len(points)), minor=True)
    axes.grid(which="minor", color="white", linewidth=1.0)
    axes.tick_params(which="both", length=0)
    for place, outcome in enumerate(OUTCOMES):
        middle = len(POLICIES) * (place + 0.5) - 0.5
        axes.text(
            middle, -0.8, f"{outcome}\n{CHINESE[outcome]}", ha="center", va="bottom", fontsize=8, family=font_family()
        )
        if place:
            axes.axvline(len(POLICIES) * place - 0.5, color="#222222", linewidth=1.2)
    handles = [Patch(color=colour, label=label) for colour, label in COLOURS.values()]
    legend = figure.legend(handles=handles, loc="outside lower center", ncols=5, frameon=False)
    for text in legend.get_texts():
        text.set(fontsize=8, family=font_family())
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    table(rows).round(4).to_csv(HERE / "standing.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=100, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
