"""Holds a world to what a register knows, from its first day to the last of the burn-in, while the rest settles.

Nobody enters or leaves the register before month 0. At the end of each month what is known is put back; whoever leaves
is replaced where the number of staff is known. What is not known moves as the rules have it and so comes to fit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgsim.core.parameters import KINDS, ParameterSpace
from orgsim.engines.columns import make_room
from orgsim.engines.drawn import income_mix, missing_staff, pay_of_staff, scale_of_staff
from orgsim.engines.known import Known
from orgsim.population import mark_sizes
from orgsim.register import CHANNELS

Floats = NDArray[np.float64]
SUSPENDED = {
    "entry_exit.founding_hazard": 0.0,
    "entry_exit.dissolution": 0.0,
    "entry_exit.cleanup_rate": 0.0,
    "supervision.revocation": 0.0,
    "entry_exit.insolvent_below": -100.0,
    "entry_exit.idle_limit": 1e6,
}
"""Values that keep everybody where the register has them, active or dormant, until month 0."""
SIGNS_OF_WORK = ("staff", "full_time", "part_time", "income", *CHANNELS, "rating")
"""What only organizations at work have; who has some is not drawn dormant."""
SINGLE_PHASES = ("team", "mark", "record")
"""Phases that are run again once all is as it is known."""
MOST_STRIKES = 1.1
"""Weight of past sanctions up to which one more cannot revoke a registration."""
SMALLEST = 100.0
"""Yearly income, CNY, below which an organization's scale is not set: the model takes its logarithm."""


def suspended(values: Floats, space: ParameterSpace) -> Floats:
    """One month's parameter values with entry and exit suspended; the last axis are the places of `space`."""
    held = values.copy()
    for name, value in SUSPENDED.items():
        place = space.place[name]
        held[..., place : place + len(space[name].values)] = value
    return held


