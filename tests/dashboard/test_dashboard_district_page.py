"""The screen "Your district": what a visitor sees of a register or of counts, and what becomes of the other screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import runs
from dashboard.district import read_upload, uploaded
from dashboard.policy import Policy, standing
from orgsim.ensembles import compare
from orgsim.report.findings import findings
from orgsim.report.manifest import command as again
from orgsim.report.manifest import copied_names
from orgsim.scenarios import shipped_folder
from tests.dashboard.conftest import Open, words

EXAMPLE = (shipped_folder() / "registers" / "example-district.csv").read_bytes()
NASTY = (
    "名称,登记类型,工作人员数,<script>alert(1)</script>,**备注**\n"
    '<script>alert(1)</script>,社会团体,-3,x,y\n"=HYPERLINK(""http://x"")",<b>外星</b>,2,x,y\n基金会一,基金会,4,x,y\n'
).encode()
TYPED = {"association": 3, "service": 3, "social_work": 4, "foundation": 1, "community": 4}


def upload(page: AppTest, content: bytes, name: str = "本区.csv") -> AppTest:
    page.file_uploader(key="district-file").upload(name, content)
    return page.run()


def told(page: AppTest) -> str:
    """All words, those shown as plain text and in tables too."""
    cells = [table.value.to_csv() for table in (*page.dataframe, *page.table)]
    return "\n".join([words(page), *(one.value for one in page.text), *cells])


def typed(page: AppTest) -> AppTest:
    for kind, count in TYPED.items():
        page.number_input(key=f"count-{kind}").set_value(count)
    page.number_input(key="count-funders").set_value(3)
    return page.run()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh", ("登记册就是组织名单", "成立日期", "1,570")), ("en", ("one a row", "founding date", "1,570"))],
)
def test_the_empty_screen_says_what_a_register_is_and_which_columns_it_may_have(
    opened: Open, language: str, expected: tuple[str, ...]
) -> None:
    page = opened("district", lang=language)
    assert not page.exception
    assert [part for part in expected if part not in told(page)] == []
    assert {one.label for one in page.get("download_button")} >= (
        {"下载模板（CSV）", "下载示例（CSV）"} if language == "zh" else {"Download a template (CSV)"}
    )


def test_the_account_of_an_upload_is_that_of_the_command_line(opened: Open) -> None:
    page = upload(opened("district"), NASTY)
    assert not page.error
    page_words = told(page)
    for part in (
        "共 3 行，采用 2 家组织，拒收 1 行",
        "未使用：D 列“<script>alert(1)</script>”",
        "'-3'小于零",
        "全部抽取：成立日期",
        "社会工作服务机构",
    ):
        assert part in page_words


def test_words_of_the_file_are_never_markdown_or_html(opened: Open) -> None:
    page = upload(opened("district"), NASTY, "<img src=x>.csv")
    assert "<script>alert(1)</script>" in told(page)
    assert "=HYPERLINK" in told(page)
    drawn = "\n".join([words(page), *(one.proto.body for one in page.get("html"))])
    assert [part for part in ("alert", "HYPERLINK", "外星", "**备注**", "img") if part in drawn] == []


def test_a_register_becomes_the_district_of_today_and_of_the_policy(opened: Open, tmp_path: Path) -> None:
    page = upload(opened("district", **{"from": "pay-support"}), EXAMPLE)
    page.button(key="use-register").click().run()
    assert [one.value for one in page.success] == ["所有方案目前都以此为区县。"]
    assert page.query_params["register"] == "本区.csv"
    page.switch_page("screens/compare.py").run()
    assert page.subheader[0].value == "薪酬支持，与“本区现状”对照"
    policy = page.session_state["orgsim.last"]
    for name, content in policy.files().items():
        (tmp_path / name).write_bytes(content)
    command = compare(tmp_path / "today.yaml", tmp_path / "my-policy.yaml", replications=2)
    sentences = "\n".join(f"- {one.text}" for one in findings(command, "zh"))
    assert sentences in [part.value for part in page.markdown]
    sources = policy.sources()
    copied = {name: sources[file] for file, name in copied_names(sources).items()}
    assert copied["scenarios/本区.csv"] == EXAMPLE
    assert copied["scenarios/today.yaml"].decode() == policy.today_text()
    shown = runs.runs().compare(policy.today(), policy.scenario(), replications=2)
    assert again(shown, sources).startswith("orgsim compare scenarios/today.yaml scenarios/my-policy.yaml ")


def test_the_district_is_undone_redone_and_given_back(opened: Open) -> None:
    page = opened("district")
    page.button(key="district-example").click().run()
    page.button(key="use-register").click().run()
    assert page.slider(key="contracts.yearly_budget").value == 690.0
    page.button(key="undo").click().run()
    assert page.session_state["orgsim.last"].district is None
    assert page.slider(key="contracts.yearly_budget").value == 12_000.0
    page.button(key="redo").click().run()
    assert page.session_state["orgsim.last"].district.total == 60
    page.button(key="people-back").click().run()
    assert page.session_state["orgsim.last"].district is None
    assert "register" not in page.query_params


def test_typed_counts_stand_in_the_link_and_reopen_from_it(opened: Open) -> None:
    page = typed(opened("district", **{"from": "people"}))
    page.button(key="use-typed").click().run()
    page.slider(key="contracts.yearly_budget").set_value(page.slider(key="contracts.yearly_budget").max).run()
    address = dict(page.query_params)
    assert "association=3;service=3;social_work=4;foundation=1;community=4" in address["people"]
    again = opened(**address)
    assert not again.warning
    assert again.session_state["orgsim.last"] == page.session_state["orgsim.last"]


def test_a_link_to_an_upload_says_what_it_cannot_hold(opened: Open) -> None:
    page = opened("district", **{"from": "people", "register": "<b>本区</b>.csv"})
    assert "上传的文件不会放进链接" in words(page)
    assert page.session_state["orgsim.last"].district is None
    assert "register" not in page.query_params


def test_one_visitors_district_is_not_anothers(opened: Open) -> None:
    mine = upload(opened("district"), EXAMPLE)
    mine.button(key="use-register").click().run()
    other = opened("district")
    assert other.session_state["orgsim.last"].district is None
    assert "本区.csv" not in told(other)
    assert "orgsim.upload" not in other.session_state


def test_what_cannot_be_used_gets_a_sentence(opened: Open) -> None:
    page = opened("district")
    for content, sentence in (
        (b"0" * 10_000_001, "文件有 10.0 MB；本页最多接受 10 MB"),
        (b"name\nOne\n", "没有说明组织类型的列"),
        (b"\xd0\xcf\x11\xe0", "是旧式 Excel 文件"),
    ):
        assert sentence in upload(page, content).error[0].value
        assert "orgsim.upload" not in page.session_state
    page.number_input(key="count-community").set_value(50_000).run()
    assert ["旧式 Excel" in page.error[0].value, "超过本页上限 50,000 家" in page.error[1].value] == [True, True]


def test_several_policies_are_compared_in_the_same_district(opened: Open) -> None:
    page = typed(opened("district", **{"from": "people", "with": "pay-support"}))
    page.button(key="use-typed").click().run()
    page.switch_page("screens/scenarios.py").run()
    page.button(key="keep").click().run()
    assert not page.error
    assert list(page.table[0].value.columns) == ["A 薪酬支持", "B 薪酬、话语权与人才培养"]
    assert "与“本区现状”之差" in words(page)
    assert "population" not in page.session_state["orgsim.kept"][0]


def test_a_zip_that_was_taken_away_is_opened_on_the_page(opened: Open) -> None:
    own = uploaded(read_upload("本区.csv", EXAMPLE), 7_500_000.0)
    name, content, _ = Policy("pay-support", standing("pay-support")).within(own).download()
    page = opened("scenarios", **{"from": "baseline"})
    page.file_uploader(key="scenario-file").upload(name, content)
    page.run()
    assert not page.error
    assert page.session_state["orgsim.last"].district == own


def test_a_district_read_twice_is_the_same_district() -> None:
    assert read_upload("a.csv", EXAMPLE) == read_upload("a.csv", EXAMPLE)
    assert read_upload("a.csv", EXAMPLE) != read_upload("a.csv", EXAMPLE + b"\n")
