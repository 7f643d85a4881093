"""Draws figure.png, writes per-yuan.csv and the answer from results.csv: years of service kept for a million yuan.

The ratio is that of two mean differences from today, in the same replications and parameter sets. Its interval is a
percentile bootstrap over the twelve parameter sets, which differ more than replications do: rough, and told as such.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.report.lettering import font_family
from orgsim.studies.answers import plain, write_answer

HERE = Path(__file__).parent
KEPT, COST = "retained_staff_years", "public_cost"
MILLION, DRAWS = 1e6, 4000
CHINESE = {
    "wage subsidy": "岗位补贴",
    "retention bonus": "留任奖金",
    "staff voice": "内部民主决策",
    "career ladder": "职业发展通道",
    "training": "人才培训",
}


def per_million(results: pd.DataFrame) -> pd.DataFrame:
    """A row a point: years kept, millions spent, their ratio and its interval."""
    means = results.groupby(["name", "set"], sort=False)[[KEPT, COST]].mean()
    today = means.loc["today"]
    chance = np.random.default_rng(1)
    rows = []
    for name in results["name"].unique():
        if name == "today":
            continue
        gap = means.loc[name] - today
        kept, cost = gap[KEPT].to_numpy(), gap[COST].to_numpy() / MILLION
        chosen = chance.integers(0, len(gap), (DRAWS, len(gap)))
        low, high = np.percentile(kept[chosen].mean(axis=1) / cost[chosen].mean(axis=1), [2.5, 97.5])
        rows.append((name, kept.mean(), cost.mean(), kept.mean() / cost.mean(), low, high))
    return pd.DataFrame(rows, columns=["measure", "years_kept", "million_yuan", "years_per_million", "low", "high"])


FULL = {
    "pay": "wage subsidy 500",
    "bonus": "retention bonus 9 %",
    "voice": "staff voice 1",
    "career": "career ladder 1",
    "training": "training 1",
}
HALF = ("wage subsidy 250", "retention bonus 3 %", "staff voice 0.5", "career ladder 0.5", "training 0.5")


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found = per_million(rows).set_index("measure")
    means = rows.groupby("name")[["quality", "services_delivered", "staff_years"]].mean()
    today = means.loc["today"]
    numbers = {"runs": plain(len(rows), 0)}
    for short, name in FULL.items():
        row = found.loc[name]
        numbers[f"years_{short}"], numbers[f"money_{short}"] = (
            plain(row["years_kept"], 0),
            plain(row["million_yuan"], 0),
        )
        numbers[f"rate_{short}"] = plain(row["years_per_million"])
        numbers[f"range_{short}"] = f"{plain(row['low'])}, {plain(row['high'])}"
        numbers[f"span_{short}"] = f"{plain(row['low'], 0)}～{plain(row['high'], 0)}"
        numbers[f"about_{short}"] = plain(row["years_per_million"], 0)
    rate = {short: found.loc[name, "years_per_million"] for short, name in FULL.items()}
    numbers["times"] = plain(rate["bonus"] / rate["pay"], 0)
    numbers["dearer"] = plain(rate["voice"] / rate["bonus"])
    numbers["quality_today"], numbers["quality_trained"] = (
        plain(means.loc[name, "quality"], 2) for name in ("today", FULL["training"])
    )
    more = means.div(today) - 1.0
    numbers["served"] = plain(100 * more.loc[FULL["training"], "services_delivered"], 0)
    numbers["filled"] = plain(100 * more.loc[FULL["pay"], "staff_years"], 0)
    best = found.loc[list(FULL.values()), "years_per_million"].sort_values().index
    halves = found.loc[list(HALF), "years_per_million"]
    kinds = [list(FULL.values()).index(name) for name in best]
    claims = {
        "voice goes furthest, then the bonus": rate["voice"] > rate["bonus"] > max(rate["career"], rate["training"]),
        "a wage subsidy goes least far": rate["pay"] == min(rate.values()),
        "career and training are close": abs(rate["career"] - rate["training"]) < 2.0,
        "the first two and the last keep their places at half the strength": halves.iloc[kinds[0]] == halves.min()
        and list(halves.iloc[kinds[-2:]]) == sorted(halves)[-2:],
        "training raises quality": means.loc[FULL["training"], "quality"] > today["quality"] + 0.03,
    }
    return numbers, {claim: bool(holds) for claim, holds in claims.items()}


def draw(rows: pd.DataFrame) -> Figure:
    """A row a measure and strength."""
    table = per_million(rows)
    figure = Figure(figsize=(7.4, 4.0), layout="constrained")
    axes = figure.subplots()
    places = np.arange(len(table))[::-1]
    reach = np.abs(table[["low", "high"]].to_numpy().T - table["years_per_million"].to_numpy())
    axes.errorbar(table["years_per_million"], places, xerr=reach, fmt="o", color="#0072b2", capsize=3, markersize=5)
    axes.axvline(0.0, color="#bbbbbb", linewidth=1.0)
    kinds = [next(zh for en, zh in CHINESE.items() if name.startswith(en)) for name in table["measure"]]
    labels = [f"{name} {zh}" for name, zh in zip(table["measure"], kinds, strict=True)]
    axes.set_yticks(places, labels, fontsize=8, family=font_family())
    axes.set_xlabel("Years kept for a million yuan 每百万元多留住的在岗人年", fontsize=8, family=font_family())
    axes.tick_params(axis="x", labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(
        "Years served by those in post today, beyond today's policy, per million yuan of public money\n"
        "每百万元财政支出使期初在岗人员多服务的人年；区间为 12 组参数的自助法",
        fontsize=9,
        family=font_family(),
    )
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    per_million(rows).round(3).to_csv(HERE / "per-yuan.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=130, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
