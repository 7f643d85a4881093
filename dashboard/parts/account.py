"""What was read of a register and what is drawn: the account of `orgsim register`, on a page.

Words of the file are only ever shown as text: in tables that draw text, or by `st.text`, which reads no Markdown.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.district import Upload, today_table
from dashboard.texts import say
from orgsim.scenarios.registers import Reading, telling, underpaid

SHOWN = 200
"""Complaints shown at most."""


def draw(upload: Upload, language: str) -> None:
    """Write the account where the page stands."""
    reading = upload.reading
    st.text(telling.head(reading, language))
    counts = {"used": len(reading.register), "refused": reading.refused, "unusable": reading.unusable}
    with st.container(horizontal=True):
        for name, count in counts.items():
            st.metric(say(f"district.{name}", language), f"{count:,}", border=True)
    _heading("people", language)
    _plain(telling.people(reading, language))
    for line in (
        telling.drawn_for_all(reading, language),
        say("district.account.assumed", language),
        *_offices(reading, language),
        say("district.account.start", language, start=upload.start),
        *telling.ignored(reading, language),
        *telling.notes(reading, language),
        *_underpaid(reading, language),
    ):
        if line:
            st.text(line)
    with st.expander(say("district.account.columns", language), expanded=True):
        _plain(telling.columns(reading, language))
    for refused, key in ((True, "refused"), (False, "cells")):
        count = reading.refused if refused else reading.unusable
        with st.expander(f"{say(f'district.account.{key}', language)} · {count:,}", expanded=0 < count <= SHOWN):
            _problems(reading, language, refused, count)
    with st.expander(say("district.account.sample", language)):
        _plain(_sample(reading))


def _heading(key: str, language: str) -> None:
    st.markdown(f"**{say(f'district.account.{key}', language)}**")


def _plain(table: telling.Table) -> None:
    """A table whose cells are text, whatever stands in them."""
    headers, rows = table
    st.dataframe(pd.DataFrame(rows, columns=headers), hide_index=True, height="content")


def _problems(reading: Reading, language: str, refused: bool, count: int) -> None:
    if not count:
        st.caption(say("district.account.none", language))
        return
    headers, rows = telling.problems(reading, language, SHOWN, refused=refused)
    _plain((headers[:-1], [row[:-1] for row in rows]))  # what becomes of them stands above
    if count > SHOWN:
        st.caption(say("district.account.more", language, count=count - SHOWN))


def _offices(reading: Reading, language: str) -> list[str]:
    joined = ("、" if language == "zh" else ", ").join(reading.offices)
    return [say("district.account.offices", language, offices=joined)] if reading.offices else []


def _underpaid(reading: Reading, language: str) -> list[str]:
    count = underpaid(reading.register, today_table())
    return [telling.underpaid_words(count, language)] if count else []


def _sample(reading: Reading) -> telling.Table:
    """The first rows; headings that stand twice are told apart by blanks, which a table asks for."""
    width = max(len(row) for row in reading.sample)
    headings, *rows = ([*row, *([""] * (width - len(row)))] for row in reading.sample)
    taken: set[str] = set()
    for place, heading in enumerate(headings):
        name = heading
        while name in taken:
            name += " "
        taken.add(name)
        headings[place] = name
    return headings, rows