class Held(Known):
    """A world whose organizations are held to what is known of them."""

    rating_months: Floats
    """Months that known ratings have left at month 0."""

    def begin(self) -> None:
        """First values of organizations and staff: known, or drawn given what is known."""
        self.engine.begin("organization", "roots")
        self._know_roots()
        self.engine.begin("organization", "rest")  # for maturity, of which scale is made
        self._know_scale()
        self.engine.begin("organization", "rest")  # first values are pure: asked again, they follow the scale
        self._know_rest()
        self._hire_first()

    def month(self, values: Floats) -> None:
        """One month of the burn-in under `values`, then all that is known is as it was."""
        self.engine.parameters[:] = suspended(values, self.engine.model.space)
        hire = self.engine.model.number("hire")
        self.engine.step(lambda number: self._replace_leavers() if number == hire else None)
        self.engine.parameters[:] = values
        self._sort_newcomers()
        self._put_back()
        self.engine.run(self.engine.model.number("team"))

    def end(self) -> None:
        """Leave the world as month 0 finds it: sizes and records of the month before as they now are."""
        organizations, staff = self.world["organization"], self.world["staff"]
        age = organizations["age"]
        employer_age = np.take_along_axis(age, staff["employer"], axis=1)
        staff.columns["tenure"][:] = np.where(staff.present, np.minimum(staff["tenure"], employer_age), staff["tenure"])
        organizations.columns["led_for"][:] = np.minimum(organizations["led_for"], age)
        listed = self.known["listed"] == 1.0
        self.put("listed", 1.0, listed)
        self.put("list_months", np.ceil(self.value("supervision.list_term") * self.uniform("list")), listed)
        limit = self.value("entry_exit.idle_limit")
        self.put("idle_months", np.floor(limit * self.uniform("idle")), self.column("idle_months") >= limit)
        mark_sizes(self.world)
        for phase in SINGLE_PHASES:
            self.engine.run(self.engine.model.number(phase))

    def _know_roots(self) -> None:
        known = self.known
        at_work = np.logical_or.reduce([np.nan_to_num(known[name]) > 0.0 for name in SIGNS_OF_WORK])
        known["dormant"] = np.where(np.isnan(known["dormant"]) & at_work, 0.0, known["dormant"])
        self.put_known("dormant")
        # Nobody is founded before month 0, so a drawn age, too, is that of the month before it.
        known["age"] = np.where(np.isnan(known["age"]), self.column("age"), known["age"])
        self.put("age", self.age(), np.ones(self.shape, bool))
        self.put_known("leader_age")
        # The seat says which street or town office it would be; whether it is the bureau is for the draw to say.
        office = known["office"]
        local = ~np.isnan(office) & ((self.column("funder") > 0) | (office == 0))
        self.put("funder", office, local)

    def _know_scale(self) -> None:
        known = self.known
        self.active = ~self.column("dormant")
        self._know_staff()
        per_scale = self.per_scale()
        floor = sum(np.nan_to_num(known[name]) for name in CHANNELS)
        per_post = (
            self.value("pay.on_cost")
            * self.world["sector"]["outside_wage"]
            * self.value("hiring.hours_per_head")
            / self.value("pay.staff_share")
        )  # yearly income that carries a post at the outside wage, a month
        people, rounding = known["staff"], self.column("rounding")
        drawn = np.isnan(known["income"]) & self.active & ~np.isnan(people)
        if drawn.any():
            mean = np.log(self.value("accounts.mean_income")) - self.value("accounts.income_spread") ** 2 / 2
            scale = scale_of_staff(
                people,
                rounding,
                12.0 * per_post * self.column("usual_pay_ratio") / per_scale,
                mean,
                self.value("accounts.income_spread"),
                self.uniform("scale"),
            )
            self.put("scale", scale, drawn)
        self.put("scale", known["income"] / per_scale, ~np.isnan(known["income"]))
        self.put("scale", np.maximum(self.column("scale"), np.maximum(floor / per_scale, SMALLEST)), self.active)
        self.column("scale")[:] = np.maximum(self.column("scale"), SMALLEST)
        usual = self.column("scale") * per_scale
        paid = ~np.isnan(known["income"]) & (np.nan_to_num(people) > 0)
        self.put("usual_pay_ratio", pay_of_staff(people, rounding, usual / 12.0 / per_post), paid)
        self.put("pay_ratio", self.column("usual_pay_ratio"), paid)
        self.put("reserve_target", np.clip(known["cash"] / (usual / 12.0), 0.3, 24.0), ~np.isnan(known["cash"]))
        self._know_mix(usual)

    def _know_staff(self) -> None:
        """Complete the numbers of staff: a part is the rest of the whole, or drawn where the whole is not known."""
        known = self.known
        for name in ("staff", "full_time", "part_time", "certified"):
            known[name] = np.where(self.active, known[name], np.nan)
        share = self.value("hiring.full_time_share")
        full, part, whole = known["full_time"], known["part_time"], known["staff"]
        other_part = np.where(np.isnan(whole), np.nan, whole - full)
        other_full = np.where(np.isnan(whole), np.nan, whole - part)
        luck = self.uniform("staff")
        part = np.where(np.isnan(part), other_part, part)
        full = np.where(np.isnan(full), other_full, full)
        one, two = np.isnan(part) & ~np.isnan(full), np.isnan(full) & ~np.isnan(part)
        part = np.where(one, missing_staff(full, share, luck), part)
        full = np.where(two, missing_staff(part, 1.0 - share, luck), full)
        known["full_time"], known["part_time"] = full, part
        known["staff"] = np.where(np.isnan(whole), full + part, whole)

    def _know_mix(self, usual: Floats) -> None:
        """How far each organization's income differs in kind from what is usual, where any of it is known."""
        known = self.known
        grant = np.where(
            self.column("kind") == KINDS.index("community"),
            self.value("subsidy.community_grant"),
            self.value("subsidy.core_grant"),
        )
        usual_public = self.value("autonomy.usual_dependence")
        shares = {
            "purchase": usual_public,
            "fees": self.value("fees.fee_share"),
            "trading": self.value("fees.trading_share"),
            "gifts": self.value("donations.donation_share"),
        }
        mixed, mix = income_mix(usual, grant, {name: known[name] for name in CHANNELS}, shares)
        for name in CHANNELS:
            known[name] = np.where(mixed, mix[name], np.nan)
        known["income"] = np.where(mixed & np.isnan(known["income"]), usual, known["income"])
        self._know_budgets(np.where(mixed, mix["purchase"], usual_public * usual))
        public = (mix["purchase"] + mix["subsidy"]) / usual
        capacity = self.value("contracts.capacity")
        own = mix["purchase"] / usual / np.maximum(usual_public, 0.01)
        self.contracts = np.where(mixed, own, 1.0)
        self.put("extra_contracts", capacity * (own - 1.0), mixed)
        self.put("extra_subsidy", mix["subsidy"] - grant, mixed)
        self.put("extra_fees", mix["fees"] / usual - shares["fees"], mixed)
        self.put("extra_trading", mix["trading"] / usual - shares["trading"], mixed)
        self.put("extra_gifts", mix["gifts"] / usual - shares["gifts"], mixed)
        self.put("extra_dependence", public - usual_public, mixed)

    def _know_budgets(self, purchase: Floats) -> None:
        """Where offices are known, each holds the share of the budget that its organizations live from."""
        if np.isnan(self.known["office"]).all():
            return
        paid = np.where(self.active, purchase, 0.0)
        funders = self.world["funder"].rows
        rows = zip(self.column("funder"), paid, strict=True)
        sums = np.array([np.bincount(funder, weights=money, minlength=funders) for funder, money in rows])
        total = sums.sum(axis=1, keepdims=True)
        share = self.world["funder"].columns["budget_share"]
        share[:] = np.where(total > 0.0, sums / np.maximum(total, 1.0), share)

    def _know_rest(self) -> None:
        known = self.known
        self.column("backlog")[:] *= self.contracts
        rating = known["rating"]
        drawn = self.column("rating_months")
        some = np.where(drawn > 0.0, drawn, 1.0 + 59.0 * self.uniform("rating"))
        self.rating_months = np.where(np.nan_to_num(rating) > 0.0, some, 0.0)
        self.put("posts", known["staff"], ~np.isnan(known["staff"]))
        works = self.value("party_building.rest_function")
        self.put("party_function", works, (known["party"] == 1.0) & (self.column("party_function") == 0.0))
        self._put_back()
        self.column("founding_capital")[:] = self.column("cash")
        mark_sizes(self.world)

    def _put_back(self) -> None:
        """Restore what is known as it was known at the start."""
        known = self.known
        self.put("age", self.age(), np.ones(self.shape, bool))
        self.put_known("leader_age")
        self.put("rating", known["rating"], ~np.isnan(known["rating"]))
        self.put("rating_months", self.rating_months, ~np.isnan(known["rating"]))
        self.put_known("party_branch", "party")
        self.put("party_function", 0.0, known["party"] == 0.0)
        self.put("list_months", 0.0, ~np.isnan(known["listed"]))  # who is listed now was not while it earned its income
        self.put("listed", 0.0, ~np.isnan(known["listed"]))
        self._put_income()
        self._put_cash()
        self.column("strikes")[:] = np.minimum(self.column("strikes"), MOST_STRIKES)

    def _put_income(self) -> None:
        known = self.known
        income = np.where(np.isnan(known["income"]), self.column("income_trend") * 12.0, known["income"])
        self.put("scale", np.maximum(income / self.per_scale(), SMALLEST), ~np.isnan(known["income"]))
        self.put("income_trend", income / 12.0, ~np.isnan(known["income"]))
        mixed = ~np.isnan(known["purchase"])
        public = known["purchase"] + known["subsidy"]
        self.put("government_trend", public / 12.0, mixed)
        self.put("gift_trend", known["gifts"] / 12.0, mixed)
        self.put("dependence", np.clip(public / np.maximum(income, SMALLEST), 0.0, 1.0), mixed)

    def _put_cash(self) -> None:
        """Known cash; who is at work in month 0 cannot have been broke for long, and has what it usually holds."""
        cash = self.known["cash"]
        self.put_known("cash")
        cost = np.maximum(self.column("cost_trend"), 1.0)
        self.put("months_of_cash", np.clip(cash / cost, -24.0, 60.0), ~np.isnan(cash))
        broke = self.active & (self.column("months_of_cash") < self.value("entry_exit.insolvent_below"))
        self.put("cash", self.column("reserve_target") * cost, broke)
        self.put("months_of_cash", self.column("reserve_target"), broke)

    def _hire_first(self) -> None:
        """Everybody in post at the start, as the hiring phase would have them born."""
        number = self.engine.model.number("hire")
        event = self.engine.model.schedule[number].birth
        assert event is not None
        self.column("hires")[:] = self.column("posts")
        make_room(self.world, event)
        self.engine.change_rows(number)
        staff = self.world["staff"]
        staff.columns["from_the_start"][staff.newborn] = True
        self._sort_newcomers()
        self.column("hires")[:] = 0.0

    def _replace_leavers(self) -> None:
        """As many are hired as have left, where the number of staff is known."""
        people = self.known["staff"]
        here = self.staff_count(self.world["staff"].present)
        self.put("hires", np.maximum(0.0, people - here), ~np.isnan(people))

    def _sort_newcomers(self) -> None:
        """First values of newborn staff: full-time and certified ones in the numbers that are known."""
        self.engine.begin("staff", "roots")
        staff = self.world["staff"]
        for column, name in (("full_time", "full_time"), ("certificate", "certified")):
            old = staff.present & ~staff.newborn
            wanted = self.known[name] - self.staff_count(old & staff[column])
            for replication in range(self.shape[0]):
                rows = np.flatnonzero(staff.present[replication] & staff.newborn[replication])
                employer = staff["employer"][replication, rows]
                order = np.lexsort((staff.id[replication, rows], employer))
                rows, employer = rows[order], employer[order]
                rank = np.arange(len(rows)) - np.searchsorted(employer, employer)
                places = wanted[replication, employer]
                told = ~np.isnan(places)
                staff.columns[column][replication, rows[told]] = rank[told] < places[told]
        self.engine.begin("staff", "rest")
