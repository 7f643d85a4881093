"""The entry script: language, levers, pages. `orgsim dashboard` starts it with Streamlit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:  # Streamlit knows the folder of this script, not the package it belongs to
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard import state  # noqa: E402
from dashboard.sidebar import sidebar  # noqa: E402
from dashboard.texts import say  # noqa: E402

SIDEBAR = 330  # pixels: three buttons in a row, and most labels on one line
# Scripts in `screens/`. A folder named `pages` would be taken by Streamlit as the app's own navigation.
SCREENS = ("compare", "scenarios", "district", "assumptions", "why", "guide")


def main() -> None:
    """Draw what the visitor has open."""
    state.begin(os.environ.get("ORGSIM_LANG", "zh"))
    language = state.language()
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
    sidebar()
    state.end()
    if problem := state.notice():
        st.warning(say("scenarios.bad_link", language, problem=problem))
    if register := state.lost_register():
        st.warning(say("district.not_in_link", language, file=register))
    changed = {name for name, _ in state.current().beliefs}
    if changed:
        st.badge(say("assumptions.changed", language, count=len(changed)), color="orange")
    chosen.run()


main()
