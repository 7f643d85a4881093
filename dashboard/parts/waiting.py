"""The line that says how far a simulation is, and how many others the server is at."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import runs
from dashboard.texts import say

PAUSE = 0.4
"""Seconds between two counts: a browser goes through its whole page for each, on a core that could simulate."""


@dataclass
class Waiting:
    """Tells it into `place`, if there is one yet, only when the words have changed, and counts not too often."""

    language: str
    place: DeltaGenerator | None = None
    others: int = 0
    text: str = ""
    key: str = ""
    written: float = 0.0

    def told(self, done: int, others: int | None = None) -> None:
        """`done` replications are drawn or on their way; `others` other runs are being made, if that is known anew."""
        self.others = self.others if others is None else others
        _ = "orgsim" in st.session_state  # a chance for Streamlit to stop the script, also where nothing is written
        most = runs.SIZES[-1]
        key = "settled" if done >= most else "progress" if done else "computing"
        text = say(key, self.language, done=done, all=most)
        if self.others and key != "settled":
            text += say("busy", self.language, others=self.others)
        due = key != self.key or monotonic() >= self.written + PAUSE
        if self.place is not None and text != self.text and due:
            self.key, self.text, self.written = key, text, monotonic()
            self.place.caption(text, width="content")
