"""Every word of findings, charts, tables and results folders, in English and Chinese.

`say(key, language, **values)` fills the gaps in braces. Words keep to three habits: a baseline is named by its own
title, "will" is never said of a simulation, and a difference never comes without its range.
"""

from __future__ import annotations

from orgsim.core.parameters import Text
from orgsim.report.amount_texts import AMOUNTS, CHOICES, GROUPS
from orgsim.report.document_texts import LIMITS, NUMBERS, REPORT
from orgsim.report.page_texts import CLI, PAGE


def say(key: str, language: str, **values: object) -> str:
    """The text of `key` in a language ("en" or "zh"), its gaps filled; KeyError for a key there is not."""
    return TEXTS[key](language).format(**values)


def _all(*groups: dict[str, tuple[str, str]]) -> dict[str, Text]:
    return {key: Text(en=en, zh=zh) for group in groups for key, (en, zh) in group.items()}


_LEVELS = {
    "level.survival_5y": (
        "Of 100 organizations registered at the start, {value} are still on the register after five years",
        "期初登记的每100家社会组织中，五年后有{value}家仍在册",
    ),
    "level.survival_10y": (
        "Of 100 organizations registered at the start, {value} are still on the register after ten years",
        "期初登记的每100家社会组织中，十年后有{value}家仍在册",
    ),
    "level.annual_exit_rate": (
        "Of 100 registered organizations, {value} leave the register in a year",
        "每100家在册社会组织中，每年有{value}家注销或被撤销",
    ),
    "level.dormant_share": (
        "Of 100 organizations on the register, {value} are dormant in the last year",
        "最后一年，每100家在册社会组织中有{value}家处于“僵尸”状态",
    ),
    "level.annual_turnover": (
        "Of 100 staff, {value} lose or leave their post in a year, closures included",
        "每100名员工中，每年有{value}人因离职或所在组织关闭而离岗",
    ),
    "level.retention_12m": (
        "Of 100 staff in post at the start, {value} are still there after twelve months",
        "期初在岗的每100名员工中，十二个月后有{value}人仍在原岗",
    ),
    "level.government_share": (
        "Public money makes up {value} of the income of registered organizations",
        "在册社会组织的收入中，财政资金占{value}",
    ),
    "level.median_months_of_cash": (
        "The organization in the middle holds enough cash for {value}",
        "居中的社会组织，现金可支撑{value}",
    ),
    "level.services_delivered": ("{horizon}, the people served come to {value}", "{horizon}，共服务{value}"),
    "level.public_cost": ("{horizon}, public cost comes to {value}", "{horizon}，财政支出合计{value}"),
    "level.other": ("{title}: {value}", "{title}：{value}"),
}

_CHANGES = {
    "change.very_likely_more": (
        "; that is very likely more than under “{baseline}” ({difference}; 95% range {low} to {high})",
        "，很可能多于“{baseline}”（{difference}，95%区间：{low}至{high}）",
    ),
    "change.likely_more": (
        "; that is likely more than under “{baseline}” ({difference}; 95% range {low} to {high})",
        "，较可能多于“{baseline}”（{difference}，95%区间：{low}至{high}）",
    ),
    "change.very_likely_less": (
        "; that is very likely {fewer} than under “{baseline}” ({difference}; 95% range {low} to {high})",
        "，很可能少于“{baseline}”（{difference}，95%区间：{low}至{high}）",
    ),
    "change.likely_less": (
        "; that is likely {fewer} than under “{baseline}” ({difference}; 95% range {low} to {high})",
        "，较可能少于“{baseline}”（{difference}，95%区间：{low}至{high}）",
    ),
    "change.cannot_tell": (
        "; whether that is more or {fewer} than under “{baseline}” cannot be told ({difference}; "
        "95% range {low} to {high})",
        "，比“{baseline}”多还是少，尚无法判断（{difference}，95%区间：{low}至{high}）",
    ),
    "change.no_difference": (
        "; no difference that matters from “{baseline}” ({difference}; 95% range {low} to {high}; "
        "less than {margin} counts as none)",
        "，与“{baseline}”没有实质差别（{difference}，95%区间：{low}至{high}；差距不足{margin}视为无差别）",
    ),
    "change.one_replication": (
        "; against “{baseline}” that is {difference} in the one replication there is: without a second one there is no "
        "range, and policy cannot be told from chance",
        "；仅一次模拟，与“{baseline}”相差{difference}：没有第二次模拟就没有区间，无法区分政策与偶然",
    ),
    "change.range": (" (95% range {low} to {high})", "（95%区间：{low}至{high}）"),
    "change.no_range": ("; one replication gives no range", "；仅一次模拟，没有区间"),
    "change.not_reached": (
        "{title}: not reached within the {months} months simulated",
        "{title}：模拟仅{months}个月，尚未到该时点",
    ),
    "change.unknown": (
        "{title}: these replications cannot tell, because there was nobody to count",
        "{title}：没有可统计的对象，本次模拟无法判断",
    ),
    "doubt.parameters": (
        "; most of the doubt comes from parameter values ({percent}% of the variance)",
        "；不确定性主要来自参数取值（占方差{percent}%）",
    ),
    "doubt.both": (
        "; the doubt comes from parameter values ({percent}% of the variance) and from chance",
        "；不确定性来自参数取值（占方差{percent}%）和偶然",
    ),
    "doubt.chance": (
        "; most of the doubt is chance (parameter values: {percent}% of the variance)",
        "；不确定性主要来自偶然（参数取值占方差{percent}%）",
    ),
    "more": ("more", "多"),
    "fewer": ("fewer", "少"),
    "less": ("less", "少"),
}

