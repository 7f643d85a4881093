"""On a telephone, where the levers lie behind the page: a button at its foot that opens them."""

from __future__ import annotations

import streamlit as st

from dashboard.texts import say

OPENER = "stExpandSidebarButton"
"""Streamlit's own button, which is there while the levers are hidden. A script may only say how they stand at first."""
TELEPHONE = 768  # pixels: what is narrower hides the levers at first
HTML = """\
<style>
  #open-levers {{ width: 100%; min-height: 2.75rem; font: inherit; color: inherit; background: none; cursor: pointer;
    border: 1px solid rgba(49, 51, 63, 0.2); border-radius: 0.5rem; }}
  @media (min-width: {beyond}px) {{ #open-levers {{ display: none; }} }}
</style>
<button id="open-levers" type="button">{words}</button>
<script>
  document.getElementById("open-levers").onclick = () =>
    document.querySelector('[data-testid="{opener}"]')?.click();
</script>
"""


def draw(language: str) -> None:
    """Draw it, here in the page; where levers stand beside the page it is not seen."""
    html = HTML.format(beyond=TELEPHONE + 1, words=say("open_levers", language), opener=OPENER)
    st.html(html, unsafe_allow_javascript=True)
