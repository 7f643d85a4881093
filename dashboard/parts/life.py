"""One organization's or one person's life, under today and under the policy, with the same luck."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dashboard.bars import life_chart
from dashboard.names import column_called
from dashboard.reasons import life_of
from dashboard.texts import say
from orgsim.core.parameters import KINDS
from orgsim.explain.lives import MORALE, Entity, Event, Life, Lives, cases, events
from orgsim.outcomes.strata import SIZES
from orgsim.report.texts import say as report_say
from orgsim.scenarios import Scenario

CASES = ((False, True), (True, False), (True, True), (False, False))
"""Well under today, well under the policy: first those that the policy keeps, then those it loses."""
CHARTS: dict[str, tuple[str, ...]] = {
    "organization": ("months_of_cash", "headcount", MORALE, "credibility", "income", "quality"),
    "staff": ("satisfaction", "burnout", "pay_gap", "quit_probability", "pay", "skill"),
}
CHIEF = {"organization": "cash", "staff": "quit_probability"}
"""The number that is asked about first."""
HEIGHT = 150
HORIZONS = (12, 36, 60, 120)
MOST = 63


def draw(today: Scenario, policy: Scenario, language: str) -> None:
    """Choose whom to follow; both lives side by side."""
    st.markdown(say("life.lead", language))
    columns = st.columns(4)
    entity: Entity = columns[0].selectbox(
        say("life.who", language),
        ("organization", "staff"),
        format_func=lambda one: say(f"entity.{one}", language),
        key="life-entity",
    )
    horizons = [months for months in HORIZONS if months <= min(today.months, policy.months)] or [today.months]
    horizon = columns[1].selectbox(
        say("life.horizon", language),
        horizons,
        index=len(horizons) - 1 if entity == "organization" else min(2, len(horizons) - 1),
        format_func=lambda months: say("life.after", language, months=months),
        key=f"life-horizon-{entity}",
    )
    kind = columns[2].selectbox(
        say("life.kind", language),
        ("", *KINDS),
        format_func=lambda one: report_say(f"stratum.kind={one}", language) if one else say("life.any", language),
        key="life-kind",
    )
    size = columns[3].selectbox(
        say("life.size", language),
        ("", *SIZES),
        format_func=lambda one: report_say(f"stratum.size={one}", language) if one else say("life.any", language),
        key="life-size",
    )
    wide, middle, last = st.columns([2, 1, 1])
    replication = middle.number_input(say("life.replication", language), 0, MOST, 0, key="life-replication")
    with st.spinner(say("life.wait", language)):
        here, there = (life_of(one, int(replication)) for one in (today, policy))
    found = {
        case: fitting(ids, here, entity, kind, size) for case, ids in cases(here, there, entity, horizon - 1).items()
    }
    case = wide.selectbox(
        say("life.case", language),
        CASES,
        format_func=lambda one: _case_title(entity, one, len(found[one]), language),
        key="life-case",
    )
    if not len(found[case]):
        st.info(say("life.nobody", language))
        return
    number = last.number_input(
        say("life.number", language, count=len(found[case])), 1, len(found[case]), 1, key="life-number"
    )
    identity = int(found[case][int(number) - 1])
    _side_by_side(entity, identity, (today, policy), (here, there), language)


def fitting(
    ids: np.typing.NDArray[np.uint64], here: Lives, entity: Entity, kind: str, size: str
) -> np.typing.NDArray[np.uint64]:
    """Those of a kind and size of organization, or employed by such a one, as month 0 begins; in the order given."""
    organizations, columns = here.first("organization")
    chosen = np.ones(len(organizations), bool)
    if kind:
        chosen &= columns["kind"] == KINDS.index(kind)
    if size:
        chosen &= columns["size_third"] == SIZES.index(size)
    if entity == "organization":
        return ids[np.isin(ids, organizations[chosen])]
    people, theirs = here.first("staff")
    return ids[np.isin(ids, people[np.isin(theirs["employer"], here.rows[chosen])])]


def event_text(event: Event, language: str) -> str:
    """An event in plain words."""
    amount = say(f"channel.{int(event.amount)}", language) if event.what == "found" else f"{event.amount:,.0f}"
    if event.what in ("short", "short_ends"):
        amount = f"{event.amount:.1f}"
    words = say(f"event.{event.what}", language, amount=amount)
    return say("event.times", language, event=words, times=event.times) if event.times > 1 else words


def end_text(entity: Entity, life: Life, scenario: Scenario, language: str) -> str:
    """How a life stands at the end of the run, or when it ended."""
    if life.gone:
        return say(f"life.ended.{entity}", language, date=scenario.date(int(life.months[-1])))
    if entity == "organization" and not life.columns["active"][-1]:
        return say("life.dormant", language)
    return say(f"life.there.{entity}", language)


def _case_title(entity: Entity, case: tuple[bool, bool], count: int, language: str) -> str:
    words = "".join("y" if one else "n" for one in case)
    return say("life.count", language, case=say(f"life.{entity}.{words}", language), count=count)


def _side_by_side(
    entity: Entity, identity: int, scenarios: tuple[Scenario, Scenario], both: tuple[Lives, Lives], language: str
) -> None:
    lives = [one.life(entity, identity) for one in both]
    titles = [say("life.today", language), scenarios[1].title(language)]
    st.markdown(say("life.called", language, who=say(f"entity.{entity}", language), id=identity))
    st.caption(say("life.reading", language))
    dates = [scenarios[0].date(month) for month in range(-1, scenarios[0].months)]
    thirds = st.columns(3)
    for at, column in enumerate(CHARTS[entity]):
        with thirds[at % 3]:
            st.markdown(f"**{_column_title(column, language)}**")
            curves = [
                (title, _curve(life, column, len(dates)), life is lives[0])
                for title, life in zip(titles, lives, strict=True)
            ]
            st.echarts_chart(life_chart(dates, curves, HEIGHT), height=HEIGHT, alt=_column_title(column, language))
    for place, title, life, scenario in zip(st.columns(2), titles, lives, scenarios, strict=True):
        with place:
            st.markdown(f"**{title}** · {end_text(entity, life, scenario, language)}")
            lines = [f"- {scenario.date(one.month)} {event_text(one, language)}" for one in events(entity, life)]
            st.markdown("\n".join(lines) or say("life.quiet", language))
    st.button(say("life.ask", language), key="life-ask", on_click=_ask, args=(entity, identity, lives))
    st.caption(say("life.explain", language, entity=entity, id=identity))


def _ask(entity: Entity, identity: int, lives: list[Life]) -> None:
    """Open the part for one number with this one filled in, in a month in which both lives still go on."""
    asked = {
        "part": "number",
        "which": "policy",
        "column": CHIEF[entity],
        "id": str(identity),
        "month": max(0, min(int(life.months[-1]) - life.gone for life in lives)),
        "replication": st.session_state["life-replication"],
    }
    st.session_state.update({f"why-{name}": value for name, value in asked.items()})


def _column_title(column: str, language: str) -> str:
    return say("column.morale.title", language) if column == MORALE else column_called(column, language)


def _curve(life: Life, column: str, months: int) -> np.typing.NDArray[np.float64]:
    """Values by month from the one before the start; nothing where it was not there."""
    curve = np.full(months, np.nan)
    kept = life.months[: len(life.months) - life.gone]
    curve[kept + 1] = life.columns[column][: len(kept)]
    return curve
