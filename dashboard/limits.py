"""What one page may ask of the server, so that it stays quick for everybody; each limit has a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from orgsim.errors import InputError

SCENARIOS = 6
"""Policies that are compared with today at once."""
MOST_BYTES, MOST_ORGANIZATIONS, MOST_FUNDERS = 10_000_000, 50_000, 500
"""Bytes of a register, and what its district may hold; a replication of so many takes several seconds."""


def check_scenarios(number: int) -> None:
    """Raise `InputError` for more policies than are compared at once."""
    if number > SCENARIOS:
        raise InputError(f"{number} policies are more than the {SCENARIOS} that are compared at once")


def checked(funders: int, organizations: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """The counts of a district, by kind; InputError if it is empty or too large for a page."""
    total = sum(organizations)
    if total < 1 or min(organizations) < 0:
        raise InputError("a district has one organization at least")
    if total > MOST_ORGANIZATIONS:
        raise InputError(f"{total:,} organizations are more than the {MOST_ORGANIZATIONS:,} this page takes")
    if not 1 <= funders <= MOST_FUNDERS:
        raise InputError(f"a district has 1 to {MOST_FUNDERS} funders, not {funders}")
    return funders, tuple(organizations)