_COSTS = {
    "cost.organization_years": (
        "Each extra organization-year at work comes with about {value} of public cost (95% range {low} to {high})",
        "每多一个正常运转的组织年，财政支出约多{value}（95%区间：{low}至{high}）",
    ),
    "cost.staff_years": (
        "Each extra person-year in post comes with about {value} of public cost (95% range {low} to {high})",
        "每多一个在岗人年，财政支出约多{value}（95%区间：{low}至{high}）",
    ),
    "cost.organization_years.free": (
        "Organization-years at work rise, and public cost does not clearly rise with them: a price per extra "
        "organization-year cannot be told",
        "正常运转的组织年数上升，而财政支出没有明确上升：无法计算每多一个组织年的支出",
    ),
    "cost.staff_years.free": (
        "Person-years in post rise, and public cost does not clearly rise with them: a price per extra person-year "
        "cannot be told",
        "在岗人年数上升，而财政支出没有明确上升：无法计算每多一个在岗人年的支出",
    ),
    "cost.organization_years.unclear": (
        "The public cost per extra organization-year cannot be told: organization-years at work do not clearly rise",
        "每多一个组织年的财政支出无法判断：正常运转的组织年数没有明确上升",
    ),
    "cost.staff_years.unclear": (
        "The public cost per extra person-year in post cannot be told: person-years in post do not clearly rise",
        "每多一个在岗人年的财政支出无法判断：在岗人年数没有明确上升",
    ),
    "cost.one": (
        "One replication gives no range, so the public cost per extra year cannot be told",
        "仅一次模拟，没有区间，无法计算每多一年的财政支出",
    ),
    "title.cost_per_organization_year": (
        "Public cost per extra year of an organization at work",
        "每多一个正常运转组织年的财政支出",
    ),
    "title.cost_per_staff_year": ("Public cost per extra year of a person in post", "每多一个在岗人年的财政支出"),
}

_VERDICTS = {
    "verdict.very_likely_more": ("very likely more", "很可能更多"),
    "verdict.likely_more": ("likely more", "较可能更多"),
    "verdict.very_likely_less": ("very likely less", "很可能更少"),
    "verdict.likely_less": ("likely less", "较可能更少"),
    "verdict.cannot_tell": ("cannot tell", "无法判断"),
    "verdict.no_difference": ("no difference that matters", "没有实质差别"),
    "verdict.one_replication": ("one replication: no range", "仅一次模拟，无区间"),
    "verdict.unknown": ("not reached or nobody to count", "未到时点或无对象"),
}

_UNITS = {
    "unit.percent": ("{number}%", "{number}%"),
    "unit.points": ("{number} points", "{number}个百分点"),
    "unit.in_100": ("{number}", "{number}"),
    "unit.organizations": ("{number} of 100", "{number}家"),
    "unit.people": ("{number} of 100", "{number}人"),
    "unit.months": ("{number} months", "{number}个月"),
    "unit.index": ("{number}", "{number}"),
    "unit.years": ("{number} years", "{number}年"),
    "unit.person_months": ("{number} person-months", "{number}人月"),
    "unit.many_person_months": ("{number} million person-months", "{number}万人月"),
    "unit.cny": ("CNY {number}", "{number}元"),
    "unit.ten_thousand_cny": ("CNY {number} x 10,000", "{number}万元"),
    "unit.many_cny": ("CNY {number} million", "{number}亿元"),
    "range": ("{low} to {high}", "{low}至{high}"),
    "horizon.years": ("Over {number} years", "{number}年间"),
    "horizon.months": ("Over {number} months", "{number}个月间"),
}

