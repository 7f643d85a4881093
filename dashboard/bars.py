"""Bars with intervals, tornados and the curves of lives, as ECharts options.

Labels stand above their bars, so that they are whole on a telephone too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.charts import GREY, Spec
from dashboard.texts import say
from dashboard.view import change_text
from orgsim.report.charts import PALETTE
from orgsim.report.measures import measure
from orgsim.report.verdicts import Judgement

ROW = 62
"""Pixels of one row: two lines of words, and the bars below."""
_BLUE, _ORANGE, _PALE, _BLACK = PALETTE[0], PALETTE[1], "#b6bcc6", "#111827"
_BELOW = 0.34
"""Where the bars of a row lie, below its middle, in rows."""


def height_of(rows: Sequence[object]) -> int:
    """Pixels of a chart with so many rows."""
    return ROW * len(rows) + 64


def bar_chart(rows: Sequence[tuple[str, Judgement]], unit: str, language: str) -> Spec:
    """One bar a row, from nought to the difference, with its 95 % interval; grey where the interval holds nought."""
    scale = _factor([one for _, one in rows], unit, language)
    series = []
    for place, (_, one) in enumerate(rows):
        clear = one.low > 0.0 or one.high < 0.0
        series.append(_bar(0.0, scale * one.difference, place + _BELOW, _BLUE if clear else _PALE, 12))
        series.append(_bar(scale * one.low, scale * one.high, place + _BELOW, _BLACK, 1.5))
    labels = [f"{title}\n{change_text(one, unit, language)}" for title, one in rows]
    return {**_frame(labels), "series": [*series, _nought(len(rows))]}


def doubt_chart(rows: Sequence[tuple[str, Judgement, float, float]], units: Sequence[str], language: str) -> Spec:
    """Of each outcome the difference with two bars: what chance alone leaves open, and what parameters leave open.

    Rows are title, difference with its whole interval, half the width by chance alone, and by parameters alone. Each
    row is drawn in its own scale, as outcomes have their own units; the line in the middle is nought.
    """
    names = {name: say(f"doubt.{name}", language) for name in ("chance", "parameters")}
    labels, series = [], []
    for place, ((title, one, by_chance, by_parameters), unit) in enumerate(zip(rows, units, strict=True)):
        labels.append(f"{title}\n{change_text(one, unit, language)}")
        most = max(abs(one.difference) + max(by_chance, by_parameters), 1e-300)
        middle = one.difference / most
        for name, reach, colour, at in (
            ("chance", by_chance, _BLUE, _BELOW - 0.05),
            ("parameters", by_parameters, _ORANGE, _BELOW + 0.09),
        ):
            series.append(_bar((middle - reach / most), (middle + reach / most), place + at, colour, 6, names[name]))
        series.append(_point(middle, place + _BELOW + 0.02))
    frame = _frame(labels, legend=list(names.values()))
    frame["xAxis"] = {"type": "value", "min": -1.05, "max": 1.05, "show": False}
    return {**frame, "series": [*series, _nought(len(rows))]}


def tornado_chart(
    rows: Sequence[tuple[str, Judgement, Judgement]], shipped: Judgement, unit: str, language: str
) -> Spec:
    """The difference with each assumption at its low and its high end, from the difference as it stands."""
    scale = _factor([shipped, *(one for _, *both in rows for one in both)], unit, language)
    names = {end: say(f"swing.{end}", language) for end in ("low", "high")}
    labels, series = [], []
    for place, (title, *both) in enumerate(rows):
        texts = [change_text(one, unit, language).partition(" (")[0] for one in both]
        labels.append(f"{title}\n{say('swing.ends', language, low=texts[0], high=texts[1])}")
        for end, one, colour, at in (
            ("low", both[0], _ORANGE, _BELOW - 0.05),
            ("high", both[1], _BLUE, _BELOW + 0.09),
        ):
            reach = scale * shipped.difference, scale * one.difference
            series.append(_bar(*reach, place + at, colour, 7, names[end]))
    middle = _nought(len(rows), scale * shipped.difference, dashed=True)
    return {**_frame(labels, legend=list(names.values())), "series": [*series, middle, _nought(len(rows))]}


def life_chart(
    dates: Sequence[str], curves: Sequence[tuple[str, NDArray[np.float64], bool]], height: int = 150
) -> Spec:
    """One column of one organization or person: today dashed, the policy solid; a line ends where a life does."""
    return {
        "animation": False,
        "grid": {"left": 44, "right": 10, "top": 8, "height": height - 40},
        "tooltip": {"trigger": "axis", "valueFormatter": "%.2f"},
        "xAxis": {"type": "category", "data": list(dates), "boundaryGap": False, "axisLabel": {"fontSize": 10}},
        "yAxis": {"type": "value", "scale": True, "splitNumber": 3, "axisLabel": {"fontSize": 10}},
        "series": [
            {
                "type": "line",
                "name": name,
                "data": [_number(value) for value in values],
                "showSymbol": False,
                "connectNulls": False,
                "itemStyle": {"color": GREY if dashed else _BLUE},
                "lineStyle": {"color": GREY if dashed else _BLUE, "width": 2, "type": "dashed" if dashed else "solid"},
                "emphasis": {"disabled": True},
            }
            for name, values, dashed in curves
        ],
    }


def _frame(labels: Sequence[str], legend: Sequence[str] = ()) -> Spec:
    top = 30 if legend else 4
    return {
        "animation": False,
        "grid": {"left": 6, "right": 14, "top": top, "height": ROW * len(labels)},
        "legend": {"top": 0, "left": 0, "data": list(legend), "show": bool(legend), "selectedMode": False},
        "xAxis": {
            "type": "value",
            "axisLine": {"show": False},
            "axisLabel": {"fontSize": 10},
            "splitLine": {"lineStyle": {"color": "#eef0f3"}},
        },
        "yAxis": [
            {
                "type": "category",
                "data": list(labels),
                "inverse": True,
                "axisLabel": {
                    "inside": True,
                    "align": "left",
                    "margin": 2,
                    "padding": [0, 0, 30, 0],
                    "fontSize": 12,
                    "lineHeight": 15,
                    "color": "#374151",
                },
                "axisTick": {"show": False},
                "axisLine": {"show": False},
                "z": 10,
            },
            {"type": "value", "min": -0.5, "max": len(labels) - 0.5, "inverse": True, "show": False},
        ],
    }


def _bar(low: float, high: float, at: float, colour: str, width: float, name: str = "") -> Spec:
    """A level bar as a thick line; bars of one name share a place in the legend."""
    return {
        "type": "line",
        "name": name,
        "yAxisIndex": 1,
        "data": [[_number(low), at], [_number(high), at]],
        "showSymbol": False,
        "silent": True,
        "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": width, "cap": "butt", "type": "solid"},
    }


def _point(value: float, at: float) -> Spec:
    return {
        "type": "scatter",
        "yAxisIndex": 1,
        "data": [[_number(value), at]],
        "symbolSize": 6,
        "silent": True,
        "itemStyle": {"color": _BLACK},
        "z": 5,
    }


def _nought(rows: int, at: float = 0.0, dashed: bool = False) -> Spec:
    """An upright line through all rows."""
    return {
        "type": "line",
        "yAxisIndex": 1,
        "data": [[_number(at), -0.5], [_number(at), rows - 0.5]],
        "showSymbol": False,
        "silent": True,
        "lineStyle": {"color": GREY, "width": 1, "type": "dashed" if dashed else "solid"},
    }


def _factor(judgements: Sequence[Judgement], unit: str, language: str) -> float:
    return measure(unit, tuple(one.difference for one in judgements), language).factor


def _number(value: float) -> float | None:
    return float(f"{value:.6g}") if np.isfinite(value) else None
