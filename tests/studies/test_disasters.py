"""Disks that refuse, locks that fail, two signals instead of one, scripts that were written without care."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orgsim import files
from orgsim.cli.experiment import opening
from orgsim.cli.shared import Language
from orgsim.errors import MachineError
from orgsim.studies import Store, Study, results_table, run_study, runner
from orgsim.studies.parts import listed
from tests.studies.conftest import SHORT, STUDY, until, write_study

Make = Callable[..., Study]


def test_a_store_that_has_become_read_only_is_said_and_the_study_goes_on_later(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study, write, written = make_study(SHORT), files.write_flushed, [0]

    def refusing(file: Path, content: bytes) -> None:
        written[0] += "parts" in file.parts
        if written[0] > 2:
            raise OSError(errno.EROFS, "Read-only file system", str(file))
        write(file, content)

    def silent(_store: Store, **what: Any) -> None:
        if written[0] > 2:
            raise MachineError("the diary cannot be written either")

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_flushed", refusing)
        patch.setattr(Store, "say", silent)
        with pytest.raises(MachineError, match=r"no permission to write .*parts") as told:
            run_study(study, tmp_path / "s", workers=1, commit_every=0)
    for language in ("en", "zh"):  # whatever command it is, no option is named that it may not have
        assert " --" not in told.value.sentence(language)
    kept = sum(part.rows for part in Store(tmp_path / "s").parts())
    ended = run_study(study, tmp_path / "s")
    assert (ended.exit_code, ended.reused) == (0, kept)
    assert 0 < kept < 15


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[None]:
    """A disk of that size; the test is left out where none may be made."""
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.soak
def test_a_disk_that_is_really_full_or_read_only_stops_a_study_cleanly(make_study: Make, tmp_path: Path) -> None:
    study = make_study(STUDY.replace("levels: 2", "levels: 30").replace("replications: 3", "replications: 4"))
    place = tmp_path / "disk"
    with disk(place, 1):
        filler = place / "filler"
        filler.write_bytes(b"x" * 500_000)
        with pytest.raises(MachineError, match="the disk is full"):
            run_study(study, place / "s", commit_every=0)
        kept = sum(part.rows for part in Store(place / "s").parts())
        assert kept
        assert all(part.holds() for part in Store(place / "s").parts())
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        with pytest.raises(MachineError, match="no permission to write"):
            run_study(study, place / "s", commit_every=0)
        assert (results_table(Store(place / "s"))["status"] == "ok").sum() == kept
        subprocess.run(["mount", "-o", "remount,rw,size=64m", place], check=True)
        filler.unlink()
        ended = run_study(study, place / "s")
        assert (ended.exit_code, ended.reused) == (0, kept)
        here = run_study(study, tmp_path / "here").store
        assert (place / "s" / "results.parquet").read_bytes() == (here.folder / "results.parquet").read_bytes()


def test_two_runners_that_no_lock_keeps_apart_waste_work_and_nothing_else(
    make_study: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def open_door(_folder: Path, _shard: str | None = None) -> Iterator[Callable[[], None]]:
        yield lambda: None

    study = make_study()
    run_study(study, tmp_path / "s", stop=stopped())
    monkeypatch.setattr(runner, "locked", open_door)
    monkeypatch.setattr(Store, "repair", lambda *_: [])
    both = [threading.Thread(target=run_study, args=(study, tmp_path / "s"), kwargs={"workers": 1}) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    store = Store(tmp_path / "s")
    assert len(store.finished()) == 24 <= sum(part.rows for part in store.parts())
    here = run_study(study, tmp_path / "here").store
    assert (store.folder / "results.parquet").read_bytes() == (here.folder / "results.parquet").read_bytes()


def stopped() -> threading.Event:
    stop = threading.Event()
    stop.set()
    return stop


def test_the_first_ctrl_c_is_gentle_and_the_second_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    with opening.stopping_gently(Language.en) as stop:
        os.kill(os.getpid(), signal.SIGINT)
        until(stop.is_set)
        assert codes == []
        os.kill(os.getpid(), signal.SIGINT)
        until(lambda: bool(codes))
    assert codes == [130]


@pytest.mark.soak
def test_a_script_without_a_main_guard_runs_with_and_without_a_time_limit(tmp_path: Path) -> None:
    file = write_study(tmp_path / "terms", SHORT)
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom orgsim.studies import load_study, run_study\n"
        f"for limit in (None, 60):\n    ended = run_study(load_study(Path({str(file)!r})),"
        f" Path({str(tmp_path)!r}) / str(limit), timeout=limit)\n    print(ended.done)\n",
        encoding="utf-8",
    )
    said = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=300, check=True)
    assert said.stdout.split() == ["15", "15"]
    assert len(listed(tmp_path / "60" / "parts")) > 0
