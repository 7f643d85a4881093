"""Which measure did it: what an outcome loses when one alone stays as today, and what they do only together."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import reasons
from dashboard.bars import bar_chart, height_of
from dashboard.levers import by_name
from dashboard.parts.progress import counting
from dashboard.reasons import measured, reaching
from dashboard.texts import say
from dashboard.view import change_text
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Floats
from orgsim.report.contributions import Contributions, changed_levers, contributions, missing_levers, without
from orgsim.report.tables import outcome_title
from orgsim.report.texts import say as report_say
from orgsim.report.verdicts import Judgement, Verdict, margin_of
from orgsim.scenarios import Scenario

CHOICE = (
    "active_10y", "survival_10y", "annual_turnover", "retention_12m", "services_delivered", "public_cost",
    "median_months_of_cash", "dormant_share", "government_share",
)  # fmt: skip
MOSTLY, TOGETHER = 0.5, 0.3
"""Share of the total from which a measure is named first, and from which a contrary one or the remainder is."""


def draw(today: Scenario, policy: Scenario, language: str) -> None:
    """Choose an outcome; bars for each measure and the remainder, refined while it is looked at."""
    levers = changed_levers(today, policy)
    st.markdown(say("lever.lead", language))
    if len(levers) < 2:
        st.info(say("lever.few", language))
        return
    outcome = st.selectbox(
        say("lever.outcome", language),
        CHOICE,
        format_func=lambda name: outcome_title(name, language),
        key="lever-outcome",
    )
    scenarios = [today, policy, *(without(policy, today, lever) for lever in levers)]
    sizes = reasons.SIZES
    known = all(measured().known(one) >= sizes[-1] for one in scenarios)
    sentence, chart, table = st.empty(), st.empty(), st.empty()
    for size in sizes:
        with counting("lever.wait", language, known) as step:
            reaching(scenarios, size, step)
        found = split(outcome, today, policy, levers, size)
        titles = {lever: by_name()[lever].parameter.title(language) for lever in levers}
        sentence.markdown("\n\n".join(sentences(found, outcome, titles, policy, language)))
        rows = [(titles[lever], judgement) for lever, judgement in found.levers.items()]
        rows += [(say("lever.remainder", language), found.remainder), (say("lever.total", language), found.total)]
        spec = bar_chart(rows, BY_NAME[outcome].unit, language)
        chart.echarts_chart(spec, height=height_of(rows), alt=sentences(found, outcome, titles, policy, language)[0])
        table.dataframe(as_table(rows, outcome, language), hide_index=True, height="content")
    st.caption(say("lever.reading", language, replications=sizes[-1]))


def split(outcome: str, today: Scenario, policy: Scenario, levers: tuple[str, ...], size: int) -> Contributions:
    """The contributions to one outcome, from what has been measured."""

    def values(scenario: Scenario) -> Floats:
        return measured().values(scenario, size)[outcome]

    before = values(today)
    margin = margin_of(BY_NAME[outcome].unit, float(before.mean()))
    apart = {lever: values(without(policy, today, lever)) for lever in levers}
    return contributions(before, values(policy), apart, margin)


def sentences(found: Contributions, outcome: str, titles: dict[str, str], policy: Scenario, language: str) -> list[str]:
    """The whole, what matters most, what measures do only together, and which do nothing."""
    unit = BY_NAME[outcome].unit
    said = [
        say(
            "lever.whole",
            language,
            outcome=outcome_title(outcome, language),
            change=change_text(found.total, unit, language),
            words=report_say(f"verdict.{found.total.verdict}", language),
        )
    ]
    whole = found.total.difference
    size = abs(whole)
    clear = {lever: one for lever, one in found.levers.items() if told(one)}
    along = [lever for lever, one in clear.items() if one.difference * whole >= MOSTLY * size * size]
    against = [lever for lever, one in clear.items() if one.difference * whole <= -TOGETHER * size * size]
    for key, some in (("lever.most", along), ("lever.against", against)):
        if some and told(found.total):
            change = change_text(clear[some[0]], unit, language)
            said.append(say(key, language, lever=titles[some[0]], change=change))
    if told(found.remainder) and abs(found.remainder.difference) >= TOGETHER * size:
        together = found.remainder.difference * found.total.difference > 0.0
        key = "lever.together" if together else "lever.overlap"
        said.append(say(key, language, change=change_text(found.remainder, unit, language)))
    for lever, one in found.levers.items():
        if one.difference == one.low == one.high == 0.0:
            missing = missing_levers(policy, lever)
            others = say("path.join", language).join(by_name()[name].parameter.title(language) for name in missing)
            key = "flat.needs" if missing else "flat.nothing"
            said.append(say(key, language, lever=titles[lever], others=others))
    return said


def told(judgement: Judgement) -> bool:
    """Whether the sign of a difference can be told and it matters."""
    return judgement.verdict in (
        Verdict.very_likely_more, Verdict.likely_more, Verdict.likely_less, Verdict.very_likely_less,
    )  # fmt: skip


def as_table(rows: list[tuple[str, Judgement]], outcome: str, language: str) -> pd.DataFrame:
    """The bars in numbers."""
    unit = BY_NAME[outcome].unit
    return pd.DataFrame(
        [
            {
                say("lever.measure", language): title,
                say("lever.change", language): change_text(judgement, unit, language),
                say("groups.words", language): report_say(f"verdict.{judgement.verdict}", language),
            }
            for title, judgement in rows
        ]
    )
