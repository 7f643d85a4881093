"""The screens Why and Assumptions: what is asked when, in both languages, and that it is what the command line says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.amounts import difference_text, levels_text, share_text
from dashboard.bars import bar_chart, height_of
from dashboard.diagram import WIDTH, Box, mermaid, steps, wrapped
from dashboard.names import called
from dashboard.parts import doubted, swings
from dashboard.parts.life import event_text
from dashboard.reasons import Kept
from dashboard.texts import EN, ZH
from orgsim.ensembles import compare
from orgsim.explain.graph import OUTCOME, PARAMETER, Item
from orgsim.explain.lives import COLUMNS, Event
from orgsim.explain.paths import Change, Hop, Picture
from orgsim.report.tornado import swing
from orgsim.report.verdicts import judge
from orgsim.schedule import model
from tests.dashboard.conftest import Open, words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LEVER, PAY, TURNOVER = Item(PARAMETER, "pay.wage_subsidy"), Item("staff", "pay"), Item(OUTCOME, "annual_turnover")
HOPS = Hop(LEVER, PAY, (), 0.9), Hop(PAY, TURNOVER, (Item("staff", "quits"),), -0.2)
PICTURE = Picture((LEVER, PAY, TURNOVER), HOPS)
BOXES = {
    LEVER: Box("Wage subsidy", "0 → 500", "", True),
    PAY: Box("Pay", "5,800 → 5,900 CNY", "+100 (+90 to +110)", True),
    TURNOVER: Box("Turnover", "", "no clear change", False),
}


def main_text(page: AppTest) -> str:
    """All that stands on the page beside the sidebar, labels and tables included."""
    parts: list[str] = []
    for block in page.main:
        for name in ("label", "value", "options", "help"):
            found: Any = getattr(block, name, "")
            parts += [found] if isinstance(found, str) else [str(one) for one in found] if name == "options" else []
    tables = [frame.value for frame in (*page.dataframe, *page.table)]
    parts += [" ".join(map(str, [table.index.name or "", *table.columns])) for table in tables]
    return "\n".join([words(page), *parts])


def open_why(page: AppTest, part: str) -> AppTest:
    page.session_state["why-part"] = part
    return page.switch_page("screens/why.py").run()


def both_languages(page: AppTest) -> Iterator[str]:
    """The page's words in Chinese, then in English, where no Chinese may be left."""
    assert not page.exception
    assert not page.error
    yield main_text(page)
    page.button(key="switch-language").click().run()
    assert not page.exception
    assert not page.error
    text = main_text(page)
    assert not CHINESE.search(text), CHINESE.findall(text)
    yield text
    page.button(key="switch-language").click().run()


def test_why_leads_from_a_measure_to_outcomes_in_both_languages(opened: Open) -> None:
    page = open_why(opened(**{"from": "pay-support"}), "path")
    zh, en = both_languages(page)
    assert "逐步说明" in zh
    assert "岗位补贴" in zh
    assert "The same in steps" in en
    assert "flowchart TB" in zh
    names = {"名称", "现状", "方案", "范围", "等级", "来源"}
    assert any(names <= set(frame.value.columns) for frame in page.dataframe)
    page.selectbox(key="path-lever").set_value("contracts.duration").run()
    assert "没有改动这项措施" in words(page)


def test_which_measure_did_it_adds_up_in_both_languages(opened: Open) -> None:
    page = open_why(opened(**{"from": "pay-support"}), "lever")
    zh, en = both_languages(page)
    assert "整套方案带来的差异为" in zh
    assert "the whole policy makes a difference of" in en
    assert list(page.dataframe[-1].value["措施"])[-2:] == ["相互作用（余项）", "整套方案"]


def test_a_policy_with_one_measure_has_nothing_to_be_split(opened: Open) -> None:
    page = open_why(opened(**{"from": "baseline", "set": "contracts.duration=24"}), "lever")
    assert "请先改动至少两项措施" in words(page)


def test_two_lives_stand_side_by_side_in_both_languages(opened: Open) -> None:
    page = open_why(opened(**{"from": "pay-support"}), "life")
    zh, en = both_languages(page)
    assert "方案下仍运转，现状下没有" in zh
    assert "The organization with the number" in en
    assert len(page.get("echarts_chart")) == 6
    page.selectbox(key="life-entity").set_value("staff").run()
    page.selectbox(key="life-kind").set_value("social_work").run()
    assert not page.error
    assert "的员工" in words(page)
    page.button(key="life-ask").click().run()
    next(button for button in page.button if button.label == "解释").click().run()
    assert not page.error
    assert page.session_state["why-id"] in page.code[0].value


def test_assumptions_say_whether_the_finding_stands_and_part_both_doubts_as_the_command_line_does(
    opened: Open,
) -> None:
    page = opened(**{"from": "pay-support", "null": "rating"}).switch_page("screens/assumptions.py").run()
    assert "结论" in "\n".join(one.value for one in (*page.success, *page.warning, *page.error))
    page.toggle(key="ask-parameters").set_value(True).run()
    page.toggle(key="ask-swings").set_value(True).run()
    assert not page.exception
    tables = [frame.value for frame in page.dataframe]
    assert any({"低端", "高端"} <= set(table.columns) for table in tables)
    policy = page.session_state["orgsim.last"]
    command = compare(policy.today(), policy.scenario(), replications=2, uncertainty=2)
    judged = {name: doubted.judged_with_sets(command, name) for name in doubted.HEADLINES}
    known = {name: one for name, one in judged.items() if one.difference == one.difference}
    shown = next(table for table in tables if "偶然" in table.columns)
    assert shown.equals(doubted.as_table(command, known, "zh"))
    assert page.code[0].value == "orgsim compare today.yaml my-policy.yaml --uncertainty 2 --replications 2"
    page.button(key="switch-language").click().run()
    text = main_text(page)
    assert not CHINESE.search(text), CHINESE.findall(text)


