"""What the cells of one row say together: contradictions are named, and the weaker statement is set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from orgsim.core.parameters import Text
from orgsim.register import CHANNELS

Known = dict[str, float]
Complain = Callable[[str, Text], None]
"""Called with the column's name and what is wrong with it."""
TOLERANCE = 0.01
"""Share of the total by which channels may miss it: statements are rounded to 万元."""
PEOPLE = ("staff", "full_time", "part_time", "certified")


def consistent(known: Mapping[str, float], complain: Complain) -> Known:
    """The values that can stand together; each that cannot is named to `complain` and left to be drawn."""
    row = dict(known)
    _check_staff(row, complain)
    _check_income(row, complain)
    if row.get("dormant") == 1.0:
        for name in PEOPLE:
            if row.pop(name, 0.0) > 0.0:
                complain(name, Text(en="a dormant organization has no staff at work", zh="僵尸型组织没有在岗人员"))
        if row.get("rating", 0.0) > 0.0:
            row["rating"] = 0.0
            complain("rating", Text(en="a dormant organization holds no rating", zh="僵尸型组织不持有评估等级"))
    if row.get("listed") == 1.0 and row.get("rating", 0.0) > 0.0:
        row["rating"] = 0.0
        complain(
            "rating", Text(en="who is on the abnormal list holds no rating", zh="列入异常名录的组织不持有评估等级")
        )
    return row


def _check_staff(row: Known, complain: Complain) -> None:
    whole, full, part = row.get("staff"), row.get("full_time"), row.get("part_time")
    if whole is not None and full is not None and part is not None and full + part != whole:
        complain(
            "staff",
            Text(
                en=f"full-time and part-time staff add up to {full + part:g}, not {whole:g}",
                zh=f"专职与兼职合计为 {full + part:g} 人，而不是 {whole:g} 人",
            ),
        )
        row["staff"] = whole = full + part
    for name, count in (("full_time", full), ("part_time", part)):
        if whole is not None and count is not None and count > whole:
            complain(name, _too_many(count, whole))
            del row[name]
    if whole is None and full is not None and part is not None:
        whole = full + part
    certified = row.get("certified")
    if certified is not None and whole is not None and certified > whole:
        complain("certified", _too_many(certified, whole))
        del row["certified"]


def _too_many(count: float, whole: float) -> Text:
    return Text(en=f"{count:g} is more than all staff, {whole:g}", zh=f"{count:g} 人多于工作人员总数 {whole:g} 人")


def _check_income(row: Known, complain: Complain) -> None:
    total = row.get("income")
    given = [name for name in CHANNELS if name in row]
    added = sum(row[name] for name in given)
    if len(given) == len(CHANNELS):
        if total is not None and abs(added - total) > max(TOLERANCE * total, 1.0):
            complain(
                "income",
                Text(
                    en=f"the channels add up to {added:,.0f} CNY, not to the total of {total:,.0f}",
                    zh=f"各项收入合计 {added:,.0f} 元，与总额 {total:,.0f} 元不符",
                ),
            )
        row["income"] = added
    elif total is not None and given and added > total * (1.0 + TOLERANCE) + 1.0:
        for name in given:
            complain(
                name,
                Text(
                    en=f"the channels given add up to {added:,.0f} CNY, more than the total of {total:,.0f}",
                    zh=f"已填各项收入合计 {added:,.0f} 元，超过总额 {total:,.0f} 元",
                ),
            )
            del row[name]
