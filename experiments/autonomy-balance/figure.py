"""Draws figure.png, writes curvature.csv and the answer from results.csv: whether an inverted U emerges.

The test is that of Lind and Mehlum (2010): the slope at the low end must be upward and that at the high end downward,
both for sure. Slopes are those of a parabola fitted to each parameter set's mean differences from today; the sets are
the sample. Beside it stands where the best of the five doses lies, over bootstrap samples of the sets. Turnover is
turned round, so that up is better everywhere.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from scipy import stats

from orgsim.ensembles.posterior import draw as drawn_sets
from orgsim.report.lettering import font_family
from orgsim.studies.answers import gaps, plain, ranged, write_answer

HERE = Path(__file__).parent
DOSES = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
SERIES = {
    "political": "ties with government 政治嵌入",
    "market": "ties with companies 市场嵌入",
    "all ties": "all three ties 三类嵌入并举",
    "free money": "unrestricted money 非限定资金",
}
OUTCOMES = {"quality": (1.0, 100.0), "active_5y": (1.0, 100.0), "annual_turnover": (-1.0, 100.0)}
"""Which way is better, and points a unit."""
TITLES = {
    "quality": "Quality of services, hundredths\n服务质量（百分之一）",
    "active_5y": "Working after five years, points\n五年后正常运转，百分点",
    "annual_turnover": "Turnover a year, points less\n年流失率下降，百分点",
}
SCENARIOS = {"baseline": "as assumed", "null-inverted-u": "without the cost of leaning"}
SAMPLES, SURE = 4000, 0.05


def curves(rows: pd.DataFrame, scenario: str, series: str, outcome: str) -> np.ndarray:
    """What each dose does, more is better, shape (parameter sets, doses); the first column is nought."""
    these = rows[rows["scenario"] == scenario]
    today = these[these["name"] == "today"]
    better, scale = OUTCOMES[outcome]
    columns = [np.zeros(rows["set"].nunique())]
    for dose in DOSES[1:]:
        values, sets = gaps(these[these["name"] == f"{series} {dose:g}"], today, outcome)
        columns.append(better * scale * np.array([values[sets == one].mean() for one in np.unique(sets)]))
    return np.stack(columns, axis=1)


def interval(values: np.ndarray) -> tuple[float, float, float]:
    """Mean over sets and its 95 % interval (t)."""
    reach = stats.t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return float(values.mean()), float(values.mean() - reach), float(values.mean() + reach)


def shape(found: np.ndarray) -> dict[str, object]:
    """Slopes at both ends, bend, the test's p, and how often the best dose lies inside, of curves (sets, doses)."""
    fits = np.stack([np.polyfit(DOSES, one, 2) for one in found])
    bend, low = fits[:, 0], fits[:, 1]
    high = low + 2.0 * bend
    p = max(
        stats.ttest_1samp(low, 0.0, alternative="greater").pvalue,
        stats.ttest_1samp(high, 0.0, alternative="less").pvalue,
    )
    chosen = np.random.default_rng(1).integers(0, len(found), (SAMPLES, len(found)))
    best = DOSES[found[chosen].mean(axis=1).argmax(axis=1)]
    row: dict[str, object] = {}
    for name, values in (("slope_at_0", low), ("slope_at_1", high), ("bend", bend), ("full", found[:, -1])):
        row |= dict(zip((name, f"{name}_low", f"{name}_high"), interval(values), strict=True))
    inside = (best > 0) & (best < 1)
    own = DOSES[found.argmax(axis=1)]
    row |= {
        "p": float(p),
        "best_inside": float(inside.mean()),
        "best_at_1": float((best == 1).mean()),
        "sets_inside": int(((own > 0) & (own < 1)).sum()),
        "sets": len(found),
    }
    row["verdict"] = verdict(row)
    return row


