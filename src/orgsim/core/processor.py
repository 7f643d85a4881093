"""What is asked of the processor: vectors of full width where they cost no clock.

The compiler holds back from 512 bits, because early processors slowed their clock for them. Those from Ice Lake on do
not, and are known by an instruction set that came with it. Wider vectors do more rows at once, each row as before: the
bits of a result do not change.
"""

from __future__ import annotations

import llvmlite.binding as llvm
from numba import config
from numba.core.registry import cpu_target

_SINCE_ICE_LAKE = "avx512vbmi2"


def use_full_width() -> None:
    """Set numba's flags so, unless NUMBA_CPU_FEATURES or NUMBA_ENABLE_AVX say otherwise.

    To be called before anything is compiled; later it is of no effect.
    """
    settings = vars(config)
    if settings["CPU_FEATURES"] is None and settings["ENABLE_AVX"]:
        features = llvm.get_host_cpu_features()
        if features.get(_SINCE_ICE_LAKE, False):
            settings["CPU_FEATURES"] = f"{features.flatten()},-prefer-256-bit"


def compiled_for() -> str:
    """What code is compiled for in this process: system, processor and its features."""
    return " ".join(cpu_target.target_context.codegen().magic_tuple())
