"""Joins many parts into few, so that a store of a long study is quick to copy and to read.

The new parts are written beside the others, in compacting/. Then `compact.json` names new and old, the new ones move
into their place, the old ones go, and the journal last. At any moment every row counts once (`parts.superseded`); what
a killed call left is finished or taken back by the next (`settle`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orgsim.errors import MachineError
from orgsim.files import flush_folder, write_file
from orgsim.studies.layout import PARTS, SERIES
from orgsim.studies.parts import JOURNAL, Part, stem_of, superseded, write_part

if TYPE_CHECKING:
    import pyarrow as pa

ASIDE = "compacting"
LARGEST = 64_000_000
"""Bytes of the parts that are joined into one, at most; of one part that is larger, all."""


def compact(store: Path, parts: Sequence[Part], sums: Sequence[Part], session: int) -> tuple[int, int]:
    """Join the parts of a store and their monthly sums; how many parts there were and are.

    `session` is a number no session had before. Only for who holds the lock alone, after `settle`; all parts hold.
    """
    of_stem = {part.stem: part for part in sums}
    groups = list(_groups(parts, of_stem))
    if len(groups) == len(parts):
        return len(parts), len(parts)
    new: list[Path] = []
    for number, group in enumerate(groups, 1):
        stem = stem_of(session, number)
        its_sums = [of_stem[part.stem] for part in group if part.stem in of_stem]
        for folder, some in ((SERIES, its_sums), (PARTS, group)):
            if some:
                new.append(write_part(store / ASIDE / folder, stem, _joined(some)))
    old = [part.path for part in (*parts, *sums)]
    _write_journal(store, new=[_name(path) for path in new], old=[_name(path) for path in old])
    for path in new:
        path.replace(store / _name(path))
    settle(store)
    return len(parts), len(groups)


def settle(store: Path) -> None:
    """Finish a joining whose new parts all have their place, or take it back. Only for who holds the lock alone."""
    if (store / JOURNAL).exists():
        flush(store)
        hidden = superseded(store)
        if hidden == frozenset(_journal(store)["old"]):
            _write_journal(store, new=[], old=sorted(hidden))  # from here on there is no way back
        for name in hidden:
            (store / name).unlink(missing_ok=True)
        flush(store)
        (store / JOURNAL).unlink()
    shutil.rmtree(store / ASIDE, ignore_errors=True)


def flush(store: Path) -> None:
    """Make the names of all parts last."""
    for folder in (PARTS, SERIES):
        flush_folder(store / folder)


def _journal(store: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((store / JOURNAL).read_text(encoding="utf-8"))
    return found


def _write_journal(store: Path, new: list[str], old: list[str]) -> None:
    write_file(store / JOURNAL, json.dumps({"new": new, "old": old}).encode())


def _groups(parts: Sequence[Part], sums: dict[str, Part]) -> Iterator[list[Part]]:
    """Parts that follow each other, up to LARGEST together."""
    group: list[Part] = []
    held = 0
    for part in parts:
        size = sum(each.path.stat().st_size for each in (part, sums.get(part.stem)) if each is not None)
        if group and held + size > LARGEST:
            yield group
            group, held = [], 0
        group.append(part)
        held += size
    if group:
        yield group


def _joined(parts: Sequence[Part]) -> pa.Table:
    import pyarrow as pa

    tables = []
    for part in parts:
        table = part.read()
        if table is None:
            raise MachineError(f"{part.path}: was cut or altered just now; orgsim experiment verify puts it aside")
        tables.append(table)
    return pa.concat_tables(tables)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
