"""The store of a study: a folder that holds all that made its rows, and the rows, and may be read while it grows.

manifest.json                what made it; a folder that has it is a store
study.yaml, scenarios/       the files as they were given
design-….parquet             a row a point, in design order
plan-….parquet               a row a run, in the order of the final table
parts/, failures/, series/   finished rows, failed runs, monthly sums: see `parts`
compact.json, compacting/    while parts are being joined: see `compacting`
retried/, quarantine/        failures that were run again, parts that did not hold
sessions.jsonl               a line at each start and end of a runner
results.parquet              the final table, once all is there
lock, lock-3-of-16           held by the runner at work, and by a shard
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from orgsim.errors import InputError, MachineError
from orgsim.files import make_parents, refused, write_file
from orgsim.studies.compacting import compact, settle
from orgsim.studies.document import load_study
from orgsim.studies.layout import (
    FAILURES,
    FILE,
    LOCK,
    MANIFEST,
    OURS,
    PARTS,
    RESULTS,
    RETRIED,
    SERIES,
    SESSIONS,
    Manifest,
    read_manifest,
)
from orgsim.studies.manifest import grown_manifest, new_manifest
from orgsim.studies.parts import Part, digest_of, listed, parquet, put_aside, strangers, write_part
from orgsim.studies.plan import Plan
from orgsim.studies.study import Study


class Store:
    """A store that is there; InputError if `folder` holds none, or one of another version of orgsim."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)

    @property
    def name(self) -> str:
        return str(self.manifest["study"])

    @property
    def runs(self) -> int:
        """How many different runs there are to be made."""
        return int(self.manifest["runs"])

    def study(self) -> Study:
        """The study, from the files in the store, as large as it has grown."""
        files = {each["name"]: self.folder / each["file"] for each in self.manifest["scenarios"]}
        study = load_study(self.folder / FILE, files)
        return replace(
            study,
            name=self.name,
            replications=self.manifest["replications"],
            design=replace(study.design, blocks=tuple(self.manifest["design"]["blocks"])),
        )

    def plan(self) -> Plan:
        """The plan as it was stored; InputError if its files are not those that were written."""
        return Plan(self._frame("design"), self._frame("plan"))

    def parts(self) -> list[Part]:
        """Finished rows, by the names of their files."""
        return listed(self.folder / PARTS)

    def failures(self) -> list[Part]:
        """Failed runs, by the names of their files."""
        return listed(self.folder / FAILURES)

    def sums(self) -> list[Part]:
        """Monthly sums of finished rows, by the names of their files."""
        committed = {part.stem for part in self.parts()}
        return [part for part in listed(self.folder / SERIES) if part.stem in committed]

    def finished(self) -> pd.DataFrame:
        """Finished rows, a run once: columns run, scenario, point, set, replication, outcomes, seconds, session.

        Parts that do not hold are passed over; `sound` and `verify` name them.
        """
        return _joined(self.parts)

    def failed(self) -> pd.DataFrame:
        """Failed runs, each once: columns run, error, traceback, seconds, session."""
        return _joined(self.failures)

    def monthly(self) -> pd.DataFrame:
        """Monthly sums: a row a run, stratum and month; month -1 is the one before the start."""
        return _joined(self.sums, ["run", "stratum", "month"])

    def sound(self) -> list[Path]:
        """Files of the parts that hold, for programs that read Parquet themselves."""
        return [part.path for part in self.parts() if part.holds()]

    def commit(self, stem: str, rows: pa.Table, failures: pa.Table, series: pa.Table | None) -> None:
        """Keep what a chunk gave: the sums first, so that whoever finds rows finds their sums. MachineError if not."""
        if series is not None and rows.num_rows:
            write_part(self.folder / SERIES, stem, series)
        if failures.num_rows:
            write_part(self.folder / FAILURES, stem, failures)
        if rows.num_rows:
            write_part(self.folder / PARTS, stem, rows)

    def repair(self, alone: bool = True) -> list[Path]:
        """Put aside parts that do not hold, and sweep what a killed runner left; the parts that were put aside.

        Only for who holds the lock. What others are writing is left alone unless the caller is `alone`.
        """
        if alone:
            settle(self.folder)
            self._sweep()
        bad = [part for part in (*self.parts(), *self.failures(), *self.sums()) if not part.holds()]
        lost = {part.stem for part in bad if part.path.parent.name == SERIES}
        bad += [part for part in self.parts() if part.stem in lost and part not in bad]  # rows without their sums
        return [put_aside(part.path, self.folder) for part in bad]

    def _sweep(self) -> None:
        """Remove drafts, sums whose rows were never committed, and plans of a size the store no longer has."""
        folders = [self.folder / name for name in (PARTS, FAILURES, SERIES)]
        left = [path for folder in folders for path in strangers(folder) if path.name.startswith(".")]
        kept = set(self.sums())
        left += [part.path for part in listed(self.folder / SERIES) if part not in kept]
        current = set(self.manifest["files"].values())
        plans = [*self.folder.glob("design-*.parquet"), *self.folder.glob("plan-*.parquet")]
        for path in (*left, *(path for path in plans if path.name not in current)):
            path.unlink()

    def compact(self) -> tuple[int, int]:
        """Join parts into few; how many there were and are. Only for who holds the lock alone."""
        self.repair()
        return compact(self.folder, self.parts(), self.sums(), self.begin(work="compact"))

    def retry(self) -> int:
        """Let failed runs be run again; how many there were. Only for who holds the lock."""
        failures = self.failures()
        for part in failures:
            (self.folder / RETRIED).mkdir(exist_ok=True)
            part.path.rename(self.folder / RETRIED / part.path.name)
        return sum(part.rows for part in failures)

    def grow(self, study: Study, plan: Plan) -> None:
        """Make the store one of a larger study. Only for who holds the lock."""
        self.manifest = _write_plan(self.folder, self.manifest, study, plan)
        (self.folder / RESULTS).unlink(missing_ok=True)

    def sessions(self) -> list[dict[str, object]]:
        """What runners said at their starts and ends; a line cut by a power cut is passed over."""
        try:
            lines = (self.folder / SESSIONS).read_text(encoding="utf-8").splitlines()
        except OSError:
            return []
        found = []
        for line in lines:
            try:
                found.append(json.loads(line))
            except ValueError:
                continue
        return found

    def begin(self, **what: object) -> int:
        """A number no session had before, told in `sessions` so that none after has it. Only for who holds the lock."""
        told = [int(str(line.get("session", 0))) for line in self.sessions()]
        session = 1 + max([0, *told, *(part.session for part in (*self.parts(), *self.failures()))])
        self.say(session=session, event="begin", **{name: value for name, value in what.items() if value is not None})
        return session

    def say(self, **what: object) -> None:
        """Add a line to the sessions. MachineError if the disk refuses."""
        stamp = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "host": platform.node(),
            "pid": os.getpid(),
        }
        file = self.folder / SESSIONS
        try:
            with file.open("a", encoding="utf-8") as out:
                out.write(json.dumps({**what, **stamp}, ensure_ascii=False) + "\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise MachineError(refused(error, file)) from error

    def _frame(self, what: str) -> pd.DataFrame:
        file = self.folder / self.manifest["files"][what]
        try:
            data = file.read_bytes()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}; the store is not whole", file=file) from None
        if digest_of(data)[:12] != file.stem.rpartition("-")[2]:
            raise InputError("was altered since it was written; the store cannot be trusted", file=file)
        frame: pd.DataFrame = pq.read_table(BytesIO(data)).to_pandas()
        return frame


