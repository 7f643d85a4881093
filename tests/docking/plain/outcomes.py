"""Outcomes, by the document's section on observation, from the books of the months."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from math import exp, nan

from .district import KINDS
from .records import Books

STRATA = range(30)
COMMUNITY = 4
SIZES = ("small", "middle", "large")
EVERYBODY = set(
    "annual_turnover retention_12m services_delivered public_cost staff_years retained_staff_years full_time_turnover "
    "stay_in_sector leave_for_business leave_elsewhere vacancy_rate mean_tenure full_time_share certified_share".split()
)
YEARLY = {
    "annual_exit_rate": (("closes",), "remains"),
    "annual_turnover": (("leavers", "displaced_staff"), "headcount"),
    "annual_entry_rate": (("entered",), "remains"),
    "annual_dormancy_rate": (("becomes_dormant",), "active_now"),
    "full_time_turnover": (("full_time_leavers",), "full_time_staff"),
    "sanction_rate": (("sanctioned",), "remains"),
    "inspection_rate": (("inspected",), "active_now"),
}
SHARES = {
    "government_share": ("government_income", "income"),
    "stay_in_sector": ("movers", "leavers"),
    "leave_for_business": ("to_business", "leavers"),
    "vacancy_rate": ("vacancies", "posts"),
    "late_payment_share": ("waits_for_money", "holds_contract"),
    "breach_share": ("breaches", "active_now"),
    "misconduct_share": ("misconducts", "active_now"),
    "donation_share": ("donation_receipt", "income"),
}
SHARES_OF_THE_LAST_YEAR = {
    "dormant_share": ("dormant_now", "remains"),
    "mean_tenure": ("tenure_sum", "headcount"),
    "full_time_share": ("full_time_staff", "headcount"),
    "certified_share": ("certified_staff", "headcount"),
    "rated_share": ("rated_well", "remains"),
    "credibility": ("credibility", "active_now"),
    "autonomy": ("autonomy", "active_now"),
    "quality": ("quality", "active_now"),
}
TOTALS = {
    "services_delivered": ("services", 1.0),
    "public_cost": ("public_outlay", 1.0),
    "organization_years": ("active_now", 1.0 / 12.0),
    "staff_years": ("headcount", 1.0 / 12.0),
    "retained_staff_years": ("cohort_staff", 1.0 / 12.0),
}
COSTS = (
    "subsidy_receipt contract_receipt community_receipt match_receipt wage_subsidy_receipt bonuses reward_receipt "
    "training_cost morale_cost support_cost supervision_cost embedding_cost learning_cost channel_cost party_cost"
).split()


def groups() -> Iterator[tuple[str, set[int]]]:
    """Each group of organizations that outcomes are given for, with its strata."""
    yield "all", set(STRATA)
    for code, kind in enumerate(KINDS):
        yield f"kind={kind}", {s for s in STRATA if s // 6 == code}
    for code, size in enumerate(SIZES):
        yield f"size={size}", {s for s in STRATA if s % 6 // 2 == code}
    yield "cohort=start", {s for s in STRATA if s % 2 == 1}
    yield "cohort=later", {s for s in STRATA if s % 2 == 0}


def outcomes(books: list[Books]) -> dict[tuple[str, str], float]:
    """Each outcome of each group, from the books of the months from −1 on."""
    told = {}
    for group, strata in groups():
        registered = {s for s in strata if s // 6 != COMMUNITY} or strata
        for name, value in Told(books, strata).outcomes():
            if name in EVERYBODY or name.startswith("public_cost."):
                told[name, group] = value
        for name, value in Told(books, registered).outcomes():
            told.setdefault((name, group), value)
    return told


class Told:
    """What the books tell of some strata."""

    def __init__(self, books: list[Books], strata: set[int]) -> None:
        self.books, self.months, self.strata = books, books[1:], strata

    def flow(self, name: str) -> list[float]:
        """A sum over the strata, month by month from 0 on."""
        return [self._sum(month, name, self.strata) for month in self.months]

    @staticmethod
    def _sum(month: Books, name: str, strata: set[int]) -> float:
        return sum(month.counts["stratum", name][stratum] for stratum in strata)

    def outcomes(self) -> Iterator[tuple[str, float]]:
        for name, (flows, stock) in YEARLY.items():
            yield name, 12.0 * ratio(sum(sum(self.flow(flow)) for flow in flows), sum(self.flow(stock)))
        for name, (part, whole) in SHARES.items():
            yield name, self._share(part, whole)
        for name, (part, whole) in SHARES_OF_THE_LAST_YEAR.items():
            yield name, self._share(part, whole, 12)
        for name, (flow, weight) in TOTALS.items():
            yield name, weight * sum(self.flow(flow))
        for name in COSTS:
            yield f"public_cost.{name}", sum(self.flow(name))
        yield "leave_elsewhere", 1.0 - self._share("movers", "leavers") - self._share("to_business", "leavers")
        yield "deficit_share", 12.0 * self._share("in_deficit", "active_now")
        yield "median_months_of_cash", self._median_cash()
        yield "income_gini", self._gini()
        yield from self._what_is_left()

    def _share(self, part: str, whole: str, last: int = 10**6) -> float:
        return ratio(sum(self.flow(part)[-last:]), sum(self.flow(whole)[-last:]))

    def _what_is_left(self) -> Iterator[tuple[str, float]]:
        remaining, working, in_post = (self.flow(n) for n in ("cohort_remains", "still_active", "cohort_staff"))
        there = {s for s in self.strata if s % 2 == 1}
        at_the_start = remaining[0] + self._sum(self.months[0], "closes", there)
        for name, years in (("5y", 5), ("10y", 10)):
            yield f"survival_{name}", left(remaining, at_the_start, 12 * years)
            yield f"active_{name}", left(working, working[0], 12 * years)
        yield "retention_12m", left(in_post, self._sum(self.books[0], "headcount", self.strata), 12)

    def _bins(self, entity: str, name: str, month: Books, width: int) -> list[int]:
        counts = month.counts[entity, name]
        return [sum(counts[stratum * width + place] for stratum in self.strata) for place in range(width)]

    def _median_cash(self) -> float:
        """Mean over the years, the first left out, of the median months of cash at their end."""
        ends = self.books[12::12] or self.books[:1]
        medians = [median(self._bins("cash_bin", "holders", month, 60)) for month in ends]
        known = [m for m in medians if m is not None]
        return ratio(sum(known), len(known))

    def _gini(self) -> float:
        """Of yearly incomes at the last year's end, each at the middle of its bin."""
        counts = self._bins("income_bin", "earners", self.books[::12][-1], 64)
        people = list(accumulate(counts))
        money = list(accumulate(n * 100.0 * exp(0.2624 * (place + 0.5)) for place, n in enumerate(counts)))
        area, before = 0.0, (0.0, 0.0)
        for p, m in zip(people, money, strict=True):
            now = p / max(people[-1], 1), m / max(money[-1], 1.0)
            area += (now[0] - before[0]) * (now[1] + before[1])
            before = now
        return 1.0 - area


def ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else nan


def left(curve: list[float], start: float, months: int) -> float:
    """Share that is left after so many months, not known if they have not been lived through."""
    return ratio(curve[months - 1], start) if months <= len(curve) else nan


def median(counts: list[int]) -> float | None:
    """Of months of cash in bins of half a month from −6 on, as if even within a bin."""
    reached = list(accumulate(counts))
    half = 0.5 * reached[-1]
    if half == 0.0:
        return None
    place = bisect_left(reached, half)
    return place * 0.5 - 6.0 + 0.5 * (half - (reached[place] - counts[place])) / counts[place]
