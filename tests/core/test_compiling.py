"""What is compiled is what is written: sums are exact in any order, and a changed rule is compiled anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from platformdirs import user_cache_path

from orgsim.core.columns import World, empty_table
from orgsim.core.compile import cache_folder, compile_model, printed
from orgsim.core.declare import Given, Total, totals
from orgsim.core.draws import draw_key, one_uniform
from orgsim.core.registry import Model
from orgsim.core.units import Flag, Ratio
from orgsim.engines.agents import AgentsEngine
from orgsim.engines.columns import ColumnsEngine

Collect = Callable[..., Model]
HARVEST = Total("tree", "harvest", of="apple", via="tree", value="weight")
GROW = '@rule("tree")\ndef height(height: Ratio) -> Ratio:\n    """How tall."""\n    return height + {by}\n'


@pytest.fixture
def weighing(collected: Collect, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Model:
    """Apples of a given weight, and trees that sum them; compiled into a folder of its own."""
    monkeypatch.setenv("ORGSIM_CACHE", str(tmp_path_factory.mktemp("cache")))
    return collected(
        "", schedule=[totals("weigh", tree=["harvest"])], totals=[HARVEST], given=[Given("apple", "weight", Ratio, "")]
    )


def world_of(model: Model, trees: int, apples: int) -> World:
    tables = {"tree": empty_table(model, "tree", 1, trees), "apple": empty_table(model, "apple", 1, max(1, apples))}
    tables["tree"].present[:] = True
    tables["apple"].present[:, :apples] = True
    return World(model, 1, np.zeros(1, np.uint64), tables, -1)


def test_a_total_has_the_same_bits_whatever_the_order_of_rows_and_whoever_sums(weighing: Model) -> None:
    compiled = compile_model(weighing)

    def harvest(weights: list[float], trees: list[int], engine: type[ColumnsEngine] | type[AgentsEngine]) -> bytes:
        world = world_of(weighing, 3, len(weights))
        world["apple"].columns["weight"][0, : len(weights)] = weights
        world["apple"].columns["tree"][0, : len(weights)] = trees
        engine(world, compiled).run(0)
        return world["tree"]["harvest"].tobytes()

    apples = st.lists(st.tuples(st.floats(-1e9, 1e9), st.integers(0, 2)), min_size=1, max_size=60)

    @settings(deadline=None)
    @given(apples.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
    def holds(orders: tuple[list[tuple[float, int]], list[tuple[float, int]]]) -> None:
        sums = {
            harvest([w for w, _ in order], [t for _, t in order], engine)
            for order in orders
            for engine in (ColumnsEngine, AgentsEngine)
        }
        assert len(sums) == 1

    holds()


LUCKY = '''
@rule("tree")
def rain(u_rain: Uniform) -> Uniform:
    """A wet month."""
    return u_rain

@rule("tree", when="watered", keep=True)
def sun(u_sun: Uniform) -> Uniform:
    """A bright month."""
    return u_sun

@rule("tree")
def wind(u_wind: Uniform) -> Uniform:
    """A stormy month."""
    return u_wind
'''


def test_what_is_drawn_together_are_the_words_a_person_can_ask_for(
    collected: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGSIM_CACHE", str(tmp_path))
    names = ["orchard.rain.u_rain", "orchard.sun.u_sun", "orchard.wind.u_wind"]
    given = [Given("tree", "watered", Flag, "")]
    model = collected(LUCKY, tree=["rain", "sun", "wind"], together=[names], given=given)
    for engine in (ColumnsEngine, AgentsEngine):
        world = world_of(model, 5, 1)
        world["tree"].id[:] = 7 + np.arange(5)
        world["tree"]["watered"][0, 2] = True
        engine(world, compile_model(model)).run(0)
        for word, name in enumerate(("rain", "sun", "wind")):
            asked = [2] if name == "sun" else range(5)
            drawn = [one_uniform(1, 0, draw_key(names[0]), -1, 7 + i, word) if i in asked else 0.0 for i in range(5)]
            assert world["tree"][name][0].tolist() == drawn, (engine, name)


def test_a_total_is_true_to_the_grid(weighing: Model) -> None:
    world = world_of(weighing, 1, 3)
    world["apple"].columns["weight"][0] = [0.1, 1e9 / 3.0, -7.0]
    ColumnsEngine(world, compile_model(weighing)).run(0)
    assert world["tree"]["harvest"][0, 0] == pytest.approx(0.1 + 1e9 / 3.0 - 7.0, abs=3 / 65536)


def test_absent_rows_do_not_count(weighing: Model) -> None:
    world = world_of(weighing, 1, 3)
    world["apple"].columns["weight"][0] = 5.0
    world["apple"].present[0, 1] = False
    ColumnsEngine(world, compile_model(weighing)).run(0)
    assert world["tree"]["harvest"][0, 0] == 10.0


def grown(model: Model) -> float:
    world = world_of(model, 1, 0)
    ColumnsEngine(world, compile_model(model)).run(0)
    return float(world["tree"]["height"][0, 0])


def test_a_changed_rule_is_compiled_anew(collected: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGSIM_CACHE", str(tmp_path / "cache"))
    answers = [grown(collected(GROW.format(by=by), tree=["height"])) for by in ("1.0", "2.0")]
    assert (answers, len(list(cache_folder().iterdir()))) == ([1.0, 2.0], 2)


def test_an_unchanged_rule_is_found_again(collected: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGSIM_CACHE", str(tmp_path / "cache"))
    told: list[tuple[int, int]] = []
    model = collected(GROW.format(by="1.0"), tree=["height"])
    compile_model(model, lambda done, all_: told.append((done, all_)))
    first = len(told)
    compile_model(model, lambda done, all_: told.append((done, all_)))
    assert (first > 0, len(told) - first, len(list(cache_folder().iterdir()))) == (True, 0, 1)


def test_parts_that_another_process_has_compiled_from_the_end_are_found(
    collected: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORGSIM_CACHE", str(tmp_path / "cache"))
    sown = '@initial("tree")\ndef starting_height(u_rain: Uniform) -> Ratio:\n    """At first."""\n    return u_rain\n'
    model = collected(GROW.format(by="1.0") + sown, tree=["height"])
    printed(model)[0].every_part(backwards=True)
    compiled = compile_model(model)
    parts: list[Any] = [compiled.phase(0), compiled.begin("tree")]
    found = [(sum(part.stats.cache_hits.values()), sum(part.stats.cache_misses.values())) for part in parts]
    assert found == [(1, 0), (1, 0)]


def test_a_cache_that_cannot_be_written_costs_time_but_not_the_run(
    collected: Collect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.touch()
    monkeypatch.setenv("ORGSIM_CACHE", str(blocked / "cache"))
    assert grown(collected(GROW.format(by="3.0"), tree=["height"])) == 3.0


def test_the_cache_lies_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGSIM_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path


def test_the_cache_lies_among_the_user_s_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORGSIM_CACHE", raising=False)
    assert cache_folder() == user_cache_path("orgsim")
