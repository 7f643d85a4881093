"""How to read the pages, what they cannot tell, how to cite them."""

from __future__ import annotations

import streamlit as st

import orgsim
from dashboard import state
from dashboard.guard import guarded
from dashboard.texts import say


def page() -> None:
    """One text."""
    st.markdown(say("guide", state.language(), version=orgsim.__version__))


guarded(page)
