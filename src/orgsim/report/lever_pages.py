"""The page about levers: how to read it, what each does, whether the evidence agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import isnan
from statistics import median

from orgsim.core.parameters import Parameter
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.lever_trials import TRIALS, Direction, Effect
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
    effects: Sequence[Effect],
    shown: Sequence[str],
    levers: Sequence[Parameter],
    verdicts: Mapping[Direction, str],
    gain: Sequence[float],
    months: int,
) -> str:
    """The whole page as Markdown; `effects` is what `levers.measure` gives, `gain` what `levers.pairing_gain` gives."""
    middle = median(gain)
    head = _HEAD.format(
        replications=max(effect.replications for effect in effects),
        months=months,
        trials=len(TRIALS),
        median=middle,
        least=gain[0],
        most=gain[-1],
        squared=middle * middle,
    )
    lines = [
        head,
        "## Differences",
        "",
        *_differences(effects, shown, levers),
        "## What the evidence says",
        "",
        *_verdicts(verdicts),
        "## Ends tried in place of the legal ones",
        "",
        *_trials(levers),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _differences(effects: Sequence[Effect], shown: Sequence[str], levers: Sequence[Parameter]) -> list[str]:
    rows = []
    for lever in levers:
        for end in ("low", "high"):
            here = {e.outcome: e for e in effects if e.lever == lever.name and e.end == end}
            if here:
                first = here[shown[0]]
                move = f"{value_text(lever, first.reference_value)} → {value_text(lever, first.value)}"
                rows.append((f"`{lever.name}`", move, *(_cell(here[name]) for name in shown)))
    titles = [f"{BY_NAME[name].title.en} {BY_NAME[name].title.zh}" for name in shown]
    return markdown_table(("lever", "move", *titles), rows)


def _cell(effect: Effect) -> str:
    if isnan(effect.low):
        return "–"
    scale = 100.0
    if effect.unit in RELATIVE:
        scale = 100.0 / effect.reference if effect.reference > 0.0 else float("nan")
    numbers = (f"{scale * number:+.1f}" for number in (effect.difference, effect.low, effect.high))
    shown = ["0.0" if number in ("+0.0", "-0.0") else number.replace("-", "−") for number in numbers]
    text = f"{shown[0]} [{shown[1]}, {shown[2]}]"
    return f"**{text}**" if effect.low > 0.0 or effect.high < 0.0 else text


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
            ends = (f"{low:,g} – {high:,g}" for low, high in (legal, tried))
            rows.append((f"`{lever.name}`", *ends, also, trial.reason))
    return markdown_table(("lever", "legal", "tried", "beside it, in both runs", "reason"), rows)
