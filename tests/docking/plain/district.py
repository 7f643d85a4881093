"""The district: its first world, and the month in the order of the document's section 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mesa

from .actors import Funder, Kind, Organization, Person, Sector
from .luck import SharedLuck
from .records import Books

KINDS = ("association", "service", "social_work", "foundation", "community")


class District(mesa.Model):
    """A district at the end of the month before its burn-in.

    `counts` is the number of organizations of each kind, `values_in` gives the parameters in force in a month,
    `luck` the uniform numbers. `month` is the month that has been lived through last.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        funders: int,
        burn_in: int,
        values_in: Callable[[int], Any],
        luck: SharedLuck,
    ) -> None:
        super().__init__(rng=0)
        self.luck, self.values_in = luck, values_in
        self.month, self.values, self.books = -burn_in - 1, values_in(-burn_in), Books()
        self.sector = Sector(self, funders)
        self.kinds = [Kind(self, code + 1, name) for code, name in enumerate(KINDS)]
        self.funders = [Funder(self, row + 1, is_bureau=row == 0) for row in range(funders)]
        for kind in self.kinds:
            for n in range(counts.get(kind.name, 0)):
                Organization(self, kind.id * 2**32 + n + 1, kind, from_the_start=True)
        self._begin()

    @property
    def organizations(self) -> list[Organization]:
        return [organization for kind in self.kinds for organization in kind.members]

    @property
    def people(self) -> list[Person]:
        return [person for organization in self.organizations for person in organization.staff]

    def each(self, actors: str, deed: str) -> None:
        """Let all of a sort do one thing, one after the other."""
        for actor in getattr(self, actors):
            getattr(actor, deed)()

    def _begin(self) -> None:
        self.sector.begin()
        self.each("kinds", "begin_trust")
        self.each("funders", "begin_budget")
        self._watch()
        self.each("organizations", "begin")
        self._divide_by_size()
        for organization in self.organizations:
            organization.hires = int(organization.posts)
            organization.hire(from_the_start=True)
            organization.hires = 0
        self.each("organizations", "count_team")

    def _divide_by_size(self) -> None:
        everybody = self.organizations
        scales = sorted(o.scale for o in [o for o in everybody if o.registered] or everybody)
        self.sector.small_below = scales[len(scales) // 3]
        self.sector.large_from = scales[2 * len(scales) // 3]

    def step(self) -> None:
        """Live through the next month."""
        self.month += 1
        self.values, self.books = self.values_in(self.month), Books()
        self._open()
        self._fund()
        self._work()
        self._supervise()
        self._talk_and_develop()
        self._staff()
        self._close()
        self._found()

    def _open(self) -> None:
        self.sector.fade()
        self.sector.open_month()
        self.each("funders", "shift_budget")
        self.each("organizations", "open_month")
        self.each("people", "open_month")
        self.each("funders", "set_budget")
        self.each("organizations", "look_ahead")

    def _fund(self) -> None:
        self.each("organizations", "claim")
        self.sector.add_up_claims()
        self.each("funders", "count_claims")
        self.sector.share_out()
        self.each("funders", "share_out_budget")
        self.each("funders", "grant")
        self.each("organizations", "receive")

    def _work(self) -> None:
        self.each("people", "earn")
        self.each("organizations", "count_payroll")
        self.each("organizations", "settle")

    def _supervise(self) -> None:
        self.sector.look_back_at_conduct()
        self.each("funders", "count_supervised")
        self._watch()
        self.each("organizations", "meet")
        self.each("organizations", "look_at_peer")
        self.each("organizations", "answer_for_conduct")

    def _watch(self) -> None:
        self.sector.watch()
        self.each("funders", "choose_strictness")
        self.each("organizations", "think_again")

    def _talk_and_develop(self) -> None:
        self.each("kinds", "count_scandals")
        self.each("kinds", "count_peers")
        self.sector.hear_talk()
        self.sector.trust()
        self.each("kinds", "heal")
        self.each("organizations", "develop")

    def _staff(self) -> None:
        self.each("people", "make_up_mind")
        self.each("organizations", "count_leavers")
        leavers = [person for person in self.people if person.leaves]
        self.books.count_leavers(leavers)
        for person in leavers:
            person.leave_post()
        self.each("organizations", "recruit")
        self.each("organizations", "hire")

    def _close(self) -> None:
        self.each("organizations", "face_the_end")
        self.each("organizations", "count_displaced")
        displaced = [person for person in self.people if person.employer.stops]
        self.books.count_displaced(displaced)
        for person in displaced:
            person.leave_post()
        self.each("organizations", "count_team")
        self.books.count_team(self.people)
        self.each("organizations", "mark")
        self.books.count_organizations(self.organizations)
        for organization in self.organizations:
            if organization.closes:
                organization.leave_register()

    def _found(self) -> None:
        self.each("kinds", "count_stock")
        self.each("kinds", "found")
        self.each("kinds", "begin_newborns")
