"""The report of a study's analysis on planted answers: what it says, and that its figures show something."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from io import BytesIO

import matplotlib.image
import numpy as np
import pytest
from matplotlib.text import Text

from orgsim.report.blocks import Picture
from orgsim.report.lettering import FAMILY, letters
from orgsim.report.markdown_page import markdown_page
from orgsim.report.studies.files import Told, analysis_files, told
from orgsim.report.studies.texts import TEXTS
from orgsim.studies.analysis import Analysis, analyse
from tests.studies.frames import Floats, Frames, factor, real, sampled, study

LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
UNIT = [factor("x0"), factor("x1"), factor("x2")]


def together(a: float, b: float, c: float) -> Floats:
    return np.asarray(0.2 + 0.1 * a + 0.2 * a * b)


def corner(a: float, b: float, c: float) -> Floats:
    return np.asarray(0.05 if a < 0.4 and b > 0.5 else -0.05)


def crossing(a: float, b: float, c: float) -> Floats:
    """Each of the first two turns what the other does: a + 12 (a − ½)(b − ½), over 10."""
    return np.asarray(0.5 + 0.1 * a + 1.2 * (a - 0.5) * (b - 0.5))


def luck(points: Floats, runs: int = 8, size: float = 0.002) -> Floats:
    return np.random.default_rng(9).normal(0.0, size, (len(points), runs))


def _grid() -> Frames:
    levels = [0.0, 0.5, 1.0]
    points = np.array([[u, v] for u in levels for v in levels])
    factors = [factor("x0", values=levels, present=0.0), factor("x1", values=levels, present=0.0)]
    return study("grid", factors, points, lambda u, v: together(u, v, 0.0), noise=luck(points))


def _one_at_a_time() -> Frames:
    points = np.array([[np.nan] * 3, [0.0, np.nan, np.nan], [1.0, np.nan, np.nan], [np.nan, 0.0, np.nan]])
    heights = iter([-0.05, -0.08, 0.05, -0.05])
    return study("one_at_a_time", UNIT, points, lambda *_: np.asarray(0.2), noise=luck(points) * 0.0,
                 scenarios={"b": lambda *_: np.asarray(0.2 + next(heights))})  # fmt: skip


def _frames(kind: str) -> Frames:
    if kind == "grid":
        return _grid()
    if kind == "one_at_a_time":
        return _one_at_a_time()
    if kind == "latin_hypercube":
        points = sampled(kind, 3, 60)
        return study(kind, UNIT, points, lambda *_: np.asarray(0.2), scenarios={"b": lambda *x: 0.2 + corner(*x)})
    points = sampled(kind, 3, 64 if kind == "sobol" else 10, levels=4, second_order=kind == "sobol")
    truth = crossing if kind == "sobol" else together
    return study(kind, UNIT, points, truth, noise=luck(points), levels=4, second_order=kind == "sobol")


KINDS = ("grid", "one_at_a_time", "latin_hypercube", "sobol", "morris")
FIGURES = {
    "grid": {"effects-y", "surface-y"},
    "one_at_a_time": {"tornado-y-b"},
    "latin_hypercube": {"effects-y-b", "pairs-y-b", "ranks-y-b", "prim-y-b"},
    "sobol": {"sobol-y", "pairs-y"},
    "morris": {"morris-y"},
}


@cache
def reported(kind: str, language: str) -> Told:
    design, _, manifest = real(_frames(kind))
    return told(_analysed(kind), design, manifest, language, whole=True,
                command="orgsim experiment analyze planted", made=date(2026, 11, 25))  # fmt: skip


@cache
def _analysed(kind: str) -> Analysis:
    return analyse(*real(_frames(kind)))


def written(kind: str) -> dict[str, bytes]:
    return analysis_files(reported(kind, "en"), real(_frames(kind))[2], {"outcome": None})


def text(kind: str, language: str = "en") -> str:
    found = reported(kind, language)
    return markdown_page(found.document, [f"{one.name}.png" for one in found.shown])


@pytest.mark.parametrize("kind", KINDS)
@LANGUAGES
def test_every_design_gives_its_figures_and_none_is_blank_or_cut(kind: str, language: str) -> None:
    shown = {one.name: one.picture.figure for one in reported(kind, language).shown}
    assert set(shown) == FIGURES[kind]
    for name, figure in shown.items():
        out = BytesIO()  # a glyph that is missing warns, and a warning fails a test
        figure.savefig(out, format="png", dpi=60)
        dots = matplotlib.image.imread(BytesIO(out.getvalue()))[..., :3]
        assert dots.std() > 0.03, name
        edge = np.concatenate([dots[0], dots[-1], dots[:, 0], dots[:, -1]])
        assert edge.min() > 0.99, f"{name}: something is cut at the edge"


@pytest.mark.parametrize("kind", KINDS)
@LANGUAGES
def test_words_of_figures_are_in_the_shipped_font(kind: str, language: str) -> None:
    for shown in reported(kind, language).shown:
        found = [each for each in shown.picture.figure.findobj(Text) if isinstance(each, Text) and each.get_text()]
        assert {each.get_fontfamily()[0] for each in found} == {FAMILY}
        assert {letter for each in found for letter in each.get_text()} - {"\n"} - letters() == set()


def test_the_font_has_every_character_of_the_words() -> None:
    used = {character for each in TEXTS.values() for character in each.en + each.zh}
    assert used - {"\n"} - letters() == set()


def test_both_languages_have_the_same_gaps() -> None:
    gaps = {
        key: [sorted(set(re.findall(r"\{\w+\}", one.replace("{L", "{l")))) for one in (each.en, each.zh)]
        for key, each in TEXTS.items()
    }
    assert {key for key, (en, zh) in gaps.items() if en != zh} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_chinese_page_has_no_english_sentence(kind: str) -> None:
    page = re.sub(
        r"```.*?```|`[^`]*`|!\[.*?\]\(.*?\)|orgsim experiment [\w -=.]*", "", text(kind, "zh"), flags=re.DOTALL
    )
    assert re.findall(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", page) == []


def test_sobol_indices_say_who_moves_what_and_who_acts_together() -> None:
    page = text("sobol")
    assert re.search(r"goes back to Delay [01]\.\d\d \(0\.\d\d to [01]\.\d\d\); Leaving 0\.\d\d", page)
    assert "Hiring" in page.split("Not told from nothing: ")[1].split("\n")[0]
    assert "Most together: Delay with Leaving" in page
    assert re.search(r"at least \d\d% of it comes from factors acting together", page)


def test_elementary_effects_say_which_way_and_what_bends() -> None:
    page = text("morris")
    assert re.search(r"Delay: (19|2\d)\.\d points \(.*\), upward; Leaving: \d+\.\d points \(.*\), upward", page)
    assert re.search(r"How far it moves with (Delay, )?Leaving(, Delay)? depends on the other factors", page)


def test_effects_and_interactions_of_a_grid_carry_their_ranges() -> None:
    """By hand: from 0 to 1 of delay .1 + .2 × mean of leaving (.5) = 20 points; both from 0 to 1 beyond the sum 20."""
    page = text("grid")
    assert re.search(r"Delay from 0 months to 1 months: \+(19\.9|20\.0|20\.1) points \(\+\d+\.\d to \+\d+\.\d\)", page)
    assert re.search(r"4 of 4 interactions can be told from nothing; luck alone would give about 0\.2", page)
    assert re.search(r"together give \+(19\.\d|20\.\d) points", page)


def test_a_tornado_says_where_the_finding_turns() -> None:
    page = text("one_at_a_time")
    assert "As things stand: very likely less, −5.0 points" in page
    assert "The difference turns at Delay 1 months." in page


def test_a_box_is_told_with_coverage_density_and_what_speaks_for_it() -> None:
    page = text("latin_hypercube")
    assert re.search(
        r"“B” gives more than “A” at \d+ of 60 points\. (9\d|100)% of these lie where Delay is at most 0\.\d+ months "
        r"and Leaving is at least 0\.\d+ a month; (9\d|100)% of the points there do\.",
        page,
    )
    assert "shuffled points gave as good a box in 1% of tries" in page


def test_where_straight_effects_do_not_fit_their_ranges_are_not_trusted() -> None:
    assert "The rest bends or jumps" in text("latin_hypercube")


def test_the_page_says_what_was_asked_and_what_it_cannot_tell() -> None:
    page = text("latin_hypercube")
    for words in ("Why?", "60 points (a Latin hypercube) of 3 factors", "differences of “B” from “A”, on the same luck",
                  "What it cannot tell", "orgsim experiment analyze planted", "not a cause"):  # fmt: skip
        assert words in page


def test_where_luck_drowns_the_points_nothing_is_claimed() -> None:
    points = sampled("morris", 3, 10, levels=4)
    frames = study("morris", UNIT, points, lambda *_: np.asarray(0.2), levels=4, noise=luck(points, size=0.05))
    design, results, manifest = real(frames)
    found = told(analyse(design, results, manifest), design, manifest, "en", whole=True, command="x")
    page = markdown_page(found.document, ["one"])
    assert "is drowned in luck" in page
    assert "Moved most" not in page


@pytest.mark.parametrize(("needed", "words"), [(37, "about 37 runs"), (29_694_063_477_169, "more than 10,000 runs")])
def test_nobody_is_told_to_make_more_runs_than_can_be_made(needed: int, words: str) -> None:
    design, results, manifest = real(_grid())
    analysis = analyse(design, results, manifest)
    analysis.tables["noise"][["verdict", "share", "runs_needed"]] = ["noisy", 0.9, needed]
    found = told(analysis, design, manifest, "en", whole=True, command="x")
    assert words in markdown_page(found.document, [one.name for one in found.shown])


def test_the_folder_holds_the_page_and_each_figure_twice() -> None:
    found, files = reported("morris", "en"), written("morris")
    assert set(files) == {
        "manifest.json", "analysis.md", "analysis.html", "figures/morris-y.png", "figures/morris-y.svg",
        *(f"tables/{name}.{ending}" for name in ("morris", "noise") for ending in ("csv", "parquet")),
    }  # fmt: skip
    assert files["figures/morris-y.png"].startswith(b"\x89PNG")
    assert files["figures/morris-y.svg"].startswith(b"<?xml")
    assert "(figures/morris-y.png)" in files["analysis.md"].decode()
    page = files["analysis.html"].decode()
    assert 'src="http' not in page
    pictures = [block for block in found.document.blocks if isinstance(block, Picture)]
    assert all(len(one.alternative) > len(one.caption) for one in pictures)
    assert page.count("<img alt=") == len(pictures) == 1


def test_the_same_rows_give_the_same_bytes() -> None:
    one = written("morris")
    reported.cache_clear()
    _analysed.cache_clear()
    assert one == written("morris")
