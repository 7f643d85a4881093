"""Why: from a measure to outcomes, which measure did it, one life under both, and one number down to its rules."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.guard import guarded
from dashboard.parts import lever, life, number, path
from dashboard.texts import say

# What can be asked; only the one that is open is computed.
PARTS = {"path": path.draw, "lever": lever.draw, "life": life.draw, "number": number.draw}


def page() -> None:
    """Draw the part that is open."""
    language = state.language()
    policy = state.current()
    st.subheader(say("why.head", language, policy=policy.called(language)))
    part = st.segmented_control(
        say("why.part", language),
        list(PARTS),
        format_func=lambda name: say(f"why.{name}", language),
        default="path",
        required=True,
        label_visibility="collapsed",
        key="why-part",
    )
    PARTS[part or "path"](policy.today(), policy.scenario(), language)


guarded(page)
