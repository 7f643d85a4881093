"""Draws figure.png and writes the answer from results.csv: changes from today, by length of contracts and delay."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.report.lettering import font_family
from orgsim.studies.answers import plain, ranged, write_answer
from orgsim.studies.summary import summary

HERE = Path(__file__).parent
LENGTH, DELAY = "contracts.duration", "contracts.payment_delay"
PANELS = (
    ("active_5y", "Still working after five years\n五年后仍正常运转，百分点", 100.0),
    ("annual_turnover", "Staff turnover per year\n员工年流失率，百分点", 100.0),
    ("public_cost", "Public cost over five years\n五年财政支出，百万元", 1e-6),
)
LOOKS = {12.0: ("#222222", "o", -0.18), 24.0: ("#0072b2", "s", 0.0), 36.0: ("#d55e00", "^", 0.18)}


TODAY = (12.0, 3.0)
SHORT = {"at_once": (12.0, 0.0), "two": (24.0, 3.0), "three": (36.0, 3.0), "both": (36.0, 0.0), "late": (12.0, 6.0)}


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Means and differences from today, a row a point and outcome."""
    manifest = json.loads((HERE / "manifest.json").read_text(encoding="utf-8"))
    design = rows.drop_duplicates("point")[["point", "name", LENGTH, DELAY]].reset_index(drop=True)
    return summary(rows, design, manifest).merge(design, on="point")


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found = table(rows).set_index([LENGTH, DELAY, "outcome"]).sort_index()
    numbers = {"runs": plain(len(rows), 0)}
    means = rows[(rows[LENGTH] == TODAY[0]) & (rows[DELAY] == TODAY[1])].groupby("set")["active_5y"].mean()
    numbers["level"], numbers["spread"] = plain(means.mean(), 2), plain(means.std(), 2)
    for short, (length, delay) in SHORT.items():
        for outcome, _, scale in PANELS:
            row = found.loc[(length, delay, outcome)]
            sizes = [scale * row[end] for end in ("difference", "difference_low", "difference_high")]
            digits = 0 if outcome == "public_cost" else 1
            numbers[f"{outcome}_{short}"] = ranged(*sizes, digits)
    gain = {short: found.loc[(*SHORT[short], "active_5y"), "difference"] for short in SHORT}
    both, once = (found.loc[(*SHORT[short], "active_5y")] for short in ("both", "at_once"))
    calm = found.loc[(*SHORT["both"], "annual_turnover")]
    register = found.xs("survival_5y", level="outcome")["difference"].abs().max()
    numbers["register"] = plain(100 * register, 1)
    claims = {
        "length and delay add up": abs(gain["both"] - gain["three"] - gain["at_once"]) < 0.25 * gain["both"],
        "both together lower turnover for sure": calm["difference_high"] < 0,
        "that they keep organizations at work is not for sure": both["difference"] > 0 >= both["difference_low"],
        "most of three years is there with two": gain["two"] > 0.5 * gain["three"],
        "payment at once alone cannot be told from nought": once["difference_low"] <= 0,
        "gains are small beside parameter sets": gain["both"] < 0.5 * means.std(),
        "the register hardly moves": register < 0.01,
        "what helps costs": found.loc[(*SHORT["both"], "public_cost"), "difference_low"] > 0,
    }
    return numbers, {claim: bool(holds) for claim, holds in claims.items()}


def draw(rows: pd.DataFrame) -> Figure:
    """A panel an outcome, a line a length of contracts."""
    found = table(rows)
    figure = Figure(figsize=(9.6, 3.9), layout="constrained")
    for axes, (outcome, title, scale) in zip(figure.subplots(1, 3), PANELS, strict=True):
        axes.axhline(0.0, color="#bbbbbb", linewidth=1.0)
        for length, (colour, mark, aside) in LOOKS.items():
            these = found[(found["outcome"] == outcome) & (found[LENGTH] == length)].sort_values(DELAY)
            middle = these["difference"].fillna(0.0).to_numpy() * scale
            reach = (these["difference_high"] - these["difference"]).fillna(0.0).to_numpy() * scale
            axes.errorbar(
                these[DELAY] + aside, middle, yerr=np.abs(reach), color=colour, marker=mark, markersize=5,
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
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    draw(rows).savefig(HERE / "figure.png", dpi=130, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
