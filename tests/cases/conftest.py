"""Values that switch off what an analytic world is not about."""

from __future__ import annotations

import pytest

from orgsim.testing import Values

NO_CHANCE: Values = {
    "contracts.volatility": 0.0,
    "contracts.late_share": 0.0,
    "donations.climate_volatility": 0.0,
    "fees.fee_volatility": 0.0,
    "morale.noise": 0.0,
    "turnover.shock_persistence": 1.0,
}
NO_GROWTH: Values = {
    "pay.outside_wage_growth": 0.0,
    "pay.repricing": 0.0,
    "pay.minimum_wage": 0.0,
    "pay.tenure_premium": 0.0,
    "entry_exit.newness": 0.0,
    "skills.decay": 0.0,
    "skills.newcomer_loss": 0.0,
    "skills.quality_speed": 0.0,
    "skills.usual_turnover": 0.0,
    "credibility.building": 0.0,
    "credibility.pull": 0.0,
    "morale.persistence": 1.0,
    "morale.adaptation": 0.0,
    "morale.wear": 0.0,
    "morale.pull": 0.0,
    "innovation.base_hazard": 0.0,
    "innovation.usual_novelty": 0.0,
    "innovation.succession": 0.0,
    "party_building.growth": 0.0,
    "party_building.tie_effect": 0.0,
}
NOBODY_COMES_OR_GOES: Values = {
    "entry_exit.start_dormant": 0.0,
    "entry_exit.dissolution": 0.0,
    "entry_exit.founding_hazard": 0.0,
    "entry_exit.insolvent_below": -1e9,
    "entry_exit.idle_limit": 1e9,
    "turnover.base_hazard": 1e-300,
    "hiring.base_fill": 0.0,
    "hiring.layoff_rate": 0.0,
    "hiring.caution": 0.0,
}
NOBODY_LOOKS: Values = {
    "compliance.revision": 0.0,
    "supervision.inspection_rate": 0.0,
    "supervision.public_channel": 0.0,
    "supervision.media": 0.0,
    "supervision.third_party": 0.0,
    "supervision.internal_hazard": 0.0,
    "supervision.rated_share": 0.0,
    "supervision.application": 0.0,
    "management.missed_if_active": 0.0,
}
TENURE_MEANS_NOTHING: Values = {
    "turnover.month_three_bump": 0.0,
    "turnover.newcomer_excess": 0.0,
    "turnover.pay_effect": 0.0,
    "turnover.renewal_effect": 0.0,
}
# One channel, fees, that brings exactly the usual income; no public money.
ONLY_FEES: Values = {
    "contracts.yearly_budget": 0.0,
    "contracts.capacity": 0.0,
    "subsidy.core_grant": 0.0,
    "subsidy.community_grant": 0.0,
    "supervision.reward": 0.0,
    "fees.fee_share": 1.0,
    "fees.trading_share": 0.0,
    "fees.quality_elasticity": 0.0,
    "fees.credibility_elasticity": 0.0,
    "donations.donation_share": 0.0,
    "autonomy.usual_dependence": 0.0,
}


@pytest.fixture(scope="session")
def quiet() -> Values:
    """A world in which nothing happens but fees and costs."""
    return NO_CHANCE | NO_GROWTH | NOBODY_COMES_OR_GOES | NOBODY_LOOKS | TENURE_MEANS_NOTHING | ONLY_FEES
