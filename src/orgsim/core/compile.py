"""Compiles the printed kernels and keeps them on disk, in a folder named after all they are made from.

Numba's own disk cache notices a change of the file it stands in, not of a rule in another file; a folder keyed by
a hash of every source makes a stale answer impossible.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any, Literal

import numba
import numpy as np

from orgsim.core import births, bits, draws, elementary, numerics
from orgsim.core.cache import cache_folder
from orgsim.core.kernels import entries, initial_kernels, month_kernels, phase_kernels, print_module, stretches
from orgsim.core.printing import arguments
from orgsim.core.processor import compiled_for
from orgsim.core.registry import Model

Progress = Callable[[int, int], None]
"""Called with (done, all) while something long goes on."""

Function = Callable[..., Any]


class Compiled:
    """A model's compiled functions; each takes month, moment, seed, replications, parameters and `World.arrays()`.

    `month` takes besides, first, the stretch at which each replication goes on and where to stop, and stops where rows
    are wanting (see `kernels.month`); `cuts` are the numbers of the phases that begin the stretches. `phase` and
    `begin` are what a month consists of, for callers that go by single phases; they are compiled when first asked for.
    """

    def __init__(self, model: Model, module: Any, parts: Sequence[str], folder: Path, cached: bool) -> None:
        self._model, self._module, self._folder, self.cached = model, module, folder, cached
        self._parts = parts
        self._signature = ", ".join(arguments(model).values())
        self._functions: dict[str, Function] = {}
        self.cuts = tuple(stretch[0] for stretch in stretches(model))
        self._beginning = [entity for entity, rules in model.initials.items() if rules]

    def make_month(self) -> None:
        """Compile `month`, which is not there before."""
        self.month = self._function("month_of_all", f"boolean(int64[::1], int64, {self._signature})")

    def phase(self, number: int) -> Function:
        """Runs phase `number`, without the first values of rows that are born in it."""
        return self._function(f"phase_{number:02d}")

    def every_phase(self, progress: Progress | None = None, only: Sequence[int] | None = None) -> None:
        """Compile all single phases now, or `only` some; `progress` is called for those never compiled before."""
        numbers = range(len(self._model.schedule)) if only is None else only
        for done, number in enumerate(numbers):
            ready = self._folder / f"ready-phase-{number:02d}"
            if progress and not ready.exists():
                progress(done, len(numbers))
            self.phase(number)
            if self.cached:
                ready.touch()

    def begin(self, entity: str, part: Literal["", "roots", "rest"] = "") -> Function | None:
        """Gives the newborn rows of an entity their first values; None if there is nothing to give.

        With `part` only those that rest on no other ("roots"), or only the others ("rest"), for callers that know
        some of them better.
        """
        name = f"begin_{entity}_{part}".rstrip("_")
        return self._function(name) if entity in self._beginning else None

    def every_part(self, backwards: bool = False) -> None:
        """Compile all single phases and all first values now; `backwards` for a process that helps another.

        The two meet in the middle, for what one has compiled the other finds on disk.
        """
        for name in reversed(self._parts) if backwards else self._parts:
            self._function(name)
        self.every_phase()  # says that they are

    def _function(self, name: str, signature: str | None = None) -> Function:
        if name not in self._functions:
            signature = signature or f"void({self._signature})"
            make = numba.njit(signature, cache=self.cached, nogil=True, error_model="numpy")
            self._functions[name] = make(getattr(self._module, name))
        return self._functions[name]


def compile_model(model: Model, progress: Progress | None = None) -> Compiled:
    """All that runs a month of `model`, compiled once and kept.

    `progress` is called only if something has to be compiled. A cache folder that cannot be written costs the
    compilation at every start, never the run.
    """
    compiled, kernels, ready = printed(model)
    if not ready.exists():
        for number, kernel in enumerate(kernels):
            if progress:
                progress(number, len(kernels))
            kernel()
    compiled.make_month()
    if progress and not ready.exists():
        progress(len(kernels), len(kernels))
    if compiled.cached:
        ready.touch()
    return compiled


def printed(model: Model) -> tuple[Compiled, list[Callable[[], None]], Path]:
    """The printed model, of which nothing is compiled yet; what compiles its kernels; the file that says they are."""
    phases = [phase_kernels(model, number) for number in range(len(model.schedule))]
    initials = {entity: initial_kernels(model, entity) for entity, rules in model.initials.items() if rules}
    every = (*phases, *chain(*initials.values()), month_kernels(model))
    kernels = [kernel for some in every for kernel in some]
    called = list(entries(model, phases, initials))
    text = print_module(model, kernels, called)
    folder, cached = _place(model, text)
    module = _import(folder / "kernels.py", text)
    types = f"(int64, {', '.join(arguments(model).values())})"
    ways: list[Callable[[], None]] = [partial(getattr(module, kernel.name).compile, types) for kernel in kernels]
    parts = [one.name for one in called if one.name != "month_of_all"]
    return Compiled(model, module, parts, folder, cached), ways, folder / "ready"


def _place(model: Model, text: str) -> tuple[Path, bool]:
    """Folder of the printed module, written if need be, and whether it may be used as a cache."""
    digest = blake2b(text.encode(), digest_size=12)
    digest.update(f"{numba.__version__} {np.__version__} {sys.version} {compiled_for()}".encode())
    names = {thing.function.__module__ for thing in model.written()}
    for name in sorted(names | {module.__name__ for module in (births, bits, draws, elementary, numerics)}):
        digest.update(_source(name))
    folder = cache_folder() / f"kernels-{digest.hexdigest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "kernels.py"
        if not file.exists():
            draft = folder / f".kernels.{os.getpid()}"
            draft.write_text(text, encoding="utf-8")
            draft.replace(file)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="orgsim-"))
        (folder / "kernels.py").write_text(text, encoding="utf-8")
        return folder, False
    return folder, True


def _source(module: str) -> bytes:
    file = sys.modules[module].__file__
    return Path(file).read_bytes() if file else b""


def _import(file: Path, text: str) -> Any:
    name = f"orgsim_kernels_{blake2b(text.encode(), digest_size=8).hexdigest()}"
    specification = importlib.util.spec_from_file_location(name, file)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module