def create(folder: Path, study: Study, plan: Plan) -> Store:
    """Make a store before its first run; the manifest comes last, so that half a store is none."""
    sources: Mapping[str, bytes] = {FILE: Path(study.file).read_bytes(), **study.sources()}
    for name, content in sources.items():
        write_file(folder / name, content)
    for name in (PARTS, FAILURES, SERIES):
        make_parents(folder / name)
    _write_plan(folder, new_manifest(study), study, plan)
    return Store(folder)


def check_place(folder: Path) -> None:
    """InputError for a place where no new store can be made: a file, or a folder of something else."""
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file; a store is a folder: choose another with --store", file=folder)
    strange = [
        entry.name
        for entry in (folder.iterdir() if folder.is_dir() else ())
        if entry.name not in OURS and not entry.name.startswith((".", "design-", "plan-", LOCK))
    ]
    if strange:
        raise InputError(
            f"holds {sorted(strange)[0]}, which is no study's; choose another folder with --store", file=folder
        )


def _write_plan(folder: Path, manifest: Manifest, study: Study, plan: Plan) -> Manifest:
    """Design and plan under names of their content, then the manifest that names them."""
    files = {}
    for what, frame in (("design", plan.design), ("plan", plan.runs)):
        data = parquet(pa.Table.from_pandas(frame, preserve_index=False))
        files[what] = f"{what}-{digest_of(data)[:12]}.parquet"
        write_file(folder / files[what], data)
    made = grown_manifest(manifest, study, files, len(plan.runs), len(plan.names))
    text = json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    write_file(folder / MANIFEST, text.encode())
    return made


def _joined(list_parts: Callable[[], list[Part]], keys: Sequence[str] = ("run",)) -> pd.DataFrame:
    """The rows of the parts that hold, each once."""
    while True:
        parts = list_parts()
        read = [(part, part.read()) for part in parts]
        if all(table is not None or part.path.exists() for part, table in read):
            break  # else one was joined with others, or put aside, since it was listed
    tables = [table for _, table in read if table is not None]
    if not tables:
        return pd.DataFrame({key: pd.Series(dtype=object) for key in keys})
    joined: pd.DataFrame = pa.concat_tables(tables).to_pandas()
    return joined.drop_duplicates(list(keys), ignore_index=True)