def test_changed_assumptions_are_told_on_every_screen(opened: Open) -> None:
    page = opened(**{"from": "pay-support", "null": "rating"})
    page.session_state["why-part"] = "number"
    for name in ("compare", "scenarios", "assumptions", "why", "guide"):
        assert "已修改 4 项假设" in words(page.switch_page(f"screens/{name}.py").run()), name


def test_a_value_put_back_by_hand_is_no_change_any_more(opened: Open) -> None:
    page = opened(**{"from": "pay-support", "assume": "contracts.late_share=0.5"})
    page.session_state["assumption"] = "contracts.late_share"
    page.switch_page("screens/assumptions.py").run()
    page.number_input[0].set_value(model().space["contracts.late_share"].values[0]).run()
    assert "assume" not in page.query_params
    assert "已修改" not in words(page)


def test_every_box_and_arrow_of_a_picture_is_in_the_diagram_and_every_arrow_in_the_list() -> None:
    text = mermaid(PICTURE, BOXES)
    assert text.count(":::") == 3
    assert "n0 -->|" in text
    assert "n1 -.->|" in text
    said = steps(PICTURE, BOXES, {Item("staff", "quits"): "Quits"}, "en")
    assert len(said) == 2
    assert "90%" in said[0]
    assert "works against" in said[1]
    assert "by way of Quits" in said[1]


@given(st.text(alphabet="机构现金支撑月数（）abc def，", max_size=60))
def test_lines_of_a_box_are_short_and_lose_nothing(text: str) -> None:
    lines = wrapped(text)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    longest = max((len(word) for word in text.split()), default=0)
    assert all(len(line) <= max(WIDTH, longest) for line in lines)


@pytest.mark.parametrize(
    ("change", "unit", "levels", "difference"),
    [
        (Change(0.0143, 0.0121, -0.0022, -0.0024, -0.002, 0.1), "share", "1.43 → 1.21%", "−0.22 (−0.24 to −0.20)"),
        (Change(5800.0, 5911.0, 111.0, 90.0, 130.0, 0.1), "CNY", "5,800 → 5,911 CNY", "+111 (+90 to +130)"),
        (Change(1.0, 1.1, 0.1, -0.1, 0.3, 0.0), "SD", "1.00 → 1.10 SD", "no clear change +0.10 (−0.10 to +0.30)"),
        (Change(3.0, 3.0, 0.0, 0.0, 0.0, 0.0), "months", "3.0 → 3.0 months", "no change"),
    ],
)
def test_numbers_have_the_decimals_their_difference_needs(
    change: Change, unit: str, levels: str, difference: str
) -> None:
    assert levels_text(change, unit, "en") == levels
    assert difference_text(change, unit, "en") == difference


def test_shares_say_when_they_are_small_unknown_or_contrary() -> None:
    assert [share_text(one) for one in (0.5, 0.001, -0.3, float("nan"))] == ["50%", "<1%", "−30%", ""]


def test_a_tornado_says_which_assumption_moves_the_finding_and_whether_it_stands() -> None:
    zero, titles = np.zeros(3), {"a": "first", "b": "second"}
    shipped = judge(zero + 4.0)
    strong = swing("a", (zero, zero - 4.0), (zero, zero + 4.0))
    weak = swing("b", (zero, zero + 4.0), (zero, zero + 4.5))
    assert "turns; of 2 assumptions “first”" in swings.sentence(shipped, [strong, weak], titles, "en")
    assert "stands at both ends of all 1" in swings.sentence(shipped, [weak], titles, "en")
    still = swing("a", (zero, zero + 4.0), (zero, zero + 4.0))
    assert swings.sentence(shipped, [still], titles, "zh") == "这 1 项假设都不影响此处的结论。"


def test_bars_end_where_the_difference_does() -> None:
    rows = [("a", judge([0.01, 0.02, 0.03])), ("b", judge([-0.01, 0.0, 0.01]))]
    spec = bar_chart(rows, "share", "en")
    assert [line["data"][1][0] for line in spec["series"][:4:2]] == [2.0, 0.0]
    assert len(spec["yAxis"][0]["data"]) == 2
    assert height_of(rows) < height_of([*rows, rows[0]])


def test_everything_that_can_be_shown_has_a_name_in_both_languages() -> None:
    for entity in ("sector", "kind", "funder", "organization", "staff"):
        for column in model().columns[entity].values():
            assert CHINESE.search(called(Item(entity, column.name), "zh"))
            assert not CHINESE.search(called(Item(entity, column.name), "en"))
            if column.unit not in ("yes or no", "share", "probability", "per month"):
                assert f"column.{column.unit}" in ZH


def test_every_event_has_words_in_both_languages() -> None:
    told = {key.removeprefix("event.") for key in EN if key.startswith("event.")} - {"times"}
    for what in told:
        for language in ("en", "zh"):
            assert event_text(Event(0, what, 2.0, 1, 3), language)
    assert {"contract", "closing_4", "quits_sector", "weary_ends"} <= told
    assert set(COLUMNS) == {"organization", "staff"}


def test_answers_are_made_once_and_the_oldest_go() -> None:
    kept, made = Kept(2), []

    def make(key: str) -> str:
        return kept.answer((key,), lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [make(key) for key in "aababca"] == list("aababca")
    assert made == ["a", "b", "c", "a"]
    assert not kept.known(("b",))
    assert np.all(kept.known(("a",)))
