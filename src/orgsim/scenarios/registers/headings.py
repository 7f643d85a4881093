"""What the columns of a register may be called, in Chinese and English, and what each takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from orgsim.core.parameters import Text
from orgsim.errors import nearest

Takes = Literal["text", "kind", "date", "people", "money", "rating", "yes or no", "years", "office", "status"]


@dataclass(frozen=True)
class Field:
    """One thing a register may tell of an organization; `names` are headings in both languages, Chinese first.

    Where `adds`, several columns of one file may tell parts of it (dues and fees), and are added.
    """

    name: str
    title: Text
    takes: Takes
    names: tuple[str, ...]
    adds: bool = False


def _field(name: str, english: str, takes: Takes, names: str, *, adds: bool = False) -> Field:
    listed = tuple(part.strip() for part in names.split(","))
    return Field(name, Text(en=english, zh=listed[0]), takes, listed, adds)


FIELDS = (
    _field(
        "name",
        "name",
        "text",
        "名称, 组织名称, 社会组织名称, 机构名称, 单位名称, name, organization, organization name",
    ),
    _field(
        "number",
        "registration number",
        "text",
        "统一社会信用代码, 社会信用代码, 信用代码, 登记证号, 登记号, 注册号, 备案号, number, "
        "registration number, id, code",
    ),
    _field(
        "kind",
        "kind",
        "kind",
        "登记类型, 类型, 组织类型, 社会组织类型, 机构类型, 类别, 登记类别, kind, type, organization type, category",
    ),
    _field(
        "founded",
        "founding date",
        "date",
        "成立日期, 成立时间, 登记日期, 登记时间, 成立登记日期, 注册日期, 成立年份, 备案日期, 备案时间, "
        "founded, founding date, established, registered on, registration date, founding year",
    ),
    _field(
        "office",
        "street or town office",
        "office",
        "街道, 镇街, 街镇, 乡镇, 街道乡镇, 所属街道, 所属镇街, 所属街镇, 所在街道, 属地, office, street, "
        "town, street office, street or town, street or town office",
    ),
    _field(
        "status",
        "status",
        "status",
        "状态, 登记状态, 运行状态, 组织状态, 存续状态, status",
    ),
    _field(
        "dormant",
        "dormant",
        "yes or no",
        "是否休眠, 休眠, 僵尸型, 是否僵尸型, 是否僵尸组织, dormant, inactive",
    ),
    _field(
        "listed",
        "abnormal list",
        "yes or no",
        "活动异常名录, 异常名录, 是否列入异常名录, 是否列入活动异常名录, 列入活动异常名录, 活动异常, "
        "abnormal list, listed",
    ),
    _field(
        "rating",
        "rating",
        "rating",
        "评估等级, 等级, 等级评估, 评估结果, 社会组织评估等级, rating, grade, assessment",
    ),
    _field(
        "staff",
        "staff",
        "people",
        "工作人员数, 工作人员总数, 从业人员数, 从业人数, 从业人员, 员工数, 员工人数, 职工人数, 人员总数, "
        "staff, employees, headcount",
    ),
    _field(
        "full_time",
        "full-time staff",
        "people",
        "专职人数, 专职人员, 专职人员数, 专职工作人员, 专职工作人员数, 全职人数, 全职人员, full-time, full-time staff",
    ),
    _field(
        "part_time",
        "part-time staff",
        "people",
        "兼职人数, 兼职人员, 兼职人员数, 兼职工作人员, 兼职工作人员数, part-time, part-time staff",
    ),
    _field(
        "certified",
        "staff with a social worker's certificate",
        "people",
        "持证人数, 持证社工人数, 社工持证人数, 持证社工, 持证人员数, 社工证人数, 社会工作者持证人数, "
        "certified, certificates, certified staff",
    ),
    _field(
        "income",
        "yearly income",
        "money",
        "年收入, 总收入, 收入, 收入合计, 年度收入, 年度总收入, 本年收入合计, 收入总额, 全年收入, income, "
        "yearly income, annual income, total income, revenue",
    ),
    _field(
        "purchase",
        "income from government purchase",
        "money",
        "政府购买服务收入, 政府购买服务, 购买服务收入, 政府购买收入, 政府购买, purchase, "
        "government purchase, purchase of services, contract income",
        adds=True,
    ),
    _field(
        "subsidy",
        "income from subsidy",
        "money",
        "政府补助收入, 政府补助, 财政补助, 补助收入, 政府补贴, 财政补贴, 补贴收入, 政府资助, subsidy, "
        "subsidies, government grants",
        adds=True,
    ),
    _field(
        "fees",
        "income from fees and dues",
        "money",
        "会费及服务收费, 服务收费及会费, 提供服务收入, 服务收入, 收费收入, 服务收费, 会费收入, 会费, fees, "
        "dues, fees and dues, fee income, membership dues, service income",
        adds=True,
    ),
    _field(
        "trading",
        "income from trading and other",
        "money",
        "经营及其他收入, 经营收入, 经营性收入, 商品销售收入, 销售收入, 投资收益, 其他收入, trading, sales, "
        "trading income, investment income, other income",
        adds=True,
    ),
    _field(
        "gifts",
        "income from donations",
        "money",
        "捐赠收入, 捐赠, 社会捐赠, 捐款, donations, gifts",
        adds=True,
    ),
    _field(
        "cash",
        "cash",
        "money",
        "货币资金, 现金, 库存现金, 银行存款, 资金余额, 现金余额, 结余资金, 储备金, cash, reserves, "
        "cash and bank, bank balance",
        adds=True,
    ),
    _field(
        "party",
        "Party organization",
        "yes or no",
        "党组织, 是否建立党组织, 是否有党组织, 党组织建立情况, 党支部, party, party organization, party branch",
    ),
    _field(
        "leader_age",
        "leader's age",
        "years",
        "负责人年龄, 法定代表人年龄, 法人年龄, 会长年龄, 理事长年龄, leader age, leader's age, age of leader",
    ),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
UNITS: Mapping[str, float] = {
    "元": 1.0,
    "人民币": 1.0,
    "人民币元": 1.0,
    "cny": 1.0,
    "yuan": 1.0,
    "rmb": 1.0,
    "千元": 1e3,
    "万": 1e4,
    "万元": 1e4,
    "10000 cny": 1e4,
    "10k cny": 1e4,
    "百万元": 1e6,
    "亿元": 1e8,
}


@dataclass(frozen=True)
class Heading:
    """A column that was recognized: where, as what, and what its numbers are multiplied by."""

    column: int
    text: str
    field: Field
    unit: float
    said: bool
    """Whether the heading says a unit of money."""


def plain(text: str) -> str:
    """A heading without what does not matter: brackets, spaces, marks, a year in front, capital letters."""
    words = unicodedata.normalize("NFKC", text).lower().strip()
    words = re.sub(r"[(\[【〔].*?[)\]】〕]", "", words)
    words = re.sub(r"^(?:19|20)\d\d\s*年?度?", "", words)
    return re.sub(r"[\s_*:：、/·.\-–—?？']+", "", words)


_KNOWN = {plain(name): field for field in FIELDS for name in (*field.names, field.name)}


def recognized(column: int, text: str) -> Heading | None:
    """What a heading means; None if it is unknown."""
    words = unicodedata.normalize("NFKC", text).lower().strip()
    unit = next((found for part in re.findall(r"[(\[【〔](.*?)[)\]】〕]", words) if (found := _unit(part))), None)
    tail = re.fullmatch(r"(.+?)[\s_/:,\-]+(\S+)", words)
    field = _KNOWN.get(plain(words)) if plain(words) else None
    if field is None and unit is None and tail and (unit := _unit(tail[2])):
        field = _KNOWN.get(plain(tail[1]))
    if field is None:
        return None
    return Heading(column, text.strip(), field, unit or 1.0, unit is not None)


def meant(text: str) -> str:
    """The known heading that an unknown one resembles, as the end of a sentence; nothing if none does."""
    names = [name for field in FIELDS for name in field.names]
    return nearest(plain(text) if text.isascii() else text.strip(), names)


def known_headings(row: Sequence[str]) -> int:
    """How many different things the cells of a row are headings of."""
    return len({found.field.name for n, text in enumerate(row) if text.strip() and (found := recognized(n, text))})


def _unit(text: str) -> float | None:
    words = re.sub(r"^(?:单位|unit)\s*[::]?\s*", "", text.strip())
    return UNITS.get(words)
