"""Draws figure.png, writes per-yuan.csv and the answer from results.csv: what money on inspections or rewards does.

Money is what supervision and rewards cost beyond today; effects are paired differences from today. Intervals hold luck
and parameters; ratios to money have a percentile bootstrap over the parameter sets, rough with twelve.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.report.lettering import font_family
from orgsim.report.verdicts import MARGINS, Judgement, Verdict, judge
from orgsim.studies.answers import gaps, plain, ranged, write_answer

HERE = Path(__file__).parent
DIRECT = ("public_cost.supervision_cost", "public_cost.reward_receipt")
UNITS = {
    "breach_share": "share",
    "misconduct_share": "share",
    "active_5y": "share",
    "survival_5y": "share",
    "annual_turnover": "rate per year",
}
MILLION, DRAWS = 1e6, 4000
FREE = 0.05
"""Million yuan below which a measure is said to take no money."""
CHINESE = {
    "inspections, half": "抽查，半额",
    "inspections, all": "抽查，全额",
    "three quarters inspections": "抽查占四分之三",
    "half and half": "各半",
    "three quarters rewards": "奖励占四分之三",
    "rewards, half": "奖励，半额",
    "rewards, all": "奖励，全额",
    "rewards bound to the archive": "奖励与信用档案挂钩",
    "inspections and fines": "抽查加重罚",
    "fines alone": "仅重罚（无支出）",
}
PANELS = {
    "breach_share": "In breach of procedure, points\n程序性违规，百分点",
    "misconduct_share": "In serious misconduct, points\n严重违规，百分点",
    "active_5y": "Working after five years, points\n五年后正常运转，百分点",
    "annual_turnover": "Staff turnover a year, points\n员工年流失率，百分点",
}


def judged(rows: pd.DataFrame) -> dict[tuple[str, str], Judgement]:
    """Differences from today by point and outcome; `money` is the direct cost in million yuan."""
    rows = rows.assign(money=rows[list(DIRECT)].sum(axis=1) / MILLION)
    today = rows[rows["name"] == "today"]
    return {
        (name, outcome): judge(*_with_margin(rows[rows["name"] == name], today, outcome))
        for name in CHINESE
        for outcome in (*UNITS, "money", "public_cost")
    }


def _with_margin(these: pd.DataFrame, today: pd.DataFrame, outcome: str) -> tuple[np.ndarray, float, np.ndarray]:
    values, sets = gaps(these, today, outcome)
    return values, MARGINS.get(UNITS.get(outcome, ""), 0.0), sets


def prices(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a point: money, effects in points, and points less of breaches for each million yuan."""
    found = judged(rows)
    money = rows.assign(money=rows[list(DIRECT)].sum(axis=1) / MILLION)
    means = money.groupby(["name", "set"], sort=False)[["breach_share", "money"]].mean()
    chance, made = np.random.default_rng(1), []
    for name in CHINESE:
        gap = means.loc[name] - means.loc["today"]
        less, spent = -100.0 * gap["breach_share"].to_numpy(), gap["money"].to_numpy()
        chosen = chance.integers(0, len(gap), (DRAWS, len(gap)))
        low, high = np.percentile(less[chosen].mean(axis=1) / spent[chosen].mean(axis=1), [2.5, 97.5])
        row = {"point": name, "points_per_million": less.mean() / spent.mean(), "low": low, "high": high}
        for outcome in ("money", *UNITS):
            one, scale = found[name, outcome], 1.0 if outcome == "money" else 100.0
            row |= {outcome: scale * one.difference, f"{outcome}_low": scale * one.low}
            row |= {f"{outcome}_high": scale * one.high}
        made.append(row)
    table = pd.DataFrame(made)
    table.loc[table["money"] < FREE, ["points_per_million", "low", "high"]] = np.nan
    return table


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found, table = judged(rows), prices(rows).set_index("point")
    numbers = {"runs": plain(len(rows), 0)}
    for place, name in enumerate(CHINESE):
        for outcome in (*UNITS, "money"):
            one, scale = found[name, outcome], 1.0 if outcome == "money" else 100.0
            numbers[f"{outcome}_{place}"] = ranged(scale * one.difference, scale * one.low, scale * one.high, 2)
        price = table.loc[name]
        numbers[f"price_{place}"] = (
            f"{plain(price['points_per_million'])} [{plain(price['low'])}, {plain(price['high'])}]"
            if np.isfinite(price["low"])
            else "takes no money"
        )
    sets = rows["set"].unique()
    inspections, rewards = (rows[rows["name"] == name] for name in ("inspections, all", "rewards, all"))
    for outcome in ("breach_share", "misconduct_share", "active_5y", "annual_turnover"):
        one = judge(*_with_margin(inspections, rewards, outcome))
        numbers[f"{outcome}_between"] = ranged(100 * one.difference, 100 * one.low, 100 * one.high, 2)
    between = judge(*_with_margin(inspections, rewards, "breach_share"))
    more = [
        gaps(*(part[part["set"] == one] for part in (inspections, rewards)), "breach_share")[0].mean() for one in sets
    ]
    numbers["sets"], numbers["sets_more"] = str(len(sets)), str(sum(each < 0 for each in more))
    cheaper = found["inspections, all", "breach_share"].difference / found["rewards, all", "breach_share"].difference
    spent = [found[name, "money"].difference for name in ("inspections, all", "rewards, all")]
    numbers["dearest"] = plain(round(2000 * cheaper * spent[1] / spent[0], -2), 0)
    money = ("inspections, half", "inspections, all", "rewards, half", "rewards, all")
    claims = {
        "inspections lower breaches at least likely": found["inspections, all", "breach_share"].probability > 0.9,
        "inspections likely do more against breaches than the same money on rewards": between.verdict
        in (Verdict.likely_less, Verdict.very_likely_less),
        "per yuan inspections do most of what takes money alone": table.loc["inspections, all", "low"]
        > table.loc["rewards, all", "points_per_million"],
        "the money is the same within a tenth": abs(spent[0] / spent[1] - 1.0) < 0.1,
        "rewards alone cannot be told to lower breaches": found["rewards, all", "breach_share"].high > 0,
        "inspections keep fewer organizations at work than rewards, by less than a point": -0.01
        < judge(*_with_margin(inspections, rewards, "active_5y")).difference
        < 0,
        "a heavier fine takes no public money": abs(found["fines alone", "money"].difference) < FREE,
        "serious misconduct cannot be told to move": all(found[name, "misconduct_share"].high > 0 for name in CHINESE),
        "a heavier fine lowers breaches more than all the money on inspections": found[
            "fines alone", "breach_share"
        ].difference
        < found["inspections, all", "breach_share"].difference,
        "no share of the money moves survival by half a point": max(
            abs(found[name, outcome].difference) for name in money for outcome in ("active_5y", "survival_5y")
        )
        < 0.005,
        "the breaches fall the more, the more of the money is for inspections": bool(
            np.all(
                np.diff(
                    [
                        found[name, "breach_share"].difference
                        for name in (
                            "rewards, all",
                            "three quarters rewards",
                            "half and half",
                            "three quarters inspections",
                            "inspections, all",
                        )
                    ]
                )
                < 0
            )
        ),
    }
    return numbers, claims


