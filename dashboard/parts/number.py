"""Why a number is what it is: the tree of `orgsim explain`, in the browser."""

from __future__ import annotations

import streamlit as st

from dashboard.texts import say
from orgsim.explain import History, explain_in, lines
from orgsim.explain.rows import entity_of
from orgsim.report.column_names import chinese
from orgsim.scenarios import Scenario

# What is asked about most; any other column may be typed.
COLUMNS = ("quit_probability", "pay", "cash", "quality", "trust", "arrears_paid", "sector.public_trust")


def draw(today: Scenario, policy: Scenario, language: str) -> None:
    """Ask for one number and show its tree."""
    st.markdown(say("why.lead", language))
    scenarios = {"policy": policy, "baseline": today}
    with st.form("why"):
        first, second, third, fourth, fifth = st.columns([3, 3, 2, 2, 2])
        which = first.selectbox(
            say("why.whose", language),
            list(scenarios),
            format_func=lambda name: scenarios[name].title(language),
            key="why-which",
        )
        column = second.selectbox(
            say("why.column", language),
            COLUMNS,
            format_func=lambda name: _called(name, language),
            accept_new_options=True,
            key="why-column",
        )
        month = third.number_input(say("why.month", language), 0, scenarios[which].months - 1, 14, key="why-month")
        depth = fourth.number_input(say("why.depth", language), 0, 6, 2, key="why-depth")
        replication = fifth.number_input(say("life.replication", language), 0, None, 0, key="why-replication")
        identity = st.text_input(say("why.id", language), key="why-id").strip()
        asked = st.form_submit_button(say("why.ask", language), type="primary")
    if asked:
        with st.spinner(say("why.wait", language)):
            _explain(scenarios[which], str(column), int(month), int(depth), identity, int(replication), language)


def _called(column: str, language: str) -> str:
    words = chinese(column.rsplit(".", 1)[-1])
    return f"{words}（{column}）" if language == "zh" and words else column


def _explain(
    scenario: Scenario, column: str, month: int, depth: int, identity: str, replication: int, language: str
) -> None:
    history = History(scenario, 1, replication, None)
    who = {entity_of(history, column, None)[0]: identity} if identity else {}
    why = explain_in(history, column, month=month, depth=depth, **who)
    st.code(lines.text(why, language), language=None, wrap_lines=False)
    st.caption(say("why.sure", language))
