"""Names made from content: the same meaning gives the same name on every machine, any other meaning another.

Content is first written as canonical JSON, in which nothing is left to chance: keys are sorted, a float is spelt
in hexadecimal (no rounding, −0.0 is 0.0), an integer is never equal to a float, and NaN is refused because it
equals nothing, not even itself. BLAKE2b then turns the text into 32 hexadecimal digits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

DIGEST_BYTES = 16
MODEL_PARTS = (
    "core",
    "engines",
    "ensembles",
    "mechanisms",
    "outcomes",
    "scenarios",
    "population.py",
    "register.py",
    "schedule.py",
)
"""Parts of the package that decide numbers."""


def canonical_json(content: object) -> str:
    """The one spelling of `content`: None, bool, int, float, str, numpy scalars and arrays, lists, tuples, mappings.

    Raises ValueError for NaN and TypeError for anything else, since neither has a spelling that can be trusted.
    """
    return json.dumps(_plain(content), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def content_hash(content: object) -> str:
    """BLAKE2b-128 of the canonical spelling: 32 hexadecimal digits, safe as a file name."""
    return _digest(canonical_json(content).encode("ascii"))


@cache
def source_hash(parts: tuple[str, ...] = MODEL_PARTS) -> str:
    """Content hash of the source of some parts of the package, by default of all that decide numbers."""
    root = Path(__file__).parents[1]
    digest = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        place = root / part
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.suffix in (".py", ".yaml"):
                digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
                digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def _plain(content: object) -> object:
    # A letter before each text keeps the text "f:0x1p+0" apart from the float it spells.
    if content is None or isinstance(content, bool):
        return content
    if isinstance(content, np.bool_):
        return bool(content)
    if isinstance(content, int | np.integer):
        return int(content)
    if isinstance(content, float | np.floating):
        return f"f:{_spelt(float(content))}"
    if isinstance(content, str):
        return f"s:{content}"
    if isinstance(content, np.ndarray):
        return _array(content)
    if isinstance(content, Mapping):
        if not all(isinstance(key, str) for key in content):
            raise TypeError("keys of hashed content are text")
        return {key: _plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(item) for item in content]
    raise TypeError(f"{type(content).__name__} has no canonical spelling")


def _spelt(number: float) -> str:
    if math.isnan(number):
        raise ValueError("NaN cannot be hashed: it equals nothing")
    return (number + 0.0).hex()  # adding 0.0 turns −0.0 into 0.0 and leaves every other number alone


def _array(array: np.ndarray) -> str:
    """Dtype, shape and a hash of the little-endian bytes: a long array is not spelt number by number."""
    if array.dtype.kind not in "biuf":
        raise TypeError(f"an array of {array.dtype} has no canonical spelling")
    if array.dtype.kind == "f":
        if np.isnan(array).any():
            raise ValueError("NaN cannot be hashed: it equals nothing")
        array = array + array.dtype.type(0)
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    return f"a:{little.dtype.str}:{array.shape}:{_digest(little.tobytes())}"