def draw(rows: pd.DataFrame) -> Figure:
    """Four panels of differences from today, a row a point."""
    found = judged(rows)
    figure = Figure(figsize=(10.4, 4.4), layout="constrained")
    panels = figure.subplots(1, 4, sharey=True)
    places = np.arange(len(CHINESE))[::-1]
    for axes, (outcome, title) in zip(panels, PANELS.items(), strict=True):
        axes.axvline(0.0, color="#bbbbbb", linewidth=1.0)
        for place, name in zip(places, CHINESE, strict=True):
            one = found[name, outcome]
            sure = one.verdict in (Verdict.very_likely_more, Verdict.very_likely_less)
            axes.errorbar(
                100 * one.difference,
                place,
                xerr=100 * (one.high - one.difference),
                fmt="o",
                markersize=5,
                capsize=2.5,
                color="#0072b2" if name != "fines alone" else "#d55e00",
                mfc=None if sure else "white",
            )
        axes.set_title(title, fontsize=9, family=font_family())
        axes.tick_params(labelsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    labels = [f"{name} {zh}" for name, zh in CHINESE.items()]
    panels[0].set_yticks(places, labels, fontsize=8, family=font_family())
    figure.suptitle(
        "Difference from today, 95 % intervals over luck and parameters; hollow: cannot be told or does not matter\n"
        "与现状之差；95% 区间含随机性与参数；空心点表示无法判断或差异可忽略",
        fontsize=9,
        family=font_family(),
    )
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    prices(rows).round(4).to_csv(HERE / "per-yuan.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=110, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
