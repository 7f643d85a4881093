"""An empty register to fill in: Chinese headings, one made-up row, as Excel opens it."""

from __future__ import annotations

import csv
import io

EXAMPLE = {
    "名称": "示例区晨曦社会工作服务中心（示例，请删除本行）",
    "统一社会信用代码": "示例0001",
    "登记类型": "社会工作服务机构",
    "成立日期": "2015-03-01",
    "街道": "示例一街道",
    "状态": "正常",
    "评估等级": "3A",
    "专职人数": "8",
    "兼职人数": "3",
    "持证人数": "5",
    "年收入（万元）": "120",
    "政府购买服务收入（万元）": "95",
    "政府补助收入（万元）": "5",
    "会费及服务收费（万元）": "8",
    "经营及其他收入（万元）": "2",
    "捐赠收入（万元）": "10",
    "货币资金（万元）": "22.5",
    "党组织": "是",
    "负责人年龄": "46",
}


def template() -> bytes:
    """The template's content: CSV in UTF-8 with a byte order mark, so that Excel shows Chinese."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(EXAMPLE)
    writer.writerow(EXAMPLE.values())
    return page.getvalue().encode("utf-8-sig")
