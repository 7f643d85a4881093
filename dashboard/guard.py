"""A screen that ends in a sentence, not in a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from dashboard import state
from dashboard.texts import say
from orgsim.errors import OrgsimError

LOG = logging.getLogger("orgsim.dashboard")


def guarded(page: Callable[[], None]) -> None:
    """Draw a screen; what goes wrong is told in the visitor's language, and written whole into the log."""
    try:
        page()
    except OrgsimError as error:
        st.error(error.sentence(state.language()))
    except Exception:
        LOG.exception("a screen could not be drawn")
        st.error(say("error.engine", state.language()))
