"""Worlds that begin from a register: what it says holds at month 0, the rest is the model's, and money is kept."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from orgsim.core.columns import World
from orgsim.engines.both import BothEngines, first_difference
from orgsim.engines.columns import ColumnsEngine
from orgsim.ensembles.burn_in import burn_in, world_key
from orgsim.ensembles.run import ready
from orgsim.mesa_api import OrgModel
from orgsim.population import blank_world
from orgsim.register import Register
from orgsim.scenarios import ParameterTable, Population, Scenario, load, resolve
from orgsim.scenarios.registers import read_register
from orgsim.testing import differences

NUMBERS = np.arange(3, dtype=np.uint64)


def world_of(scenario: Scenario, numbers: np.ndarray = NUMBERS) -> tuple[World, ParameterTable]:
    model, compiled = ready()
    table = resolve(scenario)
    return burn_in(model, compiled, table, scenario.population, 1, numbers), table


@pytest.fixture(scope="module")
def example() -> Scenario:
    return load("my-district-example")


@pytest.fixture(scope="module")
def register(example: Scenario) -> Register:
    assert example.population.register is not None
    return example.population.register


@pytest.fixture(scope="module")
def world(example: Scenario) -> World:
    return world_of(example)[0]


def test_there_are_just_the_organizations_of_the_register(world: World, register: Register) -> None:
    table = world["organization"]
    assert (table.present.sum(axis=1) == len(register)).all()
    for replication in range(len(NUMBERS)):
        counted = np.bincount(table["kind"][replication][table.present[replication]], minlength=5)
        assert counted.tolist() == list(register.counts().values())


@pytest.mark.parametrize(
    ("known", "column", "factor"),
    [
        ("age", "age", 1.0),
        ("income", "income_trend", 12.0),
        ("gifts", "gift_trend", 12.0),
        ("full_time", "full_time_staff", 1.0),
        ("certified", "certified_staff", 1.0),
        ("cash", "cash", 1.0),
        ("rating", "rating", 1.0),
        ("party", "party_branch", 1.0),
        ("leader_age", "leader_age", 1.0),
        ("dormant", "dormant", 1.0),
        ("listed", "listed", 1.0),
    ],
)
def test_what_is_known_holds_at_the_end_of_the_burn_in(
    known: str, column: str, factor: float, world: World, register: Register
) -> None:
    values = register.columns[known]
    active = register.columns["dormant"] != 1.0
    sure = ~np.isnan(values) & (active | (known not in ("full_time", "certified")))
    held = world["organization"][column][:, : len(register)][:, sure] * factor
    assert sure.any()
    np.testing.assert_allclose(held, np.broadcast_to(values[sure], held.shape), rtol=1e-12)


def test_public_money_and_staff_hold_too(world: World, register: Register) -> None:
    known = register.columns
    table = world["organization"]
    public = known["purchase"] + known["subsidy"]
    sure = ~np.isnan(public) & ~np.isnan(known["income"])
    trend = table["government_trend"][:, : len(register)][:, sure] * 12.0
    np.testing.assert_allclose(trend, np.broadcast_to(public[sure], trend.shape), rtol=1e-9, atol=1e-6)
    staff = known["full_time"] + known["part_time"]
    counted = ~np.isnan(staff)
    assert (table["headcount"][:, : len(register)][:, counted] == staff[counted]).all()


def test_an_organization_seated_at_an_office_answers_to_it_or_to_the_bureau(world: World, register: Register) -> None:
    funder = world["organization"]["funder"][:, : len(register)]
    assert ((funder == 0) | (funder == register.columns["office"])).all()
    assert {0.0, *register.columns["office"]} == set(np.unique(funder))


def test_the_records_of_the_month_before_the_start_agree_with_the_world(world: World) -> None:
    counted = world["stratum"]["headcount"].sum(axis=1)
    assert (counted == world["staff"].present.sum(axis=1)).all()


def test_nobody_has_worked_longer_than_the_employer_exists(world: World) -> None:
    staff = world["staff"]
    age = np.take_along_axis(world["organization"]["age"], staff["employer"], axis=1)
    assert (staff["tenure"] <= age)[staff.present].all()


def test_nobody_has_the_id_of_another(world: World) -> None:
    for entity in ("organization", "staff"):
        table = world[entity]
        for replication in range(len(NUMBERS)):
            ids = table.id[replication][table.present[replication]]
            assert len(np.unique(ids)) == len(ids)


def test_both_engines_agree_on_a_register_world(example: Scenario) -> None:
    world, table = world_of(example, NUMBERS[:1])
    both = BothEngines(world, ready()[1])
    for month in range(3):
        both.parameters[:] = table.at(month)
        both.step()
    assert world.month == 2


def test_money_and_people_are_kept_after_the_start(example: Scenario) -> None:
    world, table = world_of(example)
    engine = ColumnsEngine(world, ready()[1])
    for month in range(6):
        cash, people = world["organization"]["cash"].copy(), world["staff"].present.sum(axis=1)
        ids = world["organization"].id.copy()
        engine.parameters[:] = table.at(month)
        engine.step()
        organizations, sums = world["organization"], world["stratum"]
        same = organizations.present & (organizations.id == ids) & (organizations["age"] > 0)
        balance = cash + organizations["income"] - organizations["outlays"]
        np.testing.assert_allclose(organizations["cash"][same], balance[same], rtol=1e-12, atol=1e-6)
        moved = (sums["hires"] - sums["leavers"] - sums["displaced_staff"]).sum(axis=1)
        assert (world["staff"].present.sum(axis=1) == people + moved).all()


def test_the_content_and_nothing_else_of_a_register_is_in_the_fingerprints(
    example: Scenario, register: Register, tmp_path: Path
) -> None:
    other = tmp_path / "renamed.csv"
    text = Path(register.file).read_bytes()
    other.write_bytes(text)
    same = read_register(other, example.start).register
    other.write_bytes(text.replace(b"3A", b"4A", 1))
    changed = read_register(other, example.start).register

    def keys(one: Register) -> tuple[str, str]:
        population = dataclasses.replace(example.population, register=one)
        scenario = dataclasses.replace(example, population=population)
        return scenario.fingerprint(), world_key(resolve(scenario), population, 1, NUMBERS)

    assert keys(same) == keys(register)
    assert not set(keys(changed)) & set(keys(register))


ONE_MORE = "类型,名称,成立日期,状态,年收入,货币资金,街道"


def small(tmp_path: Path, *rows: str) -> Scenario:
    (tmp_path / "register.csv").write_text("\n".join([ONE_MORE, *rows]), encoding="utf-8")
    (tmp_path / "own.yaml").write_text(
        "extends: baseline\nburn_in: 6\npopulation:\n  register: register.csv\n"
        "set:\n  contracts.yearly_budget: 400000\nassumptions:\n  entry_exit.founding_hazard: 0.0015\n",
        encoding="utf-8",
    )
    return load(tmp_path / "own.yaml")


@pytest.mark.parametrize("sign", ["专职人数", "捐赠收入", "评估等级"])
def test_who_shows_signs_of_work_is_not_drawn_dormant(sign: str, tmp_path: Path) -> None:
    rows = "\n".join([f"类型,名称,{sign}", *(f"社会团体,甲{n},3" for n in range(40))])
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    file = tmp_path / "signs.yaml"
    file.write_text("extends: baseline\nburn_in: 1\npopulation:\n  register: list.csv\n", encoding="utf-8")
    assert not world_of(load(file))[0]["organization"]["dormant"].any()


def test_one_more_row_that_touches_nobody_changes_nobody(tmp_path: Path) -> None:
    rows = [f"社会团体,示例{n},2012-05-01,正常,{n}00000,50000," for n in range(1, 8)]
    asleep = "社区社会组织,示例休眠队,2012-05-01,休眠,0,0,"
    without, _ = world_of(small(tmp_path, *rows))
    with_one, _ = world_of(small(tmp_path, *rows, asleep))
    table = with_one["organization"]
    newcomer = int(table.id[0][table.present[0] & (table["kind"][0] == 4)][0])
    for entity in ("funder", "organization", "staff"):
        for replication in range(len(NUMBERS)):
            assert differences(without, with_one, entity, replication, without=[newcomer]) == []


def test_a_mesa_model_begins_from_a_register(register: Register) -> None:
    model = OrgModel("my-district-example", seed=1, engine="columns")
    assert len(model.organizations) == len(register)
    model.step()
    assert model.month == 0


def test_a_population_in_code_takes_the_place_of_the_register() -> None:
    model = OrgModel("my-district-example", seed=1, engine="columns", population={"association": 3})
    assert len(model.organizations) in (2, 3, 4)
    assert model.policy.population.register is None


def test_first_values_in_two_parts_are_those_in_one() -> None:
    model, compiled = ready()
    worlds = [blank_world(model, 3, {"association": 9, "community": 9}, 1, NUMBERS[:1], -1) for _ in range(2)]
    for world, parts in zip(worlds, (("",), ("roots", "rest")), strict=True):
        engine = ColumnsEngine(world, compiled)
        engine.parameters[:] = model.space.defaults()
        for entity in ("sector", "kind", "funder"):
            engine.begin(entity)
        for part in parts:
            engine.begin("organization", part)
    assert worlds[0]["organization"]["scale"].any()
    assert first_difference(*worlds) == ""


def test_without_a_register_no_mix_of_income_is_an_organizations_own() -> None:
    plain = Population(3, {"association": 4, "service": 2, "social_work": 2, "foundation": 0, "community": 3})
    scenario = dataclasses.replace(load("baseline"), population=plain, burn_in=3)
    world, _ = world_of(scenario)
    given = ("extra_fees", "extra_trading", "extra_gifts", "extra_contracts", "extra_subsidy", "extra_dependence")
    assert not any(world["organization"][name].any() for name in given)
