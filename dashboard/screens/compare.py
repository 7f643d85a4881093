"""The first page: today and one policy, drawn while they are simulated."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import state
from dashboard.charts import HEIGHT
from dashboard.guard import guarded
from dashboard.levers import by_name, named
from dashboard.parts import levers_button, plan, rests, take
from dashboard.parts.waiting import Waiting
from dashboard.runs import SIZES, likely, refined
from dashboard.sidebar import changes
from dashboard.texts import say
from dashboard.view import Details, Glance, Number, details, glance
from orgsim.report.findings import findings
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
    intro, same = st.container(), st.empty()  # always there, so that what comes below keeps its place
    _intro(intro, language)
    if not changes(policy, language):
        same.info(say("same", language))
    last: tuple[str, Glance, Details] | None = st.session_state.get(VIEW)
    waiting = Waiting(language)
    with closing(refined(baseline, [scenario], waiting.told)) as pictures:
        if last is None or last[0] != language:
            with st.spinner(say("preparing", language)):
                first = next(pictures)
            found = findings(first, language)
            last = (language, glance(first, found, language, marks), details(first, found, language))
            st.session_state[VIEW] = last
        shown, beside = last[1:]
        places = _draw(shown, beside, language)
        waiting.place = places.progress
        rests.draw(places.rests, policy, scenario, language)
        plan.draw(places.plan, language)
        take.draw(places.take, policy, language)
        for comparison in pictures:
            found = findings(comparison, language)
            shown = glance(comparison, found, language, marks)
            places.update(shown)
            st.session_state[VIEW] = (language, shown, beside)
            waiting.told(shown.replications)
            beside = details(comparison, found, language)
            places.fill(beside, language)
            st.session_state[VIEW] = (language, shown, beside)
    waiting.told(SIZES[-1])
    likely([one.scenario() for one in state.next_moves()])


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
    flat: DeltaGenerator
    findings: DeltaGenerator
    groups: DeltaGenerator
    table: DeltaGenerator
    rests: DeltaGenerator
    plan: DeltaGenerator
    take: DeltaGenerator

    def update(self, shown: Glance) -> None:
        """Write what is seen first over what stood there."""
        self.lead.markdown(_sentences(shown))
        for place, number in zip(self.numbers, shown.numbers, strict=True):
            _figure(place, number)
        for name, place in self.charts.items():
            place.echarts_chart(shown.charts[name], height=HEIGHT, alt=shown.lead[0])
        self.title.subheader(shown.title)
        self.under.caption(shown.under, width="content")

    def fill(self, beside: Details, language: str) -> None:
        """Write the rest."""
        self.findings.markdown("\n".join(f"- {text}" for text in beside.findings))
        self.groups.dataframe(beside.groups, hide_index=True, height="content")
        self.table.table(beside.table)
        _flat(self.flat, beside, language)


def _draw(shown: Glance, beside: Details, language: str) -> Places:
    title = st.subheader(shown.title)
    with st.container(horizontal=True, gap="small"):
        under = st.caption(shown.under, width="content")
        progress = st.caption(say("computing", language), width="content")
    lead = st.markdown(_sentences(shown))
    numbers = tuple(
        _figure(column.container(border=True, height="stretch").markdown(""), number)
        for column, number in zip(st.columns(len(shown.numbers)), shown.numbers, strict=True)
    )
    charts = {}
    for column, (name, spec) in zip(st.columns(len(shown.charts)), shown.charts.items(), strict=True):
        column.markdown(f"**{say(f'chart.{name}', language)}**")
        charts[name] = column.echarts_chart(spec, height=HEIGHT, alt=shown.lead[0])
    st.caption(f"{say('chart.reading', language)} {report_say('caveat', language)}")
    flat = st.empty()
    _flat(flat, beside, language)
    tabs = st.tabs([say(f"tab.{name}", language) for name in ("findings", "groups", "rests", "data", "plan", "take")])
    levers_button.draw(language)
    return Places(
        title,
        lead,
        under,
        numbers,
        charts,
        progress,
        flat,
        tabs[0].markdown("\n".join(f"- {text}" for text in beside.findings)),
        tabs[1].dataframe(beside.groups, hide_index=True, height="content"),
        tabs[3].table(beside.table),
        tabs[2],
        tabs[4],
        tabs[5],
    )


def _sentences(shown: Glance) -> str:
    first, *more = shown.lead
    return "\n\n".join([f"##### {first}", *more])


def _flat(place: DeltaGenerator, beside: Details, language: str) -> None:
    if beside.flat:
        place.warning(say("flat", language))
    else:
        place.empty()


def _figure(place: DeltaGenerator, number: Number) -> DeltaGenerator:
    return place.markdown(
        f"{number.label}\n#### {number.value}\n{number.arrow} **{number.words}**<br>{number.change}",
        unsafe_allow_html=True,
    )


def _intro(place: DeltaGenerator, language: str) -> None:
    if st.session_state.get(INTRO) == "closed":
        return
    with place.container(border=True):
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
