"""The entry script: language, levers, pages. `orgsim dashboard` starts it with Streamlit."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
if str(HERE.parent) not in sys.path:  # Streamlit knows the folder of this script, not the package it belongs to
    sys.path.insert(0, str(HERE.parent))

import streamlit as st  # noqa: E402

from dashboard import state  # noqa: E402
from dashboard.pages import assumptions, compare, guide, scenarios, why  # noqa: E402
from dashboard.sidebar import sidebar  # noqa: E402
from dashboard.texts import say  # noqa: E402
from orgsim.errors import OrgsimError  # noqa: E402

LOG = logging.getLogger("orgsim.dashboard")
PAGES: dict[str, Callable[[], None]] = {
    "compare": compare.page,
    "scenarios": scenarios.page,
    "assumptions": assumptions.page,
    "why": why.page,
    "guide": guide.page,
}


def main() -> None:
    """Draw what the visitor has open."""
    state.begin(os.environ.get("ORGSIM_LANG", "zh"))
    language = state.language()
    st.set_page_config(say("app", language), str(HERE / "icon.png"), "wide")
    code = "zh-CN" if language == "zh" else "en"
    st.html(f"<script>document.documentElement.lang='{code}'</script>", unsafe_allow_javascript=True)
    pages = [
        st.Page(_guarded(page), title=say(f"page.{name}", language), url_path=name, default=name == "compare")
        for name, page in PAGES.items()
    ]
    chosen = st.navigation(pages, position="top")
    with st.sidebar:
        st.button(say("other_language", language), on_click=state.switch_language, key="switch-language")
    sidebar()
    state.end()
    if problem := state.notice():
        st.warning(say("scenarios.bad_link", language, problem=problem))
    chosen.run()


def _guarded(page: Callable[[], None]) -> Callable[[], None]:
    """A page that ends in a sentence, not in a traceback."""

    def run() -> None:
        try:
            page()
        except OrgsimError as error:
            st.error(str(error))
        except Exception:
            LOG.exception("a page could not be drawn")
            st.error(say("error.engine", state.language()))

    run.__name__ = page.__module__.rsplit(".", 1)[-1]
    return run


main()
