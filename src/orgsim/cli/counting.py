"""Progress of long work on stderr: a bar with the time left in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from orgsim.cli.shared import Language
from orgsim.cli.simulating import COMPILING, Report

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

LINE_EVERY = 15.0
"""Seconds between two lines where stderr is no terminal."""


@contextmanager
def counted(quiet: bool, lang: Language, named: Callable[[str], str] = str) -> Iterator[Report | None]:
    """What to report to; `named` says in words what is reported."""
    if quiet:
        yield None
        return

    def words(what: str) -> str:
        return lang.say("compiling the model, once", "首次编译模型") if what == COMPILING else named(what)

    if not sys.stderr.isatty():
        yield _Lines(lang, words)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _rate(lang), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda what, done, total: bars.update(
            task, description=words(what), completed=done, total=total, refresh=True
        )


def _rate(lang: Language) -> ProgressColumn:
    """A column that says how much a minute is done."""
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text("" if not task.speed else lang.say(f"{60 * task.speed:.0f}/min", f"{60 * task.speed:.0f}/分钟"))

    return Rate()


class _Lines:
    """Says now and then how far the work is, and how long the rest will take at this rate."""

    def __init__(self, lang: Language, words: Callable[[str], str]) -> None:
        self._lang, self._words = lang, words
        self._since: tuple[float, int] | None = None
        self._last = float("-inf")

    def __call__(self, what: str, done: int, total: int) -> None:
        now = monotonic()
        if what != COMPILING and self._since is None:
            self._since = (now, done)
        if now - self._last < LINE_EVERY:
            return
        self._last = now
        said = self._words(what)
        if self._since is None or done == self._since[1]:
            text = f"{said} …"
        else:
            speed = (done - self._since[1]) / (now - self._since[0])
            left = time_text((total - done) / speed, self._lang)
            text = self._lang.say(
                f"{said}: {done} of {total}, {60 * speed:.0f} a minute, about {left} left",
                f"{said}：已完成 {done} / {total}，每分钟 {60 * speed:.0f}，约剩 {left}",
            )
        print(text, file=sys.stderr, flush=True)


def time_text(seconds: float, lang: Language) -> str:
    """A time as people say it: '40 s', '12 min', '3.5 h'."""
    if seconds <= 90:
        return lang.say(f"{seconds:.0f} s", f"{seconds:.0f}秒")
    if seconds <= 5400:
        return lang.say(f"{seconds / 60:.0f} min", f"{seconds / 60:.0f}分钟")
    return lang.say(f"{seconds / 3600:.1f} h", f"{seconds / 3600:.1f}小时")
