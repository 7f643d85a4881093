"""Where things lie that can be made again: compiled kernels, parsed files."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """`ORGSIM_CACHE`, or the user's cache folder; it may not exist, or not be writable."""
    chosen = os.environ.get("ORGSIM_CACHE")
    return Path(chosen) if chosen else user_cache_path("orgsim")


def write_quietly(file: Path, content: str) -> None:
    """Put `content` into a cache file, whole or not at all; a cache that cannot be written costs only time."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(content, encoding="utf-8")
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