_CHARTS = {
    "chart.year": ("{number} year", "{number}年"),
    "chart.years": ("{number} years", "{number}年"),
    "chart.month": ("{number} month", "{number}个月"),
    "chart.months": ("{number} months", "{number}个月"),
    "chart.level.registered": (
        "After {time}, {value} of 100 organizations are still on the register",
        "{time}后，每100家社会组织中有{value}家仍在册",
    ),
    "chart.level.in_post": (
        "After {time}, {value} of 100 staff are still in the post they held at the start",
        "{time}后，期初在岗的每100名员工中有{value}人仍在原岗",
    ),
    "chart.named": ("“{scenario}”: {sentence}", "“{scenario}”：{sentence}"),
    "chart.organizations": ("of 100 organizations", "每100家社会组织中的家数"),
    "chart.staff": ("of 100 staff", "每100名员工中的人数"),
    "chart.start_years": ("years since the start", "期初以来的年数"),
    "chart.start_months": ("months since the start", "期初以来的月数"),
    "chart.hire_years": ("years since being hired", "入职以来的年数"),
    "chart.hire_months": ("months since being hired", "入职以来的月数"),
    "chart.difference": ("more or fewer than under “{baseline}”", "比“{baseline}”多或少"),
    "chart.working": ("still working", "仍正常运转"),
    "chart.cohort": ("People in post at the start", "期初在岗的员工"),
    "chart.hired": ("People hired since the start (Kaplan–Meier)", "期初以后入职的员工（Kaplan–Meier 估计）"),
    "chart.foot.scenarios": ("Scenarios: {names}", "情景：{names}"),
    "chart.foot.baseline": ("{name} (dashed)", "{name}（虚线）"),
    "chart.foot.run": (
        "{replications} replications, seed {seed}, orgsim {version}.",
        "共{replications}次模拟，种子{seed}，orgsim {version}。",
    ),
    "chart.foot.run_one": (
        "1 replication, seed {seed}, orgsim {version}.",
        "仅1次模拟，种子{seed}，orgsim {version}。",
    ),
    "chart.by_chance": ("by chance alone", "仅反映偶然"),
    "chart.by_both": ("by chance and by parameter values", "反映偶然与参数取值"),
    "chart.foot.bands": (
        "Line: mean; bands: the middle 50% and 90% of replications, which differ {source}.",
        "线为平均值；阴影为居中50%和90%的模拟结果，{source}。",
    ),
    "chart.foot.band": (
        "Line: mean; band: the middle 90% of replications, which differ {source}.",
        "线为平均值；阴影为居中90%的模拟结果，{source}。",
    ),
    "chart.foot.thin": (
        "Thin line: still working, of those that worked at the start.",
        "细线：期初正常运转的组织中仍正常运转的。",
    ),
    "chart.foot.leaving": ("Closures count as leaving.", "所在组织关闭计为离岗。"),
    "chart.foot.difference": (
        "Below: paired difference, same luck under each scenario, with the 95% interval of its mean.",
        "下图：相同偶然条件下的配对差异及其均值的95%区间。",
    ),
    "chart.foot.one": ("One replication: no range can be drawn.", "仅一次模拟，无法画出区间。"),
    "caveat": (
        "Results follow from assumptions and limited data; they compare options and do not predict a district. "
        "Ranges show the chance within the simulation, not error in the assumptions.",
        "结果由假设和有限数据推算，用于比较方案，不是对某一地区的预测；区间仅反映模拟中的偶然，不含假设本身的误差。",
    ),
    "caveat.sets": (
        "Results follow from assumptions and limited data; they compare options and do not predict a district. "
        "Ranges hold chance and doubt about parameter values in keeping with the evidence, not error in the rules.",
        "结果由假设和有限数据推算，用于比较方案，不是对某一地区的预测；"
        "区间包含偶然以及与证据相符的参数取值的不确定性，不含规则本身的误差。",
    ),
}

_TABLES = {
    "table.outcome": ("outcome", "结果"),
    "table.value": ("value (95% range)", "数值（95%区间）"),
    "table.difference": ("difference (95% range)", "差异（95%区间）"),
    "table.verdict": ("in words", "文字判断"),
    "table.same_sign": ("same sign in", "方向一致"),
    "table.of": ("{count} of {all}", "{all}次中{count}次"),
    "under": (
        "Under the model's assumptions, {replications}, {months} months from {start}:",
        "在模型假设下（{replications}，自{start}起{months}个月）：",
    ),
    "under.sets": (
        "Under {sets} parameter sets in keeping with the evidence, {replications} each, {months} months from {start}:",
        "在与证据相符的{sets}组参数下（每组{replications}，自{start}起{months}个月）：",
    ),
    "replications.one": ("one replication", "1次模拟"),
    "replications.many": ("{number} replications", "{number}次模拟"),
    "full_stop": (".", "。"),
}

_OWN = (_LEVELS, _CHANGES, _COSTS, _VERDICTS, _UNITS, _CHARTS, _TABLES)
TEXTS: dict[str, Text] = _all(*_OWN, PAGE, CLI, AMOUNTS, CHOICES, GROUPS, NUMBERS, REPORT, LIMITS)
"""Texts by key."""
