"""How far a study is, read from the names of its files: at once, from any machine that sees the folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orgsim.studies.parts import Part
from orgsim.studies.store import Store

MINUTE = 60.0
State = Literal["complete", "running", "stopped"]


@dataclass(frozen=True)
class Status:
    """Counts of runs; `per_minute` were finished in the last minute, `seconds_left` at that rate, if any."""

    study: str
    store: str
    state: State
    runs: int
    done: int
    failed: int
    left: int
    per_minute: int
    seconds_left: float | None
    parts: int
    quarantined: int


def status(store: Store) -> Status:
    """The status of a store. Parts are trusted here; `verify` checks them."""
    parts, failures = store.parts(), store.failures()
    done, failed = min(_rows(parts), store.runs), _rows(failures)
    left = max(0, store.runs - done - failed)
    lately = sum(part.rows for part in (*parts, *failures) if _age(part.path) < MINUTE)
    running = store.at_work()
    state: State = "running" if running else "complete" if not left else "stopped"
    aside = store.folder / "quarantine"
    return Status(
        study=store.name,
        store=str(store.folder),
        state=state,
        runs=store.runs,
        done=done,
        failed=failed,
        left=left,
        per_minute=lately,
        seconds_left=MINUTE * left / lately if left and lately and running else 0.0 if not left else None,
        parts=len(parts),
        quarantined=len(list(aside.iterdir())) if aside.is_dir() else 0,
    )


def _rows(parts: list[Part]) -> int:
    return sum(part.rows for part in parts)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:  # put aside meanwhile
        return MINUTE
