"""Assumptions: every uncertain value with range, grade and source; what is changed here holds for today and policy."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import state
from dashboard.guard import guarded
from dashboard.parts import doubted, robust, swings
from dashboard.policy import NULLS, Policy
from dashboard.sidebar import card, source_text
from dashboard.texts import say
from orgsim.core.parameters import KINDS, Parameter
from orgsim.errors import unit_name
from orgsim.report.amounts import choice_text
from orgsim.report.texts import say as report_say
from orgsim.scenarios.load import default_space
from orgsim.scenarios.values import number_text, value_text
from orgsim.scenarios.write import Key


def page() -> None:
    """Whether the finding stands, the nulls, one value to change at a time, both doubts, a tornado, and all values."""
    language = state.language()
    uncertain = [p for p in default_space().values() if p.role == "uncertainty"]
    policy = state.current()
    st.subheader(say("assumptions.head", language))
    st.markdown(say("assumptions.lead", language, count=len(uncertain)))
    stands = st.container()
    _nulls(language)
    _one(uncertain, language)
    doubts, tornado = st.container(border=True), st.container(border=True)
    st.markdown(f"**{say('assumptions.table', language)}**")
    st.dataframe(table(uncertain, policy.beliefs, language), hide_index=True, height=420)
    with stands:  # what takes seconds comes last, when all that can be changed is there
        _stands(policy, language)
    with doubts:
        doubted.draw(policy, language)
    with tornado:
        swings.draw(policy.today(), policy.scenario(), language)


def _stands(policy: Policy, language: str) -> None:
    """What becomes of the finding, at the top; what is to be changed stands below already while it is computed."""
    if not policy.beliefs:
        st.info(say("robust.none", language))
        return
    st.button(say("assumptions.reset", language), key="reset-assumptions", on_click=_reset)
    robust.draw(policy, language)


def table(uncertain: list[Parameter], beliefs: dict[Key, float], language: str) -> pd.DataFrame:
    """One row an uncertain value."""
    rows = []
    for parameter in uncertain:
        kinds = KINDS if parameter.by_kind else (None,)
        values = [beliefs.get((parameter.name, k), v) for k, v in zip(kinds, parameter.values, strict=True)]
        texts = [value_text(parameter, value) for value in values]
        low, high = (number_text(bound) for bound in parameter.range)
        rows.append(
            {
                say("assumptions.name", language): parameter.title(language),
                say("assumptions.now", language): texts[0] if len(set(texts)) == 1 else " / ".join(texts),
                say("assumptions.range", language): f"{low} – {high}",
                say("assumptions.unit", language): unit_name(parameter.unit, language),
                say("assumptions.grade", language): parameter.source.grade,
                say("assumptions.reading", language): say(f"reading.{parameter.source.reading}", language),
                say("assumptions.source", language): source_text(parameter, language),
                say("assumptions.meaning", language): parameter.meaning(language),
            }
        )
    return pd.DataFrame(rows)


def _nulls(language: str) -> None:
    with st.container(border=True):
        st.markdown(f"**{say('assumptions.nulls', language)}**")
        st.caption(say("assumptions.nulls.lead", language))
        for name in NULLS:
            st.session_state[f"null-{name}"] = name in state.current().nulls
            st.toggle(say(f"null.{name}", language), key=f"null-{name}", on_change=_switch, args=(name,))


def _one(uncertain: list[Parameter], language: str) -> None:
    by_name = {parameter.name: parameter for parameter in uncertain}
    with st.container(border=True):
        name = st.selectbox(
            say("assumptions.choose", language),
            list(by_name),
            index=None,
            format_func=lambda name: f"{by_name[name].title(language)} · {name}",
            placeholder=say("assumptions.placeholder", language),
            key="assumption",
        )
        if name is None:
            return
        parameter = by_name[name]
        st.markdown(parameter.meaning(language))
        st.caption(card(parameter, language))
        beliefs = state.current().beliefs
        for kind, value in zip(KINDS if parameter.by_kind else (None,), parameter.values, strict=True):
            _value(parameter, kind, beliefs.get((name, kind), value), value, language)


def _value(parameter: Parameter, kind: str | None, now: float, default: float, language: str) -> None:
    low, high = parameter.range
    key = f"value-{parameter.name}-{kind}"
    bounds = {"low": number_text(low), "high": number_text(high)}
    label = say("assumptions.value", language, unit=unit_name(parameter.unit, language), **bounds)
    if kind is not None:
        label = f"{report_say(f'stratum.kind={kind}', language)} · {label}"
    st.session_state[key] = int(now) if parameter.choices else float(now)
    if parameter.choices:
        codes = list(range(len(parameter.choices)))
        st.radio(
            label,
            codes,
            format_func=lambda n: choice_text(parameter.choices[n], language),
            key=key,
            on_change=_set,
            args=(parameter.name, kind, key),
        )
    else:
        st.number_input(
            label,
            float(low),
            float(high),
            step=(high - low) / 50.0,
            format="%.6g",
            key=key,
            on_change=_set,
            args=(parameter.name, kind, key),
        )
    st.caption(say("assumptions.default", language, value=value_text(parameter, default)))


def _set(name: str, kind: str | None, key: str) -> None:
    now, value = state.current(), float(st.session_state[key])
    kept = {known: held for known, held in now.assumptions.items() if known != (name, kind)}
    parameter = default_space()[name]
    default = parameter.values[KINDS.index(kind) if kind else 0]
    if value != now_without(now, name, kind, default):
        kept[name, kind] = value
    state.change(replace(now, assumptions=kept))


def now_without(policy: Policy, name: str, kind: str | None, default: float) -> float:
    """What a value is if it is not changed by hand: that of a null that is switched on, else the default."""
    return replace(policy, assumptions={}).beliefs.get((name, kind), default)


def _switch(name: str) -> None:
    now = state.current()
    wanted = st.session_state[f"null-{name}"]
    state.change(
        replace(now, nulls=tuple(n for n in NULLS if (n == name and wanted) or (n != name and n in now.nulls)))
    )


def _reset() -> None:
    state.change(replace(state.current(), assumptions={}, nulls=()))


guarded(page)
