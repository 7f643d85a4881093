"""Charts for the screen, as ECharts options: the curves of `report.curves` on the full scale, and their differences.

Bands are two stacked areas, the lower one without colour. Nothing is animated, and the upper axis never moves, so that
a change seen is a change of the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.texts import say
from orgsim.ensembles import Comparison
from orgsim.report.charts import PALETTE
from orgsim.report.tables import titles
from orgsim.scenarios import Scenario

Spec = dict[str, Any]
GREY = "#6b7280"
HEIGHT = 400
_REACHES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""Half heights of the lower axis, in points, so that it seldom moves."""


def curve_chart(
    comparison: Comparison, curves: pd.DataFrame, curve: str, language: str, marks: Mapping[str, str] | None = None
) -> Spec:
    """One curve of every scenario, and below it the difference from the baseline.

    `curves` is `report.curves.curve_table`; `marks` are dates and what begins then. For "registered" a thin line shows
    those still working.
    """
    called = titles(comparison, language)
    base, run = comparison.baseline.scenario, comparison.baseline
    dates = [base.date(month) for month in range(run.months + 1)]
    series: list[Spec] = []
    for place, each in enumerate(comparison.runs):
        name = each.scenario.name
        compared = each is not comparison.baseline
        colour = PALETTE[(place - 1) % len(PALETTE)] if compared else GREY
        rows = _rows(curves, name, curve)
        few = len(comparison.runs) <= 2
        series += _bands(rows, called[name], colour, few)
        series.append(_line(called[name], rows["value"], colour, dashed=not compared))
        if curve == "registered" and few:
            thin = _rows(curves, name, "working")["value"]
            label = say("chart.working", language, scenario=called[name])
            series.append(_line(label, thin, colour, dashed=not compared, width=1.0))
        if compared:
            series += _difference(rows, called[name], colour)
    if marks:
        series[0]["markLine"] = _mark_lines(marks)
    side = "survival" if curve == "registered" else "retention"
    reach = _reach(curves, [each.scenario for each in comparison.others], curve)
    every = 24 if run.months >= 72 else 12
    baseline = called[base.name]
    return {
        "animation": False,
        "grid": [
            {"left": 46, "right": 14, "top": 64, "height": 180},
            {"left": 46, "right": 14, "top": 286, "height": 76},
        ],
        "legend": {"left": 40, "top": 24, "itemWidth": 22, "data": _legend(comparison, called, curve, language)},
        "title": [
            _title(say(f"chart.{side}.y", language), 4),
            _title(say("chart.difference", language, baseline=baseline), 256),
        ],
        "tooltip": {"trigger": "axis", "valueFormatter": "%.1f"},
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "xAxis": [
            {"type": "category", "data": dates, "boundaryGap": False, "gridIndex": grid, **_ticks(every, grid)}
            for grid in (0, 1)
        ],
        "yAxis": [
            {"type": "value", "min": 0, "max": 100, "interval": 25, "gridIndex": 0},
            {"type": "value", "min": -reach, "max": reach, "interval": reach, "gridIndex": 1},
        ],
        "series": series,
    }


def _title(text: str, top: int) -> Spec:
    return {"text": text, "left": 0, "top": top, "textStyle": {"fontSize": 12, "fontWeight": "normal", "color": GREY}}


def _ticks(every: int, grid: int) -> Spec:
    return {
        "axisLabel": {"interval": every - 1, "show": grid == 1, "fontSize": 11},
        "axisTick": {"interval": every - 1},
    }


def _legend(comparison: Comparison, called: Mapping[str, str], curve: str, language: str) -> list[str]:
    names = [called[run.scenario.name] for run in comparison.runs]
    if curve == "registered" and len(names) <= 2:
        names += [say("chart.working", language, scenario=name) for name in names[-1:]]
    return names


def _rows(curves: pd.DataFrame, scenario: str, curve: str) -> dict[str, np.ndarray]:
    found = curves[(curves["scenario"] == scenario) & (curves["curve"] == curve)]
    return {name: 100.0 * found[name].to_numpy() for name in found.columns if name not in ("scenario", "curve")}


def _bands(rows: Mapping[str, np.ndarray], name: str, colour: str, inner: bool) -> list[Spec]:
    series = []
    for band, opacity in (("90", 0.12), ("50", 0.20)) if inner else (("90", 0.12),):
        low, high = rows[f"low_{band}"], rows[f"high_{band}"]
        stack = f"{name} {band}"
        series += [_area(low, stack, colour, 0.0), _area(high - low, stack, colour, opacity)]
    return series


def _difference(rows: Mapping[str, np.ndarray], name: str, colour: str) -> list[Spec]:
    """The line and its interval; stacked areas must not cross nought, so both edges are drawn as thin lines."""
    edges = [
        _line(name, rows[end], colour, width=0.8, axis=1, opacity=0.7) for end in ("difference_low", "difference_high")
    ]
    return [*edges, _line(name, rows["difference"], colour, axis=1)]


def _line(
    name: str,
    values: np.ndarray,
    colour: str,
    *,
    dashed: bool = False,
    width: float = 2.2,
    axis: int = 0,
    opacity: float = 1.0,
) -> Spec:
    return {
        "type": "line",
        "name": name,
        "data": _numbers(values),
        "showSymbol": False,
        "xAxisIndex": axis,
        "yAxisIndex": axis,
        "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": width, "opacity": opacity, "type": "dashed" if dashed else "solid"},
        "emphasis": {"disabled": True},
        "z": 3 if dashed else 2,  # today stays visible where a policy changes nothing
        **({"tooltip": {"show": False}} if width < 1.0 else {}),
    }


def _area(values: np.ndarray, stack: str, colour: str, opacity: float) -> Spec:
    return {
        "type": "line",
        "name": stack,
        "data": _numbers(values),
        "stack": stack,
        "showSymbol": False,
        "silent": True,
        "lineStyle": {"opacity": 0},
        "itemStyle": {"color": colour},
        "areaStyle": {"color": colour, "opacity": opacity},
        "tooltip": {"show": False},
        "emphasis": {"disabled": True},
    }


def _mark_lines(marks: Mapping[str, str]) -> Spec:
    return {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": "#374151", "type": "dotted"},
        "label": {"position": "insideStartTop", "fontSize": 10, "width": 150, "overflow": "truncate"},
        "data": [{"xAxis": date, "label": {"formatter": text}} for date, text in marks.items()],
    }


def _numbers(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else round(float(value), 3) for value in values]


def _reach(curves: pd.DataFrame, others: Sequence[Scenario], curve: str) -> float:
    """The smallest half height that holds the differences."""
    names = [scenario.name for scenario in others]
    chosen = curves[(curves["curve"] == curve) & curves["scenario"].isin(names)]
    columns = chosen[["difference", "difference_low", "difference_high"]].to_numpy(dtype=float)
    largest = 100.0 * float(np.nanmax(np.abs(columns), initial=0.0))
    return next((reach for reach in _REACHES if largest <= reach), _REACHES[-1])
