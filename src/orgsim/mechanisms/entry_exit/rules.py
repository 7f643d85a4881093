"""Entry and exit: economic death first, then the slow work of the register; and foundings.

Exit comes from cash, people and sanctions. The hazard ratios of the literature are checks on what comes out, never
put in.
"""

from __future__ import annotations

from math import floor

from orgsim.core.elementary import exp, log
from orgsim.core.numerics import clip, power
from orgsim.core.rule import initial, rule
from orgsim.core.units import (
    Code,
    Count,
    Flag,
    Hazard,
    Index,
    LogRatio,
    Money,
    Months,
    Probability,
    Ratio,
    Share,
    Uniform,
    Years,
)


@initial("organization")
def starting_age(
    from_the_start: Flag, young_share: Share, middle_share: Share, old_mean: Months, u_age: Uniform
) -> Months:
    """Months since founding: 0 for a newborn, else spread as the register's ages are (5, 10 years)."""
    if not from_the_start:
        return 0.0
    if u_age < young_share:
        return floor(1.0 + 59.0 * u_age / young_share)
    if u_age < young_share + middle_share:
        return floor(60.0 + 60.0 * (u_age - young_share) / middle_share)
    rest = (1.0 - u_age) / (1.0 - young_share - middle_share)
    return floor(120.0 - old_mean * log(max(rest, 0.01)))


@rule("organization")
def age(age: Months) -> Months:
    """Months since founding."""
    return age + 1.0


@initial("organization")
def starting_maturity(age: Months, newness: Share, newness_months: Months) -> Ratio:
    """Newborn organizations have not reached their scale yet."""
    return 1.0 - newness * exp(-age / newness_months)


@rule("organization")
def maturity(age: Months, newness: Share, newness_months: Months) -> Ratio:
    """Share of its scale that an organization of this age has reached."""
    if age > 12.0 * newness_months:
        return 1.0
    return 1.0 - newness * exp(-age / newness_months)


@initial("organization")
def starting_registered(kind: Code) -> Flag:
    """On the register; community organizations are only filed."""
    return kind != 4


@initial("organization")
def starting_dormant(from_the_start: Flag, start_dormant: Share, u_dormant: Uniform) -> Flag:
    """Economically dead but still on the register when the model begins; a newborn is alive."""
    return from_the_start and u_dormant < start_dormant


@initial("organization")
def starting_active(dormant: Flag) -> Flag:
    """Alive and working."""
    return not dormant


@rule("organization")
def cohort(cohort: Flag, month: int) -> Flag:
    """Was there when the policy months began."""
    return cohort or month == 0


@rule("organization")
def short_months(short_months: Months, active: Flag, months_of_cash: Months, insolvent_below: Months) -> Months:
    """Months in a row that debts have exceeded what creditors bear."""
    return short_months + 1.0 if active and months_of_cash < insolvent_below else 0.0


@rule("organization")
def idle_months(
    idle_months: Months, active: Flag, headcount: Count, delivered: Money, services: Ratio, usual_income: Money
) -> Months:
    """Months in a row without people and without anything done."""
    busy = headcount > 0.0 or delivered > 0.02 * usual_income or services > 0.5
    return 0.0 if busy or not active else idle_months + 1.0


@rule("organization")
def becomes_dormant(
    active: Flag, short_months: Months, idle_months: Months, patience: Months, idle_limit: Months
) -> Flag:
    """Dies economically this month: broke for three months, or empty for twelve."""
    return active and (short_months >= patience or idle_months >= idle_limit)


@rule("sector")
def cleanup_hazard(cleanup_rate: Probability) -> Hazard:
    """Chance of a dormant organization's case to be taken up this month."""
    return 1.0 - power(1.0 - cleanup_rate, 1.0 / 12.0)


@rule("sector")
def dissolution_hazard(dissolution: Probability) -> Hazard:
    """Chance of an active organization to end this month of its own wish."""
    return 1.0 - power(1.0 - dissolution, 1.0 / 12.0)


