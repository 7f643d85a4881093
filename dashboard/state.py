"""What one visitor has open: kept in the session and in the address, with undo and redo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import copysign

import streamlit as st

from dashboard.district import TODAY, District, district_of
from dashboard.levers import by_name, comparable, levers
from dashboard.limits import SCENARIOS, check_scenarios
from dashboard.opening import opened
from dashboard.policy import (
    EXAMPLE,
    NULLS,
    Policy,
    beliefs_of,
    beliefs_text,
    moved_of,
    moved_text,
    packed,
    plan_of,
    plan_text,
    standing,
    unpacked,
)
from dashboard.texts import LANGUAGES
from orgsim.errors import InputError

VERSION = "1"
"""Of what an address means."""
LONGEST_UNDO = 100
_REST, _LAST, _LATER, _UNDO, _REDO, _KEPT, _WITH, _LANGUAGE, _NOTICE, _LOST = (
    f"orgsim.{word}" for word in "rest last later undo redo kept with language notice lost".split()
)


def begin(default_language: str) -> None:
    """At a visitor's first run, take over what the address says."""
    session, address = st.session_state, st.query_params
    if _REST in session:
        if _LATER in session:
            change(session.pop(_LATER))
        return
    session[_UNDO], session[_REDO], session[_KEPT], session[_WITH] = [], [], [], []
    session[_LANGUAGE] = address["lang"] if address.get("lang") in LANGUAGES else default_language
    parent = address.get("from", EXAMPLE)
    try:
        if parent not in comparable():
            raise InputError(parent)
        policy = Policy(
            parent,
            {**standing(parent), **moved_of(address.get("set", ""))},
            address.get("title", "")[:80],
            plan_of(address.get("plan", "")),
            beliefs_of(address.get("assume", "")),
            tuple(null for null in address.get("null", "").split(";") if null in NULLS),
        )
        policy = policy.within(district_of(address["people"]) if "people" in address else None)
        policy.scenario()
        mine = unpacked(address["mine"]) if "mine" in address else []
        check_scenarios(len(mine))
        for text in mine:
            opened(text, "link")
        session[_KEPT] = mine
        session[_WITH] = [name for name in address.get("with", "").split(";") if name in comparable()]
    except InputError as error:
        session[_NOTICE] = error.sentence(language())
        parent = parent if parent in comparable() else TODAY
        policy = Policy(parent, standing(parent))
    session[_LOST] = address.get("register", "")
    _put(policy)


def end() -> None:
    """At the end of the sidebar: remember the policy for undo, and write what sliders do not into the address."""
    policy = st.session_state[_LAST] = current()
    district, policy = policy.district, policy.within(None)  # money as in the baseline, wherever the link is opened
    _address(
        {
            "v": VERSION,
            "lang": language(),
            "people": district.address() if district else "",
            "register": district.upload.name if district and district.upload else "",
            "from": policy.parent,
            "set": moved_text(policy.moved),
            "title": policy.title,
            "plan": plan_text(policy.steps),
            "assume": beliefs_text(policy.assumptions),
            "null": ";".join(policy.nulls),
            "with": ";".join(st.session_state[_WITH]),
            "mine": packed(kept()) if kept() else "",
        }
    )


def _address(wanted: Mapping[str, str]) -> None:
    for key, value in wanted.items():
        if value and st.query_params.get(key) != value:
            st.query_params[key] = value
        elif not value and key in st.query_params:
            del st.query_params[key]


def language() -> str:
    """'zh' or 'en'."""
    return str(st.session_state[_LANGUAGE])


def switch_language() -> None:
    st.session_state[_LANGUAGE] = "en" if language() == "zh" else "zh"


def notice() -> str:
    """What could not be read in the link, once."""
    return str(st.session_state.pop(_NOTICE, ""))


def lost_register() -> str:
    """Name of the register that the link's district was made from, which no link can hold, once."""
    return str(st.session_state.pop(_LOST, ""))


def current() -> Policy:
    """The policy as sliders and the rest stand now."""
    rest: Policy = st.session_state[_REST]
    there = standing(rest.parent, rest.sums)
    positions = {lever.name: st.session_state.get(lever.name, there[lever.name]) for lever in levers()}
    return replace(rest, positions=positions)


def hold(lever: str, shown: float) -> None:
    """Keep where a slider stands that is not drawn: Streamlit forgets what it does not see."""
    st.session_state[lever] = shown


def moved() -> None:
    """Called when a slider has moved: what stood before can be had again."""
    _remember(st.session_state[_LAST])


def change(policy: Policy) -> None:
    """Put another policy in place of the present one."""
    _remember(st.session_state.get(_LAST, policy))
    _put(policy)


def change_later(policy: Policy) -> None:
    """Like `change`, for a page that is being drawn: sliders that are drawn already move at the next run."""
    st.session_state[_LATER] = policy


def start_from(name: str) -> None:
    """Begin anew from a shipped scenario; assumptions stay."""
    now = current()
    change(replace(now, parent=name, positions=standing(name, now.sums), title="", steps=()))


def settle(district: District | None) -> None:
    """Make a district that of all policies, or go back to the baseline's."""
    change(current().within(district))


def undo() -> None:
    session = st.session_state
    if session[_UNDO]:
        session[_REDO].append(current())
        _put(session[_UNDO].pop())


def redo() -> None:
    session = st.session_state
    if session[_REDO]:
        session[_UNDO].append(current())
        _put(session[_REDO].pop())


def next_moves() -> list[Policy]:
    """Where the slider that was moved last may go next: a step further the same way, a step back."""
    session, now = st.session_state, current()
    before = session[_UNDO][-1] if session[_UNDO] else now
    moved = [name for name, shown in now.positions.items() if shown != before.positions.get(name)]
    if len(moved) != 1:
        return []
    lever, at = by_name(now.sums)[moved[0]], now.positions[moved[0]]
    step = copysign(lever.step, at - before.positions[lever.name])
    places = (round(at + step, 8), round(at - step, 8))
    return [
        replace(now, positions={**now.positions, lever.name: shown})
        for shown in places
        if lever.low <= shown <= lever.high
    ]


def can_undo() -> bool:
    return bool(st.session_state[_UNDO])


def can_redo() -> bool:
    return bool(st.session_state[_REDO])


def reset_lever(name: str) -> None:
    """One lever back to today, its plan with it."""
    now = current()
    steps = tuple(step for step in now.steps if step.parameter != name)
    change(replace(now, positions={**now.positions, name: standing(TODAY, now.sums)[name]}, steps=steps))


def kept() -> list[str]:
    """Texts of the policies put aside for comparison."""
    return list(st.session_state[_KEPT])


def keep(text: str) -> None:
    """Put a policy aside, as long as there is room for it."""
    if text not in st.session_state[_KEPT] and len(st.session_state[_KEPT]) < SCENARIOS:
        st.session_state[_KEPT] = [*st.session_state[_KEPT], text]


def drop(text: str) -> None:
    st.session_state[_KEPT] = [one for one in st.session_state[_KEPT] if one != text]


def chosen() -> list[str]:
    """Names of the shipped scenarios that are compared beside the visitor's own."""
    return list(st.session_state[_WITH])


def choose(names: list[str]) -> None:
    st.session_state[_WITH] = names


def _remember(policy: Policy) -> None:
    session = st.session_state
    session[_UNDO] = [*session[_UNDO], policy][-LONGEST_UNDO:]
    session[_REDO] = []


def _put(policy: Policy) -> None:
    st.session_state[_REST] = replace(policy, positions={})
    st.session_state.update(policy.positions)
