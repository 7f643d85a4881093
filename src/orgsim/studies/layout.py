"""Where things lie in a store, its manifest, and who is at work on it: all that `status` needs, and quick to import."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from orgsim.errors import InputError, MachineError
from orgsim.files import make_parents, refused
from orgsim.studies.refusals import Locked

FILE = "study.yaml"
"""How a study's file is called inside a folder of its own."""
SCHEMA = 1
"""Version of the layout."""
Manifest = dict[str, Any]
"""Plain data, as JSON holds it."""
MANIFEST, RESULTS, SESSIONS = "manifest.json", "results.parquet", "sessions.jsonl"
PARTS, FAILURES, SERIES, RETRIED = "parts", "failures", "series", "retried"
LOCK = "lock"
OURS = frozenset({FILE, "scenarios", PARTS, FAILURES, SERIES})
PATIENCE, PATIENCE_OF_SHARDS = 1.0, 300.0
"""Seconds to wait for the lock: `status` takes it for a moment, each shard while it opens the store."""


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
def locked(folder: Path, shard: str | None = None) -> Iterator[Callable[[], None]]:
    """Hold a folder, which is made if need be; `Locked` if another process does.

    Who holds it as a whole is alone. A shard, called '3-of-16', is alone until it calls what it is given; from then on
    it keeps only its own name, and other shards may come.
    """
    make_parents(folder)
    gate = FileLock(folder / LOCK)
    with ExitStack() as held:
        try:
            held.enter_context(gate.acquire(timeout=PATIENCE if shard is None else PATIENCE_OF_SHARDS))
            if shard is not None:
                held.enter_context(FileLock(folder / f"{LOCK}-{shard}").acquire(timeout=0))
        except Timeout:
            raise Locked(
                f"another runner is at work on {folder}; watch it with orgsim experiment status {folder}"
            ) from None
        except OSError as error:
            raise MachineError(refused(error, folder / LOCK)) from error
        others = [name for name in shards_at_work(folder) if name != shard]
        strange = [name for name in others if shard is None or name.rpartition("-")[2] != shard.rpartition("-")[2]]
        if strange:
            raise Locked(f"shard {strange[0]} is at work on {folder}; wait for it, or stop it")
        yield gate.release if shard is not None else lambda: None


def shards_at_work(folder: Path) -> list[str]:
    """Names of the shards that hold their own locks just now, such as '3-of-16'."""
    return [file.name.removeprefix(f"{LOCK}-") for file in sorted(folder.glob(f"{LOCK}-*")) if _held(file)]


def at_work(folder: Path) -> bool:
    """Whether a runner is at work on a store just now."""
    return _held(folder / LOCK) or bool(shards_at_work(folder))


def _held(file: Path) -> bool:
    try:
        with FileLock(file).acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # a folder that may only be read
        return False


def name_of(file: Path) -> str:
    """How the study of a file is called: after its folder if that is its own, else after the file."""
    return file.parent.resolve().name if file.name == FILE else file.stem
