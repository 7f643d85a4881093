"""Your district: a register or counts in place of the default population, for today and every policy."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import state
from dashboard.district import (
    ENDINGS,
    ROUNDED,
    TODAY,
    District,
    Upload,
    proposed,
    read_upload,
    typed,
    uploaded,
)
from dashboard.guard import guarded
from dashboard.levers import named
from dashboard.limits import MOST_BYTES, MOST_FUNDERS, MOST_ORGANIZATIONS
from dashboard.parts import account, files
from dashboard.runs import SIZES
from dashboard.sidebar import district_line
from dashboard.texts import say
from orgsim.core.parameters import KINDS
from orgsim.errors import InputError
from orgsim.report.measures import measure
from orgsim.report.texts import say as report_say
from orgsim.scenarios import shipped_folder
from orgsim.scenarios.registers import template
from orgsim.scenarios.registers.headings import FIELDS

EXAMPLE = "example-district.csv"
# Burn-in of a held world against a drawn one, measured; seconds to the first sentence on two cores, reckoned from it.
SPEED = {"times": "1.5–2", "first": 2, "large": 5}
_UPLOAD, _SEEN, _PROBLEM = "orgsim.upload", "orgsim.upload.seen", "orgsim.upload.problem"


def page() -> None:
    """Whose district it is now, and the two ways to another."""
    language = state.language()
    st.subheader(say("district.head", language))
    now = named(TODAY).population
    st.markdown(say("district.lead", language, total=f"{sum(now.organizations.values()):,}"))
    _present(language)
    upload, counts = st.tabs([say("district.tab.upload", language), say("district.tab.typed", language)])
    with upload:
        _register(language)
    with counts:
        _counts(language)


def _present(language: str) -> None:
    district = state.current().district
    if district is None:
        people = named(TODAY).population.organizations
        budget = _money(proposed(tuple(people.values())), language)
        st.caption(say("district.now.default", language, total=f"{sum(people.values()):,}", budget=budget))
        return
    with st.container(border=True):
        budget = _money(dict(district.sums)["contracts.yearly_budget"], language)
        line = district_line(district, language)
        st.markdown(say("district.now.own", language, line=line, funders=district.funders, budget=budget))
        if district.upload is not None:
            st.caption(say("district.now.upload", language))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(say("district.back", language), key="district-back", on_click=state.settle, args=(None,))
            _see(language)


def _see(language: str) -> None:
    st.page_link("screens/compare.py", label=say("district.simulate", language), icon=":material/arrow_forward:")


def _money(value: float, language: str) -> str:
    return measure("CNY", (value,), language).value(value)


def _register(language: str) -> None:
    most = f"{MOST_ORGANIZATIONS:,}"
    st.markdown(say("district.what", language, mb=MOST_BYTES // 1_000_000, most=most))
    example = (shipped_folder() / "registers" / EXAMPLE).read_bytes()
    with st.container(horizontal=True):
        for key, name, content in (
            ("template", say("file.template", language), template()),
            ("example.download", EXAMPLE, example),
        ):
            label = say(f"district.{key}", language)
            st.download_button(label, content, name, "text/csv", on_click="ignore", key=f"district-{key}")
        st.button(say("district.example", language), key="district-example", on_click=_try, args=(example,))
    given = files.chosen(say("district.choose", language), [*ENDINGS, "xls"], "district-file", language)
    if given is not None:
        if st.session_state.get(_SEEN) != given.file_id:
            st.session_state[_SEEN] = given.file_id
            with st.spinner(say("district.reading", language)):
                _read(given.name, given.getvalue())
        if _PROBLEM in st.session_state:
            st.error(st.session_state[_PROBLEM].sentence(language))
    now = state.current().district
    upload: Upload | None = st.session_state.get(_UPLOAD) or (now.upload if now else None)
    with st.expander(say("district.columns", language), expanded=upload is None):
        st.table(_columns(language).set_index(say("district.columns.what", language)))
    if upload is not None:
        _account(upload, language)


def _try(example: bytes) -> None:
    st.session_state.pop(_PROBLEM, None)
    st.session_state[_UPLOAD] = read_upload(EXAMPLE, example)


def _read(name: str, content: bytes) -> None:
    """Keep what was read, or why nothing was."""
    for key in (_UPLOAD, _PROBLEM):
        st.session_state.pop(key, None)
    try:
        st.session_state[_UPLOAD] = read_upload(name, content)
    except InputError as error:
        st.session_state[_PROBLEM] = error


def _account(upload: Upload, language: str) -> None:
    with st.container(border=True):
        account.draw(upload, language)
        register = upload.reading.register
        budget = _budget("register", proposed(tuple(register.counts().values()), register), language)
        _offer(uploaded(upload, budget), "register", language)
        st.button(say("district.clear", language), key="district-clear", on_click=_clear, type="tertiary")
        st.caption(say("district.speed", language, all=SIZES[-1], **SPEED))


def _clear() -> None:
    st.session_state.pop(_UPLOAD, None)
    district = state.current().district
    if district is not None and district.upload is not None:
        state.settle(None)


def _counts(language: str) -> None:
    st.markdown(say("district.typed.lead", language))
    own = state.current().district
    people = named(TODAY).population
    begin = own.organizations if own and own.upload is None else tuple(people.organizations.values())
    columns = st.columns(3)
    counts = [
        columns[place % 3].number_input(
            report_say(f"stratum.kind={kind}", language), 0, MOST_ORGANIZATIONS, begin[place], key=f"count-{kind}"
        )
        for place, kind in enumerate(KINDS)
    ]
    funders = columns[2].number_input(
        say("district.typed.funders", language),
        1,
        MOST_FUNDERS,
        own.funders if own and own.upload is None else people.funders,
        key="count-funders",
    )
    total, most = f"{sum(counts):,}", f"{MOST_ORGANIZATIONS:,}"
    st.caption(say("district.typed.total", language, total=total, most=most))
    budget = _budget("typed", proposed(counts), language)
    try:
        district = typed(int(funders), [int(count) for count in counts], budget)
    except InputError as error:
        st.error(error.sentence(language))
    else:
        _offer(district, "typed", language)


def _budget(key: str, proposal: float, language: str) -> float:
    """Today's yearly budget, CNY, as typed in 万元; a new proposal begins anew."""
    shown = st.number_input(
        say("district.budget", language),
        1,
        100_000,
        min(int(proposal / ROUNDED), 100_000),
        key=f"budget-{key}-{proposal:.0f}",
        help=say("district.budget.scale", language),
    )
    st.caption(say(f"district.budget.{key}", language))
    return float(shown) * ROUNDED


def _offer(district: District, key: str, language: str) -> None:
    if district == state.current().district:
        st.success(say("district.in_use", language))
        _see(language)
        return
    st.button(say("district.use", language), key=f"use-{key}", on_click=state.settle, args=(district,), type="primary")


def _columns(language: str) -> pd.DataFrame:
    """What each column may be called and how its cells are written."""
    return pd.DataFrame(
        {
            say("district.columns.what", language): field.title(language),
            say("district.columns.names", language): _names(field.names, language),
            say("district.columns.how", language): say(f"district.how.{field.takes}", language),
        }
        for field in FIELDS
    )


def _names(names: tuple[str, ...], language: str) -> str:
    """The first headings in a language."""
    chosen = [name for name in names if name.isascii() == (language == "en")]
    return ("、" if language == "zh" else ", ").join(chosen[:4])


guarded(page)