@rule("organization", when="dormant")
def handled(sector__cleanup_hazard: Hazard, u_handled: Uniform) -> Flag:
    """A dormant organization's case is taken up this month."""
    return u_handled < sector__cleanup_hazard


@rule("organization")
def closing(
    active: Flag,
    handled: Flag,
    revoked: Flag,
    revive_share: Share,
    deregister_share: Share,
    sector__dissolution_hazard: Hazard,
    leader_age: Years,
    leader_effect: LogRatio,
    innovation__leader_age_mean: Years,
    u_closing: Uniform,
) -> Code:
    """How an organization leaves the register: 0 not, 1 own wish, 2 deregistered, 3 struck off, 4 revoked for cause.

    Older leaders carry on: the hazard of ending by own wish is x .95 for each ten years of the leader's age.
    """
    lasting = exp(leader_effect * (leader_age - innovation__leader_age_mean) / 10.0)
    code = 1 if active and u_closing < sector__dissolution_hazard * lasting else 0
    if handled and u_closing >= revive_share:
        code = 2 if u_closing < revive_share + deregister_share else 3
    return 4 if revoked else code


@rule("organization")
def closes(closing: Code) -> Flag:
    """Leaves the register this month."""
    return closing > 0


@rule("organization")
def revived(handled: Flag, closes: Flag) -> Flag:
    """A dormant organization takes up work again."""
    return handled and not closes


@rule("organization")
def stops(active: Flag, becomes_dormant: Flag, closes: Flag) -> Flag:
    """Stops working this month; its people lose their posts."""
    return active and (becomes_dormant or closes)


@rule("organization")
def dormant(dormant: Flag, becomes_dormant: Flag, revived: Flag) -> Flag:
    """Economically dead but still on the register."""
    return (dormant or becomes_dormant) and not revived


@rule("organization")
def active(dormant: Flag) -> Flag:
    """Alive and working."""
    return not dormant


@rule("organization")
def liquidation(closes: Flag, cash: Money) -> Money:
    """Money that goes to other public purposes when an organization ends; below zero, debts nobody pays."""
    return cash if closes else 0.0


@rule("staff")
def displaced(employer__stops: Flag) -> Flag:
    """Loses the post because the employer stops."""
    return employer__stops


@initial("sector")
def starting_usual_budget(contracts__yearly_budget: Money) -> Money:
    """Contract budget when the burn-in begins."""
    return contracts__yearly_budget


@rule("kind")
def applications(
    stock: Count,
    founding_hazard: Hazard,
    trust_effect: Ratio,
    funding_effect: Ratio,
    gate_effect: Ratio,
    daily_effect: Ratio,
    supervision__dual_management: Code,
    supervision__daily_management: Share,
    sector__public_trust: Index,
    sector__contract_budget: Money,
    sector__usual_budget: Money,
    sector__price_index: Ratio,
) -> Count:
    """Organizations of this kind that ask to be registered this month: stock x hazard x gate x trust x climate."""
    climate = 1.0
    if sector__contract_budget > 0.0 and sector__usual_budget > 0.0:
        climate = exp(funding_effect * log(sector__contract_budget / (sector__usual_budget * sector__price_index)))
    gate = (1.0 - gate_effect if supervision__dual_management == 1 else 1.0) * (
        1.0 + daily_effect * supervision__daily_management
    )
    lean = exp(trust_effect * clip((sector__public_trust - 0.5) / 0.10, -3.0, 3.0))
    return stock * founding_hazard * gate * lean * clip(climate, 0.3, 3.0)


@rule("kind")
def admitted(waiting: Count, applications: Count, gate_delay: Months, supervision__dual_management: Code) -> Count:
    """Those whose registration comes through this month; under dual management a sponsor has to be found first."""
    return (waiting + applications) / (1.0 + (gate_delay if supervision__dual_management == 1 else 0.0))


@rule("kind")
def waiting(waiting: Count, applications: Count, admitted: Count) -> Count:
    """Those who wait at the gate."""
    return waiting + applications - admitted


@rule("kind")
def foundings(admitted: Count, u_foundings: Uniform) -> Count:
    """Organizations of this kind founded this month."""
    return floor(admitted + u_foundings)
