"""Chance as a pure function of seed, replication, decision, month and entity.

There is no generator and so no state: nothing to save, skip or leak. Two policies that ask the same question about
the same organization in the same month meet the same luck, whatever else has happened in between.

Philox-4x32-10: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC'11.
Counter = (id low, id high, month, decision); key = (seed, replication); each of the four words of the answer is good
for a uniform, and decisions asked together share an answer (`orgsim.schedule.TOGETHER`).
Inlined by numba itself, the ten rounds run on four draws at once; left to the linker they do not (3 against 18 ns).
"""

from __future__ import annotations

from hashlib import blake2s
from typing import Any

import numpy as np
from numba import njit

from orgsim.core.bits import fraction
from orgsim.core.processor import use_full_width

use_full_width()  # numba sets its flags at its first function, and here is ours

MONTH_ZERO = 1 << 20
"""Added to a month, so that the months before the start are positive too."""


def draw_key(name: str) -> int:
    """32-bit key of a decision named `mechanism.rule.u_name`; collisions are refused where rules are collected."""
    return int.from_bytes(blake2s(name.encode(), digest_size=4).digest(), "little")


@njit(nogil=True, inline="always")
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Ten rounds of Philox-4x32 on numpy `uint64` words that hold 32 bits each; four words of 32 bits."""
    mask = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    for _ in range(10):
        # what stands above 32 bits is cut off where it would count: a vector multiplies low halves anyway
        p0 = np.uint64(0xD2511F53) * (c0 & mask)
        p1 = np.uint64(0xCD9E8D57) * (c2 & mask)
        c0, c1, c2, c3 = (p1 >> shift) ^ c1 ^ k0, p1, (p0 >> shift) ^ c3 ^ k1, p0
        k0 = (k0 + np.uint64(0x9E3779B9)) & mask
        k1 = (k1 + np.uint64(0xBB67AE85)) & mask
    return c0 & mask, c1 & mask, c2 & mask, c3 & mask


@njit(nogil=True, inline="always")
def uniforms(seed: Any, replication: Any, draw: Any, month: Any, entity: Any) -> Any:
    """Four uniforms on the open interval (0, 1), each a multiple of 2^-32 and half of that.

    All arguments are numpy `uint64`, `month` counted from `MONTH_ZERO`.
    """
    c0, c1, c2, c3 = philox(entity & np.uint64(0xFFFFFFFF), entity >> np.uint64(32), month, draw, seed, replication)
    return _within(c0), _within(c1), _within(c2), _within(c3)


@njit(nogil=True, inline="always")
def _within(word: Any) -> Any:
    return fraction(np.int64(word << np.uint64(20))) + 1.1641532182693481e-10


@njit(nogil=True)
def descend(parent: Any, month: Any, ordinal: Any, draw: Any) -> Any:
    """A newborn's lasting id: a hash of what caused it – parent, month, ordinal – never a counter."""
    c0, c1, _, _ = philox(parent & np.uint64(0xFFFFFFFF), parent >> np.uint64(32), month, draw, ordinal, np.uint64(7))
    return (c1 << np.uint64(32)) | c0


@njit(nogil=True)
def _uniforms(seed: Any, replication: Any, draw: Any, month: Any, entity: Any) -> Any:
    return uniforms(seed, replication, draw, month, entity)


def one_uniform(seed: int, replication: int, draw: int, month: int, entity: int, word: int = 0) -> float:
    """The uniform of one decision, for interpreted use; the very bits a compiled kernel draws."""
    whole = np.uint64
    four = _uniforms(whole(seed), whole(replication), whole(draw), whole(month + MONTH_ZERO), whole(entity))
    return float(four[word])
