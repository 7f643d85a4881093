"""How far a study is, read from the names of its files: at once, from any machine that sees the folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orgsim.studies.layout import FAILURES, PARTS, at_work, read_manifest
from orgsim.studies.parts import QUARANTINE, Part, listed

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


def status(folder: Path) -> Status:
    """The status of a store; InputError if there is none. Parts are trusted here; `verify` checks them."""
    manifest = read_manifest(folder)
    runs = int(manifest["runs"])
    parts, failures = listed(folder / PARTS), listed(folder / FAILURES)
    done = min(_rows(parts), runs)
    failed = min(_rows(failures), runs - done)
    left = runs - done - failed
    lately = sum(part.rows for part in (*parts, *failures) if _age(part.path) < MINUTE)
    running = at_work(folder)
    state: State = "running" if running else "complete" if not left else "stopped"
    aside = folder / QUARANTINE
    return Status(
        study=str(manifest["study"]),
        store=str(folder),
        state=state,
        runs=runs,
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
