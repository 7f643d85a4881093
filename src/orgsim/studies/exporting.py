"""Writes results into one file for other programs."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from orgsim.errors import InputError, MachineError
from orgsim.files import make_parents, refused, write_file
from orgsim.studies.reading import connect, final_bytes, results_table
from orgsim.studies.store import Store


def export(store: Store, form: str, file: Path) -> Path:
    """Write the results as "csv", "parquet" or "duckdb" (with design, runs and monthly sums), and return the file.

    An older file is replaced, whole or not at all. InputError for a folder, MachineError if the disk refuses.
    """
    if file.is_dir():
        raise InputError("is a folder; --out names a file", file=file)
    if form == "csv":
        return write_file(file, results_table(store).to_csv(index=False, lineterminator="\n").encode())
    if form == "parquet":
        return write_file(file, final_bytes(results_table(store)))
    return _duckdb(store, file)


def _duckdb(store: Store, file: Path) -> Path:
    """A database file, made beside its place and then given its name."""
    import duckdb

    make_parents(file.parent)
    draft = file.parent / f".{file.name}.{secrets.token_hex(4)}"
    quoted = str(draft).replace("'", "''")
    try:
        with connect(store) as connection:
            tables = [str(name) for (name,) in connection.execute("SHOW TABLES").fetchall()]
            connection.execute(f"ATTACH '{quoted}' AS written")
            for name in tables:
                connection.execute(f"CREATE TABLE written.{name} AS SELECT * FROM {name}")
            connection.execute("DETACH written")
        os.replace(draft, file)
    except duckdb.IOException as error:
        raise MachineError(f"{file} could not be written: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise MachineError(refused(error, file)) from error
    finally:
        draft.unlink(missing_ok=True)
    return file
