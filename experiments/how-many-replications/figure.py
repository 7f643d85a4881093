"""Draws figure.png, writes replications.csv and the answer from results.csv: how sure n replications make one.

Widths, coverage and power are read from samples of n out of all replications, drawn with replacement: the same n of
both policies (paired, common random numbers), or n of each apart. Beside them stand the formulas of Student's t.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy import stats

from orgsim.report.lettering import font_family
from orgsim.studies.answers import gaps, plain, ranged, write_answer

HERE = Path(__file__).parent
SIZES, SAMPLES, ENOUGH, MOST = (4, 8, 16, 32, 64), 2000, 0.8, 1_000_000
STEPS = (np.arange(400) + 0.5) / 400
POLICIES = {
    "balanced-package": "balanced package 综合平衡方案",
    "longer-contracts": "three-year contracts 三年期合同",
    "aimed-inspections": "aimed inspections 线索导向抽查",
}
OUTCOMES = {"annual_turnover": "staff turnover a year 年流失率", "active_5y": "working after five years 五年后正常运转"}


def power(effect: float, spread: float, freedom: int, count: int) -> float:
    """Chance that the 95 % interval of `count` replications leaves out nought, by Student's t.

    The normal chance is averaged over what the estimated spread may be, at even steps of its probability: scipy's
    noncentral t is wrong where effects are large or degrees of freedom many.
    """
    estimated = np.sqrt(stats.chi2.ppf(STEPS, freedom) / freedom)
    bound, shift = stats.t.ppf(0.975, freedom) * estimated, abs(effect) / (spread / np.sqrt(count))
    return float((stats.norm.sf(bound - shift) + stats.norm.cdf(-bound - shift)).mean())


def needed(effect: float, spread: float, *, paired: bool) -> int:
    """Fewest replications with which four in five intervals leave out nought; MOST if there are not enough."""
    low, high = 2, MOST
    while low < high:
        middle = (low + high) // 2
        enough = power(effect, spread, middle - 1 if paired else 2 * middle - 2, middle) >= ENOUGH
        low, high = (low, middle) if enough else (middle + 1, high)
    return low


def sampled(today: np.ndarray, policy: np.ndarray, count: int, *, paired: bool) -> tuple[float, float, float]:
    """Mean half-width of the interval, its coverage of the mean of all, and its power, over samples of `count`."""
    chance = np.random.default_rng(count)
    one = chance.integers(0, len(today), (SAMPLES, count))
    other = one if paired else chance.integers(0, len(today), (SAMPLES, count))
    before, after = today[one], policy[other]
    middle = after.mean(axis=1) - before.mean(axis=1)
    if paired:
        error = (after - before).std(axis=1, ddof=1) / np.sqrt(count)
    else:
        error = np.sqrt((after.var(axis=1, ddof=1) + before.var(axis=1, ddof=1)) / count)
    reach = error * stats.t.ppf(0.975, count - 1 if paired else 2 * count - 2)
    covered = np.abs(middle - (policy - today).mean()) <= reach
    return float(reach.mean()), float(covered.mean()), float((np.abs(middle) > reach).mean())


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row an outcome, policy, way of pairing and size: samples and formula; `needed` is by the formula."""
    found = []
    for outcome in OUTCOMES:
        today = rows[rows["scenario"] == "baseline"].sort_values("replication")[outcome].to_numpy()
        for name in POLICIES:
            policy = rows[rows["scenario"] == name].sort_values("replication")[outcome].to_numpy()
            effect = float((policy - today).mean())
            spreads = {
                True: float((policy - today).std(ddof=1)),
                False: float(np.hypot(today.std(ddof=1), policy.std(ddof=1))),
            }
            for paired, spread in spreads.items():
                for count in SIZES:
                    freedom = count - 1 if paired else 2 * count - 2
                    width, coverage, told = sampled(today, policy, count, paired=paired)
                    formula = float(stats.t.ppf(0.975, freedom)) * spread / np.sqrt(count)
                    found.append(
                        (
                            outcome,
                            name,
                            paired,
                            effect,
                            spread,
                            count,
                            width,
                            formula,
                            coverage,
                            told,
                            power(effect, spread, freedom, count),
                            needed(effect, spread, paired=paired),
                        )
                    )
    columns = [
        "outcome",
        "scenario",
        "paired",
        "difference",
        "spread",
        "replications",
        "width",
        "width_by_formula",
        "coverage",
        "power",
        "power_by_formula",
        "needed",
    ]
    return pd.DataFrame(found, columns=columns)


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found = table(rows)
    numbers = {"replications": str(rows["replication"].nunique()), "runs": plain(len(rows), 0)}
    short = {"balanced-package": "package", "longer-contracts": "contracts", "aimed-inspections": "inspections"}
    ratios = []
    for (outcome, name), part in found.groupby(["outcome", "scenario"], sort=False):
        values, _ = gaps(rows[rows["scenario"] == name], rows[rows["scenario"] == "baseline"], str(outcome))
        reach = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
        key = f"{outcome}_{short[str(name)]}"
        numbers[key] = ranged(
            *(100.0 * each for each in (values.mean(), values.mean() - reach, values.mean() + reach)), 2
        )
        both = {paired: part[part["paired"] == paired].iloc[0] for paired in (True, False)}
        for paired, row in both.items():
            numbers[f"{key}_{'paired' if paired else 'apart'}"] = _count(int(row["needed"]))
        ratios.append((both[False]["spread"] / both[True]["spread"]) ** 2)
        numbers[f"{key}_ratio"] = plain(ratios[-1], 0)
    numbers["least"], numbers["most"] = plain(min(ratios), 0), plain(max(ratios), 0)
    wide = np.abs(found["width"] / found["width_by_formula"] - 1.0)[found["replications"] >= 8].max()
    off = np.abs(found["power"] - found["power_by_formula"])[found["replications"] >= 8].max()
    numbers["width_off"], numbers["power_off"] = plain(100.0 * wide, 0), plain(100.0 * off, 0)
    least = found.loc[found[found["replications"] >= 8]["coverage"].idxmin()]
    worst = least["coverage"]
    numbers["least_covered"] = f"{least['scenario']}, {least['outcome']}"
    others = found[(found["scenario"] != least["scenario"]) | (found["outcome"] != least["outcome"])]
    numbers["coverage_others"] = plain(100.0 * others[others["replications"] >= 8]["coverage"].min(), 0)
    numbers["coverage_8"] = plain(100.0 * worst, 0)
    numbers["coverage_4"] = plain(100.0 * found[found["replications"] == 4]["coverage"].min(), 0)
    needs = found.drop_duplicates(["outcome", "scenario", "paired"]).pivot(
        index=["outcome", "scenario"], columns="paired", values="needed"
    )
    claims = {
        "pairing always helps": bool((needs[True] <= needs[False]).all() and min(ratios) > 1.0),
        "the formula gives the widths of samples within 15 %": bool(wide < 0.15),
        "the formula gives the power of samples within 10 points": bool(off < 0.10),
        "intervals of eight replications hold the mean in at least 85 % of samples": bool(worst > 0.85),
    }
    return numbers, claims


