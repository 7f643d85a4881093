"""The levers: where a policy begins, what is moved, and the way back. Drawn by the entry script, for every page."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.district import TODAY, District
from dashboard.levers import GROUPS, Lever, by_name, comparable, levers, named
from dashboard.policy import Policy
from dashboard.texts import say
from orgsim.core.parameters import Parameter
from orgsim.core.sources import in_language
from orgsim.report.amounts import choice_text, unit_text
from orgsim.report.bibliography import OWN, entries

OPEN = ("funding", "people")
"""Groups that are open at first."""


def sidebar() -> None:
    """Draw it, and take the moves."""
    language = state.language()
    policy = state.current()
    with st.sidebar:
        _back(language)
        _start(language)
        _people(policy, language)
        _reset_one(language)
        dated = {step.parameter for step in policy.inherited}
        for group in GROUPS:
            some = [lever for lever in levers(policy.sums) if lever.group == group]
            first, rest = ([lever for lever in some if lever.first is wanted] for wanted in (True, False))
            drawer = st.expander(
                say(f"group.{group}", language), expanded=group in OPEN, key=f"group-{group}", on_change="rerun"
            )
            with drawer:
                _sliders(first, policy, dated, language, drawer.open)
                if rest and drawer.open:
                    more = st.expander(say("more", language), key=f"more-{group}", on_change="rerun")
                    with more:
                        _sliders(rest, policy, dated, language, more.open)
                else:
                    _sliders(rest, policy, dated, language, False)


def _sliders(some: list[Lever], policy: Policy, dated: set[str], language: str, seen: bool | None) -> None:
    """Draw some levers if they can be seen: the browser takes longest over what is on a page. Else they stay put."""
    for lever in some:
        if seen:
            _slider(lever, language, lever.name in dated)
        else:
            state.hold(lever.name, policy.positions[lever.name])


def changes(policy: Policy, language: str) -> list[str]:
    """What a policy changes against today, one line each."""
    lines = []
    for lever in levers(policy.sums):
        shown = policy.positions[lever.name]
        if shown != lever.today:
            before, after = lever.text(lever.today, language), lever.text(shown, language)
            title = lever.parameter.title(language)
            lines.append(say("changed.line", language, title=title, before=before, after=after))
    scenario = policy.scenario()
    for step in scenario.schedule:
        lever = by_name(policy.sums)[step.parameter]
        key = "planned.ramp" if step.over else "planned.line"
        after, date = lever.text(lever.shown(step.value), language), scenario.date(step.month)
        title = lever.parameter.title(language)
        lines.append(say(key, language, title=title, date=date, over=step.over, after=after))
    return lines


def card(parameter: Parameter, language: str) -> str:
    """What a value rests on, in a line."""
    source = parameter.source
    reading = say(f"reading.{source.reading}", language)
    cited = source_text(parameter, language)
    return say("help.source", language, source=cited, grade=source.grade, reading=reading)


def source_text(parameter: Parameter, language: str) -> str:
    """Where a value comes from."""
    source = parameter.source
    where = in_language(source.where, language)
    if source.cite == OWN:
        return say("source.own" if where else "source.bare", language, where=where)
    return f"{entries()[source.cite]} {where}".rstrip("; ")


def _start(language: str) -> None:
    st.session_state["start_from"] = state.current().parent
    st.selectbox(
        say("start_from", language),
        comparable(),
        format_func=lambda name: named(name).title(language),
        key="start_from",
        on_change=lambda: state.start_from(st.session_state["start_from"]),
    )


def _back(language: str) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        st.button(say("other_language", language), on_click=state.switch_language, key="switch-language")
        st.button(say("undo", language), on_click=state.undo, disabled=not state.can_undo(), key="undo")
        st.button(say("redo", language), on_click=state.redo, disabled=not state.can_redo(), key="redo")
        st.button(say("reset", language), on_click=state.start_from, args=(TODAY,), key="reset")


def _people(policy: Policy, language: str) -> None:
    """Whose district it is, where it is not the baseline's, and the way back."""
    if policy.district is None:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.badge(district_line(policy.district, language), icon=":material/location_city:", color="violet")
        st.button(
            say("district.back", language), key="people-back", on_click=state.settle, args=(None,), type="tertiary"
        )


def district_line(district: District, language: str) -> str:
    """A district of one's own in a few words."""
    key = "district.badge.typed" if district.upload is None else "district.badge.register"
    return say(key, language, total=f"{district.total:,}")


def _reset_one(language: str) -> None:
    policy = state.current()
    lines = changes(policy, language)
    if not lines:
        st.caption(say("changed.none", language))
        return
    names = [lever.name for lever in levers(policy.sums) if policy.positions[lever.name] != lever.today]
    with st.popover(say("changed", language, count=len(lines)), width="stretch"):
        st.caption(say("reset_one", language))
        for name, line in zip(names, lines, strict=False):  # what is planned comes after what is moved
            st.button(line, key=f"reset-{name}", on_click=state.reset_lever, args=(name,), width="stretch")
        for line in lines[len(names) :]:
            st.markdown(line)


def _slider(lever: Lever, language: str, dated: bool) -> None:
    parameter = lever.parameter
    lines = [parameter.meaning(language), say("help.today", language, today=lever.text(lever.today, language))]
    if dated:
        lines.append(say("help.planned", language))
    lines.append(card(parameter, language))
    unit = unit_text(lever.unit, language)
    suffix = f"（{unit}）" if language == "zh" else f" ({unit})"
    label = parameter.title(language) + (suffix if unit and not lever.choices else "")
    if lever.choices:
        words = " / ".join(f"{n} {choice_text(choice, language)}" for n, choice in enumerate(lever.choices))
        label += f"（{words}）" if language == "zh" else f" ({words})"
    st.slider(
        label,
        lever.low,
        lever.high,
        lever.today,
        lever.step,
        format=lever.format,
        key=lever.name,
        help="\n\n".join(lines),
        on_change=state.moved,
    )
