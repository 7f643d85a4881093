"""Parts: finished rows in immutable Parquet files whose names say what is in them.

`parts/0003-000012-n8-1f….parquet` is the 12th commit of the 3rd session, holds 8 runs, and its bytes have the digest
1f…; `failures/…` holds failed runs in the same way, `series/…` monthly sums. A part is written to a draft, flushed to
the disk, given its name, and the folder is flushed: after `kill -9` or a power cut it is there whole or not at all. A
part whose bytes do not fit its name was cut or altered: it is put aside, never read.

While many parts are joined into few (`compacting`), `compact.json` names both: until all of the new ones have their
names the old ones count, from then on the new ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from orgsim.files import write_file

if TYPE_CHECKING:
    import pyarrow as pa

NAME = re.compile(r"(?P<session>\d{4,})-(?P<commit>\d{6,})-n(?P<rows>\d+)-(?P<digest>[0-9a-f]{32})\.parquet")
QUARANTINE, JOURNAL = "quarantine", "compact.json"


@dataclass(frozen=True)
class Part:
    """A part as its name tells it."""

    path: Path
    session: int
    commit: int
    rows: int
    digest: str

    @property
    def stem(self) -> str:
        """What rows and monthly sums of one commit share."""
        return stem_of(self.session, self.commit)

    def read(self) -> pa.Table | None:
        """Its rows; None if its bytes are not those it was written with."""
        data = self._bytes()
        if data is None:
            return None
        import pyarrow as pa
        import pyarrow.parquet as pq  # heavy, and names alone do not need them

        return pq.read_table(pa.BufferReader(data))

    def holds(self) -> bool:
        """Whether its bytes are those it was written with."""
        return self._bytes() is not None

    def _bytes(self) -> bytes | None:
        try:
            data = self.path.read_bytes()
        except OSError:
            return None
        return data if digest_of(data) == self.digest else None


def stem_of(session: int, commit: int) -> str:
    return f"{session:04d}-{commit:06d}"


def listed(folder: Path) -> list[Part]:
    """The parts of a folder that count, by their names, in the order they were committed."""
    while True:
        before = superseded(folder.parent)
        try:
            names = [entry.name for entry in folder.iterdir()]
        except FileNotFoundError:
            return []
        if superseded(folder.parent) == before:
            break
    found = []
    for name in names:
        match = NAME.fullmatch(name)
        if match and f"{folder.name}/{name}" not in before:
            found.append(
                Part(folder / name, int(match["session"]), int(match["commit"]), int(match["rows"]), match["digest"])
            )
    return sorted(found, key=lambda part: (part.session, part.commit, part.path.name))


def superseded(store: Path) -> frozenset[str]:
    """Files, such as 'parts/…', that do not count just now because others hold the same rows."""
    try:
        journal = json.loads((store / JOURNAL).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
    whole = all((store / name).exists() for name in journal["new"])
    return frozenset(journal["old"] if whole else journal["new"])


def write_part(folder: Path, stem: str, table: pa.Table) -> Path:
    """Commit a table as a part. MachineError if the disk refuses; nothing is left of it then."""
    data = parquet(table)
    return write_file(folder / f"{stem}-n{table.num_rows}-{digest_of(data)}.parquet", data)


def parquet(table: pa.Table) -> bytes:
    """The bytes of a Parquet file; the same table gives the same, with the same library."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    return bytes(sink.getvalue().to_pybytes())


def digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def strangers(folder: Path) -> Iterator[Path]:
    """Files of a folder that no commit has left there: renamed, cut short before they had a name, put there by hand."""
    if folder.is_dir():
        yield from (entry for entry in sorted(folder.iterdir()) if not NAME.fullmatch(entry.name))


def put_aside(path: Path, store: Path) -> Path:
    """Move a part that does not hold into the store's quarantine, under a name of its own."""
    place = store / QUARANTINE
    place.mkdir(exist_ok=True)
    target, number = place / f"{path.parent.name}-{path.name}", 1
    while target.exists():
        number += 1
        target = place / f"{path.parent.name}-{number}-{path.name}"
    path.rename(target)
    return target
