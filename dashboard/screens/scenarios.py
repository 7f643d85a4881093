"""Several policies at once: shipped ones, the present one and those put aside, each against today; files and links."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import state
from dashboard.district import ENDINGS, FILE, TODAY
from dashboard.guard import guarded
from dashboard.levers import comparable, named
from dashboard.limits import SCENARIOS
from dashboard.opening import opened, opened_files
from dashboard.parts import files, levers_button, take
from dashboard.parts.waiting import Waiting
from dashboard.policy import Policy, beyond, standing
from dashboard.runs import SIZES, refined
from dashboard.sidebar import changes, district_line
from dashboard.texts import say
from dashboard.view import Several, several
from orgsim.errors import InputError
from orgsim.report.texts import say as report_say
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
    _results(take.several(state.current(), others), language)
    st.markdown(f"**{say('scenarios.link', language)}**")
    district = state.current().district
    held = district is not None and district.upload is not None
    st.caption(say("district.now.upload" if held else "scenarios.link.hint", language))
    st.code(link(), language=None, wrap_lines=True)
    levers_button.draw(language)


def link() -> str:
    """The address that reopens what is open now."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{urlencode(dict(st.query_params))}"


def _present(language: str) -> None:
    policy = state.current()
    with st.container(border=True):
        st.markdown(f"**{say('scenarios.this', language, title=policy.called(language))}**")
        lines = changes(policy, language)
        if policy.district is not None:
            lines.insert(0, district_line(policy.district, language))
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
            st.button(say("scenarios.keep", language), key="keep", on_click=state.keep, args=(_plain(policy),))
            _download(policy, FILE, "download-yaml", language)


def _download(policy: Policy, name: str, key: str, language: str) -> None:
    file, content, kind = policy.download(name)
    label = say("scenarios.download" if policy.district is None else "scenarios.download.zip", language)
    st.download_button(label, content, file, kind, on_click="ignore", key=key)


def _file(language: str) -> None:
    with st.expander(say("scenarios.load", language)):
        st.caption(say("scenarios.load.hint", language))
        endings = ["yaml", "yml", "zip", *ENDINGS]
        given = files.chosen(say("scenarios.load", language), endings, "scenario-file", language, several=True)
        ids = tuple(one.file_id for one in given)
        if not given or st.session_state.get("orgsim.opened") == ids:
            return
        try:
            policy = opened_files({one.name: one.getvalue() for one in given})
        except InputError as error:
            st.error(error.sentence(language))
        else:
            st.session_state["orgsim.opened"] = ids
            state.change_later(policy)
            st.rerun()


def _others(language: str) -> list[tuple[str, Policy]]:
    """What is compared with today, and under which file name."""
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
            _download(policy, f"policy-{number + 1}.yaml", f"download-{number}", language)
            st.button(say("scenarios.drop", language), key=f"drop-{number}", on_click=state.drop, args=(text,))
    asked = [believing(Policy(name, standing(name)), now) for name in state.chosen()]
    listed = [(FILE, now)] if changes(now, language) and _plain(now) not in state.kept() else []
    listed += [(f"{name}-here.yaml", policy) for name, policy in zip(state.chosen(), asked, strict=True)]
    listed += [(f"policy-{number}.yaml", policy) for number, policy in enumerate(mine, 1)]
    if left := [policy.called(language) for _, policy in listed[SCENARIOS:]]:
        listing = ("、" if language == "zh" else ", ").join(left)
        st.warning(say("scenarios.left", language, most=SCENARIOS, names=listing))
    elif len(listed) == SCENARIOS:
        st.caption(say("scenarios.most", language, most=SCENARIOS))
    return listed[:SCENARIOS]


def believing(policy: Policy, now: Policy) -> Policy:
    """A policy under the assumptions and in the district that hold now, so that all are compared in the same one."""
    return replace(policy.within(now.district), assumptions=now.assumptions, nulls=now.nulls)


def _plain(policy: Policy) -> str:
    """The text by which a policy is put aside: as in the baseline's district, so that it fits any other."""
    return policy.within(None).text()


def _use(text: str) -> None:
    state.change(believing(opened(text, FILE), state.current()))


def _results(what: take.Taken, language: str) -> None:
    baseline, *others = what.scenarios
    waiting = Waiting(language, st.caption(say("computing", language)))
    st.markdown(f"**{say('scenarios.result', language, baseline=baseline.title(language))}**")
    last: tuple[str, Several] | None = st.session_state.get(SEVERAL)
    with closing(refined(baseline, others, waiting.told)) as pictures:
        if last is None or last[0] != language:
            last = st.session_state[SEVERAL] = (language, several(next(pictures), language))
        places = _draw(last[1], language)
        st.caption(report_say("caveat", language))
        with st.expander(say("tab.take", language)):
            st.caption(say("take.hint", language))
            with st.container(horizontal=True, gap="small"):
                take.buttons(lambda: what, language)
            st.caption(say("take.zip.note", language))
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
