"""How wide vectors are is asked for, and is nothing that a result could tell."""

from __future__ import annotations

import os
import subprocess
import sys

import llvmlite.binding as llvm
import pytest
from numba import config

from orgsim.core.processor import use_full_width

LOOP = """
import numpy as np
from numba import njit
from orgsim.core.draws import uniforms
from orgsim.core.elementary import exp, log, on_grid

@njit("void(uint64[::1], float64[::1])", error_model="numpy")
def work(ids, found):
    for i in range(ids.size):
        one, two, three, four = uniforms(np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4), ids[i])
        found[i] = on_grid(1000.0 * exp(one - two) * log(three)) / four

ids = np.arange(4001, dtype=np.uint64)
found = np.empty(ids.size)
work(ids, found)
print(found.tobytes().hex())
"""


class Features(dict[str, bool]):
    """What a processor can do, as llvmlite tells it."""

    def flatten(self) -> str:
        return ",".join(f"{'+' if there else '-'}{name}" for name, there in self.items())


@pytest.mark.parametrize(
    ("features", "chosen", "flags"),
    [
        ({"avx2": True, "avx512vbmi2": True}, None, "+avx2,+avx512vbmi2,-prefer-256-bit"),
        ({"avx512f": True, "avx512vbmi2": False}, None, None),
        ({"neon": True}, None, None),
        ({"avx512vbmi2": True}, "+avx2", "+avx2"),
    ],
    ids=["since Ice Lake", "before", "another make", "chosen by hand"],
)
def test_full_width_is_asked_of_processors_that_keep_their_clock_with_it(
    monkeypatch: pytest.MonkeyPatch, features: dict[str, bool], chosen: str | None, flags: str | None
) -> None:
    monkeypatch.setattr(llvm, "get_host_cpu_features", lambda: Features(features))
    monkeypatch.setitem(vars(config), "CPU_FEATURES", chosen)
    monkeypatch.setitem(vars(config), "ENABLE_AVX", 1)
    use_full_width()
    assert vars(config)["CPU_FEATURES"] == flags


def test_wide_vectors_give_the_bits_of_narrow_ones() -> None:
    def bits(**environment: str) -> str:
        ran = [sys.executable, "-c", LOOP]
        return subprocess.run(ran, capture_output=True, check=True, text=True, env=os.environ | environment).stdout

    assert bits() == bits(NUMBA_CPU_FEATURES=llvm.get_host_cpu_features().flatten())
