"""Charts for the screen, as ECharts options: the curves of `report.curves` on the full scale, and their differences.

Bands are two stacked areas, the lower one without colour. Nothing is animated, and the upper axis never moves, so that
a change seen is a change of the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import numpy as np

from dashboard.texts import say
from orgsim.ensembles import Comparison
from orgsim.outcomes.recorder import Floats
from orgsim.report.charts import PALETTE
from orgsim.report.curves import curve_parts
from orgsim.report.tables import titles

Spec = dict[str, Any]
Rows = Mapping[str, Floats]
LETTERS = "ABCDEF"
DASHES: tuple[str | list[int], ...] = ("solid", [10, 4], [2, 3], [12, 3, 2, 3], [6, 2, 6, 6], [12, 3, 2, 3, 2, 3])
"""Of the policies; today's line is dashed evenly."""
GREY = "#6b7280"
HEIGHT = 400
_REACHES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""Half heights of the lower axis, in points, so that it seldom moves."""


@dataclass(frozen=True)
class Look:
    """How a scenario is drawn: by colour, dashes and letter, since a colour alone is not for everybody."""

    name: str
    colour: str
    dashes: str | list[int]
    letter: str = ""


def looks(comparison: Comparison, language: str) -> list[Look]:
    """One a scenario, the baseline's first; of several policies each has a letter, which stands at its line's end."""
    called = titles(comparison, language)
    several = len(comparison.others) > 1
    found = [Look(called[comparison.baseline.scenario.name], GREY, "dashed")]
    for run, letter, colour, dashes in zip(comparison.others, LETTERS, PALETTE, DASHES, strict=False):
        found.append(Look(called[run.scenario.name], colour, dashes, letter if several else ""))
    return found


def curve_chart(comparison: Comparison, curve: str, language: str, marks: Mapping[str, str] | None = None) -> Spec:
    """One curve of every scenario, and below it the difference from the baseline.

    `curve` is one of `report.curves`; `marks` are dates and what begins then. Of one policy bands show how replications
    spread, and for "registered" a thin line those still working; of several the lower part is the larger one, and names
    stand beside the chart, with the letters at the ends of lines (`key`).
    """
    base, run = comparison.baseline.scenario, comparison.baseline
    dates = [base.date(month) for month in range(run.months + 1)]
    few = len(comparison.runs) <= 2
    drawn = looks(comparison, language)
    parts = [_percent(part) for part in curve_parts(comparison, curve)]
    series: list[Spec] = []
    for look, rows in zip(drawn, parts, strict=True):
        if few:
            series += _bands(rows, look)
        series.append(_line(look, rows["value"], ends=not few))
        if "difference" in rows:
            series += _difference(rows, look, ends=not few)
    if curve == "registered" and few:
        for look, part in zip(drawn, curve_parts(comparison, "working"), strict=True):
            thin = replace(look, name=say("chart.working", language, scenario=look.name))
            series.append(_line(thin, _percent(part)["value"], width=1.0))
    if marks:
        series[0]["markLine"] = _mark_lines(marks)
    side = "survival" if curve == "registered" else "retention"
    shown = ("difference", "difference_low", "difference_high") if few else ("difference",)
    reach = _reach([rows[name] for rows in parts for name in shown if name in rows])
    every = 24 if run.months >= 72 else 12
    upper, lower = (180, 76) if few else (150, 190)
    top = 64 if few else 26
    below = top + upper + 46
    names = [look.name for look in drawn]
    if curve == "registered" and few:
        names.append(say("chart.working", language, scenario=names[-1]))
    return {
        "animation": False,
        "grid": [
            {"left": 46, "right": 14 if few else 24, "top": top, "height": upper},
            {"left": 46, "right": 14 if few else 24, "top": below, "height": lower},
        ],
        "legend": {"show": few, "left": 40, "top": 24, "itemWidth": 22, "data": names},
        "title": [
            _title(say(f"chart.{side}.y", language), 4),
            _title(say("chart.difference", language, baseline=drawn[0].name), below - 30),
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


def key(comparison: Comparison, language: str) -> str:
    """Letter, dashes and name of each scenario, as HTML, for charts of several policies."""
    lines = []
    for look in looks(comparison, language):
        dashes = {"solid": "", "dashed": "6 4"}.get(look.dashes) if isinstance(look.dashes, str) else None
        array = " ".join(map(str, look.dashes)) if dashes is None else dashes
        lines.append(
            f'<span style="white-space:nowrap;margin-right:1.4em"><svg width="40" height="10" role="presentation">'
            f'<line x1="0" y1="5" x2="40" y2="5" stroke="{look.colour}" stroke-width="2.5" stroke-dasharray="{array}"/>'
            f'</svg> <b style="color:{look.colour}">{look.letter}</b> {escape(look.name)}</span>'
        )
    return " ".join(lines)


def height(comparison: Comparison) -> int:
    """How high a chart is, in pixels."""
    return HEIGHT if len(comparison.runs) <= 2 else HEIGHT + 40


def _title(text: str, top: int) -> Spec:
    return {"text": text, "left": 0, "top": top, "textStyle": {"fontSize": 12, "fontWeight": "normal", "color": GREY}}


def _ticks(every: int, grid: int) -> Spec:
    return {
        "axisLabel": {"interval": every - 1, "show": grid == 1, "fontSize": 11},
        "axisTick": {"interval": every - 1},
    }


def _percent(part: Mapping[str, Any]) -> Rows:
    """The columns of a curve in hundredths."""
    return {name: 100.0 * values for name, values in part.items() if name not in ("scenario", "curve", "month")}


def _bands(rows: Rows, look: Look) -> list[Spec]:
    series = []
    for band, opacity in (("90", 0.12), ("50", 0.20)):
        low, high = rows[f"low_{band}"], rows[f"high_{band}"]
        stack = f"{look.name} {band}"
        series += [_area(low, stack, look.colour, 0.0), _area(high - low, stack, look.colour, opacity)]
    return series


def _difference(rows: Rows, look: Look, *, ends: bool) -> list[Spec]:
    """The line and its interval; stacked areas must not cross nought, so both edges are drawn as thin lines."""
    edges = [
        _line(look, rows[end], width=0.8, axis=1, opacity=0.7) for end in ("difference_low", "difference_high")
    ]
    return [*([] if ends else edges), _line(look, rows["difference"], axis=1, ends=ends)]


def _line(
    look: Look, values: Floats, *, width: float = 2.2, axis: int = 0, opacity: float = 1.0, ends: bool = False
) -> Spec:
    return {
        "type": "line",
        "name": look.name,
        "data": _numbers(values),
        "showSymbol": False,
        "xAxisIndex": axis,
        "yAxisIndex": axis,
        "itemStyle": {"color": look.colour},
        "lineStyle": {"color": look.colour, "width": width, "opacity": opacity, "type": look.dashes},
        "emphasis": {"disabled": True},
        "z": 3 if look.dashes == "dashed" else 2,  # today stays visible where a policy changes nothing
        **({"tooltip": {"show": False}} if width < 1.0 else {}),
        **(_letter(look) if ends and look.letter else {}),
    }


def _letter(look: Look) -> Spec:
    """The policy's letter at the end of its line; where lines end together, letters stand one above the other."""
    label = {"show": True, "formatter": look.letter, "color": look.colour, "fontWeight": "bold", "distance": 3}
    return {"endLabel": label, "labelLayout": {"moveOverlap": "shiftY"}}


def _area(values: Floats, stack: str, colour: str, opacity: float) -> Spec:
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


def _numbers(values: Floats) -> list[float | None]:
    rounded = np.round(values, 3)
    return [None if unknown else value for value, unknown in zip(rounded.tolist(), np.isnan(rounded), strict=True)]


def _reach(lines: Sequence[Floats]) -> float:
    """The smallest half height that holds the differences."""
    largest = float(np.nanmax(np.abs(lines), initial=0.0))
    return next((reach for reach in _REACHES if largest <= reach), _REACHES[-1])
