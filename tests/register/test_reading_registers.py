"""What a register's columns and cells are read as: known answers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from orgsim.core.parameters import KINDS
from orgsim.scenarios.registers import Reading, read_register
from orgsim.scenarios.registers.headings import FIELDS, recognized
from orgsim.scenarios.registers.template import EXAMPLE, template

Read = Callable[..., Reading]


def value(reading: Reading, name: str) -> float:
    assert len(reading.register) == 1
    return float(reading.register.columns[name][0])


@pytest.mark.parametrize("name", [name for field in FIELDS for name in field.names])
def test_every_listed_heading_is_recognized_as_its_own_field(name: str) -> None:
    found = recognized(0, name)
    assert found is not None
    assert name in found.field.names


@pytest.mark.parametrize(
    ("heading", "field", "unit"),
    [
        ("年收入（万元）", "income", 1e4),
        ("2025年度总收入(元)", "income", 1.0),
        ("总收入 万元", "income", 1e4),
        ("Income (10k CNY)", "income", 1e4),
        ("捐赠收入【单位：千元】", "gifts", 1e3),
        (" Full_Time ", "full_time", 1.0),
        ("街道（镇）", "office", 1.0),
    ],
)
def test_a_heading_is_recognized_with_its_unit(heading: str, field: str, unit: float) -> None:
    found = recognized(0, heading)
    assert found is not None
    assert (found.field.name, found.unit) == (field, unit)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("社会团体", "association"),
        ("民办非企业单位", "service"),
        ("民办非企业单位（社会服务机构）", "service"),
        ("社会服务机构", "service"),
        ("社会工作服务机构", "social_work"),
        ("基金会", "foundation"),
        ("社区社会组织", "community"),
        ("Social Work", "social_work"),
    ],
)
def test_a_kind_is_known_by_its_names(word: str, kind: str, read: Read) -> None:
    assert KINDS[read("类型", word).register.kinds[0]] == kind


@pytest.mark.parametrize(
    ("written", "age"),
    [
        ("2015-03-01", 129),
        ("2015/3/1", 129),
        ("2015.3.1", 129),
        ("2015年3月", 129),
        ("2015年3月1日", 129),
        ("2015-03", 129),
        ("201503", 129),
        ("20150301", 129),
        ("2015-03-01 00:00:00", 129),
        ("42064", 129),  # Excel's day 42,064 is 1 March 2015
        ("2015", 125),  # July where only the year is known
        ("2025-12-31", 0),
    ],
)
def test_a_date_gives_the_age_at_the_end_of_the_month_before_the_start(written: str, age: int, read: Read) -> None:
    assert value(read("kind,founded", f"基金会,{written}"), "age") == age


@pytest.mark.parametrize(
    ("heading", "written", "yuan"),
    [
        ("年收入（万元）", "12.5", 125_000),
        ("年收入", '"1,234,567.8"', 1_234_567.8),
        ("年收入", "12万元", 120_000),
        ("年收入（万元）", "3000元", 3_000),
        ("年收入", "￥500", 500),
        ("年收入", "１２００", 1_200),
        ("年收入", "无", 0),
    ],
)
def test_money_is_read_in_the_unit_of_its_heading_or_its_own(
    heading: str, written: str, yuan: float, read: Read
) -> None:
    assert value(read(f"kind,{heading}", f"基金会,{written}"), "income") == yuan


@pytest.mark.parametrize(
    ("heading", "written", "name", "known"),
    [
        ("评估等级", "3A", "rating", 3),
        ("评估等级", "AAAA级", "rating", 4),
        ("评估等级", "五A", "rating", 5),
        ("评估等级", "未评估", "rating", 0),
        ("党组织", "有", "party", 1),
        ("党组织", "No", "party", 0),
        ("是否列入异常名录", "是", "listed", 1),
        ("状态", "休眠", "dormant", 1),
        ("状态", "正常", "listed", 0),
        ("负责人年龄", "46岁", "leader_age", 46),
        ("专职人数", "8人", "full_time", 8),
        ("持证人数", "0", "certified", 0),
    ],
)
def test_other_cells_are_read_as_people_write_them(
    heading: str, written: str, name: str, known: float, read: Read
) -> None:
    assert value(read(f"kind,{heading}", f"社会团体,{written}"), name) == known


@pytest.mark.parametrize("blank", ["", "-", "—", "不详", "N/A"])
def test_a_blank_cell_is_unknown_and_nothing_is_complained_of(blank: str, read: Read) -> None:
    reading = read("kind,staff,rating", f"社会团体,{blank},{blank}")
    assert np.isnan([value(reading, "staff"), value(reading, "rating")]).all()
    assert reading.problems == ()


def test_dues_and_fees_in_two_columns_are_added(read: Read) -> None:
    assert value(read("kind,会费收入（万元）,提供服务收入", "社会团体,2,5000"), "fees") == 25_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_do_not_matter(encoding: str, delimiter: str, read: Read) -> None:
    rows = [
        delimiter.join(cells) for cells in (("类型", "名称"), ("社会团体", "示例区镕堃协会"), ("基金会", "示例基金会"))
    ]
    assert read(*rows, encoding=encoding).register.fingerprint == read(*rows).register.fingerprint


def test_titles_may_stand_above_the_headings(read: Read) -> None:
    reading = read("示例区社会组织名册,", "截至2025年12月,", "类型,名称", "社会团体,甲")
    assert reading.register.counts()["association"] == 1


def test_the_template_is_read_without_complaint(tmp_path, read: Read) -> None:
    file = tmp_path / "template.csv"
    file.write_bytes(template())
    reading = read_register(file, "2026-01")
    assert (reading.problems, reading.ignored, len(reading.columns)) == ((), (), len(EXAMPLE))


def test_offices_are_numbered_by_name_and_the_bureau_is_none_of_them(read: Read) -> None:
    reading = read("kind,街道", "社会团体,乙街道", "社会团体,甲街道", "社会团体,区级", "社会团体,")
    assert reading.offices == ("乙街道", "甲街道")
    assert sorted(np.nan_to_num(reading.register.columns["office"], nan=-1.0)) == [-1.0, 0.0, 1.0, 2.0]


def test_the_order_of_rows_means_nothing_where_rows_have_names(read: Read) -> None:
    rows = ["社会团体,甲,3", "社会团体,乙,4", "基金会,丙,5"]
    forth, back = read("类型,名称,staff", *rows), read("类型,名称,staff", *rows[::-1])
    assert forth.register.fingerprint == back.register.fingerprint


def test_one_more_row_renames_no_other(read: Read) -> None:
    rows = ["类型,名称", "社会团体,甲", "社会团体,乙"]
    before, after = read(*rows).register, read(rows[0], "社会团体,丙", *rows[1:]).register
    assert set(before.ids) < set(after.ids)


def test_a_column_tells_what_is_given_missing_and_unusable(read: Read) -> None:
    staff = read("kind,staff", "社会团体,3", "社会团体,", "社会团体,-2", "社会团体,4").columns[1]
    assert (staff.given, staff.missing, staff.unusable) == (2, 1, 1)


def test_social_work_in_a_name_is_pointed_out(read: Read) -> None:
    notes = [note.en for note in read("类型,名称", "民非,示例区社会工作服务中心").notes]
    assert any("社会工作服务机构 as their kind" in note for note in notes)


def test_incomes_that_look_like_ten_thousands_are_pointed_out(read: Read) -> None:
    notes = [note.en for note in read("类型,年收入", *(f"社会团体,{n}" for n in (12, 30, 55, 8, 140))).notes]
    assert any("年收入（万元）" in note for note in notes)
