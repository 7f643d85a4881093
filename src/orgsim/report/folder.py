"""Writes a folder whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from orgsim.errors import InputError, MachineError
from orgsim.files import flush_folder, make_parents, refused, remove_folders, write_file, write_flushed

__all__ = ["check_target", "write_file", "write_folder"]


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
        raise MachineError(f"no permission to write {target}; choose another folder with --out")


def write_folder(target: Path, files: Mapping[str, bytes]) -> Path:
    """Make the folder `target` hold exactly `files` (relative name → content), and return it.

    Everything is written and flushed to disk in a hidden folder beside it, which then takes its name; a folder of
    that name is replaced. Whatever goes wrong – a full disk, no permission, Ctrl-C – leaves nothing behind and an
    existing folder as it was. Raises MachineError with one sentence.
    """
    target = Path(os.path.realpath(target)) if target.is_symlink() else target
    made = make_parents(target.parent)
    draft = target.parent / f".{target.name[:60]}.{secrets.token_hex(4)}"
    try:
        draft.mkdir()
        for name, content in files.items():
            write_flushed(draft / name, content)
        for folder in {draft, *((draft / name).parent for name in files)}:
            flush_folder(folder)
        _swap(draft, target)
        flush_folder(target.parent)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        remove_folders(made)
        if isinstance(error, OSError):
            raise MachineError(refused(error, target)) from error
        raise
    return target


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
