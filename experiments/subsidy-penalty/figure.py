"""Draws figure.png, writes points.csv and the answer from results.csv: surfaces over core grant and sure sanctions.

A point is on the frontier if no other is at least as good in survival, staying and cost and better in one. How sure
that is: the share of bootstrap samples of the parameter sets in which it is so.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from orgsim.ensembles.doubt import doubt
from orgsim.report.lettering import font_family
from orgsim.report.verdicts import judge
from orgsim.studies.answers import gaps, plain, ranged, write_answer

HERE = Path(__file__).parent
GRANT, SANCTION = "subsidy.core_grant", "supervision.sanction_credibility"
TODAY = (0.0, 0.6)
AIMS = {"active_5y": 1.0, "retained_staff_years": 1.0, "public_cost": -1.0}
PANELS = {
    "active_5y": ("Working after five years, points\n五年后正常运转，百分点", 100.0),
    "retained_staff_years": ("Years served by today's staff\n现有人员累计在岗人年", 1.0),
    "public_cost": ("Public cost, million yuan\n财政支出，百万元", 1e-6),
    "breach_share": ("In breach of procedure, points\n程序性违规，百分点", 100.0),
}
DRAWS, MOSTLY = 2000, 0.5
Point = tuple[float, float]


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a point: differences from today with their intervals, and how often it is on the frontier."""
    points = list(rows.groupby([GRANT, SANCTION]).groups)
    today = _at(rows, TODAY)
    often = frontier(rows, points)
    made = []
    for point in points:
        row: dict[str, float] = {"core_grant": point[0], "sanction": point[1], "on_frontier": often[point]}
        for outcome in dict.fromkeys((*PANELS, "survival_5y", "annual_turnover", "misconduct_share")):
            values, sets = gaps(_at(rows, point), today, outcome)
            found = doubt(values, sets)
            reach = float(found.reach) if point != TODAY else 0.0
            row |= {
                outcome: float(found.mean),
                f"{outcome}_low": float(found.mean) - reach,
                f"{outcome}_high": float(found.mean) + reach,
            }
        made.append(row)
    return pd.DataFrame(made)


def frontier(rows: pd.DataFrame, points: list[Point]) -> dict[Point, float]:
    """Share of samples of the parameter sets in which no other point is as good in every aim and better in one."""
    means = np.stack(
        [_at(rows, each).groupby("set")[list(AIMS)].mean().to_numpy() * list(AIMS.values()) for each in points]
    )
    chosen = np.random.default_rng(1).integers(0, means.shape[1], (DRAWS, means.shape[1]))
    values = means[:, chosen].mean(axis=2)  # point, sample, aim
    worse = (values[:, None] <= values[None]).all(axis=3) & (values[:, None] < values[None]).any(axis=3)
    return dict(zip(points, (~worse.any(axis=1)).mean(axis=1), strict=True))


def _at(rows: pd.DataFrame, point: Point) -> pd.DataFrame:
    return rows[(rows[GRANT] == point[0]) & (rows[SANCTION] == point[1])]


