"""Agents are views on rows: they read and write the world, and come and go with their rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orgsim.core.rule import DeclarationError
from orgsim.errors import InputError
from orgsim.mesa_api import AgentIsGone, Funder, Organization, OrgModel, Staff

Make = Callable[..., OrgModel]


class Closing(Organization):
    """Ends of its own wish in the first month."""

    def decide_closing(self) -> int:
        return 1


@pytest.fixture
def model(make: Make) -> OrgModel:
    return make(engine="columns")


@pytest.fixture
def organization(model: OrgModel) -> Organization:
    """An organization that employs somebody."""
    found = model.organizations.select(lambda o: o.active and len(o.staff) > 1, at_most=1)
    return next(iter(found))


def test_there_is_an_agent_for_each_present_row(model: OrgModel) -> None:
    counted = {kind: len(model.agents_by_type[kind]) for kind in (Organization, Staff, Funder)}
    assert counted == {kind: int(model.world[kind.entity].present.sum()) for kind in (Organization, Staff, Funder)}
    assert len(model.agents) == sum(counted.values())


def test_reading_an_attribute_reads_the_world(model: OrgModel, organization: Organization) -> None:
    model.world["organization"]["cash"][0, organization.row] = 123.5
    assert organization.cash == 123.5


def test_setting_an_attribute_changes_the_world(model: OrgModel, organization: Organization) -> None:
    organization.cash = -7
    assert model.world["organization"]["cash"][0, organization.row] == -7.0


def test_values_are_pythons_own_numbers(organization: Organization) -> None:
    assert (type(organization.cash), type(organization.active), type(organization.kind)) == (float, bool, str)


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("cash", None, "is a number"),
        ("cash", True, "is a number"),
        ("cash", float("nan"), "finite"),
        ("active", 1, "yes or no"),
        ("found_by", 0.5, "whole number"),
        ("kind", "hospital", "association"),
        ("funder", 1, "is funder of the same model"),
    ],
)
def test_a_value_that_a_column_cannot_hold_is_refused(
    organization: Organization, column: str, value: object, complaint: str
) -> None:
    with pytest.raises((TypeError, ValueError), match=complaint):
        setattr(organization, column, value)


def test_an_attribute_tells_its_meaning_and_unit(model: OrgModel) -> None:
    assert all(type(o).cash.__doc__.endswith("(CNY; written by accounts)") for o in model.organizations)


def test_links_are_agents(model: OrgModel, organization: Organization) -> None:
    assert isinstance(organization.funder, Funder)
    assert organization in organization.funder.organizations
    assert {person.employer for person in organization.staff} == {organization}
    assert sum(len(o.staff) for o in model.organizations) == len(model.staff)


def test_a_person_can_be_given_another_employer(model: OrgModel, organization: Organization) -> None:
    person = next(iter(model.staff.select(lambda s: s.employer is not organization)))
    person.employer = organization
    assert person in organization.staff


def test_an_agent_of_another_model_is_no_employer_here(model: OrgModel, make: Make) -> None:
    stranger = next(iter(make(engine="columns").organizations))
    with pytest.raises(TypeError, match="of the same model"):
        next(iter(model.staff)).employer = stranger


def test_agent_sets_select_get_set_and_aggregate(model: OrgModel) -> None:
    active = model.agents_by_type[Organization].select(lambda o: o.active)
    table = model.world["organization"]
    kept = table["cash"][0, table.present[0] & table["active"][0]]
    assert active.agg("cash", sum) == pytest.approx(kept.sum())
    active.set("cash", 1.0)
    assert set(active.get("cash")) == {1.0}


def test_unique_ids_count_from_one_as_in_any_mesa_model(model: OrgModel) -> None:
    assert sorted(model.agents.get("unique_id")) == list(range(1, len(model.agents) + 1))


@pytest.mark.parametrize("engine", ["agents", "columns"])
def test_an_agent_stays_the_same_object_while_its_row_lives(make: Make, engine: str) -> None:
    model = make(engine=engine, months=3)
    before = {person.lasting_id: person for person in model.staff}
    model.run_model()
    after = {person.lasting_id: person for person in model.staff}
    assert all(after[lasting] is before[lasting] for lasting in before.keys() & after.keys())
    assert [before[lasting].present for lasting in before.keys() - after.keys()] == [False] * len(before.keys() - after)
    table = model.world["staff"]
    assert set(after) == set(table.id[0, table.present[0]].tolist())


def test_people_are_born_into_the_model_and_leave_it(make: Make) -> None:
    model = make(engine="columns")
    before = set(model.staff)
    model.run_model()
    after = set(model.staff)
    assert before - after
    assert after - before


def test_organizations_are_founded_and_closed(make: Make) -> None:
    model = make(engine="columns", months=24, population={"association": 150, "community": 250})
    before = set(model.organizations)
    model.run_model()
    after = set(model.organizations)
    assert before - after
    assert after - before
    assert len(model.organizations) == int(model.world["organization"].present.sum())


def test_people_go_with_the_organization_that_closes(make: Make) -> None:
    model = make(organization_class=Closing, months=1)
    people = list(model.staff)
    model.step()
    assert len(model.organizations) == 0
    assert [person for person in people if person.present] == []


def test_an_agent_whose_row_has_ended_says_so(make: Make) -> None:
    model = make(organization_class=Closing, months=1)
    organization = next(iter(model.organizations))
    model.step()
    with pytest.raises(AgentIsGone, match=r"Closing\(unique_id=1\) left the model in 2026-01"):
        _ = organization.cash
    with pytest.raises(AgentIsGone):
        organization.cash = 0.0


def test_agents_cannot_be_made_or_removed_by_hand(model: OrgModel, organization: Organization) -> None:
    with pytest.raises(InputError, match="cannot be made by hand"):
        Organization(model)
    with pytest.raises(InputError, match="decide_closing"):
        organization.remove()
    assert organization in model.agents


def test_a_misspelt_column_is_not_read_or_written_in_silence(organization: Organization) -> None:
    with pytest.raises(AttributeError, match="did you mean 'months_of_cash'"):
        _ = organization.month_of_cash
    with pytest.raises(AttributeError, match="did you mean 'months_of_cash'"):
        organization.month_of_cash = 1.0


def test_agents_of_a_subclass_may_remember(make: Make) -> None:
    class Remembering(Organization):
        def __init__(self, model: OrgModel, row: int) -> None:
            super().__init__(model, row)
            self.first_cash = self.cash

    model = make(engine="columns", organization_class=Remembering)
    first = model.agents_by_type[Remembering].get("cash")
    model.step()
    assert [o.first_cash for o in model.organizations][:3] == first[:3]


def test_a_subclass_may_not_hide_a_column(make: Make) -> None:
    class Hiding(Organization):
        cash = 0.0

    with pytest.raises(DeclarationError, match=r"Hiding\.cash hides the column"):
        make(organization_class=Hiding)
