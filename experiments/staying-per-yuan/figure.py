"""Draws figure.png and writes per-yuan.csv from results.csv: years of service kept for a million yuan of public money.

The ratio is that of two mean differences from today, in the same replications and parameter sets. Its interval is a
percentile bootstrap over the twelve parameter sets, which differ more than replications do: rough, and told as such.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.report.lettering import font_family

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


def main() -> None:
    table = per_million(pd.read_csv(HERE / "results.csv"))
    table.round(3).to_csv(HERE / "per-yuan.csv", index=False, lineterminator="\n")
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
    figure.savefig(HERE / "figure.png", dpi=130, metadata={"Software": None})


if __name__ == "__main__":
    main()
