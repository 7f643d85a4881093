"""Calibration on simulators whose truth is known: finds it, says what cannot be told, goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.analysis.bands import Band
from orgsim.analysis.calibration.calibrate import Calibration, Plan, calibrate
from orgsim.analysis.calibration.emulator import CLIP, Emulators, fit
from orgsim.analysis.calibration.free import Free, Prior, chosen, free_parameters
from orgsim.analysis.calibration.misses import EVEN, counted, distance, implausibility
from orgsim.analysis.calibration.runner import Runner
from orgsim.analysis.calibration.sampling import below
from orgsim.analysis.calibration.single import few_changes
from orgsim.analysis.calibration.store import Store
from orgsim.core.parameters import KINDS, Parameter, Source, Text
from orgsim.errors import InputError
from orgsim.scenarios import load
from orgsim.scenarios.load import default_space

Floats = np.ndarray
Simulator = Callable[[Mapping[str, float]], Floats]
PLAN = Plan(waves=2, runs=60, sets=60, seed=1)
UNIT = Band(-1.0, 1.0)


def parameter(name: str, value: float | dict[str, float], low: float = 0.0, high: float = 1.0) -> Parameter:
    """A value that nobody has measured."""
    words = Text(en=name, zh=name)
    source = Source(cite="orgsim", grade="C", reading="assumed")
    return Parameter(
        name=name,
        title=words,
        meaning=words,
        unit="share",
        value=value,
        range=(low, high),
        role="uncertainty",
        source=source,
    )


def prior(*names: str, present: float = 0.5) -> Prior:
    """Free numbers from 0 to 1, likeliest in the middle unless told."""
    return Prior(tuple(Free(parameter(name, present), 0.0, present, 1.0) for name in names))


def luck(quantities: int, replications: int = 4, size: float = 0.01) -> Floats:
    """The same luck for every set."""
    return size * np.random.default_rng(7).standard_normal((quantities, replications))


def around(value: float, half: float) -> Band:
    return Band(value - half, value + half)


@pytest.fixture(scope="module")
def found() -> Calibration:
    """a is .8 and told by the first quantity, b and c only by their sum, which is 1.4; d does nothing."""

    def simulator(values: Mapping[str, float]) -> Floats:
        shown = np.array([values["m.a"] ** 2, values["m.b"] + values["m.c"]])
        return shown[:, None] + luck(2)

    bands = (around(0.64, 0.1), around(1.4, 0.1))
    return calibrate(prior("m.a", "m.b", "m.c", "m.d"), bands, simulator, PLAN)


def column(calibration: Calibration, name: str) -> Floats:
    return np.array([values[name] for values in calibration.sets])


def test_a_known_truth_is_recovered(found: Calibration) -> None:
    assert np.median(column(found, "m.a")) == pytest.approx(0.8, abs=0.03)
    assert np.ptp(column(found, "m.a")) < 0.25


def test_a_ridge_is_told_as_a_sum_and_not_as_its_parts(found: Calibration) -> None:
    b, c = column(found, "m.b"), column(found, "m.c")
    assert np.median(b + c) == pytest.approx(1.4, abs=0.04)
    assert np.std(b) > 2.0 * np.std(b + c)
    assert np.corrcoef(b, c)[0, 1] < -0.6


def test_a_value_without_leverage_keeps_its_prior(found: Calibration) -> None:
    quartiles = np.quantile(column(found, "m.d"), [0.1, 0.5, 0.9])
    assert quartiles == pytest.approx(found.prior.numbers(np.array([[0.1], [0.5], [0.9]]))[:, 3], abs=0.12)


def test_every_set_has_been_run_and_lies_within_the_tolerance(found: Calibration) -> None:
    assert len(found.sets) == PLAN.sets
    for values, shown in zip(found.sets, found.fits, strict=True):
        expected = np.array([values["m.a"] ** 2, values["m.b"] + values["m.c"]]) + luck(2).mean(axis=1)
        assert shown == pytest.approx(expected)
    assert found.distances.max() <= found.tolerance


def test_emulators_name_what_moves_a_quantity(found: Calibration) -> None:
    names = [free.name for free in found.prior.free]
    first, second = found.emulators.active(names)
    assert first[0] == "m.a"
    assert set(second[:2]) == {"m.b", "m.c"}


def test_luck_that_is_known_leads_nobody_astray() -> None:
    def simulator(values: Mapping[str, float]) -> Floats:
        return np.array([values["m.a"]])[:, None] + 0.2 + luck(1)

    arguments = (prior("m.a"), (around(0.4, 0.1),), simulator, PLAN)
    astray, right = calibrate(*arguments), calibrate(*arguments, shift=np.array([-0.2]))
    assert np.median(column(astray, "m.a")) == pytest.approx(0.2, abs=0.03)
    assert np.median(column(right, "m.a")) == pytest.approx(0.4, abs=0.03)


def test_what_no_set_can_meet_is_left_outside() -> None:
    def simulator(values: Mapping[str, float]) -> Floats:
        return np.array([values["m.a"], 5.0 + 0.1 * values["m.b"]])[:, None] + luck(2)

    missed = calibrate(prior("m.a", "m.b"), (around(0.3, 0.1), around(4.0, 0.5)), simulator, PLAN)
    assert missed.tolerance > EVEN
    assert (missed.fits[:, 1] > 4.5).all()


def test_the_best_single_set_moves_only_what_has_leverage() -> None:
    def simulator(values: Mapping[str, float]) -> Floats:
        return np.array([values["m.a"], values["m.b"]])[:, None] + luck(2)

    names = ("m.a", "m.b", "m.c")
    calibration = calibrate(prior(*names), (around(0.8, 0.1), around(0.5, 0.1)), simulator, PLAN)
    assert set(calibration.single.numbers) == {"m.a"}
    assert calibration.single.numbers["m.a"] == pytest.approx(0.8, abs=0.1)
    assert calibration.single.shown[0] == pytest.approx(0.8, abs=0.1)


def test_present_values_that_fit_stay_as_they_are() -> None:
    space = prior("m.a", "m.b")
    emulators = fit(space.places(np.random.default_rng(1).random((50, 2))), np.zeros((50, 1)))
    single = few_changes(space, emulators, (UNIT,), lambda sets, _: np.zeros((len(sets), 1)))
    assert not single.numbers
    assert not single.values


def interrupted(simulator: Simulator, after: int) -> Simulator:
    """Fails as a machine does, after so many runs."""
    left = [after]

    def run(values: Mapping[str, float]) -> Floats:
        left[0] -= 1
        if left[0] < 0:
            raise MemoryError
        return simulator(values)

    return run


def test_a_calibration_that_was_interrupted_comes_to_the_same_end(tmp_path: Path) -> None:
    ran: list[tuple[float, ...]] = []

    def simulator(values: Mapping[str, float]) -> Floats:
        ran.append(tuple(values.values()))
        return np.array([values["m.a"], values["m.b"]])[:, None] + luck(2)

    arguments = (prior("m.a", "m.b"), (around(0.7, 0.1), around(0.4, 0.1)))
    whole = calibrate(*arguments, simulator, PLAN)
    whole_runs, ran[:] = set(ran), []
    for after in (40, 70):  # in the first wave, and in the second or after it
        with pytest.raises(MemoryError):
            calibrate(*arguments, interrupted(simulator, after), PLAN, Store(tmp_path / "runs.sqlite"), workers=1)
    ran.clear()
    again = calibrate(*arguments, simulator, PLAN, Store(tmp_path / "runs.sqlite"), workers=1)
    assert len(whole_runs) - len(ran) == 110  # what was finished before is not run again
    assert again.sets == whole.sets
    assert again.fits.tobytes() == whole.fits.tobytes()


def test_a_finished_run_is_not_run_again(tmp_path: Path) -> None:
    ran: list[float] = []

    def simulator(values: Mapping[str, float]) -> Floats:
        ran.append(values["m.a"])
        return np.ones((1, 2))

    sets = [{"m.a": 0.1}, {"m.a": 0.2}]
    for store in (Store(tmp_path / "runs"), Store(tmp_path / "runs"), Store(tmp_path / "runs", "another model")):
        Runner(simulator, (UNIT,), store, 2)(sets, "wave 1")
    assert sorted(ran) == [0.1, 0.1, 0.2, 0.2]


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a shopping list that is long enough to be no database at all" * 20)
    with pytest.raises(InputError, match="holds no runs"):
        Store(tmp_path / "runs")


def emulators(variance: float) -> Emulators:
    nothing = np.zeros((0, 2), np.int64)
    return Emulators(nothing, np.zeros((2, 1)), np.zeros(1), np.array([variance]), np.ones(1))


def test_implausibility_divides_a_miss_by_all_that_may_explain_it() -> None:
    # Tolerance .5 squared is .25, with .09 of the emulator and .02 of luck .36: 1.5 / .6.
    guess = np.array([[1.5], [-3.0]])
    assert implausibility(guess, emulators(0.09), np.array([0.02]), (UNIT,)) == pytest.approx([2.5, 5.0])


def test_nothing_is_missed_towards_the_open_end_of_a_band() -> None:
    bands = (Band(-np.inf, 0.1), Band(2.0, np.inf), UNIT)
    missed = np.array([[-4.0, 9.0, np.nan], [0.5, -0.5, -99.0]])
    assert counted(missed, bands).tolist() == [[0.0, 0.0, CLIP], [0.5, -0.5, -CLIP]]


def test_values_spread_evenly_over_their_bands_have_the_distance_even() -> None:
    spread = np.linspace(-1.0, 1.0, 1001)[None]
    assert distance(spread, [UNIT] * 1001) == pytest.approx([EVEN], abs=1e-3)


def test_an_emulator_finds_few_slopes_among_many_numbers() -> None:
    rng = np.random.default_rng(3)
    places = rng.uniform(-1.0, 1.0, (200, 60))
    truth = 0.8 * places[:, 5] - 0.5 * places[:, 9] ** 2 + 0.6 * places[:, 5] * places[:, 9]
    guess = fit(places, (truth + 0.05 * rng.standard_normal(200))[:, None])
    new = rng.uniform(-1.0, 1.0, (500, 60))
    expected = 0.8 * new[:, 5] - 0.5 * new[:, 9] ** 2 + 0.6 * new[:, 5] * new[:, 9]
    error = guess.mean(new)[:, 0] - expected
    assert np.sqrt(np.mean(error**2)) < 0.1
    assert 0.05**2 * 0.5 < guess.variance[0] < 0.05**2 * 4.0


def test_a_quantity_that_is_hardly_ever_known_rules_nothing_out() -> None:
    missed = np.full((40, 1), np.nan)
    missed[:4] = 1.0
    guess = fit(np.random.default_rng(1).uniform(-1.0, 1.0, (40, 3)), missed)
    assert guess.variance == pytest.approx([CLIP**2])


def test_a_walk_spreads_over_a_rare_region_as_the_prior_does() -> None:
    rng = np.random.default_rng(1)
    points = below(lambda ranks: np.abs(ranks[:, 0] - 0.5), 0.005, 6, 400, rng)
    assert np.abs(points[:, 0] - 0.5).max() <= 0.005
    assert points[:, 0].std() == pytest.approx(0.005 / np.sqrt(3.0), rel=0.15)
    assert points[:, 1:].std(axis=0) == pytest.approx(1.0 / np.sqrt(12.0), rel=0.15)
    assert points[:, 1:].mean(axis=0) == pytest.approx(0.5, abs=0.08)


def test_a_value_by_kind_is_moved_in_proportion_and_stays_legal() -> None:
    value = dict(zip(KINDS, (0.1, 0.2, 0.9, 0.0, 0.4), strict=True))
    space = default_space()
    name = next(p.name for p in space.values() if p.by_kind and p.role == "uncertainty" and p.range == (0.0, 1.0))
    known = space[name].model_copy(update={"value": value})
    one = free_parameters(type(space)([known]))[0]
    assert (one.low, one.likeliest) == (pytest.approx(0.6), 1.0)
    assert one.high == pytest.approx(1.0 / 0.9)  # 1.4 would lead past the end of the range
    assert list(one.values(0.8).values()) == pytest.approx([0.8 * part for part in value.values()])


def test_what_is_measured_here_and_choices_are_never_fitted() -> None:
    names = {free.name for free in free_parameters(default_space(), load("baseline"))}
    assert names.isdisjoint({"turnover.stay_share", "compliance.choice", "offices.supervisors"})
    assert {"turnover.base_hazard", "fees.fee_share"} <= names
    assert not any(default_space()[name].role == "lever" for name in names)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5))
def test_every_point_of_the_prior_is_legal(ranks: list[float]) -> None:
    free = free_parameters(default_space())
    values = Prior(free).values(np.resize(np.array(ranks), len(free)))
    default_space().with_defaults(values)  # refuses what lies outside its range


def test_ranks_and_numbers_say_the_same() -> None:
    space = Prior(free_parameters(default_space()))
    ranks = np.random.default_rng(1).random((20, len(space)))
    assert space.ranks(space.numbers(ranks)) == pytest.approx(ranks, abs=1e-9)


def test_only_some_values_can_be_chosen() -> None:
    free = free_parameters(default_space())
    assert [one.name for one in chosen(free, {"hiring.base_fill"})] == ["hiring.base_fill"]
