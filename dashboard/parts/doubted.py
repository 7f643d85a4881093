"""Chance and parameters told apart: the comparison under parameter sets in keeping with the evidence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st
from scipy.special import stdtrit

from dashboard import reasons
from dashboard.bars import doubt_chart, height_of
from dashboard.district import FILE, TODAY_FILE
from dashboard.parts.progress import counting
from dashboard.policy import Policy
from dashboard.reasons import varied
from dashboard.texts import say
from dashboard.view import change_text
from orgsim.ensembles import Comparison
from orgsim.ensembles.doubt import LEVEL
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.contributions import changed_levers
from orgsim.report.findings import findings
from orgsim.report.measures import measure
from orgsim.report.tables import HEADLINES, outcome_title, paired
from orgsim.report.texts import say as report_say
from orgsim.report.verdicts import Judgement, Verdict, judge, margin_of


def draw(policy: Policy, language: str) -> None:
    """A switch; behind it the bars, a sentence an outcome, and the command that gives the same numbers."""
    st.markdown(f"**{say('doubted.head', language)}**")
    sets, each = reasons.SETS, reasons.EACH
    st.markdown(say("doubted.lead", language, sets=sets, each=each))
    if not st.toggle(say("doubted.ask", language), key="ask-parameters"):
        return
    scenarios = [policy.today(), policy.scenario()]
    if not changed_levers(*scenarios):
        st.info(say("swings.none", language))
        return
    with counting("doubted.wait", language, varied().known(scenarios, sets, each)) as step:
        for done in varied().reach(scenarios, sets, each):
            step(done, 2 * sets * each)
        comparison = varied().compare(scenarios, sets, each)
    judged = {name: judged_with_sets(comparison, name) for name in HEADLINES}
    judged = {name: one for name, one in judged.items() if one.verdict is not Verdict.unknown}
    st.markdown(f"##### {overall(judged, language)}")
    rows = [(outcome_title(name, language), one, *reaches(comparison, name)) for name, one in judged.items()]
    units = [BY_NAME[name].unit for name in judged]
    spec = doubt_chart(rows, units, language)
    st.echarts_chart(spec, height=height_of(rows), alt=overall(judged, language))
    st.caption(say("doubted.reading", language))
    st.dataframe(as_table(comparison, judged, language), hide_index=True, height="content")
    with st.expander(say("doubted.sentences", language)):
        st.markdown("\n".join(f"- {one.text}" for one in findings(comparison, language)))
    st.caption(say("doubted.command", language))
    today = TODAY_FILE if TODAY_FILE in policy.files() else "baseline"
    st.code(f"orgsim compare {today} {FILE} --uncertainty {sets} --replications {each}", language=None)


def judged_with_sets(comparison: Comparison, outcome: str) -> Judgement:
    """The difference of an outcome and what may be said of it, as `findings` has it."""
    baseline = comparison.levels[comparison.baseline.scenario.name, outcome][0]
    margin = margin_of(BY_NAME[outcome].unit, baseline)
    return judge(paired(comparison, comparison.others[0], outcome), margin, comparison.sets)


def reaches(comparison: Comparison, outcome: str) -> tuple[float, float]:
    """Half the width of the 95 % interval that chance alone would leave, and that parameters alone would leave."""
    row = row_of(comparison, outcome)
    student = float(stdtrit(max(comparison.baseline.parameter_sets - 1.0, 1.0), 0.5 + LEVEL / 2.0))
    return student * float(row["difference_chance"]), student * float(row["difference_parameters"])


def row_of(comparison: Comparison, outcome: str) -> pd.Series:
    """The policy's row of `Comparison.table` over everybody, as the command line writes it."""
    table = comparison.table
    name = comparison.others[0].scenario.name
    chosen = (table["scenario"] == name) & (table["outcome"] == outcome) & (table["stratum"] == "all")
    return table[chosen].iloc[0]


def overall(judged: dict[str, Judgement], language: str) -> str:
    """Which of both is the larger doubt, and for how many outcomes."""
    shares = [one.parameter_share for one in judged.values() if np.isfinite(one.parameter_share)]
    mostly = sum(share > 0.5 for share in shares)
    if 2 * mostly > len(shares):
        key = "doubted.parameters.all" if mostly == len(shares) else "doubted.parameters"
    else:
        key = "doubted.chance" if mostly else "doubted.chance.all"
    return say(key, language, mostly=mostly, others=len(shares) - mostly, all=len(shares))


def as_table(comparison: Comparison, judged: dict[str, Judgement], language: str) -> pd.DataFrame:
    """The bars in numbers."""
    rows = []
    for name, one in judged.items():
        unit = BY_NAME[name].unit
        chance, parameters = reaches(comparison, name)
        written = measure(unit, (one.difference, chance, parameters), language)
        share = one.parameter_share
        rows.append(
            {
                say("groups.outcome", language): outcome_title(name, language),
                say("doubted.whole", language): change_text(one, unit, language),
                say("doubt.chance", language): f"± {written.size(chance)}",
                say("doubt.parameters", language): f"± {written.size(parameters)}",
                say("doubted.share", language): f"{100.0 * share:.0f}%" if np.isfinite(share) else "—",
                say("groups.words", language): report_say(f"verdict.{one.verdict}", language),
            }
        )
    return pd.DataFrame(rows)
