"""How staff respond to what is not pay: experiments against the baseline."""

from __future__ import annotations

import numpy as np

from orgsim.analysis.experiments import Laboratory, Trial
from orgsim.analysis.facts import Quantities, pooled, response
from orgsim.analysis.observe import Look, Span
from orgsim.analysis.pay_responses import TWO_YEARS, pay_moved, ratio_of_log_changes, start_of_pay
from orgsim.analysis.statistics import divided, jackknife
from orgsim.outcomes.recorder import Floats

LEVERS = {
    "voice": "morale.staff_voice",
    "career": "morale.career_ladder",
    "management": "supervision.professional_supervision",
    "honours": "morale.recognition",
}
"""Levers of one standard deviation; management style is nearest to professional supervision."""


def _leaving(trial: Trial) -> Floats:
    return trial.turnover(full_time=True)


@response(
    "S15",
    "各项激励对离职影响的排序",
    ("order holds", "排序成立"),
    ("fall by voice", "民主参与的降幅"),
    ("fall by pay", "薪酬的降幅"),
    ("fall by career", "职业发展的降幅"),
    ("fall by management", "管理（督导）的降幅"),
    ("fall by honours", "荣誉的降幅"),
)
def ranking(laboratory: Laboratory) -> Quantities:
    """Whether voice lowers leaving at least as much as pay, and career more than management more than honours.

    Each is raised by one standard deviation of its spread between organizations; the mean falls of full-time turnover
    over two years are compared and told. For management stands professional supervision.
    """
    falls = {name: -laboratory.relative(_leaving, {lever: 1.0}) for name, lever in LEVERS.items()}
    spread = np.expm1(start_of_pay(laboratory)[1])
    falls["pay"] = -laboratory.relative(_leaving, pay_moved(laboratory, spread, TWO_YEARS))
    mean = {name: fall.mean() for name, fall in falls.items()}
    holds = mean["voice"] >= mean["pay"] and mean["career"] > mean["management"] > mean["honours"]
    names = ("voice", "pay", "career", "management", "honours")
    return np.full(len(falls["pay"]), float(holds)), *(falls[name] for name in names)


@response("S16", "仅增加社会认可对流失率的影响")
def recognition(laboratory: Laboratory) -> Quantities:
    """Relative fall of full-time turnover over two years when recognition rises by one standard deviation."""
    return (-laboratory.relative(_leaving, {"morale.recognition": 1.0}),)


def _satisfaction(span: Span) -> Floats:
    """Count and sums of satisfaction and its square; sum and count of chances to quit, heavy load, light load."""
    staff, load = span.after["staff"], span.after["organization"]["load"]
    chosen = staff["present"] & (staff["quit_probability"] > 0.0)
    satisfaction = staff["satisfaction"][chosen]
    heavy = load[staff["employer"]] > 1.0
    groups = [chosen & heavy, chosen & ~heavy]
    hazards = [number for group in groups for number in (staff["quit_probability"][group].sum(), group.sum())]
    return np.array([len(satisfaction), satisfaction.sum(), (satisfaction**2).sum(), *hazards])


SATISFACTION = Look(_satisfaction, 1, staff=("satisfaction", "quit_probability", "employer"), organizations=("load",))


@response(
    "S17",
    "督导的作用",
    ("correlation with satisfaction", "与满意度的相关"),
    ("fall in turnover", "流失率降幅"),
    ("effect under high over low load", "高、低负荷下作用之比"),
)
def supervision(laboratory: Laboratory) -> Quantities:
    """What one standard deviation of professional supervision does, over two years.

    The correlation with satisfaction that the model implies: the rise in mean satisfaction d over the SD of
    satisfaction that would result if organizations differed by one SD, d / √(SD² + d²). The relative fall in full-time
    turnover. The log change of the chance to quit where the load is above usual over that where it is not.
    """
    changes = {"supervision.professional_supervision": 1.0}
    arms = laboratory.pair(changes, months=TWO_YEARS, looks=[SATISFACTION])
    sums = np.hstack([pooled(arm.seen[SATISFACTION]) for arm in arms])
    effects = jackknife(sums[:, [3, 4, 5, 6, 10, 11, 12, 13]], ratio_of_log_changes)
    return jackknife(sums, _implied_correlation), -laboratory.relative(_leaving, changes), effects


def _implied_correlation(sums: Floats) -> float:
    count, total, squares = sums[:3]
    rise = divided(sums[8], sums[7]) - divided(total, count)
    variance = divided(squares, count) - divided(total, count) ** 2
    return float(rise / np.sqrt(variance + rise**2))


@response(
    "S26",
    "考证推动与流失率",
    ("without pay", "不与薪酬挂钩"),
    ("with an allowance of 5 %", "另加 5% 津贴"),
)
def certificate_drive(laboratory: Laboratory) -> Quantities:
    """Relative change of full-time turnover in years four and five when 65 instead of 35 % of hires hold a certificate.

    First while certificates earn nothing; then with an allowance of 5 % of pay for all who hold one. Certificates come
    with people hired, so the drive works as the staff is renewed.
    """
    late, months = slice(36, 60), 60
    no_pay = {"pay.certificate_premium": 0.0, "hiring.certified_share": 0.35}
    drive = {"hiring.certified_share": 0.65}

    def turnover(trial: Trial) -> Floats:
        return trial.turnover(late, full_time=True)

    without = laboratory.relative(turnover, drive, months=months, also=no_pay)
    paid = laboratory.relative(turnover, {**drive, "pay.certificate_premium": 0.05}, months=months, also=no_pay)
    return without, paid
