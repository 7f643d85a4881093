"""Whether the finding stands under the visitor's assumptions: beside the same finding under the values that ship."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import reasons
from dashboard.parts.progress import counting
from dashboard.policy import Policy
from dashboard.reasons import measured, reaching
from dashboard.texts import say
from dashboard.view import change_text
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.standing import GRAVEST, Standing, standing, worst
from orgsim.report.tables import outcome_title
from orgsim.report.texts import say as report_say
from orgsim.report.verdicts import Judgement, Verdict, judge, margin_of
from orgsim.scenarios import Scenario

SHOWN = (
    "survival_10y", "active_10y", "annual_turnover", "retention_12m", "services_delivered", "public_cost",
)  # fmt: skip


def draw(policy: Policy, language: str) -> None:
    """The sentence, refined while it is read, and a line for each outcome."""
    as_shipped = replace(policy, assumptions={}, nulls=())
    scenarios = [as_shipped.today(), as_shipped.scenario(), policy.today(), policy.scenario()]
    sizes = reasons.SIZES
    known = all(measured().known(one) >= sizes[-1] for one in scenarios)
    sentence, table, caption = st.empty(), st.empty(), st.empty()
    for size in sizes:
        with counting("robust.wait", language, known) as step:
            reaching(scenarios, size, step)
        pairs = {name: both(name, scenarios, size) for name in SHOWN}
        overall = worst([standing(*pair) for pair in pairs.values() if told(pair)])
        kind = {Standing.turns: st.error, Standing.stands: st.success}.get(overall, st.warning)
        with sentence.container():
            kind(headline(pairs, language))
        table.table(as_table(pairs, language).set_index(say("groups.outcome", language)))
        caption.caption(say("robust.reading", language, replications=size))


def both(outcome: str, scenarios: list[Scenario], size: int) -> tuple[Judgement, Judgement]:
    """The policy's difference under the values that ship, and under the visitor's."""
    shipped_today, shipped_policy, today, policy = (measured().values(one, size)[outcome] for one in scenarios)
    unit = BY_NAME[outcome].unit
    before = judge(shipped_policy - shipped_today, margin_of(unit, float(shipped_today.mean())))
    return before, judge(policy - today, margin_of(unit, float(today.mean())))


def told(pair: tuple[Judgement, Judgement]) -> bool:
    """Whether there is anything to compare."""
    return Verdict.unknown not in (pair[0].verdict, pair[1].verdict)


def headline(pairs: dict[str, tuple[Judgement, Judgement]], language: str) -> str:
    """What becomes of the finding, and for which outcomes: the gravest first, a sentence each."""
    said = []
    for one in GRAVEST:
        which = [name for name, pair in pairs.items() if told(pair) and standing(*pair) is one]
        if which:
            titles = say("path.join", language).join(outcome_title(name, language) for name in which)
            said.append(say(f"robust.{one}", language, outcomes=titles))
    return "\n\n".join(said)


def as_table(pairs: dict[str, tuple[Judgement, Judgement]], language: str) -> pd.DataFrame:
    """One row an outcome: the difference under both, in words, and what becomes of it."""
    rows = []
    for name, (before, after) in pairs.items():
        if not told((before, after)):
            continue
        unit = BY_NAME[name].unit
        rows.append(
            {
                say("groups.outcome", language): outcome_title(name, language),
                say("robust.shipped", language): _words(before, unit, language),
                say("robust.mine", language): _words(after, unit, language),
                say("robust.verdict", language): say(f"standing.{standing(before, after)}", language),
            }
        )
    return pd.DataFrame(rows)


def _words(judgement: Judgement, unit: str, language: str) -> str:
    return f"{change_text(judgement, unit, language)} · {report_say(f'verdict.{judgement.verdict}', language)}"
