"""What an analysis says, in sentences: what moves an outcome, how far, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import hypot, isnan
from typing import Any

import pandas as pd

from orgsim.outcomes.recorder import Floats
from orgsim.report.studies import failures
from orgsim.report.studies.names import Names
from orgsim.report.studies.texts import words
from orgsim.report.texts import TEXTS
from orgsim.report.verdicts import judge
from orgsim.studies.analysis import Analysis, Response
from orgsim.studies.analysis.certainty import ALPHA, MATTERS, NONE, ONE_LUCK, UNCLEAR
from orgsim.studies.analysis.noise import DROWNED, SAME

MOST = 5
"""Effects that are told in words; tables hold all."""
ONE_WAY, BENT = 0.9, 0.5
"""|μ| from which on, as a part of μ*, an effect has one direction; σ from which on it depends on others, or bends."""
GOOD_FIT = 0.9
"""Share of the variance from which on straight effects tell what there is to tell."""
SMALL = 0.01
"""Total effects below which nothing more is said of a factor."""
MANY = 10_000
"""Runs a point from which on it does not matter how many: points that hardly differ would need no end of them."""
Record = dict[Any, Any]


def sentences(analysis: Analysis, response: Response, names: Names) -> list[str]:
    """Everything that is said of one response, first how sure it can be.

    Where the points cannot be told from each other, nothing more is said: what methods find then is luck.
    """
    say, told = words(names.language), luck(analysis, response, names)
    if response.against is not None and "tornado" not in analysis.tables:
        told = [say("mean.difference", range=_judged(response.values.mean(axis=0), response, names)), *told]
    verdict = of(analysis.tables["noise"], response)["verdict"].iloc[0]
    if verdict == DROWNED:
        return [*told, say("drowned.rest")]
    if verdict == SAME:
        return told
    for method, tell in _TELLERS.items():
        if method in analysis.tables:
            rows = of(analysis.tables[method], response)
            if len(rows):
                told += tell(rows, response, names)
    key = response.scenario, response.outcome, response.month
    if key in analysis.fits and names.manifest["design"]["kind"] == "latin_hypercube" and not isnan(analysis.fits[key]):
        told.append(say("fit", fit=share(analysis.fits[key])))
        if analysis.fits[key] < GOOD_FIT:
            told.append(say("fit.poor"))
    return told


def _judged(values: Floats, response: Response, names: Names) -> str:
    """A difference, one a run, with the words that its range can bear."""
    found = judge(values, sets=response.sets)
    row = {"value": found.difference, "low": found.low, "high": found.high}
    verdict = TEXTS[f"verdict.{found.verdict}"](names.language)
    return words(names.language)("judged", verdict=verdict, range=_change(row, response, names))


def discovered(analysis: Analysis, response: Response, names: Names) -> list[str]:
    """What scenario discovery says of the outcome and scenario of a response."""
    found = [one for one in analysis.discoveries
             if (one.response.scenario, one.response.outcome) == (response.scenario, response.outcome)]  # fmt: skip
    return [sentence for one in found for sentence in failures.sentences(one, names)]


def luck(analysis: Analysis, response: Response, names: Names) -> list[str]:
    """How much of what differs is luck."""
    row: Record = of(analysis.tables["noise"], response).to_dict("records")[0]
    say = words(names.language)
    needed = say("noise.many") if row["runs_needed"] > MANY else say("noise.about", number=f"{row['runs_needed']:,.0f}")
    what = say("noise.luck" if response.sets is None else "noise.both")
    gaps = {"share": share(row["share"]), "needed": needed, "runs": row["runs"], "p": _p(row["p"])}
    gaps |= {"unit": say("noise.runs" if response.sets is None else "noise.sets")}
    gaps |= {"luck": what, "Luck": what[0].upper() + what[1:]}
    return [say(f"noise.{row['verdict']}", study=names.manifest["study"], **gaps)]


def of(table: pd.DataFrame, response: Response) -> pd.DataFrame:
    """The rows of a response."""
    same = (table["scenario"] == response.scenario) & (table["against"] == (response.against or ""))
    return table[same & (table["outcome"] == response.outcome) & (table["month"] == response.month)]


def share(value: float) -> str:
    """A share in per cent."""
    return "—" if isnan(value) else f"{100.0 * value:.0f}%" if value >= 0.01 or value == 0.0 else "<1%"


def _p(value: float) -> str:
    return "—" if isnan(value) else f"{value:.2f}" if value >= 0.01 else "<0.01"


def _index(row: Record, names: Names) -> str:
    three = {name: f"{row[name]:.2f}".replace("-", "−") for name in ("value", "low", "high")}
    return words(names.language)("range", **three)


def _level(row: Record, response: Response, names: Names) -> str:
    """A value of an outcome with its range."""
    written = names.written(response.outcome, row["value"], row["low"], row["high"])
    if isnan(row["low"] + row["high"]):
        return written.value(row["value"])
    ends = {"low": written.bare(row["low"]), "high": written.bare(row["high"])}
    return words(names.language)("range", value=written.value(row["value"]), **ends)


def _change(row: Record, response: Response, names: Names) -> str:
    written = names.written(response.outcome, row["value"], row["low"], row["high"])
    ends = {"low": written.signed(row["low"]), "high": written.signed(row["high"])}
    if isnan(row["low"] + row["high"]):
        return written.change(row["value"])
    return words(names.language)("range", value=written.change(row["value"]), **ends)


def _sobol(rows: pd.DataFrame, _response: Response, names: Names) -> Iterator[str]:
    say, join = words(names.language), words(names.language)("then").join
    total = _sorted(rows[rows["measure"] == "ST"])
    clear = [row for row in total if row["verdict"] == MATTERS]
    told = [row for row in clear if row["value"] >= SMALL]
    if told:
        yield say("sobol.most", list=join(f"{names.factor(row['factor'])} {_index(row, names)}" for row in told[:MOST]))
    for one, two in pairwise(told[:MOST]):
        if two["high"] > one["low"]:
            yield say("sobol.unranked", one=names.factor(one["factor"]), two=names.factor(two["factor"]))
            break
    first = rows[rows["measure"] == "S1"]
    alone, reach = float(first["value"].sum()), hypot(*(first["high"] - first["value"]))
    together = 1.0 - alone - reach
    gaps = {"alone": share(min(max(alone, 0.0), 1.0)), "reach": share(reach)}
    if told:
        yield say("sobol.alone", together=share(together), **gaps) if together > 0.0 else say("sobol.adds", **gaps)
    second = [row for row in _sorted(rows[rows["measure"] == "S2"]) if row["low"] > 0.0]  # below nought is luck
    for row in second[:1]:
        pair = {"one": names.factor(row["factor"]), "two": names.factor(row["other"])}
        yield say("sobol.pair", range=_index(row, names), **pair)
    tiny = say("and").join(names.factor(row["factor"]) for row in clear if row["value"] < SMALL)
    if tiny:
        yield say("sobol.tiny", list=tiny)
    yield from _untold(total, names, any_told=bool(clear))
    wide = [row for row in told if row["high"] - row["low"] > row["value"]]
    if wide:
        listed = say("and").join(names.factor(row["factor"]) for row in wide)
        yield say("sobol.wide", list=listed, study=names.manifest["study"], n=4 * names.manifest["design"]["n"])


def _morris(rows: pd.DataFrame, response: Response, names: Names) -> Iterator[str]:
    say = words(names.language)
    sizes = _sorted(rows[rows["measure"] == "mu_star"])
    mean, spread = (rows[rows["measure"] == name].set_index("factor")["value"] for name in ("mu", "sigma"))
    told = [row for row in sizes if row["verdict"] == MATTERS]
    parts = []
    for row in told[:MOST]:
        way = mean[row["factor"]] / row["value"]
        key = "up" if way >= ONE_WAY else "down" if way <= -ONE_WAY else "either"
        written = names.written(response.outcome, row["value"], row["low"], row["high"])
        size = say("range", value=written.size(row["value"]), low=written.bare(row["low"]),
                   high=written.bare(row["high"]))  # fmt: skip
        parts.append(say(f"morris.{key}", factor=names.factor(row["factor"]), range=size))
    if parts:
        yield say("morris.most", list=say("then").join(parts))
    bent = [names.factor(row["factor"]) for row in told if spread[row["factor"]] > BENT * row["value"]]
    if bent:
        yield say("morris.bends", list=say("and").join(bent))
    yield from _untold(sizes, names, any_told=bool(told))


def _tornado(rows: pd.DataFrame, response: Response, names: Names) -> Iterator[str]:
    say, levels = words(names.language), rows[rows["measure"] == "level"].to_dict("records")
    base = levels[0]
    difference = response.against is not None
    stands = _judged(response.values[0], response, names) if difference else _level(base, response, names)
    yield say("tornado.stands", range=stands)
    yield from _effects(rows[rows["measure"] == "change"], response, names)
    if difference and base["verdict"] == MATTERS:
        turned = [row for row in levels if row["verdict"] == MATTERS and row["value"] * base["value"] < 0.0]
        listed = say("and").join(
            say("tornado.value", factor=names.factor(row["factor"]), value=names.value(row["factor"], row["end"]))
            for row in turned
        )
        yield say("tornado.turns", list=listed) if turned else say("tornado.keeps")


def _effects(rows: pd.DataFrame, response: Response, names: Names) -> Iterator[str]:
    say = words(names.language)
    moves = _sorted(rows[rows["measure"].isin(["main", "change"])])
    told = [row for row in moves if row["verdict"] == MATTERS]
    for row in told[:MOST]:
        yield say("effect", move=_move(row, names), range=_change(row, response, names))
    if len(told) > MOST:
        yield say("effects.more", count=len(told) - MOST)
    by_factor = {row["factor"]: row for row in moves if row["verdict"] != MATTERS}
    left = [row for factor, row in by_factor.items() if factor not in {each["factor"] for each in told}]
    yield from _untold(left, names, any_told=bool(told))
    pairs = _sorted(rows[rows["measure"] == "interaction"])
    if not pairs:
        if (rows["measure"] == "main").any() and rows["factor"].nunique() > 1:
            yield say("no.pairs")
        return
    clear = [row for row in pairs if row["verdict"] == MATTERS]
    if not clear:
        yield say("adds", all=len(pairs))
        return
    other = {"factor": clear[0]["other"], "start": clear[0]["other_start"], "end": clear[0]["other_end"]}
    yield say(
        "together", all=len(pairs), told=len(clear), chance=f"{ALPHA * len(pairs):.1f}",
        one=_move(clear[0], names), two=_move(other, names), range=_change(clear[0], response, names),
    )  # fmt: skip


def _ranks(rows: pd.DataFrame, _response: Response, names: Names) -> Iterator[str]:
    say = words(names.language)
    told = [row for row in _sorted(rows) if row["verdict"] == MATTERS]
    if told:
        listed = say("then").join(f"{names.factor(row['factor'])} {_index(row, names)}" for row in told[:MOST])
        yield say("ranks.most", list=listed)


def _untold(rows: Sequence[Record], names: Names, *, any_told: bool) -> Iterator[str]:
    """Which factors are not told from luck, or do nothing."""
    say = words(names.language)
    for verdict, key in ((UNCLEAR, "luck"), (NONE, "nothing"), (ONE_LUCK, "one_luck")):
        listed = [names.factor(row["factor"]) for row in rows if row["verdict"] == verdict]
        if listed and verdict == UNCLEAR and not any_told and len(listed) == len(names.manifest["factors"]):
            yield say("all.luck")
        elif listed:
            yield say(key, list=say("and").join(dict.fromkeys(listed)))


def _move(row: Record, names: Names) -> str:
    factor, start, end = row["factor"], row["start"], row["end"]
    return words(names.language)(
        "from.to", factor=names.factor(factor), start=names.value(factor, start), end=names.value(factor, end)
    )


def _sorted(rows: pd.DataFrame) -> list[Record]:
    """The largest first."""
    return rows.iloc[rows["value"].abs().argsort(kind="stable")[::-1]].to_dict("records")


Teller = Callable[[pd.DataFrame, Response, Names], Iterator[str]]
_TELLERS: dict[str, Teller] = {
    "sobol": _sobol,
    "morris": _morris,
    "tornado": _tornado,
    "effects": _effects,
    "ranks": _ranks,
}
