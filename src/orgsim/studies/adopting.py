"""Takes rows out of another store of the same study: what a job of an array, or another machine, has made by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from orgsim.errors import InputError
from orgsim.studies.layout import is_store, locked
from orgsim.studies.manifest import changed_versions, different_parts
from orgsim.studies.matching import check_environment, check_same
from orgsim.studies.parts import stem_of
from orgsim.studies.plan import make_plan
from orgsim.studies.reading import finish
from orgsim.studies.refusals import OtherEnvironment
from orgsim.studies.store import Store, check_place, create
from orgsim.studies.study import Study


@dataclass(frozen=True)
class Adopted:
    """What was taken from `store`: so many rows and failed runs; `known` rows were here before, `strange` ones are not
    in this plan, `bad` are files that do not hold there.
    """

    store: Path
    rows: int
    failures: int
    known: int
    strange: int
    bad: tuple[Path, ...]


def adopt(study: Study, folder: Path, others: list[Path], accept_environment: bool = False) -> list[Adopted]:
    """Take what other stores have and this one has not; it is made if need be. The other stores stay as they are.

    Each run is taken once, whatever stops the call and however often it is made. Raises InputError for a store of
    another study, `OtherEnvironment` for one of other code or versions, `Locked` where a runner is at work here;
    nothing is taken then.
    """
    stores = [Store(other) for other in others]
    if not is_store(folder):
        check_place(folder)
    for other in stores:
        if other.folder.resolve() == folder.resolve():
            raise InputError("is the store itself; name another one to take rows from", file=other.folder)
        check_same(study, other)
        if not is_store(folder):
            check_environment(other, accept_environment)
    with locked(folder):
        ours = Store(folder) if is_store(folder) else create(folder, study, make_plan(study))
        check_same(study, ours)
        for other in stores:
            _check_alike(ours, other, accept_environment)
        ours.repair()
        found = [_take(ours, other) for other in stores]
        finish(ours)
    return found


def _check_alike(ours: Store, other: Store, accept: bool) -> None:
    """The same study, made by the same code and libraries."""
    different = different_parts(ours.manifest, other.manifest["fingerprints"])
    if different:
        raise InputError(f"is of another study: {', '.join(different)} differ", file=other.folder)
    if ours.manifest["code"] != other.manifest["code"]:
        raise OtherEnvironment(f"{other.folder}: its rows were made by other code of the model than those here")
    others = changed_versions(ours.manifest["environment"], other.manifest["environment"])
    if others and not accept:
        raise OtherEnvironment(
            f"{other.folder}: its rows were made by other versions than those here: {', '.join(others)}; "
            "take them with --accept-environment"
        )


def _take(ours: Store, other: Store) -> Adopted:
    names = ours.plan().names
    have, failed = set(ours.finished()["run"]), set(ours.failed()["run"])
    session = ours.begin(adopted_from=str(other.folder))
    sums = {part.stem: part for part in other.sums()}
    rows = known = strange = failures = number = 0
    bad: list[Path] = []
    for part in other.parts():
        its_sums = sums.get(part.stem)
        table, monthly = part.read(), its_sums.read() if its_sums else None
        if table is None or (its_sums is not None and monthly is None):
            bad += [each.path for each in (part, its_sums) if each is not None and not each.holds()]
            continue
        runs = table["run"].to_pylist()
        strange += sum(run not in names for run in runs)
        known += sum(run in have for run in runs)
        new = list(dict.fromkeys(run for run in runs if run in names and run not in have))
        if new:
            number += 1
            ours.commit(
                stem_of(session, number), _stamped(_of(table, new), session), table.slice(0, 0), _of(monthly, new)
            )
            have |= set(new)
            rows += len(new)
    for part in other.failures():
        table = part.read()
        if table is None:
            bad.append(part.path)
            continue
        new = [run for run in table["run"].to_pylist() if run in names and run not in have | failed]
        if new:
            number += 1
            ours.commit(stem_of(session, number), table.slice(0, 0), _stamped(_of(table, new), session), None)
            failed |= set(new)
            failures += len(new)
    return Adopted(other.folder, rows, failures, known, strange, tuple(bad))


def _of(table: pa.Table | None, runs: list[str]) -> pa.Table | None:
    """The rows of some runs."""
    return table if table is None else table.filter(pc.is_in(table["run"], pa.array(runs)))


def _stamped(table: pa.Table, session: int) -> pa.Table:
    """The rows with the session here that took them, which says where they came from."""
    place = table.column_names.index("session")
    return table.set_column(place, "session", pa.array([session] * table.num_rows, pa.int64()))
