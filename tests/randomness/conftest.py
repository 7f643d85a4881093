"""What two recordings must share to count as the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from orgsim.outcomes.recorder import Recording
from orgsim.testing import same_bits

Differs = Callable[..., list[str]]


def _arrays(recording: Recording) -> dict[str, np.ndarray]:
    return {
        **recording.measures,
        **{f"spells.{name}": values for name, values in recording.spells.items()},
        "cash bins": recording.cash,
        "income bins": recording.income,
    }


@pytest.fixture(scope="session")
def differs() -> Differs:
    """Names of all that is recorded otherwise, to the last bit; `at` chooses replications of the second."""

    def compare(a: Recording, b: Recording, at: slice = slice(None)) -> list[str]:
        left, right = _arrays(a), _arrays(b)
        assert left.keys() == right.keys()
        return [name for name in left if not same_bits(left[name], np.ascontiguousarray(right[name][at]))]

    return compare
