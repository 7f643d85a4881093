"""Which study is meant, and a gentle end of running it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from orgsim.cli.shared import Language
from orgsim.cli.simulating import STDERR, STOPPED
from orgsim.errors import InputError, nearest

if TYPE_CHECKING:
    from orgsim.studies import Store, Study

HOME, STORES = Path("experiments"), Path("results")
"""Where studies are looked for by name, and where their stores go."""

StudyArgument = Annotated[
    str,
    typer.Argument(
        metavar="STUDY",
        help="A study file, its folder, the name of one in experiments/, or a store such as results/contract-terms.",
        show_default=False,
    ),
]
StoreOption = Annotated[
    Path | None,
    typer.Option("--store", metavar="FOLDER", help="Where rows are kept.  [default: results/NAME]", show_default=False),
]


def located(word: str, store: Path | None) -> tuple[Path | None, Path]:
    """The file of the study that a person means, None if they name a store, and the folder of its store."""
    from orgsim.studies.layout import FILE, is_store, name_of

    given = Path(word)
    if is_store(given):
        if store is not None and store != given:
            raise InputError("is a store itself; --store goes with a study file", file=given)
        return None, given
    bare = given.name == word
    for file in (given, given / FILE, *([HOME / word / FILE, HOME / f"{word}.yaml"] if bare else [])):
        if file.is_file():
            return file, store or STORES / name_of(file)
    if bare and is_store(STORES / word):
        return None, STORES / word
    known = {entry.name for entry in HOME.iterdir() if (entry / FILE).is_file()} if HOME.is_dir() else set()
    where = f"it is no file, has no {FILE}, and is neither in {HOME}/ nor in {STORES}/"
    raise InputError(f"there is no study '{word}': {where}{nearest(word, known)}")


def opened(word: str, store: Path | None) -> tuple[Study, Path]:
    """The study that a person means and the folder of its store, which need not be there."""
    from orgsim.studies import Store, load_study

    file, folder = located(word, store)
    return (Store(folder).study() if file is None else load_study(file)), folder


def stored(word: str, store: Path | None) -> Path:
    """The folder of a store, which must be there; nothing in it is read."""
    from orgsim.studies.layout import is_store

    file, folder = located(word, store)
    if not is_store(folder):
        raise InputError(f"has not been run yet: there is no {folder}; orgsim experiment run {word}", file=file)
    return folder


def existing(word: str, store: Path | None) -> Store:
    """The store of a study, which must be there and be of this study."""
    from orgsim.studies import Store, load_study
    from orgsim.studies.matching import check_same

    file, _ = located(word, store)
    found = Store(stored(word, store))
    if file is not None:
        check_same(load_study(file), found)
    return found


@contextmanager
def stopping_gently(lang: Language) -> Iterator[threading.Event]:
    """An event that Ctrl-C (or the end of a cluster's patience, SIGTERM) sets; the second time the program ends."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def told(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(STOPPED)
        stop.set()
        sentence = lang.say(
            "\nfinishing what is in flight; Ctrl-C again ends at once", "\n正在完成手头的运行；再按一次 Ctrl-C 立即结束"
        )
        os.write(STDERR, f"{sentence}\n".encode(errors="replace"))

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
