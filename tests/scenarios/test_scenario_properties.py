"""What holds for every text, ramp and spelling, not only for the ones we thought of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from orgsim.core.parameters import ParameterSpace, Text
from orgsim.errors import InputError
from orgsim.scenarios import Origin, Scenario, Step, load, load_text, resolve
from orgsim.scenarios.units import read_quantity

FRAGMENTS = st.sampled_from(
    [
        *("extends: ", "start: ", "months: ", "set:", "schedule:", "assumptions:", "population:", "title: ", "\n"),
        *("\n  ", "\n    ", "- ", "? ", "{", "}", "[", "]", ", ", ": ", "'", '"', "#", "|", ">", "&a ", "*a", "!!int "),
        *(
            "2026-01",
            "2027-05",
            "12",
            "-1",
            "1e400",
            "0x1",
            ".nan",
            "on",
            "~",
            "to: ",
            "over: ",
            "service: ",
            "万",
            "%",
        ),
        *("contracts.duration: ", "fees.price: ", "turnover.memory: ", "months", " CNY", "\t", "---\n", "...", "\\u"),
    ]
)
NEARLY_YAML = st.lists(FRAGMENTS, max_size=25).map("".join)


@settings(deadline=None, max_examples=400)
@given(text=st.one_of(st.text(max_size=200), NEARLY_YAML, NEARLY_YAML.map(lambda end: f"start: 2026-01\n{end}")))
def test_no_text_raises_anything_but_one_sentence(text: str, space: ParameterSpace) -> None:
    problem = ""
    try:
        resolve(load_text(text, space), space)
    except InputError as error:
        problem = str(error)
    assert "\n" not in problem


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=200))
def test_no_file_raises_anything_but_one_sentence(data: bytes, space: ParameterSpace) -> None:
    problem = ""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "my.yaml"
        file.write_bytes(data)
        try:
            load(file, space)
        except InputError as error:
            problem = str(error)
    assert "\n" not in problem


@given(text=st.text(max_size=30), unit=st.sampled_from(["months", "CNY per year", "share", "per month", "years"]))
def test_every_quantity_is_a_finite_number_or_a_sentence(text: str, unit: str) -> None:
    number, problem = 0.0, ""
    try:
        number = read_quantity(text, unit)
    except InputError as error:
        problem = str(error)
    assert np.isfinite(number)
    assert "\n" not in problem


@given(value=st.floats(-1e9, 1e9), unit=st.sampled_from(["months", "CNY per year", "share"]))
def test_a_number_written_out_is_read_back_to_the_last_bit(value: float, unit: str) -> None:
    assert read_quantity(repr(value), unit) == value
    assert read_quantity(f"{value!r} {unit}", unit) == value


@settings(deadline=None)
@given(
    month=st.integers(0, 40),
    over=st.integers(1, 40),
    low=st.floats(6, 36, allow_nan=False),
    high=st.floats(6, 36, allow_nan=False),
)
def test_a_ramp_leaves_its_start_and_reaches_its_end_without_leaving_the_way(
    month: int, over: int, low: float, high: float, space: ParameterSpace
) -> None:
    scenario = load_text(f"start: 2026-01\nmonths: 90\nburn_in: 3\nset:\n  contracts.duration: {low!r}\n", space)
    step = Step("contracts.duration", None, month, high, over, Origin("code", 0))
    table = resolve(replace(scenario, schedule=(step,)), space)
    path = table.values[3:, space.place["contracts.duration"]]
    assert (path[:month] == low).all()
    assert (path[month + over - 1 :] == high).all()
    moves = np.diff(np.concatenate([[low], path[month : month + over]]))
    np.testing.assert_allclose(moves, (high - low) / over, atol=1e-12)


def _scenario(lines: list[str], space: ParameterSpace) -> Scenario:
    return load_text("start: 2026-01\nset:\n" + "".join(f"  {line}\n" for line in lines), space)


LINES = [
    "contracts.duration: 24",
    "fees.price: {service: 2, foundation: 1.5}",
    "learning.forums: 3",
    "donations.shift: -0.0",
]


@settings(deadline=None)
@given(
    lines=st.permutations(LINES),
    title=st.text(min_size=1, max_size=20),
    start=st.sampled_from(["2026-01", "2031-07"]),
)
def test_a_fingerprint_ignores_titles_places_dates_and_the_order_of_lines(
    lines: list[str], title: str, start: str, space: ParameterSpace
) -> None:
    plain, other = _scenario(LINES, space), _scenario(lines, space)
    renamed = replace(other, title=Text(en=title, zh=title), name=title, file=title, lineage=(title,), start=start)
    assert renamed.fingerprint() == plain.fingerprint()
    assert resolve(renamed, space).fingerprint() == resolve(plain, space).fingerprint()


@given(place=st.integers(0, 3), value=st.sampled_from(["0.5", "0.75"]))
def test_a_fingerprint_sees_every_value(place: int, value: str, space: ParameterSpace) -> None:
    lines = ["fees.price: 1", "donations.shift: 0", "learning.forums: 2", "contracts.payment_delay: 3"]
    changed = [line if n != place else f"{line.split(':')[0]}: {value}" for n, line in enumerate(lines)]
    assert _scenario(changed, space).fingerprint() != _scenario(lines, space).fingerprint()
