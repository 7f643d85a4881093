"""Public money without a delivery to match."""

from __future__ import annotations

from .actor import Actor
from .arithmetic import total


class Organization(Actor):
    subsidy_claim = subsidy_receipt = 0.0

    def claim_subsidy(self) -> None:
        v = self.values.subsidy
        if not self.active or self.listed:
            yearly = 0.0
        elif self.registered:
            yearly = v.core_grant if self.rating >= v.minimum_rating else 0.0
        else:
            yearly = v.community_grant
        self.subsidy_claim = max(0.0, yearly) / 12.0

    def receive_subsidy(self) -> None:
        self.subsidy_receipt = self.subsidy_claim * self.sector.subsidy_coverage


class Sector(Actor):
    subsidy_claims = subsidy_coverage = 0.0

    def count_subsidy_claims(self) -> None:
        self.subsidy_claims = total(o.subsidy_claim for o in self.model.organizations)

    def share_out_subsidy(self) -> None:
        pot = self.values.subsidy.yearly_cap / 12.0
        self.subsidy_coverage = min(1.0, pot / self.subsidy_claims) if self.subsidy_claims > 0.0 else 1.0
