"""Words of a calibration's page and command, in English and Chinese."""

from __future__ import annotations

from typing import Protocol

from orgsim.core.parameters import Text


class Words(Protocol):
    """Gives the text of a key with its gaps filled."""

    def __call__(self, key: str, **values: object) -> str: ...


def words(language: str) -> Words:
    """The texts in a language, "en" or "zh"."""

    def say(key: str, **values: object) -> str:
        return TEXTS[key](language).format(**values)

    return say


_TEXTS = {
    "title": ("# Calibration", "# 校准"),
    "made": ("*Made by `{command}`. Change that, not this page.*", "*由 `{command}` 生成；请勿直接修改本页。*"),
    "what": (
        "{free} values that nobody has measured here (grades B and C) are fitted to {quantities} quantities of the "
        "targets marked *calibrate*, by history matching and approximate Bayesian computation ([how and "
        "why](decisions/0012-calibration.md)). {runs} sets were tried; of the last {drawn} the {sets} whose root mean "
        "squared miss is at most {tolerance} half widths of a band are the posterior. They count the same.",
        "对{free}个本地未经测量的取值（证据等级B、C），按标为“校准”的目标中{quantities}个量进行拟合，"
        "方法为历史匹配与近似贝叶斯计算（[方法与理由](decisions/0012-calibration.md)）。共运行{runs}组参数；"
        "最后{drawn}组中，均方根偏差不超过{tolerance}个区间半宽的{sets}组构成后验，各组权重相同。",
    ),
    "summary": (
        "Of {all} quantities, {present} lie in their bands with present values, {posterior} by the posterior's mean, "
        "{single} with the best single set.",
        "{all}个量中，现值下有{present}个在区间内，后验均值有{posterior}个，最佳单组参数有{single}个。",
    ),
    "targets.title": ("## What the sets show", "## 各目标的拟合"),
    "targets.how": (
        "Prior and posterior: the middle 90 % of sets, each a mean over replications. *R²*: share of the variance over "
        "all runs that the last emulator explains in runs it has not seen; *moved by*: the values it depends on most.",
        "先验与后验为各组（每组为多次模拟的平均）居中90%的范围。R²为最后一个仿真器对未用于拟合的模拟所解释的方差比例；"
        "“主要取决于”列出影响最大的取值。",
    ),
    "targets.header": (
        "id|quantity|prior|present|posterior mean (90 %)|band|verdict|sets inside|best single set|R²|moved by",
        "编号|量|先验|现值|后验均值（90%）|目标区间|判定|区间内的组|最佳单组|R²|主要取决于",
    ),
    "missed.title": ("## What it misses", "## 未能满足的目标"),
    "missed.line": (
        "**{id}, {name}**: {value}, band {band}; {inside} of sets inside.",
        "**{id}，{name}**：{value}，目标区间{band}；{inside}的组在区间内。",
    ),
    "missed.none": (
        "No quantity: the posterior's mean, and at least half of its sets, lie in every band.",
        "无：每个量的后验均值及至少一半的组都在区间内。",
    ),
    "single.title": ("## The best single set", "## 最佳单组参数"),
    "single.how": (
        "Present values with the few changes that pay: each lowers the sum of squared misses by more than it costs. "
        "`best-set.yaml` is a scenario with them.",
        "在现值基础上只作值得的少数改动：每项改动使偏差平方和的下降超过其代价。`best-set.yaml` 为相应情景。",
    ),
    "single.none": ("No change of present values pays.", "没有值得作出的改动。"),
    "single.header": ("value|unit|from|to", "取值|单位|由|改为"),
    "factor": ("factor for all kinds", "各类共同系数"),
    "parameters.title": ("## What the targets tell of values", "## 目标能识别的取值"),
    "parameters.how": (
        "5, 50 and 95 % of prior and posterior. *Narrower*: how much shorter the middle 90 % became; *moved*: how far "
        "the median moved, in shares of the prior's belief. Shown are the {told} values that became at least 15 % "
        "narrower or moved by at least .15; of the other {others} the targets tell next to nothing by themselves "
        "(`calibration-values.csv` has all), though together they are bound.",
        "先验与后验的5%、50%、95%分位。“收窄”为居中90%范围缩短的比例；“移动”为中位数在先验中移动的份额。"
        "下表为收窄至少15%或移动至少0.15的{told}个取值；其余{others}个，目标几乎不能单独识别"
        "（全部见 `calibration-values.csv`），但它们共同受到约束。",
    ),
    "parameters.header": (
        "value|unit|present|prior|posterior|narrower|moved",
        "取值|单位|现值|先验|后验|收窄|移动",
    ),
    "waves.title": ("## Waves", "## 各轮"),
    "waves.line": (
        "{number}. {left} of the prior not ruled out; emulators explain {score} of the variance (median quantity).",
        "{number}. 先验中{left}未被排除；仿真器解释的方差比例（各量中位数）为{score}。",
    ),
    "inside": ("inside", "区间内"),
    "outside": ("**outside**", "**区间外**"),
    "cli.wave": ("wave {number}", "第{number}轮"),
    "cli.posterior": ("posterior, batch {number}", "后验第{number}批"),
    "cli.single": ("best single set", "最佳单组"),
    "cli.written": ("\nWritten to {folder}: {names}", "\n已写入 {folder}：{names}"),
}
TEXTS = {key: Text(en=en, zh=zh) for key, (en, zh) in _TEXTS.items()}
"""Texts by key."""
