"""The words of the pages about the report's claims, in English and Chinese."""

from __future__ import annotations

from orgsim.core.parameters import Text
from orgsim.report.bibliography import OWN_CHINESE
from orgsim.report.claims import Place

HEAD = Text(
    en="""\
# What the district report says, and what the model shows

*Made by `make trace` from `report.csv` and `src/orgsim/report/claims/`. Change those, not this page.
中文版：[report.zh.md](report.zh.md).*

A district's report on its social organizations names five problems and five answers. Each sentence in it that claims
a cause is taken here as a hypothesis: which rules of the model stand for it, what the model shows when the lever is
moved, and what is left when the effect is taken out. Shown are paired differences on common random numbers,
{replications} replications of {months} months, with 95 % intervals.

**How to read it.** The model was built with these claims in view, so a row *as claimed* says that the claim can work
as said under the assumptions named, and how much it moves; it does not prove the claim. Intervals hold luck only, not
doubt about the assumptions. A difference below a fixed margin (of shares and indices one in a hundred, of yearly rates
one in a thousand) is called none that matters. Grades: A measured in China, B elsewhere and adapted, C weak or assumed.

How many of {claims} claims are answered how:
""",
    zh="""\
# 调研报告的论断与模型结果

*由 `make trace` 根据 `report.csv` 与 `src/orgsim/report/claims/` 生成，请勿直接修改本页。
English: [report.md](report.md).*

某区关于社会组织的调研报告提出五个问题、五项对策。凡涉及因果的语句，此处均视为待检验的假设：模型中由哪些规则体现，
调整政策杠杆后模型给出什么结果，去掉该效应后还剩什么。所示为相同偶然条件下的配对差异（{replications}次模拟，
每次{months}个月）及其95%区间。

**如何阅读。** 模型是参照这些论断建立的，“与论断一致”只说明在所列假设下论断可以成立及其大小，并不构成证明。
区间仅反映偶然，不含假设本身的误差。小于固定界限的差异（占比与指数为百分之一，年率为千分之一）称为没有实质差别。
证据等级：A为国内实测，B为外地或国外数据换算，C为依据薄弱或假设。

{claims}条论断按模型结果的分布：
""",
)

PLACES: dict[Place, tuple[Text, str]] = {
    "problem 1": (Text(en="Problem 1: too little money", zh="问题一：资金不足"), ""),
    "problem 2": (Text(en="Problem 2: people leave", zh="问题二：人才流失严重"), ""),
    "problem 3": (Text(en="Problem 3: weak management inside", zh="问题三：内部管理机制不健全"), ""),
    "problem 4": (Text(en="Problem 4: little autonomy", zh="问题四：自主发展能力不足"), ""),
    "problem 5": (Text(en="Problem 5: little credibility", zh="问题五：社会公信力不足"), ""),
    "answer 1": (Text(en="Answer 1: policy and money", zh="对策一：完善政策制度"), "funding-and-policy"),
    "answer 2": (Text(en="Answer 2: pay and treatment of staff", zh="对策二：提高员工待遇"), "people"),
    "answer 3": (Text(en="Answer 3: autonomy", zh="对策三：发挥自主性"), "balanced-autonomy"),
    "answer 4": (
        Text(en="Answer 4: supervision, reward and penalty", zh="对策四：明确督导制度与奖惩机制"),
        "supervision-and-reward",
    ),
    "answer 5": (Text(en="Answer 5: Party organizations", zh="对策五：组织内部党支部建设"), "party-building"),
}
"""What each part of the report is about, and the scenario that puts the whole answer into effect."""

WORDS = {
    key: Text(en=en, zh=zh)
    for key, (en, zh) in {
        "as_claimed": ("as claimed", "与论断一致"),
        "partly": ("partly as claimed", "部分与论断一致"),
        "other_way": ("the other way", "与论断相反"),
        "mixed": ("mixed: one way and the other", "有一致有相反"),
        "no_difference": ("no difference that matters", "没有实质差别"),
        "cannot_tell": ("cannot tell", "无法判断"),
        "open": ("no direction claimed", "论断未指明方向"),
        "untold": ("the model cannot say", "模型无法回答"),
        "more": ("more", "增加"),
        "less": ("less", "减少"),
        "none": ("no change", "不变"),
        "way_open": ("open", "未指明"),
        "overview": ("## Overview", "## 总览"),
        "doubts": ("## Where the report cannot be taken as it stands", "## 报告中前后不一或有误之处"),
        "part": ("part", "部分"),
        "claim": ("claim", "论断"),
        "direction": ("direction in the model", "模型中的方向"),
        "sure": ("how sure: its main outcome", "把握程度：主要结果"),
        "rests_on": ("what it rests on", "依据"),
        "assumed": (" ({number} assumed)", "（其中假设{number}项）"),
        "main": ("{title}: {verdict}, {difference}", "{title}：{verdict}，{difference}"),
        "item": ("- {title}: {text}", "- {title}：{text}"),
        "bounds": ("{change} ({bounds})", "{change}（{bounds}）"),
        "outcome": ("outcome", "结果"),
        "claimed": ("claimed", "论断方向"),
        "today": ("today", "现状"),
        "difference": ("difference (95 % range)", "差异（95%区间）"),
        "in_words": ("in words", "文字判断"),
        "without": ("without the effect", "去掉该效应后"),
        "rules": ("Mechanisms and rules", "机制与规则"),
        "moved": ("Moved", "调整"),
        "pause": (", ", "，"),
        "move": ("{title} `{name}` {ends} ({unit}; {role})", "{title} `{name}` {ends}（{unit}；{role}）"),
        "lever": ("lever", "政策杠杆"),
        "assumption": ("assumption", "假设"),
        "beside": ("Set in both runs", "两次模拟均设"),
        "evidence": ("Evidence", "证据"),
        "null": ("Null", "零假设"),
        "no_null": (
            "none: no value takes away this effect alone; the ranges of those above say how small it may be.",
            "无：没有哪个取值能只去掉该效应；上列各值的范围说明其可能小到何种程度。",
        ),
        "null_scenario": ("; scenario `{name}`", "；情景 `{name}`"),
        "whole": (
            "The whole answer at once: scenario `{name}`, [what it gives](../scenarios/expected/{name}.csv).",
            "整项对策：情景 `{name}`，[结果](../scenarios/expected/{name}.csv)。",
        ),
        "own": ("own judgement", OWN_CHINESE),
        "remark": ("Note", "说明"),
        "comma": ("; ", "；"),
        "and": (", ", "、"),
    }.items()
}
"""Words by key."""


def word(key: str, language: str, **values: object) -> str:
    """The words of `key` in a language, their gaps filled."""
    return WORDS[key](language).format(**values)
