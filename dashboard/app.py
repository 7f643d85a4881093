"""The entry script: language, levers, pages. `orgsim dashboard` starts it with Streamlit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:  # Streamlit knows the folder of this script, not the package it belongs to
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard import state  # noqa: E402
from dashboard.runs import SIZES, runs  # noqa: E402
from dashboard.sidebar import sidebar  # noqa: E402
from dashboard.texts import say  # noqa: E402
from orgsim.errors import OrgsimError  # noqa: E402

SIDEBAR = 330  # pixels: three buttons in a row, and most labels on one line
# Scripts in `screens/`. A folder named `pages` would be taken by Streamlit as the app's own navigation.
SCREENS = ("compare", "scenarios", "district", "assumptions", "why", "guide")


def main() -> None:
    """Draw what the visitor has open."""
    state.begin(os.environ.get("ORGSIM_LANG", "zh"))
    language = state.language()
    runs().guess([], 0)  # whatever is opened now goes before what might be next
    st.set_page_config(say("app", language), str(HERE / "icon.png"), "wide", SIDEBAR)
    code = "zh-CN" if language == "zh" else "en"
    st.html(f"<script>document.documentElement.lang='{code}'</script>", unsafe_allow_javascript=True)
    pages = [
        st.Page(
            HERE / "screens" / f"{name}.py",
            title=say(f"page.{name}", language),
            url_path=name,
            default=name == SCREENS[0],
        )
        for name in SCREENS
    ]
    chosen = st.navigation(pages, position="top")
    with ahead() if chosen.url_path == pages[0].url_path else nullcontext():
        sidebar()
        state.end()
        place = st.empty()  # always there, so that what comes below keeps its place
        if problem := state.notice():
            place.warning(say("scenarios.bad_link", language, problem=problem))
        place = st.empty()
        if register := state.lost_register():
            place.warning(say("district.not_in_link", language, file=register))
        badge = st.empty()
        if changed := {name for name, _ in state.current().beliefs}:
            badge.badge(say("assumptions.changed", language, count=len(changed)), color="orange")
        chosen.run()


@contextmanager
def ahead() -> Iterator[None]:
    """Simulate the first page's policy while levers are drawn; what is wrong with it, the page says."""
    with ExitStack() as stack:
        with suppress(OrgsimError):
            policy = state.current()
            stack.enter_context(runs().wanted([policy.today(), policy.scenario()], SIZES[-1]))
        yield


main()
