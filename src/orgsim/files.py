"""Writes files whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from orgsim.errors import MachineError


def write_file(target: Path, content: bytes) -> Path:
    """Make the file `target` hold `content`, whole or not at all, and return it. MachineError if it cannot."""
    made = make_parents(target.parent)
    draft = target.parent / f".{target.name[:60]}.{secrets.token_hex(4)}"
    try:
        write_flushed(draft, content)
        draft.replace(target)
        flush_folder(target.parent)
    except BaseException as error:
        with suppress(OSError):  # a disk that may only be read refuses this too
            draft.unlink()
        remove_folders(made)
        if isinstance(error, OSError):
            raise MachineError(refused(error, target)) from error
        raise
    return target


def make_parents(folder: Path) -> list[Path]:
    """Make a folder and those above it; the ones that are new, deepest first."""
    missing = [folder, *folder.parents]
    missing = missing[: next((n for n, each in enumerate(missing) if each.exists()), len(missing))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remove_folders(missing)
        raise MachineError(refused(error, folder)) from error
    return missing


def remove_folders(empty: list[Path]) -> None:
    """Remove folders that are still empty, in this order."""
    for folder in empty:
        try:
            folder.rmdir()
        except OSError:  # somebody else has put something there meanwhile, or it was never made
            return


def write_flushed(file: Path, content: bytes) -> None:
    """Write a new file and its folders, down to the disk; OSError where that fails."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems cannot flush a folder
            raise
    finally:
        os.close(handle)


def refused(error: OSError, target: Path) -> str:
    """What the machine would not do, in a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full; the results could not be written to {target}, and nothing was left there"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no permission to write {target}; have it made writable, or choose another place"
    return f"the results could not be written to {target}: {error.strerror or error}"
