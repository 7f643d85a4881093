"""The place where files are chosen, with its own words in the visitor's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, overload

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.texts import say

MOST = 50
"""MB that a browser lets through, so that a file that is too large gets the page's own sentence."""


@overload
def chosen(
    label: str, endings: Sequence[str], key: str, language: str, *, several: Literal[True]
) -> list[UploadedFile]: ...


@overload
def chosen(label: str, endings: Sequence[str], key: str, language: str) -> UploadedFile | None: ...


def chosen(
    label: str, endings: Sequence[str], key: str, language: str, *, several: bool = False
) -> list[UploadedFile] | UploadedFile | None:
    """What is chosen there: one file or none, or a list where there may be `several`.

    Streamlit writes the button and a note on sizes in English only; a style puts our words in their place.
    """
    place = f".st-key-{key} [data-testid='stFileUploaderDropzone']"
    words = f"{place} button [data-testid='stMarkdownContainer']"
    st.html(
        f"<style>{words} p {{display: none}} {words}::after {{content: '{say('files.choose', language)}'}}"
        f"{place} [data-testid='stFileUploaderDropzoneInstructions'] {{display: none}}</style>"
    )
    return st.file_uploader(label, endings, accept_multiple_files=several, key=key, max_upload_size=MOST)
