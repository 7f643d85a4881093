"""How conduct, trust and quality respond to supervision, scandal and meetings: experiments; and the games."""

from __future__ import annotations

import numpy as np

from orgsim.analysis.experiments import Changes, Laboratory
from orgsim.analysis.facts import Quantities, response
from orgsim.analysis.observe import Look, Span
from orgsim.analysis.statistics import divided, half_life, jackknife
from orgsim.games import read_games, verify
from orgsim.outcomes.recorder import Floats

LATE = slice(36, 60)
GAMES = ("G2", "G6A", "G7A", "G8")


def _breaches(laboratory: Laboratory, changes: Changes, credibility: float) -> Floats:
    also = {"supervision.sanction_credibility": credibility}
    before, after = laboratory.pair(changes, months=60, also=also)
    return after.share("breaches", "active_now", LATE) - before.share("breaches", "active_now", LATE)


@response("G8", "抽查风险提高 20 个百分点（处罚可信）")
def credible_audits(laboratory: Laboratory) -> Quantities:
    """Change of the share in breach of procedure, years four and five, when inspections rise by 20 points a year.

    Every violation found is sanctioned in both arms. Active registered organizations.
    """
    rate = laboratory.value("supervision.inspection_rate") + 0.20
    return (_breaches(laboratory, {"supervision.inspection_rate": rate}, 1.0),)


@response("G9", "抽查风险提高 20 个百分点（不处罚）")
def toothless_audits(laboratory: Laboratory) -> Quantities:
    """The same change of inspections where no violation is sanctioned."""
    rate = laboratory.value("supervision.inspection_rate") + 0.20
    return (_breaches(laboratory, {"supervision.inspection_rate": rate}, 0.0),)


@response("G11", "仅有公众监督、不与处罚挂钩")
def citizens_alone(laboratory: Laboratory) -> Quantities:
    """Change of the share in breach of procedure, years four and five, when the public channel is opened fully.

    No violation is sanctioned in either arm. Active registered organizations.
    """
    return (_breaches(laboratory, {"supervision.public_channel": 1.0}, 0.0),)


def _trust(span: Span) -> Floats:
    return span.sector["public_trust"]


TRUST = Look(_trust, 1, sector=("public_trust",))


@response("G16", "行业信任受损后的恢复", ("half-life", "半衰期"), ("recovery over fall", "恢复与下跌时长之比"))
def scandal(laboratory: Laboratory) -> Quantities:
    """Months until half of a loss of trust in the sector is made good, and that over the months the loss took.

    The loss comes of one month in which scandals spill over fifty times as far as usual. How quickly trust falls is
    therefore in part set by the experiment.
    """
    usual = laboratory.value("credibility.spillover")
    shock = np.where(np.arange(60) < 1, 50.0 * usual, usual)
    arms = laboratory.pair({"credibility.spillover": shock}, months=60, looks=[TRUST])
    before, after = (arm.seen[TRUST][:, :, 0] for arm in arms)
    loss = before - after
    months = jackknife(loss, half_life)
    fall = int(loss.mean(axis=0).argmax()) + 1
    return months, months / fall


@response("G19", "每月同行交流对绩效的影响", ("after a year", "一年后"), ("a year later", "再过一年"))
def peer_meetings(laboratory: Laboratory) -> Quantities:
    """Relative change of the quality of services at the end of a year of monthly peer meetings, and a year later.

    The meetings end after the year. The trial's performance is firms' sales; quality stands for it here.
    """
    meetings = np.where(np.arange(24) < 12, 12.0, 0.0)
    before, after = laboratory.pair({"innovation.forums": meetings})
    months = (slice(11, 12), slice(23, 24))
    at = [[arm.share("quality", "active_now", month) for month in months] for arm in (before, after)]
    return divided(at[1][0], at[0][0]) - 1.0, divided(at[1][1], at[0][1]) - 1.0


@response("G23", "解析博弈检验")
def games(laboratory: Laboratory) -> Quantities:
    """Share of the checks of games G2, G6A, G7A and G8 that hold, of stated, analytic and simulated answers.

    The model's imitation rule is played by a population; see `orgsim verify games`. The same for every replication.
    """
    checks = verify([game for game in read_games() if game.name in GAMES], laboratory.seed)
    return (np.full(laboratory.count, np.mean([check.holds for check in checks])),)
