"""Several policies at once: shipped ones, the present one and those put aside, each against today; files and links."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from dashboard import state
from dashboard.charts import HEIGHT
from dashboard.guard import guarded
from dashboard.levers import comparable, named
from dashboard.policy import FILE, TODAY, Policy, beyond, opened, standing
from dashboard.runs import SIZES, refined
from dashboard.sidebar import changes
from dashboard.texts import say
from dashboard.view import several
from orgsim.errors import InputError
from orgsim.report.texts import say as report_say
from orgsim.scenarios import Scenario
from orgsim.scenarios.values import number_text

MOST = 4


def page() -> None:
    """The present policy, others beside it, and what differs."""
    language = state.language()
    _present(language)
    _file(language)
    others = _others(language)
    if not others:
        st.info(say("scenarios.empty", language))
        return
    _results(others, language)
    st.markdown(f"**{say('scenarios.link', language)}**")
    st.caption(say("scenarios.link.hint", language))
    st.code(link(), language=None, wrap_lines=True)


def link() -> str:
    """The address that reopens what is open now."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{urlencode(dict(st.query_params))}"


def _present(language: str) -> None:
    policy = state.current()
    with st.container(border=True):
        st.markdown(f"**{say('scenarios.this', language, title=policy.called(language))}**")
        lines = changes(policy, language)
        st.markdown("　".join(lines) if lines else say("changed.none", language))
        for lever, value in beyond(policy.parent):
            title = lever.parameter.title(language)
            st.caption(say("scenarios.far", language, title=title, value=number_text(value / lever.factor)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                say("scenarios.name", language),
                policy.title,
                max_chars=60,
                key="policy-name",
                on_change=lambda: state.change(replace(state.current(), title=st.session_state["policy-name"].strip())),
            )
            st.button(say("scenarios.keep", language), key="keep", on_click=state.keep, args=(policy.text(),))
            st.download_button(
                say("scenarios.download", language),
                policy.text(),
                FILE,
                "application/yaml",
                on_click="ignore",
                key="download-yaml",
            )


def _file(language: str) -> None:
    with st.expander(say("scenarios.load", language)):
        given = st.file_uploader(
            say("scenarios.load", language), ["yaml", "yml"], key="scenario-file", label_visibility="collapsed"
        )
        if given is None or st.session_state.get("orgsim.opened") == given.file_id:
            return
        try:
            policy = opened(given.getvalue().decode("utf-8"), given.name)
        except UnicodeDecodeError:
            st.error(f"{given.name}: is not UTF-8 text (perhaps GBK); save it as UTF-8")
        except InputError as error:
            st.error(str(error))
        else:
            st.session_state["orgsim.opened"] = given.file_id
            state.change_later(policy)
            st.rerun()


def _others(language: str) -> list[Scenario]:
    names = [name for name in comparable() if name != TODAY]
    st.multiselect(
        say("scenarios.choose", language),
        names,
        state.chosen(),
        format_func=lambda name: named(name).title(language),
        max_selections=MOST,
        placeholder=say("scenarios.placeholder", language),
        key="with",
        on_change=lambda: state.choose(st.session_state["with"]),
    )
    now = state.current()
    mine = [believing(opened(text, f"policy-{number}.yaml"), now) for number, text in enumerate(state.kept(), 1)]
    for number, (policy, text) in enumerate(zip(mine, state.kept(), strict=True)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(policy.called(language), width="content")
            st.button(say("scenarios.use", language), key=f"use-{number}", on_click=_use, args=(text,))
            st.download_button(
                say("scenarios.download", language),
                text,
                f"policy-{number + 1}.yaml",
                "application/yaml",
                on_click="ignore",
                key=f"download-{number}",
            )
            st.button(say("scenarios.drop", language), key=f"drop-{number}", on_click=state.drop, args=(text,))
    asked = [believing(Policy(name, standing(name)), now) for name in state.chosen()]
    if len(asked) + len(mine) >= MOST:
        st.caption(say("scenarios.most", language, most=MOST))
    listed = [(FILE, now)] if changes(now, language) and now.text() not in state.kept() else []
    listed += [(name, policy) for name, policy in zip(state.chosen(), asked, strict=True)]
    listed += [(f"policy-{number}.yaml", policy) for number, policy in enumerate(mine, 1)]
    return [policy.scenario(name) for name, policy in listed[:MOST]]


def believing(policy: Policy, now: Policy) -> Policy:
    """A policy under the assumptions that hold now, so that all are compared under the same ones."""
    return replace(policy, assumptions=now.assumptions, nulls=now.nulls)


def _use(text: str) -> None:
    state.change(believing(opened(text, FILE), state.current()))


def _results(others: list[Scenario], language: str) -> None:
    baseline = state.current().today()
    waiting = st.empty()

    def step(done: int, size: int) -> None:
        waiting.caption(say("progress", language, done=done, all=size))

    pictures = refined(baseline, others, step)
    table, charts, words = several(next(pictures), language)
    waiting.caption(say("progress", language, done=SIZES[0], all=SIZES[-1]))
    st.markdown(f"**{say('scenarios.result', language, baseline=baseline.title(language))}**")
    places = [st.table(table)]
    for column, (name, spec) in zip(st.columns(2), charts.items(), strict=True):
        column.markdown(f"**{say(f'chart.{name}', language)}**")
        places.append(column.echarts_chart(spec, height=HEIGHT, alt=say(f"chart.{name}", language)))
    sentences = st.markdown("\n".join(words))
    st.caption(report_say("caveat", language))
    for better in pictures:
        table, charts, words = several(better, language)
        places[0].table(table)
        for place, (name, spec) in zip(places[1:], charts.items(), strict=True):
            place.echarts_chart(spec, height=HEIGHT, alt=say(f"chart.{name}", language))
        sentences.markdown("\n".join(words))
    waiting.caption(say("settled", language, all=SIZES[-1]))


guarded(page)