def facts(rows: pd.DataFrame) -> tuple[dict[str, str], dict[str, bool]]:
    """Numbers and claims of the answer."""
    found = table(rows).set_index(["core_grant", "sanction"])
    numbers = {"runs": plain(len(rows), 0), "sets": str(rows["set"].nunique())}
    scales = {name: scale for name, (_, scale) in PANELS.items()} | {
        "survival_5y": 100.0,
        "annual_turnover": 100.0,
        "misconduct_share": 100.0,
    }
    shown = {
        "most": (20000.0, 0.6),
        "sure": (0.0, 1.0),
        "none": (0.0, 0.0),
        "both": (20000.0, 1.0),
        "lenient": (20000.0, 0.0),
        "little": (5000.0, 0.6),
    }
    for short, point in shown.items():
        for outcome, scale in scales.items():
            row = found.loc[point]
            digits = 0 if outcome in ("retained_staff_years", "public_cost") else 2
            numbers[f"{outcome}_{short}"] = ranged(
                *(scale * row[f"{outcome}{end}"] for end in ("", "_low", "_high")), digits
            )
    apart = sum(_pairs(rows, shown["most"], shown["sure"]))
    both, _ = gaps(_at(rows, shown["both"]), _at(rows, TODAY), "active_5y")
    extra = judge(both - apart, sets=_at(rows, TODAY).sort_values(["set", "replication"])["set"].to_numpy(np.int64))
    numbers["together"] = ranged(100 * extra.difference, 100 * extra.low, 100 * extra.high, 2)
    often = found["on_frontier"]
    kept = [point for point in often.index if often[point] >= MOSTLY]
    numbers["kept"], numbers["points"] = str(len(kept)), str(len(often))
    numbers["least_kept"] = f"{often[kept].min():.0%}"
    numbers["most_left"] = f"{often.drop(kept).max():.0%}"
    numbers["today_often"] = f"{often[TODAY]:.0%}"
    full, little, sure = (found.loc[shown[short]] for short in ("most", "little", "sure"))
    for short, row in (("most", full), ("little", little)):
        numbers[f"price_{short}"] = plain(row["public_cost"] / 1e6 / (100 * row["active_5y"]), 0)
    numbers["share"] = f"{little['active_5y'] / full['active_5y']:.0%}"
    numbers["cost_share"] = f"{little['public_cost'] / full['public_cost']:.0%}"
    claims = {
        "a grant of 5,000 raises working after five years for sure": little["active_5y_low"] > 0,
        "grants cost public money": little["public_cost_low"] > 0,
        "grants move working more than sanctions do": full["active_5y"] > 3 * abs(sure["active_5y"]),
        "grants keep people for sure": full["retained_staff_years_low"] > 0,
        "the first yuan do most": little["active_5y"] / full["active_5y"]
        > 2 * little["public_cost"] / full["public_cost"],
        "surer sanctions lower breaches for sure": sure["breach_share_high"] < 0,
        "sanctions cannot be told to move working": sure["active_5y_low"] < 0 < sure["active_5y_high"],
        "grants and sanctions do not work on each other": extra.low <= 0 <= extra.high,
        "what is off the frontier is a chance of 0.3, at every grant": set(often.index) - set(kept)
        == {(grant, 0.3) for grant in found.index.unique("core_grant")},
        "a chance of 0.3 is no better than 0.6 in any aim": all(
            sign * (found.loc[(grant, 0.3), aim] - found.loc[(grant, 0.6), aim]) <= 0
            for grant in found.index.unique("core_grant")
            for aim, sign in AIMS.items()
        ),
        "never to punish lets breaches rise": found.loc[shown["none"], "breach_share_low"] > 0,
    }
    return numbers, {claim: bool(holds) for claim, holds in claims.items()}


def _pairs(rows: pd.DataFrame, *points: Point) -> list[np.ndarray]:
    return [gaps(_at(rows, each), _at(rows, TODAY), "active_5y")[0] for each in points]


def draw(rows: pd.DataFrame) -> Figure:
    """Four surfaces; a star is today, filled marks are on the frontier in more than half of the samples."""
    found = table(rows)
    figure = Figure(figsize=(9.6, 7.0), layout="constrained")
    for axes, (outcome, (title, scale)) in zip(figure.subplots(2, 2).flat, PANELS.items(), strict=True):
        surface = found.pivot(index="sanction", columns="core_grant", values=outcome) * scale
        filled = axes.contourf(surface.columns / 1e3, surface.index, surface.to_numpy(), levels=9, cmap="cividis")
        bar = figure.colorbar(filled, ax=axes)
        bar.ax.tick_params(labelsize=8)
        for row in found.itertuples():
            kept = row.on_frontier >= MOSTLY
            star = (row.core_grant, row.sanction) == TODAY
            axes.plot(
                row.core_grant / 1e3,
                row.sanction,
                "*" if star else "o",
                color="white",
                mec="#222222",
                clip_on=False,
                mfc="#d55e00" if kept else "white",
                markersize=13 if star else 6,
                zorder=3,
            )
        axes.set_title(title, fontsize=9, family=font_family())
        axes.set_xlabel("Core grant, thousand yuan a year 运营补助（千元/年）", fontsize=8, family=font_family())
        axes.set_ylabel("Chance that a violation found is punished\n查实后处罚概率", fontsize=8, family=font_family())
        axes.set_xticks([0, 5, 10, 20])
        axes.set_yticks([0, 0.3, 0.6, 1])
        axes.tick_params(labelsize=8)
    figure.suptitle(
        "Difference from today (star), interpolated between the points; filled: on the frontier in most samples\n"
        "与现状（星号）之差，点间为插值；实心点表示在多数抽样中位于效率前沿",
        fontsize=9,
        family=font_family(),
    )
    return figure


def main() -> None:
    rows = pd.read_csv(HERE / "results.csv")
    table(rows).round(5).to_csv(HERE / "points.csv", index=False, lineterminator="\n")
    draw(rows).savefig(HERE / "figure.png", dpi=110, metadata={"Software": None})
    write_answer(HERE, *facts(rows))


if __name__ == "__main__":
    main()
