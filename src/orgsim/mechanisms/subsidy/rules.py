"""Subsidy: public money without a delivery to match; it counts towards dependence."""

from __future__ import annotations

from orgsim.core.rule import rule
from orgsim.core.units import Count, Flag, Money, Ratio


@rule("organization")
def subsidy_claim(
    active: Flag,
    registered: Flag,
    listed: Flag,
    rating: Count,
    extra_subsidy: Money,
    core_grant: Money,
    community_grant: Money,
    minimum_rating: Count,
) -> Money:
    """Subsidy of the month that an organization is entitled to; none for the abnormal list or too low a rating."""
    if not active or listed:
        return 0.0
    if not registered:
        return max(0.0, community_grant + extra_subsidy) / 12.0
    return max(0.0, (core_grant if rating >= minimum_rating else 0.0) + extra_subsidy) / 12.0


@rule("sector")
def subsidy_coverage(subsidy_claims: Money, yearly_cap: Money) -> Ratio:
    """Share of every claim that the pot can pay: when it runs short all are cut alike."""
    if subsidy_claims <= 0.0:
        return 1.0
    return min(1.0, yearly_cap / 12.0 / subsidy_claims)


@rule("organization")
def subsidy_receipt(subsidy_claim: Money, sector__subsidy_coverage: Ratio) -> Money:
    """Subsidy paid this month."""
    return subsidy_claim * sector__subsidy_coverage