def _count(needed_runs: int) -> str:
    return "more than a million" if needed_runs >= MOST else plain(needed_runs, 0)


def draw(rows: pd.DataFrame) -> Figure:
    """Width of the interval against the number of replications: samples as marks, formula as lines."""
    found = table(rows)
    figure = Figure(figsize=(9.6, 5.4), layout="constrained")
    panels = figure.subplots(2, 3, sharex=True, sharey="row")
    for across, (outcome, title) in zip(panels, OUTCOMES.items(), strict=True):
        for axes, (name, policy) in zip(across, POLICIES.items(), strict=True):
            part = found[(found["outcome"] == outcome) & (found["scenario"] == name)]
            for paired, colour, mark, label in (
                (False, "#d55e00", "^", "apart 各用各的随机数"),
                (True, "#0072b2", "o", "same luck 公共随机数"),
            ):
                these = part[part["paired"] == paired]
                axes.loglog(these["replications"], 100 * these["width_by_formula"], color=colour, linewidth=1.2)
                axes.loglog(these["replications"], 100 * these["width"], mark, color=colour, markersize=5, label=label)
            size = 100 * abs(part["difference"].iloc[0])
            axes.axhline(size, color="#777777", linestyle="--", linewidth=1.0, label="size of the difference 差异大小")
            axes.set_title(policy, fontsize=9, family=font_family())
            axes.set_xticks(SIZES, [str(size) for size in SIZES])
            axes.minorticks_off()
            axes.tick_params(labelsize=8)
            axes.spines[["top", "right"]].set_visible(False)
        across[0].set_ylabel(f"± points, {title}", fontsize=8, family=font_family())
        across[0].set_yticks([0.1, 0.3, 1.0, 3.0], ["0.1", "0.3", "1", "3"])
    for axes in panels[1]:
        axes.set_xlabel("replications 重复次数", fontsize=8, family=font_family())
    legend = panels[1][0].legend(frameon=False, loc="lower left")
    for text in legend.get_texts():
        text.set(fontsize=7, family=font_family())
    figure.suptitle(
        "Half the width of the 95 % interval: samples (marks) and formula (lines)\n"
        "95% 区间的半宽：抽样（点）与公式（线）",
        fontsize=9,
        family=font_family(),
    )
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    table(rows).round(5).to_csv(HERE / "replications.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=110, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
