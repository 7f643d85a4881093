"""Draws figure.png from results.csv: what changes against today, by length of contracts and delay of payment."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.report.lettering import font_family
from orgsim.studies.summary import summary

HERE = Path(__file__).parent
LENGTH, DELAY = "contracts.duration", "contracts.payment_delay"
PANELS = (
    ("active_5y", "Still working after five years\n五年后仍正常运转，百分点", 100.0),
    ("annual_turnover", "Staff turnover per year\n员工年流失率，百分点", 100.0),
    ("public_cost", "Public cost over five years\n五年财政支出，百万元", 1e-6),
)
LOOKS = {12.0: ("#222222", "o", -0.18), 24.0: ("#0072b2", "s", 0.0), 36.0: ("#d55e00", "^", 0.18)}


def main() -> None:
    results = pd.read_csv(HERE / "results.csv")
    manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    design = results.drop_duplicates("point")[["point", "name", LENGTH, DELAY]].reset_index(drop=True)
    table = summary(results, design, manifest).merge(design, on="point")
    figure = Figure(figsize=(9.6, 3.9), layout="constrained")
    for axes, (outcome, title, scale) in zip(figure.subplots(1, 3), PANELS, strict=True):
        axes.axhline(0.0, color="#bbbbbb", linewidth=1.0)
        for length, (colour, mark, aside) in LOOKS.items():
            rows = table[(table["outcome"] == outcome) & (table[LENGTH] == length)].sort_values(DELAY)
            middle = rows["difference"].fillna(0.0).to_numpy() * scale
            reach = (rows["difference_high"] - rows["difference"]).fillna(0.0).to_numpy() * scale
            axes.errorbar(
                rows[DELAY] + aside, middle, yerr=np.abs(reach), color=colour, marker=mark, markersize=5,
                linewidth=1.2, capsize=2.5, label=f"{length:g} months 个月",
            )  # fmt: skip
        axes.set_title(title, fontsize=9, family=font_family())
        axes.set_xticks([0, 3, 6])
        axes.set_xlabel("Payment delay, months 拨付延迟（月）", fontsize=8, family=font_family())
        axes.tick_params(labelsize=8)
        axes.spines[["top", "right"]].set_visible(False)
    legend = figure.axes[0].legend(frameon=False, title="Contract length 合同年限", loc="best")
    for text in (legend.get_title(), *legend.get_texts()):
        text.set(fontsize=8, family=font_family())
    figure.suptitle(
        "Difference from today (12 months, paid after 3), with 95 % intervals over luck and 12 parameter sets\n"
        "与现状（12 个月、延迟 3 个月）之差；区间含随机性与 12 组参数的不确定性",
        fontsize=9,
        family=font_family(),
    )
    figure.savefig(HERE / "figure.png", dpi=130, metadata={"Software": None})


if __name__ == "__main__":
    main()
