"""A subclass takes over one decision: it is asked, or the model is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from orgsim.core.rule import DeclarationError
from orgsim.errors import InputError
from orgsim.mesa_api import Organization, OrgModel, Staff

Make = Callable[..., OrgModel]


class Loyal(Staff):
    """Never quits."""

    def decide_quits(self) -> bool:
        return False


class AsWritten(Staff):
    """Says what the rule says, in a roundabout way."""

    def decide_quit_probability(self, **values: Any) -> float:
        return float(self.as_written("quit_probability", **values))


class Eager(Organization):
    """Applies to every call it may answer unless it is rich."""

    def decide_applies(self, months_of_cash: float) -> bool:
        return months_of_cash < 24.0


class Silent(Staff):
    """Forgets to answer."""

    def decide_quits(self) -> None:
        return None


def quitters(model: OrgModel) -> float:
    """People who quit over all months."""
    total = 0.0
    while model.running:
        model.step()
        total += model.world["stratum"]["quitters"].sum()
    return total


def applicants(model: OrgModel) -> int:
    model.step()
    return len(model.organizations.select(lambda o: o.applies))


def test_a_decision_of_a_subclass_changes_what_happens(make: Make) -> None:
    assert quitters(make(months=3)) > 0
    assert quitters(make(months=3, staff_class=Loyal)) == 0


def test_a_decision_receives_what_it_asks_for_by_name(make: Make) -> None:
    assert applicants(make(organization_class=Eager)) > applicants(make())


def test_a_decision_that_answers_as_the_rule_does_changes_nothing(make: Make) -> None:
    plain, roundabout = make(months=2), make(months=2, staff_class=AsWritten)
    plain.run_model()
    roundabout.run_model()
    assert plain.staff.get("quit_probability") == roundabout.staff.get("quit_probability")


@pytest.mark.parametrize("engine", ["columns", "both"])
def test_a_decision_is_refused_where_nobody_would_ask_for_it(make: Make, engine: str) -> None:
    with pytest.raises(InputError, match=r"Loyal.decide_quits would never be asked"):
        make(engine=engine, staff_class=Loyal)


def test_a_decision_that_no_rule_asks_for_is_refused_with_the_nearest_rule(make: Make) -> None:
    class Misspelt(Staff):
        def decide_quit(self) -> bool:
            return False

    with pytest.raises(DeclarationError, match="staff has no rule 'quit' – did you mean 'quits'"):
        make(staff_class=Misspelt)


def test_a_decision_that_asks_for_what_its_rule_does_not_read_is_refused(make: Make) -> None:
    class Curious(Staff):
        def decide_quits(self, moon: float) -> bool:
            return moon > 0.5

    with pytest.raises(DeclarationError, match=r"the rule reads no 'moon'; it reads .*quit_probability"):
        make(staff_class=Curious)


def test_a_decision_without_an_answer_is_refused_and_the_half_done_month_not_resumed(make: Make) -> None:
    model = make(staff_class=Silent)
    with pytest.raises(TypeError, match=r"Silent.decide_quits answers is yes or no"):
        model.step()
    with pytest.raises(InputError, match="left 2026-01 half done"):
        model.step()
    assert not model.running


def test_a_decision_set_on_one_agent_is_refused(make: Make) -> None:
    person = next(iter(make().staff))
    with pytest.raises(AttributeError, match="decide_quits is written in a subclass"):
        person.decide_quits = lambda: False


def test_asking_for_a_rule_that_is_not_there_names_the_nearest(make: Make) -> None:
    person = next(iter(make().staff))
    with pytest.raises(InputError, match="did you mean 'quits'"):
        person.as_written("quit")
