"""A bar for what takes seconds; whoever moves on ends the work at the next step, and what was made is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.reasons import Step
from dashboard.texts import say


@contextmanager
def counting(key: str, language: str, known: bool = False) -> Iterator[Step]:
    """Count aloud in the place where it stands; nothing is shown where the answer is known already."""
    if known:
        yield lambda _done, _all: None
        return
    bar = st.progress(0.0, say(key, language, done=0, all="…"))

    def step(done: int, whole: int) -> None:
        bar.progress(min(done / max(whole, 1), 1.0), say(key, language, done=done, all=whole))

    yield step
    bar.empty()
