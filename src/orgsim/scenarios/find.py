"""Where scenarios lie: the file named, the folder `scenarios/` at hand, the scenarios shipped with the package."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from orgsim.errors import InputError, nearest
from orgsim.scenarios.nodes import Word, quoted

ENDINGS = (".yaml", ".yml")
HERE = "scenarios"


def shipped_folder() -> Path:
    """The folder of the scenarios that come with orgsim: inside an installed package, or of the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_scenarios"
    return installed if installed.is_dir() else package.parents[1] / "scenarios"


def shipped() -> tuple[str, ...]:
    """Names of the scenarios that come with orgsim, sorted, the baseline first."""
    return tuple(sorted(_names(shipped_folder()), key=lambda name: (name != "baseline", name)))


def find(path_or_name: str | Path) -> Path:
    """The file of a scenario given as a path or as a bare name; InputError with the nearest name if there is none.

    A bare name is looked for as a path, then in `./scenarios/`, then among the shipped ones; the ending `.yaml`
    may be left out.
    """
    given = Path(path_or_name)
    if not str(path_or_name).strip() or "\0" in str(path_or_name):
        raise InputError(f"{quoted(str(path_or_name))} is no name of a scenario; give one, such as baseline")
    bare = given.name == str(path_or_name)
    folders = [given.parent, Path(HERE), shipped_folder()] if bare else [given.parent]
    for candidate in _candidates(given.name, folders):
        if _is_there(candidate):
            return shown(candidate)
    if os.path.isdir(given):
        raise InputError("is a directory, not a scenario file", file=given)
    if not bare and not os.path.exists(given.parent):
        raise InputError("does not exist, nor does its folder", file=given)
    known = {name for folder in folders for name in _names(folder)}
    where = "does not exist" if len(folders) == 1 else f"is not a file here, in {HERE}/ or shipped with orgsim"
    raise InputError(f"there is no scenario {quoted(str(path_or_name))}: it {where}{_near(given, known)}")


def find_parent(name: Word, child: Path | None) -> Path:
    """The file a child extends: beside the child, else shipped; never the child itself, unless nothing else fits.

    So a file `baseline.yaml` of one's own may extend the shipped baseline.
    """
    beside = [child.parent] if child is not None else []
    candidates = [c for c in _candidates(name.text, [*beside, shipped_folder()]) if _is_there(c)]
    others = [c for c in candidates if child is None or not _same(c, child)]
    if others:
        return shown(others[0])
    if candidates:
        raise name.error(f"{quoted(name.text)} extends itself")
    known = {other for folder in [*beside, shipped_folder()] for other in _names(folder)}
    raise name.error(
        f"there is no scenario {quoted(name.text)} to extend, neither beside this file nor shipped"
        f"{_near(Path(name.text), known)}"
    )


def shown(path: Path) -> Path:
    """A path as people like to read it: relative where it lies below the working folder."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve()) if path.is_absolute() else path
    except (ValueError, OSError):
        return path


def _candidates(name: str, folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield folder / name
        if not name.endswith(ENDINGS):
            yield from (folder / f"{name}{ending}" for ending in ENDINGS)


def _is_there(path: Path) -> bool:
    """Whether something other than a folder lies here, readable or not: what it is, the reader finds out.

    `os.path` answers no where `pathlib` raises, as for a name longer than the file system allows.
    """
    return os.path.lexists(path) and not os.path.isdir(path)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one == other


def _names(folder: Path) -> set[str]:
    try:
        return {entry.stem for entry in folder.iterdir() if entry.suffix in ENDINGS}
    except OSError:
        return set()


def _near(given: Path, known: set[str]) -> str:
    stem = given.stem if given.suffix in ENDINGS else given.name
    return nearest(stem, known)
