"""Bands are read as people write them, and a text that says none is refused."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.analysis.bands import HOLDS, Band, read_bands
from orgsim.analysis.targets import shipped_targets
from orgsim.errors import InputError

Ends = list[tuple[float, float]]

# What each band of the shipped targets means, worked out by hand.
READ: dict[str, Ends] = {
    "F1": [(0.02, 0.06)],
    "F2": [(0.74, 0.92)],
    "F4": [(0.12, 0.30)],
    "F6": [(-0.025, 0.01)],
    "F7": [(0.33, 0.47), (0.26, 0.40), (0.20, 0.34)],
    "F8": [(1.1, 3.0)],
    "F9": [(1.5, 6)],
    "F10": [(3, 23)],
    "F12": [(0.74, 0.92)],
    "F13": [(10, 14), (2, 8)],
    "F14": [(0.75, 0.95)],
    "F15": [(0.08, 0.17)],
    "F16": [(0.10, 0.28)],
    "F17": [(1, 4), (0.45, 0.75)],
    "F18": [(0.25, 0.45)],
    "F19": [(0.30, 0.55)],
    "F22": [(0.05, 0.35)],
    "F23": [(-0.35, 0.20)],
    "F24": [(0.0, 0.30), (-0.05, 0.05)],
    "S1": [(0.15, 0.25)],
    "S2": [(0.15, 0.35), (0.04, 0.18)],
    "S3": [(1.1, 1.7)],
    "S4": [(2, 6)],
    "S6": [(1.6, 2.6)],
    "S8": [(0.15, 0.25)],
    "S9": [(0.25, 0.50), (0.30, 0.52), (0.08, 0.16)],
    "S10": [(-0.28, -0.12), (0.10, 0.33)],
    "S11": [(-0.26, -0.07)],
    "S12": [(1.2, 4)],
    "S13": [(2, inf)],
    "S14": [(0.45, 0.90)],
    "S15": [(1, 1)],
    "S16": [(0, 0.10)],
    "S17": [(0.20, 0.40), (0.04, 0.20), (1, inf)],
    "S19": [(8, 24)],
    "S20": [(0.20, 0.45)],
    "S22": [(0.03, 0.12), (0.08, 0.35)],
    "S23": [(10, 26)],
    "S25": [(1.1, 2.0)],
    "S26": [(-0.03, 0.08), (-inf, 0)],
    "S27": [(1.12, 1.6)],
    "G1": [(0.025, 0.04)],
    "G2": [(0.03, 0.09)],
    "G3": [(0.35, 0.70)],
    "G4": [(0.001, 0.015)],
    "G5": [(0.08, 0.28)],
    "G6": [(0.11, 0.35), (0.35, 0.59), (0.18, 0.42)],
    "G7": [(0.05, 0.35), (-inf, 0.03)],
    "G8": [(-0.15, -0.02)],
    "G9": [(-0.02, 0.02)],
    "G11": [(-0.03, 0.01)],
    "G12": [(0.30, 0.55), (-inf, 0.10)],
    "G13": [(0, 0.20), (-0.03, 0.03)],
    "G14": [(0.20, 0.50)],
    "G16": [(12, 30), (2, inf)],
    "G17": [(0.08, 0.24), (0.34, 0.50), (0.51, 0.67), (0.54, 0.70), (0.18, 0.32)],
    "G19": [(0.02, 0.14)],
    "G20": [(-0.2, 0.2)],
    "G21": [(0.02, 0.08), (-0.03, 0.11)],
    "G22": [(0.4, 0.9)],
    "G23": [(1, 1)],
}


def ends(text: str, target: str = "") -> Ends:
    return [(pytest.approx(band.low), pytest.approx(band.high)) for band in read_bands(text, target)[0]]


def test_the_table_of_meanings_covers_every_shipped_target() -> None:
    assert list(READ) == [target.id for target in shipped_targets()]


@pytest.mark.parametrize("target", shipped_targets(), ids=lambda target: target.id)
def test_a_shipped_band_means_what_was_worked_out_by_hand(target: object) -> None:
    assert [(band.low, band.high) for band in target.bands] == [  # type: ignore[attr-defined]
        (pytest.approx(low), pytest.approx(high))
        for low, high in READ[target.id]  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(
    ("text", "target", "meaning"),
    [
        ("5%-10%", "", [(0.05, 0.10)]),
        ("between 2 and 4", "", [(2, 4)]),
        ("0.1～0.3", "", [(0.1, 0.3)]),
        ("1 至 3 months", "", [(1, 3)]),
        ("up to 5%", "", [(-inf, 0.05)]),
        ("不超过 3%", "", [(-inf, 0.03)]),
        ("at least 1,000", "", [(1000, inf)]),
        ("positive", "", [(0, inf)]),
        ("±20%", "50%", [(0.3, 0.7)]),
        ("+/-3", "10", [(7, 13)]),
        ("must hold", "", [(1, 1)]),
        ("−1 to −3 pp", "", [(-0.03, -0.01)]),
        ("2–4 (for charities; others 9)", "", [(2, 4)]),
    ],
)
def test_other_spellings_are_read_too(text: str, target: str, meaning: Ends) -> None:
    assert ends(text, target) == meaning


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        ("", "", "says no band"),
        ("about right", "", "says no band"),
        ("about 5", "", "holds numbers but no band"),
        ("±.07 each", "", "is a tolerance, but the target names no number"),
        ("5% – 10 points", "", "gives its two ends different units"),
    ],
)
def test_a_text_without_a_band_is_refused_with_what_is_wrong(text: str, target: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_bands(text, target)


def test_words_after_the_numbers_are_kept_as_remarks() -> None:
    assert read_bands("1.1–3.0, and flat for publicly funded (B)")[1] == ("B", "and flat for publicly funded")


def test_percent_and_points_know_how_they_were_written() -> None:
    assert [band.unit for band in read_bands("2–6 %; ±5 points; 8-24 months; 1-2", "1; 0; 1; 1")[0]] == [
        "%",
        "points",
        "months",
        "",
    ]


def test_an_exact_target_with_a_tolerance_asks_that_it_holds() -> None:
    assert read_bands("+-.01 at N>=10,000", "exact")[0] == (HOLDS,)


NUMBERS = st.decimals(-999, 999, places=3).map(float)


@given(NUMBERS, NUMBERS, st.sampled_from(["–", " to ", " – "]), st.sampled_from(["", " %"]))
def test_a_range_that_was_written_is_read_again_whichever_end_comes_first(
    one: float, other: float, sign: str, unit: str
) -> None:
    (band,), _ = read_bands(f"{one}{sign}{other}{unit}")
    scale = 100.0 if unit else 1.0
    assert (band.low * scale, band.high * scale) == (pytest.approx(min(one, other)), pytest.approx(max(one, other)))


@given(NUMBERS, st.decimals(0, 99, places=2).map(float))
def test_a_tolerance_lies_evenly_around_its_target(middle: float, width: float) -> None:
    (band,), _ = read_bands(f"±{width}", f"{middle}")
    assert (band.low, band.high) == (pytest.approx(middle - width), pytest.approx(middle + width))


@given(NUMBERS, st.floats(0, 100))
def test_a_band_holds_its_ends_and_nothing_beyond(low: float, width: float) -> None:
    band = Band(low, low + width)
    assert low in band
    assert low + width in band
    assert low - 1e-6 not in band
