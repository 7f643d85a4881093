"""The page about levers: how to read it, what each does, whether the evidence agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from orgsim.core.parameters import Parameter
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.lever_trials import TRIALS, Direction
from orgsim.report.sections import table as markdown_table
from orgsim.scenarios.values import value_text

RELATIVE = {"person-months", "CNY", "years"}
"""Units whose differences are told as per cent of the reference; shares and rates are told in points."""

_HEAD = """\
# What each lever does alone

*Made by `python -m orgsim.report.levers`. Change the model or `report/lever_trials.py`, not this page.*

Each lever is moved by itself, from where it stands today to the low or the high end of its range, from month 0 on, and
all others stay. Shown is the mean difference over {replications} replications of {months} months, each paired with the
same replication without the move, and in brackets its 95 % interval. **Bold**: the interval leaves out nought.
Survival, turnover and retention are in percentage points, services and cost in per cent. {trials} levers have ends of
their own, because the legal end would be absurd or would show nothing; they are listed below with the reason.

**What it cannot tell.** The intervals hold luck only: they shrink with more replications, while the doubt about the
assumptions does not. Ends differ in cost and in reach, so the rows are no ranking; look at the last column before
comparing two. Levers can help or hinder each other, which one at a time never shows. A small difference that is bold is
certain within the model, and may still be too small to matter. And where a row of the second table says *agree*, model
and evidence share a sign, not a size; many numbers of the model were set with that evidence in view, so agreement
is a check of the wiring and no proof.

**Common random numbers pay.** Unpaired, the intervals would be wider by a median factor of {median:.1f}
({least:.1f} to {most:.1f}), so that to be as sure would take about {squared:.0f} times as many replications.
"""


def page(
    table: pd.DataFrame,
    shown: Sequence[str],
    levers: Sequence[Parameter],
    verdicts: Mapping[Direction, str],
    gain: pd.Series,
    months: int,
) -> str:
    """The whole page as Markdown; `table` is what `levers.measure` gives, `gain` what `levers.pairing_gain` gives."""
    middle = float(gain.median())
    head = _HEAD.format(
        replications=int(table["replications"].max()),
        months=months,
        trials=len(TRIALS),
        median=middle,
        least=float(gain.min()),
        most=float(gain.max()),
        squared=middle * middle,
    )
    lines = [
        head,
        "## Differences",
        "",
        *_differences(table, shown, levers),
        "## What the evidence says",
        "",
        *_verdicts(verdicts),
        "## Ends tried in place of the legal ones",
        "",
        *_trials(levers),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _differences(table: pd.DataFrame, shown: Sequence[str], levers: Sequence[Parameter]) -> list[str]:
    rows = []
    for lever in levers:
        here = table[table["lever"] == lever.name]
        for end in ("low", "high"):
            cells = {row.outcome: _cell(row) for row in here[here["end"] == end].itertuples()}
            if cells:
                first = here[here["end"] == end].iloc[0]
                move = " → ".join(value_text(lever, float(first[name])) for name in ("reference_value", "value"))
                rows.append((f"`{lever.name}`", move, *(cells[name] for name in shown)))
    titles = [f"{BY_NAME[name].title.en} {BY_NAME[name].title.zh}" for name in shown]
    return markdown_table(("lever", "move", *titles), rows)


def _cell(row: object) -> str:
    difference, low, high = (float(getattr(row, name)) for name in ("difference", "low", "high"))
    if pd.isna(difference):
        return "–"
    scale = 100.0
    if getattr(row, "unit", "") in RELATIVE:
        reference = abs(float(getattr(row, "reference", 0.0)))
        scale = 100.0 / reference if reference > 0.0 else float("nan")
    text = f"{scale * difference:+.1f} [{scale * low:+.1f}, {scale * high:+.1f}]".replace("-", "−")
    return f"**{text}**" if low > 0.0 or high < 0.0 else text


def _verdicts(verdicts: Mapping[Direction, str]) -> list[str]:
    count = Counter(verdict for direction, verdict in verdicts.items() if direction.sign)
    told = ", ".join(f"{verdict}: {count[verdict]}" for verdict in ("agree", "cannot tell", "disagree"))
    rows = [
        (
            f"`{direction.lever}`",
            f"raises `{direction.outcome}`" if direction.sign > 0 else f"lowers `{direction.outcome}`",
            direction.reason,
            direction.cite,
            verdict,
        )
        for direction, verdict in verdicts.items()
        if direction.sign
    ]
    lines = [f"Raising the lever, by the evidence. {told}.", ""]
    lines += markdown_table(("lever", "direction", "because", "source", "the model"), rows)
    silent = [(f"`{d.lever}`", d.reason) for d in verdicts if not d.sign]
    return [*lines, "For the others no direction is claimed.", "", *markdown_table(("lever", "why not"), silent)]


def _trials(levers: Sequence[Parameter]) -> list[str]:
    rows = []
    for lever in levers:
        trial = TRIALS.get(lever.name)
        if trial:
            also = ", ".join(f"`{name}` = {value:g}" for name, value in trial.also.items())
            legal, tried = lever.range, (trial.low, trial.high)
            rows.append((f"`{lever.name}`", *(f"{low:,g} – {high:,g}" for low, high in (legal, tried)), also, trial.reason))
    return markdown_table(("lever", "legal", "tried", "beside it, in both runs", "reason"), rows)
