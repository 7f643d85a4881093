"""Compiles the printed kernels and keeps them on disk, in a folder named after all they are made from.

Numba's own disk cache notices a change of the file it stands in, not of a rule in another file; a folder keyed by
a hash of every source makes a stale answer impossible.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba
import numpy as np

from orgsim.core import births, draws, numerics
from orgsim.core.cache import cache_folder
from orgsim.core.kernels import initial_kernels, phase_kernels, print_module
from orgsim.core.printing import Kernel
from orgsim.core.registry import Model

Progress = Callable[[int, int], None]
"""Called with (done, all) while something long goes on."""

_TYPES = {np.float64: "float64", np.bool_: "boolean", np.int64: "int64", np.uint64: "uint64"}
_HEAD = "int64, uint64, uint64, uint64[::1], float64[:,::1]"


@dataclass(frozen=True)
class Compiled:
    """A model's kernels ready to call, by name, with the arrays each takes."""

    functions: dict[str, Callable[..., None]]
    phases: tuple[tuple[Kernel, ...], ...]
    initials: dict[str, tuple[Kernel, ...]]


def compile_model(model: Model, progress: Progress | None = None) -> Compiled:
    """All kernels of `model`, compiled once and kept.

    `progress` is called only if something has to be compiled. A cache folder that cannot be written costs the
    compilation at every start, never the run.
    """
    phases = tuple(tuple(phase_kernels(model, n, phase)) for n, phase in enumerate(model.schedule))
    initials = {name: tuple(initial_kernels(model, name)) for name, rules in model.initials.items() if rules}
    kernels = [k for phase in phases for k in phase] + [k for parts in initials.values() for k in parts]
    text = print_module(model, kernels)
    folder, cached = _place(model, text)
    module = _import(folder / "kernels.py", text)
    ready = folder / "ready"
    announce = progress if not ready.exists() else None
    functions: dict[str, Callable[..., None]] = {}
    for number, kernel in enumerate(kernels):
        if announce:
            announce(number, len(kernels))
        signature = f"void({', '.join([_HEAD, *(_array_type(model, *array) for array in kernel.arrays)])})"
        make = numba.njit(signature, cache=cached, nogil=True, error_model="numpy")
        functions[kernel.name] = make(getattr(module, kernel.name))
    if announce:
        announce(len(kernels), len(kernels))
    if cached:
        ready.touch()
    return Compiled(functions, phases, initials)


def _array_type(model: Model, entity: str, column: str) -> str:
    if column == "top":
        return "int64[::1]"
    special = {"present": "boolean", "newborn": "boolean", "id": "uint64"}
    name = special.get(column) or _TYPES[model.columns[entity][column].dtype]  # type: ignore[index]
    return f"{name}[:,::1]"


def _place(model: Model, text: str) -> tuple[Path, bool]:
    """Folder of the printed module, written if need be, and whether it may be used as a cache."""
    digest = blake2b(text.encode(), digest_size=12)
    digest.update(f"{numba.__version__} {np.__version__} {sys.version}".encode())
    names = {thing.function.__module__ for thing in model.written()}
    for name in sorted(names | {births.__name__, draws.__name__, numerics.__name__}):
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
