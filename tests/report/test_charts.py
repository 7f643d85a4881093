"""Charts: what is drawn, in which words, with a font that has every character."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from orgsim.ensembles import Comparison
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.report.charts import retention_chart, survival_chart
from orgsim.report.curves import CURVES, curve_table
from orgsim.report.lettering import FONT_FILE, drawable, letters, shortened, wrap
from orgsim.report.panels import spread
from orgsim.report.texts import TEXTS
from orgsim.scenarios import load, shipped

Chart = Callable[[Comparison, str], Figure]
CHARTS = pytest.mark.parametrize("chart", [survival_chart, retention_chart])
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def words(figure: Figure) -> list[str]:
    found = figure.findobj(Text)
    return [text.get_text() for text in found if isinstance(text, Text) and text.get_text()]


def test_the_font_has_every_character_of_every_text() -> None:
    texts = [*TEXTS.values(), *(outcome.title for outcome in OUTCOMES), *(load(name).title for name in shipped())]
    used = {character for text in texts for character in text.en + text.zh}
    assert used - {"\n"} - letters() == set()


def test_the_font_has_every_common_chinese_character() -> None:
    level_one = bytes(byte for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA) for byte in (row, cell))
    assert set(level_one.decode("gb2312")) <= letters()


def test_the_font_is_small_and_has_its_licence_beside_it() -> None:
    assert FONT_FILE.stat().st_size < 2_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT_FILE.parent / "OFL.txt").read_text(encoding="utf-8")


@CHARTS
@LANGUAGES
def test_a_chart_is_drawn_without_a_missing_glyph(chart: Chart, language: str, simulated: Comparison) -> None:
    out = BytesIO()  # a glyph that is missing warns, and a warning fails a test
    chart(simulated, language).savefig(out, format="png")
    assert out.getvalue()[:4] == b"\x89PNG"


@CHARTS
@LANGUAGES
def test_every_word_of_a_chart_is_in_the_shipped_font(chart: Chart, language: str, simulated: Comparison) -> None:
    texts = chart(simulated, language).findobj(Text)
    assert {tuple(text.get_fontfamily()) for text in texts if isinstance(text, Text)} == {("orgsim Sans SC",)}


@CHARTS
def test_drawing_leaves_the_settings_of_matplotlib_alone(chart: Chart, simulated: Comparison) -> None:
    before = dict(mpl.rcParams)
    chart(simulated, "zh")
    assert dict(mpl.rcParams) == before


@CHARTS
def test_a_chart_names_scenarios_replications_seed_and_version(chart: Chart, simulated: Comparison) -> None:
    foot = next(text for text in words(chart(simulated, "en")) if text.startswith("Scenarios:"))
    assert "tiny (dashed), money-on-time. 3 replications, seed 1, orgsim " in foot.replace("\n", " ")


@CHARTS
def test_one_replication_is_drawn_without_bands_and_said_to_be_one(chart: Chart, once: Comparison) -> None:
    figure = chart(once, "en")
    assert "One replication: no range can be drawn." in " ".join(words(figure)).replace("\n", " ")
    bands = [band for axes in figure.axes for band in axes.collections]
    assert all(np.isnan(path.vertices).any() or not len(path.vertices) for band in bands for path in band.get_paths())


@CHARTS
def test_a_single_run_has_no_difference_to_draw(chart: Chart, simulated: Comparison) -> None:
    compared, alone = chart(simulated, "en"), chart(Comparison(simulated.baseline, ()), "en")
    assert len(alone.axes) == len(compared.axes) / 2


def test_the_baseline_is_dashed_and_grey(simulated: Comparison) -> None:
    dashed = [line for line in survival_chart(simulated).axes[0].lines if line.get_linestyle() == "--"]
    assert {line.get_color() for line in dashed} == {"#6f6f6f"}


def test_the_title_tells_the_finding(simulated: Comparison) -> None:
    title = survival_chart(simulated, "zh").texts[0].get_text().replace("\n", "")
    assert title.startswith("3年后，每100家社会组织中有")
    assert "“小区”" in title


def test_curves_start_at_one_and_never_rise(simulated: Comparison) -> None:
    table = curve_table(simulated)
    assert set(table["curve"]) == set(CURVES)
    monotone = table[table["curve"].isin(["registered", "in_post"])]
    for _, curve in monotone.groupby(["scenario", "curve"]):
        assert curve["value"].iloc[0] == 1.0
        assert (curve["value"].diff().dropna() <= 1e-12).all()


def test_differences_of_curves_are_paired(simulated: Comparison) -> None:
    table = curve_table(simulated)
    wide = table[table["curve"] == "registered"].pivot_table(index="month", columns="scenario", values="value")
    told = table[(table["curve"] == "registered") & (table["scenario"] == "money-on-time")].set_index("month")
    assert told["difference"].to_numpy() == pytest.approx((wide["money-on-time"] - wide["tiny"]).to_numpy())


def test_labels_are_moved_apart_and_kept_on_the_scale() -> None:
    places = spread([3.0, 2.0, 1.0], [8.0, 8.0, 8.0])
    assert np.diff(places) == pytest.approx([-8.0, -8.0], abs=0.1)
    assert min(places) == pytest.approx(4.0, abs=0.1)


def test_lines_break_between_english_words_and_before_no_chinese_stop() -> None:
    assert wrap("more than under today", 6.0).split("\n") == ["more than", "under today"]
    assert wrap("million person-months", 5.0).split("\n") == ["million", "person-", "months"]
    assert wrap("orgsim --report 2026-01", 7.0).split("\n") == ["orgsim", "--report", "2026-01"]
    assert wrap("很可能多于现状，区间", 7.0).split("\n") == ["很可能多于现", "状，区间"]


def test_lines_that_were_broken_stay_so() -> None:
    assert wrap("one\ntwo", 50.0) == "one\ntwo"


def test_a_character_without_a_glyph_is_marked() -> None:
    assert drawable("组织\U00020000") == "组织〓"


def test_quotes_are_straight_where_there_is_no_chinese() -> None:
    assert (drawable("under “Today”"), drawable("多于“现状”")) == ('under "Today"', "多于“现状”")


def test_a_long_name_is_cut() -> None:
    assert shortened("一二三四五六", 4.0) == "一二三四…"
