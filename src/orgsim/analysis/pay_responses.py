"""How staff respond to pay and bonuses: experiments against the baseline.

Pay is moved by an allowance that employers pass on whole and are paid back, so that only people's pay differs and no
employer's purse. It goes to full-time staff and is one sum for everybody, a share of their mean pay at the start; it
keeps pace with outside wages, which both arms share. A cut is the same with a negative sum.
"""

from __future__ import annotations

import numpy as np

from orgsim.analysis.experiments import EVERYBODY, Changes, Laboratory, Trial
from orgsim.analysis.facts import Quantities, pooled, response
from orgsim.analysis.observe import Look, Span
from orgsim.analysis.statistics import divided, half_life, jackknife
from orgsim.outcomes.recorder import Floats

TWO_YEARS = 24


def _pay(span: Span) -> Floats:
    """Mean pay of full-time staff when the policy starts, and SD of the log pay level of their employers."""
    staff, organizations = span.before["staff"], span.before["organization"]
    chosen = staff["present"] & staff["full_time"]
    levels = np.log(organizations["pay_ratio"][staff["employer"][chosen]])
    return np.array([staff["pay"][chosen].mean(), levels.std()])


PAY = Look(_pay, 1, staff=("pay", "full_time", "employer"), organizations=("pay_ratio",))


def start_of_pay(laboratory: Laboratory) -> tuple[float, float]:
    """Mean monthly full-time pay at the start in yuan, and SD between employers of its log."""
    seen = laboratory.run(months=1, looks=[PAY]).seen[PAY]
    pay, spread = seen.mean(axis=(0, 1))
    return float(pay), float(spread)


def pay_moved(laboratory: Laboratory, share: float | Floats, months: int) -> Changes:
    """Changes that move full-time pay by a share of its mean, one number or one a month."""
    growth = 1.0 + laboratory.value("pay.outside_wage_growth")
    pace = growth ** (np.arange(1, months + 1) / 12.0)
    return {"pay.wage_subsidy": start_of_pay(laboratory)[0] * share * pace, "pay.pass_through": 1.0}


def _leaving(trial: Trial) -> Floats:
    return trial.turnover(full_time=True)


@response("S11", "薪酬提高 10% 对流失率的影响")
def ten_per_cent_more(laboratory: Laboratory) -> Quantities:
    """Relative change of full-time turnover over two years when full-time pay rises by 10 %."""
    return (laboratory.relative(_leaving, pay_moved(laboratory, 0.10, TWO_YEARS)),)


@response("S12", "降薪与加薪 20% 影响之比")
def cut_against_rise(laboratory: Laboratory) -> Quantities:
    """Absolute log change of full-time turnover over two years when pay is cut by 20 %, over that when it rises so."""
    arms = [laboratory.run()] + [laboratory.run(pay_moved(laboratory, share, TWO_YEARS)) for share in (-0.2, 0.2)]
    names = ("full_time_leavers", "full_time_staff")
    counts = np.array([arm.flow(name, chosen=EVERYBODY) for arm in arms for name in names]).T

    def ratio(sums: Floats) -> float:
        usual, cut, rise = np.log(sums[0::2] / sums[1::2])
        return float(abs(cut - usual) / abs(rise - usual))

    return (jackknife(counts, ratio),)


def _hazard_by_experience(span: Span) -> Floats:
    """Sum of the chance to quit, and count, of full-time staff with under 3, and over 15 years in the sector."""
    staff = span.after["staff"]
    chosen = staff["present"] & staff["full_time"] & (staff["quit_probability"] > 0.0)
    groups = [chosen & (staff["experience"] < 36.0), chosen & (staff["experience"] > 180.0)]
    return np.array([n for g in groups for n in (staff["quit_probability"][g].sum(), g.sum())], np.float64)


BY_EXPERIENCE = Look(_hazard_by_experience, 1, staff=("quit_probability", "experience", "full_time"))


@response("S13", "不同从业年限者对薪酬的反应之比")
def pay_by_experience(laboratory: Laboratory) -> Quantities:
    """Log change of the chance to quit when pay rises by 10 %: below three years in the sector over above fifteen.

    Of full-time staff in the first year after the rise. The chance that each person runs is averaged, not the few
    leavers counted.
    """
    changes = pay_moved(laboratory, 0.10, 12)
    arms = laboratory.pair(changes, months=12, looks=[BY_EXPERIENCE])
    return (jackknife(np.hstack([pooled(arm.seen[BY_EXPERIENCE]) for arm in arms]), ratio_of_log_changes),)


def ratio_of_log_changes(sums: Floats) -> float:
    """Of two groups' means; `sums` are sum and count of both groups in one arm, then in the other."""
    change = np.log(divided(sums[4::2], sums[5::2])) - np.log(divided(sums[:4:2], sums[1:4:2]))
    return float(divided(change[0], change[1]))


@response("S14", "以留任为条件的奖金")
def retention_bonus(laboratory: Laboratory) -> Quantities:
    """Turnover in the first year under a bonus of 9 % of pay for staying, over turnover without it.

    All staff. The trial paid after eight months; the model pays at anniversaries and lets people look forward to it.
    """
    before, after = laboratory.pair({"pay.retention_bonus": 0.09}, months=12)
    return (divided(after.turnover(), before.turnover()),)


def _satisfaction(span: Span) -> Floats:
    """Mean satisfaction of the full-time staff who were in post when the policy started, at each month's end."""
    staff = span.after["staff"]
    chosen = staff["present"] & staff["full_time"] & staff["joined_before"]
    return np.array([staff["satisfaction"][chosen].mean() if chosen.any() else np.nan])


SATISFACTION = Look(_satisfaction, 1, staff=("satisfaction", "full_time", "joined_before"))


@response("S19", "加薪带来的满意度提升的半衰期")
def fading_of_a_rise(laboratory: Laboratory) -> Quantities:
    """Months until half of the gain in satisfaction from a rise in pay by 10 % is gone.

    Mean of the full-time staff in post when it came; the gain is the largest paired difference.
    """
    changes = pay_moved(laboratory, 0.10, 48)
    arms = laboratory.pair(changes, months=48, looks=[SATISFACTION])
    before, after = (arm.seen[SATISFACTION][:, :, 0] for arm in arms)
    return (jackknife(after - before, half_life),)


@response("S27", "薪酬冻结五年后的流失率")
def frozen_pay(laboratory: Laboratory) -> Quantities:
    """Full-time turnover in the sixth year of pay frozen in money terms, over turnover if it keeps pace.

    Outside wages grow as the baseline assumes; pay falls behind them a little every month.
    """
    months = 72
    growth = 1.0 + laboratory.value("pay.outside_wage_growth")
    behind = growth ** (-np.arange(1, months + 1) / 12.0) - 1.0
    before, after = laboratory.pair(pay_moved(laboratory, behind, months), months=months)
    sixth = slice(60, 72)
    return (divided(after.turnover(sixth, full_time=True), before.turnover(sixth, full_time=True)),)