def verdict(row: dict[str, object]) -> str:
    """In words, the strictest first: an inverted U needs both slopes for sure."""
    if float(str(row["p"])) < SURE:
        return "inverted U"
    rises, falls = float(str(row["full_low"])) > 0, float(str(row["full_high"])) < 0
    if rises:
        return "rises"
    return "falls" if falls else "cannot tell"


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a scenario, series and outcome."""
    return pd.DataFrame(
        [
            {"scenario": scenario, "series": series, "outcome": outcome}
            | shape(curves(rows, scenario, series, outcome))
            for scenario in SCENARIOS
            for series in SERIES
            for outcome in OUTCOMES
        ]
    )


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found = table(rows).set_index(["scenario", "series", "outcome"])
    numbers = {"runs": plain(len(rows), 0), "sets": str(rows["set"].nunique()), "tests": str(len(found))}
    for (scenario, series, outcome), row in found.iterrows():
        key = f"{'null' if scenario != 'baseline' else 'as'}_{str(series).replace(' ', '_')}_{outcome}"
        for name in ("slope_at_0", "slope_at_1", "full"):
            numbers[f"{key}_{name}"] = ranged(*(row[f"{name}{end}"] for end in ("", "_low", "_high")), 2)
        numbers[f"{key}_inside"], numbers[f"{key}_verdict"] = f"{row['best_inside']:.0%}", str(row["verdict"])
        numbers[f"{key}_sets"] = f"{row['sets_inside']} of {row['sets']}"
    best = np.array([one["autonomy.best_ties"] for one in drawn_sets(rows["set"].nunique(), 1)])
    ties = curves(rows, "baseline", "all ties", "quality")
    agree = stats.spearmanr(best, ties[:, -1]).statistic
    numbers["rank"] = plain(agree, 2)
    numbers["inverted"] = str(int((found["verdict"] == "inverted U").sum()))
    numbers["which"] = (
        "; ".join(
            f"{series}, {outcome}, {SCENARIOS[str(scenario)]}"
            for scenario, series, outcome in found.index[found["verdict"] == "inverted U"]
        )
        or "none"
    )
    numbers["p_least"] = plain(float(found["p"].min()), 2)
    null = curves(rows, "null-inverted-u", "all ties", "quality")
    numbers["difference_null"] = ranged(*interval(null[:, -1] - ties[:, -1]), 2)
    leaning = found.loc[("baseline", "all ties", "quality")]
    without = found.loc[("null-inverted-u", "all ties", "quality")]
    numbers["bend_ties"] = ranged(*(leaning[f"bend{end}"] for end in ("", "_low", "_high")), 2)
    numbers["p_ties"] = plain(float(leaning["p"]), 2)
    turnover = found.xs("annual_turnover", level="outcome")
    working = found.xs("active_5y", level="outcome")
    claims = {
        "no inverted U emerges": bool((found["verdict"] != "inverted U").all()),
        "nearest to one are all ties together in quality": bool(found["p"].min() == leaning["p"]),
        "their gain at first is for sure": bool(leaning["slope_at_0_low"] > 0),
        "their loss at last is not": bool(leaning["slope_at_1_high"] > 0),
        "without the cost of leaning quality rises to the end": bool(
            without["verdict"] == "rises" and without["best_inside"] < SURE
        ),
        "free money raises quality to the end": found.loc[("baseline", "free money", "quality"), "verdict"] == "rises",
        "turnover never bends into a U": bool(
            (turnover["verdict"] != "falls").all() and (turnover["slope_at_1"] > 0).all()
        ),
        "working after five years tells nothing": bool((working["verdict"] == "cannot tell").all()),
        "where quality is best follows the assumed best degree": bool(agree > 0.3),
    }
    return numbers, claims


def draw(rows: pd.DataFrame) -> Figure:
    """Rows of panels by outcome, columns by series: every set's curve, the mean, and the mean under the null."""
    figure = Figure(figsize=(10.4, 7.2), layout="constrained")
    panels = figure.subplots(len(OUTCOMES), len(SERIES), sharex=True)
    for across, outcome in zip(panels, OUTCOMES, strict=True):
        for axes, (series, title) in zip(across, SERIES.items(), strict=True):
            axes.axhline(0.0, color="#bbbbbb", linewidth=1.0)
            found = curves(rows, "baseline", series, outcome)
            axes.plot(DOSES, found.T, color="#56b4e9", linewidth=0.6)
            bounds = np.array([interval(each) if each.any() else (0.0, 0.0, 0.0) for each in found.T])
            axes.errorbar(
                DOSES,
                bounds[:, 0],
                yerr=bounds[:, 2] - bounds[:, 0],
                color="#0072b2",
                marker="o",
                markersize=4,
                capsize=2.5,
                label="as assumed 按假设",
            )
            null = curves(rows, "null-inverted-u", series, outcome).mean(axis=0)
            axes.plot(DOSES, null, color="#d55e00", linestyle="--", marker="^", markersize=4, label="null 零假设")
            if axes in panels[0]:
                axes.set_title(title, fontsize=9, family=font_family())
            if axes in panels[-1]:
                axes.set_xlabel("strength of the lever 力度", fontsize=8, family=font_family())
            axes.tick_params(labelsize=8)
            axes.spines[["top", "right"]].set_visible(False)
        across[0].set_ylabel(TITLES[outcome], fontsize=8, family=font_family())
    for text in panels[0][0].legend(frameon=False, loc="best").get_texts():
        text.set(fontsize=8, family=font_family())
    figure.suptitle(
        "What each strength does beyond none: parameter sets (thin), mean with 95 % interval, mean of the null\n"
        "各力度相对于零力度的变化：各参数组（细线）、均值及 95% 区间、零假设均值",
        fontsize=9,
        family=font_family(),
    )
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    table(rows).round(4).to_csv(HERE / "curvature.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=80, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
