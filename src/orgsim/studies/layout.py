"""Where things lie in a store, its manifest, and who is at work on it: all that `status` needs, and quick to import."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from orgsim.errors import InputError
from orgsim.files import make_parents
from orgsim.studies.refusals import Locked

FILE = "study.yaml"
"""How a study's file is called inside a folder of its own."""
SCHEMA = 1
"""Version of the layout."""
Manifest = dict[str, Any]
"""Plain data, as JSON holds it."""
MANIFEST, RESULTS, SESSIONS = "manifest.json", "results.parquet", "sessions.jsonl"
PARTS, FAILURES, SERIES, RETRIED = "parts", "failures", "series", "retried"
OURS = frozenset({FILE, "scenarios", "lock", PARTS, FAILURES, SERIES})
PATIENCE = 1.0
"""Seconds to wait for the lock: `status` takes it for a moment."""


def is_store(folder: Path) -> bool:
    """Whether a folder has a manifest, be it a study's or another's."""
    return (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a store; InputError if there is none, or one of something else or another version."""
    file = folder / MANIFEST
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("is no store of a study: it has no manifest.json", file=folder) from None
    except (OSError, ValueError) as error:
        raise InputError(f"is no manifest of a study: {error}", file=file) from None
    if not isinstance(found, dict) or "study" not in found:
        raise InputError(
            "is the manifest of something else than a study; choose another folder with --store", file=file
        )
    if found.get("store") != SCHEMA:
        made = found.get("orgsim", "unknown")
        raise InputError(f"was made by another version of orgsim ({made}) and cannot be read by this one", file=file)
    return found


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which is made if need be; `Locked` if another process does."""
    make_parents(folder)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        raise Locked(
            f"another runner is at work on {folder}; watch it with orgsim experiment status {folder}"
        ) from None
    try:
        yield
    finally:
        lock.release()


def at_work(folder: Path) -> bool:
    """Whether a runner is at work on a store just now."""
    lock = FileLock(folder / "lock")
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # a folder that may only be read
        return False


def name_of(file: Path) -> str:
    """How the study of a file is called: after its folder if that is its own, else after the file."""
    return file.parent.resolve().name if file.name == FILE else file.stem
