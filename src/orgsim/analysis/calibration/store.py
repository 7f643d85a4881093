"""Finished runs in one file: what has been run once is never run again, whatever stopped the program in between."""

from __future__ import annotations

import sqlite3
from io import BytesIO
from pathlib import Path

import numpy as np

from orgsim.analysis.calibration.free import Values
from orgsim.core.hashing import content_hash
from orgsim.errors import InputError, MachineError
from orgsim.outcomes.recorder import Floats


class Store:
    """Results by content hash of the values and of everything else that decides them (`context`).

    Each result is committed by itself: after a power cut or `kill -9` a run is there whole or not at all. Without a
    file results are kept in memory. Raises InputError for a file that is something else, MachineError for one that
    cannot be used.
    """

    def __init__(self, file: Path | None = None, context: object = None) -> None:
        self._context = context
        try:
            self._file = sqlite3.connect(str(file) if file else ":memory:")
            self._file.execute("CREATE TABLE IF NOT EXISTS runs (key TEXT PRIMARY KEY, result BLOB NOT NULL)")
            self._file.commit()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise MachineError(f"{file} cannot be used to keep runs: {error}") from error
            raise InputError("holds no runs of a calibration; choose another folder with --output", file=file) from None

    def get(self, values: Values) -> Floats | None:
        """The result of these values, if they have been run."""
        row = self._file.execute("SELECT result FROM runs WHERE key = ?", (self._key(values),)).fetchone()
        return None if row is None else np.load(BytesIO(row[0]), allow_pickle=False)

    def put(self, values: Values, result: Floats) -> None:
        """Keep a result; MachineError where the disk refuses."""
        content = BytesIO()
        np.save(content, result, allow_pickle=False)
        try:
            with self._file:
                self._file.execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (self._key(values), content.getvalue()))
        except sqlite3.OperationalError as error:
            raise MachineError(f"a finished run could not be kept: {error}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _key(self, values: Values) -> str:
        return content_hash({"values": dict(values), "context": self._context})
