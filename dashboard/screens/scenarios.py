"""Several policies at once: shipped ones, the present one and those put aside, each against today; files and links."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import state
from dashboard.guard import guarded
from dashboard.levers import comparable, named
from dashboard.limits import SCENARIO_FILE, SCENARIOS, check_file, told
from dashboard.parts.waiting import Waiting
from dashboard.policy import FILE, TODAY, Policy, beyond, opened, standing
from dashboard.runs import SIZES, refined
from dashboard.sidebar import changes
from dashboard.texts import say
from dashboard.view import Several, several
from orgsim.errors import InputError
from orgsim.report.texts import say as report_say
from orgsim.scenarios import Scenario
from orgsim.scenarios.values import number_text

SEVERAL = "orgsim.several"


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
    label = say("scenarios.load", language, most=SCENARIO_FILE)
    with st.expander(label):
        given = st.file_uploader(label, ["yaml", "yml"], key="scenario-file", label_visibility="collapsed")
        if given is None or st.session_state.get("orgsim.opened") == given.file_id:
            return
        try:
            check_file(given.name, given.size, SCENARIO_FILE)
            policy = opened(given.getvalue().decode("utf-8"), given.name)
        except UnicodeDecodeError:
            st.error(f"{given.name}: is not UTF-8 text (perhaps GBK); save it as UTF-8")
        except InputError as error:
            st.error(told(error, language))
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
        max_selections=SCENARIOS,
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
    listed = [(FILE, now)] if changes(now, language) and now.text() not in state.kept() else []
    listed += [(name, policy) for name, policy in zip(state.chosen(), asked, strict=True)]
    listed += [(f"policy-{number}.yaml", policy) for number, policy in enumerate(mine, 1)]
    if left := [policy.called(language) for _, policy in listed[SCENARIOS:]]:
        listing = ("、" if language == "zh" else ", ").join(left)
        st.warning(say("scenarios.left", language, most=SCENARIOS, names=listing))
    elif len(listed) == SCENARIOS:
        st.caption(say("scenarios.most", language, most=SCENARIOS))
    return [policy.scenario(name) for name, policy in listed[:SCENARIOS]]


def believing(policy: Policy, now: Policy) -> Policy:
    """A policy under the assumptions that hold now, so that all are compared under the same ones."""
    return replace(policy, assumptions=now.assumptions, nulls=now.nulls)


def _use(text: str) -> None:
    state.change(believing(opened(text, FILE), state.current()))


def _results(others: list[Scenario], language: str) -> None:
    baseline = state.current().today()
    waiting = Waiting(language, st.caption(say("computing", language)))
    st.markdown(f"**{say('scenarios.result', language, baseline=baseline.title(language))}**")
    last: tuple[str, Several] | None = st.session_state.get(SEVERAL)
    with closing(refined(baseline, others, waiting.told)) as pictures:
        if last is None or last[0] != language:
            last = st.session_state[SEVERAL] = (language, several(next(pictures), language))
        places = _draw(last[1], language)
        st.caption(report_say("caveat", language))
        for comparison in pictures:
            shown = several(comparison, language)
            places.update(shown)
            st.session_state[SEVERAL] = (language, shown)
            waiting.told(comparison.baseline.replications)
    waiting.told(SIZES[-1])


@dataclass(frozen=True)
class Places:
    """Where results stand, to be written over."""

    table: DeltaGenerator
    key: DeltaGenerator
    charts: Mapping[str, DeltaGenerator]
    words: DeltaGenerator
    alt: Mapping[str, str]

    def update(self, shown: Several) -> None:
        self.table.table(shown.table)
        self.key.markdown(shown.key, unsafe_allow_html=True)
        for name, place in self.charts.items():
            place.echarts_chart(shown.charts[name], height=shown.height, alt=self.alt[name])
        self.words.markdown("\n".join(shown.words))


def _draw(shown: Several, language: str) -> Places:
    least = 7 * (1 + len(shown.table.columns))  # on a telephone the table is wider than the page, and is pushed aside
    st.html(
        "<style>.st-key-differences [data-testid=stTable] {overflow-x: auto}"
        f".st-key-differences table {{min-width: {least}em}}</style>"
    )
    table = st.container(key="differences").table(shown.table)
    key = st.markdown(shown.key, unsafe_allow_html=True)
    alt = {name: say(f"chart.{name}", language) for name in shown.charts}
    charts = {}
    for column, (name, spec) in zip(st.columns(2), shown.charts.items(), strict=True):
        column.markdown(f"**{alt[name]}**")
        charts[name] = column.echarts_chart(spec, height=shown.height, alt=alt[name])
    return Places(table, key, charts, st.markdown("\n".join(shown.words)), alt)


guarded(page)
