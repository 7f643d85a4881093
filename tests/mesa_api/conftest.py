"""A district small enough for the plain engine, and a way to make its model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from orgsim.mesa_api import OrgModel

SMALL = {"association": 3, "service": 3, "social_work": 3, "community": 4, "funders": 2}


@pytest.fixture
def make() -> Callable[..., OrgModel]:
    """Makes the baseline's model of a small district, seed 1, six months; keywords change that."""

    def made(scenario: Any = "baseline", **changes: Any) -> OrgModel:
        return OrgModel(scenario, **{"rng": 1, "months": 6, "population": SMALL, **changes})

    return made
