"""The first page: today and one policy, drawn while they are simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import state
from dashboard.charts import HEIGHT
from dashboard.guard import guarded
from dashboard.levers import by_name, named
from dashboard.parts import plan, rests, take
from dashboard.runs import SIZES, refined
from dashboard.sidebar import changes
from dashboard.texts import say
from dashboard.view import Number, View, view
from orgsim.report.texts import say as report_say
from orgsim.scenarios import Scenario

EXAMPLES = ("balanced-package", "pay-support", "longer-contracts", "strict-penalty", "party-building")
INTRO, VIEW = "orgsim.intro", "orgsim.view"


def page() -> None:
    """Draw the last picture again, so that nothing fades, then write better numbers into the same places."""
    language = state.language()
    policy = state.current()
    baseline, scenario = policy.today(), policy.scenario()
    marks = dates(scenario, language)
    _intro(language)
    if not changes(policy, language):
        st.info(say("same", language))
    last: tuple[str, View] | None = st.session_state.get(VIEW)
    if last is not None and last[0] == language:
        places = _draw(last[1], language)
        pictures = refined(baseline, [scenario], lambda done, _: _refining(places.progress, done, language))
    else:
        with st.spinner(say("preparing", language)):
            first = next(refined(baseline, [scenario]))
        places = _draw(view(first, language, marks), language)
        pictures = refined(baseline, [scenario], lambda done, _: _refining(places.progress, done, language))
    rests.draw(places.rests, policy, scenario, language)
    plan.draw(places.plan, language)
    take.draw(places.take, policy, language)
    for comparison in pictures:
        shown = view(comparison, language, marks)
        places.update(shown)
        st.session_state[VIEW] = (language, shown)
        _refining(places.progress, shown.replications, language)


def _refining(place: DeltaGenerator, done: int, language: str) -> None:
    key = "settled" if done >= SIZES[-1] else "progress" if done else "computing"
    place.caption(say(key, language, done=done, all=SIZES[-1]), width="content")


def dates(scenario: Scenario, language: str) -> dict[str, str]:
    """When something begins that is planned, and what."""
    found: dict[str, str] = {}
    for step in scenario.schedule:
        title = by_name()[step.parameter].parameter.title(language)
        date = scenario.date(step.month)
        found[date] = title if date not in found or title in found[date] else f"{found[date]}\n{title}"
    return found


@dataclass(frozen=True)
class Places:
    """Where things stand on the page, to be written over."""

    title: DeltaGenerator
    lead: DeltaGenerator
    under: DeltaGenerator
    numbers: tuple[DeltaGenerator, ...]
    charts: Mapping[str, DeltaGenerator]
    progress: DeltaGenerator
    findings: DeltaGenerator
    groups: DeltaGenerator
    table: DeltaGenerator
    rests: DeltaGenerator
    plan: DeltaGenerator
    take: DeltaGenerator

    def update(self, shown: View) -> None:
        """Write new numbers over the old ones."""
        self.title.subheader(shown.title)
        self.under.caption(shown.under, width="content")
        self.lead.markdown(_sentences(shown))
        for place, number in zip(self.numbers, shown.numbers, strict=True):
            _figure(place, number)
        for name, place in self.charts.items():
            place.echarts_chart(shown.charts[name], height=HEIGHT, alt=shown.lead[0])
        self.findings.markdown("\n".join(f"- {text}" for text in shown.findings))
        self.groups.dataframe(shown.groups, hide_index=True, height="content")
        self.table.table(shown.table)


def _draw(shown: View, language: str) -> Places:
    title = st.subheader(shown.title)
    with st.container(horizontal=True, gap="small"):
        under = st.caption(shown.under, width="content")
        progress = st.caption(say("progress", language, done=shown.replications, all=SIZES[-1]), width="content")
    lead = st.markdown(_sentences(shown))
    numbers = tuple(
        _figure(column.container(border=True).markdown(""), number)
        for column, number in zip(st.columns(len(shown.numbers)), shown.numbers, strict=True)
    )
    charts = {}
    for column, (name, spec) in zip(st.columns(len(shown.charts)), shown.charts.items(), strict=True):
        column.markdown(f"**{say(f'chart.{name}', language)}**")
        charts[name] = column.echarts_chart(spec, height=HEIGHT, alt=shown.lead[0])
    st.caption(f"{say('chart.reading', language)} {report_say('caveat', language)}")
    flat = st.empty()
    if shown.flat:
        flat.warning(say("flat", language))
    tabs = st.tabs([say(f"tab.{name}", language) for name in ("findings", "groups", "rests", "data", "plan", "take")])
    return Places(
        title,
        lead,
        under,
        numbers,
        charts,
        progress,
        tabs[0].markdown("\n".join(f"- {text}" for text in shown.findings)),
        tabs[1].dataframe(shown.groups, hide_index=True, height="content"),
        tabs[3].table(shown.table),
        tabs[2],
        tabs[4],
        tabs[5],
    )


def _sentences(shown: View) -> str:
    first, *more = shown.lead
    return "\n\n".join([f"##### {first}", *more])


def _figure(place: DeltaGenerator, number: Number) -> DeltaGenerator:
    return place.markdown(
        f"{number.label}\n#### {number.value}\n{number.arrow} **{number.words}**<br>{number.change}",
        unsafe_allow_html=True,
    )


def _intro(language: str) -> None:
    if st.session_state.get(INTRO) == "closed":
        return
    with st.container(border=True):
        st.markdown(say("intro", language))
        with st.container(horizontal=True, gap="small"):
            st.markdown(say("example", language), width="content")
            for name in EXAMPLES:
                title = named(name).title(language)
                st.button(title, key=f"example-{name}", on_click=state.start_from, args=(name,))
            st.button(say("intro.close", language), key="close-intro", on_click=_close_intro, type="primary")


def _close_intro() -> None:
    st.session_state[INTRO] = "closed"


guarded(page)
