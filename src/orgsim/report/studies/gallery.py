"""Which figures an analysis has, under which name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from orgsim.report.blocks import Picture
from orgsim.report.studies import bars, planes
from orgsim.report.studies.names import Names
from orgsim.report.studies.sentences import discovered, of, sentences
from orgsim.report.studies.texts import words
from orgsim.studies.analysis import Analysis, Response
from orgsim.studies.analysis.responses import WHOLE


@dataclass(frozen=True)
class Shown:
    """A figure of a response; `name` is that of its files, without an ending."""

    name: str
    picture: Picture
    scenario: str
    outcome: str


def gallery(analysis: Analysis, design: pd.DataFrame, names: Names) -> list[Shown]:
    """Every figure, by response: those of the last month only where a sum is analysed at several."""
    found: list[Shown] = []
    for response in last_of(analysis.responses):
        found += _of_response(analysis, response, design, names)
    return found + [each for discovery in _discoveries(analysis, names) for each in discovery]


def last_of(responses: tuple[Response, ...]) -> list[Response]:
    """Each outcome once: of a monthly sum the last month that is analysed."""
    return list({(one.scenario, one.outcome, one.month == WHOLE): one for one in responses}.values())


def _of_response(analysis: Analysis, response: Response, design: pd.DataFrame, names: Names) -> Iterator[Shown]:
    told = " ".join(sentences(analysis, response, names))

    def shown(kind: str, figure: object) -> Shown:
        caption = words(names.language)(f"picture.{kind}", of=names.response(response))
        picture = Picture(caption, f"{caption}: {told}", figure)  # type: ignore[arg-type]
        return Shown(file_name(kind, response, names), picture, response.scenario, response.outcome)

    for method, draw in (("sobol", bars.sobol_figure), ("morris", bars.morris_figure), ("ranks", bars.ranks_figure),
                         ("tornado", bars.tornado_figure)):  # fmt: skip
        rows = _rows(analysis, method, response)
        if len(rows):
            yield shown(method, draw(rows, response, names))
    effects = _rows(analysis, "effects", response)
    if len(effects):
        yield shown("effects", planes.effects_figure(response, design, names))
    pairs = pd.concat([effects, _rows(analysis, "sobol", response)])
    pairs = pairs[pairs["measure"].isin(["interaction", "S2"])]
    if pairs[["factor", "other"]].drop_duplicates().shape[0] > 1:
        yield shown("pairs", planes.pairs_figure(pairs, response, names))
    if _is_surface(design, names):
        yield shown("surface", planes.surface_figure(response, design, names))
    monthly = _monthly(analysis, response)
    if monthly["month"].nunique() > 1:
        yield shown("months", planes.months_figure(monthly, names))


def _rows(analysis: Analysis, method: str, response: Response) -> pd.DataFrame:
    columns = ["measure", "factor", "other", "value", "low", "high", "verdict"]
    if method not in analysis.tables:
        return pd.DataFrame(columns=columns)
    return of(analysis.tables[method], response)


def _monthly(analysis: Analysis, response: Response) -> pd.DataFrame:
    """Total indices of a monthly sum at every month that is analysed."""
    table = analysis.tables.get("sobol")
    if table is None or response.month == WHOLE:
        return pd.DataFrame(columns=["month"])
    same = (table["outcome"] == response.outcome) & (table["scenario"] == response.scenario)
    return table[same & (table["month"] != WHOLE) & (table["measure"] == "ST")]


def _is_surface(design: pd.DataFrame, names: Names) -> bool:
    """Whether the design is a grid over two factors with an order and at least two values each."""
    factors = names.manifest["factors"]
    if names.manifest["design"]["kind"] != "grid" or len(factors) != 2:
        return False
    return all(not each["choices"] and design[each["name"]].nunique() > 1 for each in factors)


def _discoveries(analysis: Analysis, names: Names) -> Iterator[list[Shown]]:
    for found in analysis.discoveries:
        if any(row.get("restricted") for row in found.rows):
            caption = words(names.language)("picture.prim", of=names.response(found.response))
            told = " ".join(discovered(analysis, found.response, names))
            picture = Picture(caption, f"{caption}: {told}", planes.prim_figure(found, names))
            response = found.response
            yield [Shown(file_name("prim", response, names), picture, response.scenario, response.outcome)]


def file_name(kind: str, response: Response, names: Names) -> str:
    """'sobol-annual_turnover', with what tells it from others: scenario, group, month."""
    parts = [kind, response.outcome]
    if len(names.manifest["scenarios"]) > 1:
        parts.append(response.scenario)
    if response.month != WHOLE:
        parts.append(f"month-{response.month}")
    return re.sub(r"[^\w.-]+", "-", "-".join(parts)).strip("-")
