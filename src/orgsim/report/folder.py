"""Writes a folder whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from orgsim.errors import InputError, MachineError


def check_target(target: Path, ours: frozenset[str]) -> None:
    """Raise before long work what `write_folder` would raise after it, as far as can be known.

    An existing folder is replaced only if it holds nothing but entries named in `ours`, among them `manifest.json`,
    or nothing at all: nobody's notes are lost to `--out .`. InputError if not; MachineError where nothing can be
    written.
    """
    if target.is_dir():
        present = {entry.name for entry in target.iterdir()}
        strange = sorted(present - ours)
        if strange or (present and "manifest.json" not in present):
            what = f"holds {strange[0]}, which is not" if strange else "holds files that are not"
            raise InputError(f"{what} a result of orgsim; choose another folder with --out", file=target)
    elif os.path.lexists(target):
        raise InputError("is a file, not a folder; choose another name with --out", file=target)
    above = target.absolute().parent
    while not above.exists():
        above = above.parent
    if not above.is_dir():
        raise InputError("is no folder, so no results can lie below it; choose another place with --out", file=above)
    if not os.access(above, os.W_OK | os.X_OK):
        raise MachineError(f"no permission to write {target}; choose another folder with --out, or use --no-files")


def write_folder(target: Path, files: Mapping[str, bytes]) -> Path:
    """Make the folder `target` hold exactly `files` (relative name → content), and return it.

    Everything is written and flushed to disk in a hidden folder beside it, which then takes its name; a folder of
    that name is replaced. Whatever goes wrong – a full disk, no permission, Ctrl-C – leaves nothing behind and an
    existing folder as it was. Raises MachineError with one sentence.
    """
    target = Path(os.path.realpath(target)) if target.is_symlink() else target
    made = _make_parents(target.parent)
    draft = target.parent / f".{target.name[:60]}.{secrets.token_hex(4)}"
    try:
        draft.mkdir()
        for name, content in files.items():
            _write(draft / name, content)
        for folder in {draft, *((draft / name).parent for name in files)}:
            _flush(folder)
        _swap(draft, target)
        _flush(target.parent)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        _remove(made)
        if isinstance(error, OSError):
            raise MachineError(_sentence(error, target)) from error
        raise
    return target


def write_file(target: Path, content: bytes) -> Path:
    """Make the file `target` hold `content`, whole or not at all, and return it. MachineError if it cannot."""
    made = _make_parents(target.parent)
    draft = target.parent / f".{target.name[:60]}.{secrets.token_hex(4)}"
    try:
        _write(draft, content)
        draft.replace(target)
        _flush(target.parent)
    except BaseException as error:
        draft.unlink(missing_ok=True)
        _remove(made)
        if isinstance(error, OSError):
            raise MachineError(_sentence(error, target)) from error
        raise
    return target


def _make_parents(folder: Path) -> list[Path]:
    """Make a folder and those above it; the ones that are new, deepest first."""
    missing = [folder, *folder.parents]
    missing = missing[: next((n for n, each in enumerate(missing) if each.exists()), len(missing))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _remove(missing)
        raise MachineError(_sentence(error, folder)) from error
    return missing


def _remove(empty: list[Path]) -> None:
    for folder in empty:
        try:
            folder.rmdir()
        except OSError:  # somebody else has put something there meanwhile, or it was never made
            return


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("xb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _flush(folder: Path) -> None:
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


def _swap(draft: Path, target: Path) -> None:
    """Give `draft` the name of `target`; what had it is put aside first and removed last."""
    if not target.exists():
        draft.rename(target)
        return
    aside = target.parent / f"{draft.name}.old"
    try:
        target.rename(aside)
        draft.rename(target)
    except BaseException:
        if aside.exists() and not target.exists():
            aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _sentence(error: OSError, target: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full; the results could not be written to {target}, and nothing was left there"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no permission to write {target}; choose another folder with --out, or use --no-files"
    return f"the results could not be written to {target}: {error.strerror or error}"
