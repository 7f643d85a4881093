"""Measures that begin at a date, or come step by step: added to the policy, and drawn as lines in the charts."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import state
from dashboard.levers import Lever, by_name, named
from dashboard.policy import Policy
from dashboard.texts import say
from orgsim.core.calendar import date_of
from orgsim.scenarios import Origin, Step


def draw(place: DeltaGenerator, language: str) -> None:
    """Write the form and what is planned into a tab."""
    policy = state.current()
    sums = policy.sums
    with place:
        st.markdown(say("plan.lead", language))
        name = st.selectbox(
            say("plan.lever", language),
            list(by_name(sums)),
            index=None,
            format_func=lambda one: by_name(sums)[one].parameter.title(language),
            placeholder=say("plan.placeholder", language),
            key="plan-lever",
        )
        if name is not None:
            _form(by_name(sums)[name], policy, language)
        for number, step in enumerate(policy.steps):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(told(step, policy, language), width="content")
                st.button(say("plan.remove", language), key=f"plan-remove-{number}", on_click=_remove, args=(step,))
        for step in policy.inherited:
            st.caption(f"{told(step, policy, language)} · {say('plan.inherited', language)}")


def told(step: Step, policy: Policy, language: str) -> str:
    """What a planned change does, in a line."""
    lever = by_name(policy.sums)[step.parameter]
    return say(
        "planned.ramp" if step.over else "planned.line",
        language,
        title=lever.parameter.title(language),
        date=date_of(step.month, policy.start),
        over=step.over,
        after=lever.text(lever.shown(step.value), language),
    )


def _form(lever: Lever, policy: Policy, language: str) -> None:
    months = named(policy.parent).months
    with st.container(horizontal=True, vertical_alignment="bottom"):
        month = st.select_slider(
            say("plan.month", language),
            range(months),
            12,
            format_func=lambda month: date_of(month, policy.start),
            key="plan-month",
        )
        over = st.slider(say("plan.over", language), 0, 60, 0, key="plan-over")
        value = st.slider(
            say("plan.value", language),
            lever.low,
            lever.high,
            lever.today,
            lever.step,
            lever.format,
            key=f"plan-{lever.name}",
        )
    later = min(int(over), months - int(month))
    step = Step(lever.name, None, int(month), lever.value(value), later, Origin("", 0))
    st.button(say("plan.add", language), key="plan-add", on_click=_add, args=(step,), type="primary")


def _add(step: Step) -> None:
    now = state.current()
    kept = [s for s in now.steps if s.parameter != step.parameter or _apart(s, step)]
    state.change(replace(now, steps=tuple(sorted([*kept, step], key=lambda one: one.month))))


def _apart(one: Step, other: Step) -> bool:
    """Whether two changes of a lever do not run into each other."""
    first, second = sorted((one, other), key=lambda step: step.month)
    return first.month + max(first.over, 1) <= second.month


def _remove(step: Step) -> None:
    now = state.current()
    state.change(replace(now, steps=tuple(s for s in now.steps if s is not step)))
