"""What a person takes away: the report, figures, data and the scenario file, each made when its button is clicked."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st
from matplotlib.figure import Figure
from streamlit.delta_generator import DeltaGenerator

from dashboard.district import FILE
from dashboard.levers import named
from dashboard.policy import Policy
from dashboard.runs import SIZES, known_size, runs
from dashboard.texts import say
from orgsim.ensembles import Comparison
from orgsim.report.charts import retention_chart, survival_chart
from orgsim.report.curves import curve_table
from orgsim.report.document import document
from orgsim.report.manifest import read_sources
from orgsim.report.report_file import KINDS, excuse, report_file
from orgsim.report.results import result_files
from orgsim.report.tables import outcome_rows
from orgsim.report.texts import say as report_say
from orgsim.scenarios import Scenario

Made = Callable[[], bytes]


@dataclass(frozen=True)
class Taken:
    """What is taken away: today and the policies compared with it, and the files that say what they are."""

    scenarios: tuple[Scenario, ...]
    sources: Mapping[str, bytes]


def draw(place: DeltaGenerator, policy: Policy, language: str) -> None:
    """One button a file; the scenario file is text already."""
    with place:
        st.caption(say("take.hint", language))
        with st.container(horizontal=True, gap="small"):
            buttons(lambda: one(policy), language)
            name, content, kind = policy.download()
            label = say("take.yaml" if policy.district is None else "take.yaml.zip", language)
            st.download_button(label, content, name, kind, on_click="ignore", key="take-yaml")
        st.caption(say("take.zip.note", language))


def buttons(taken: Callable[[], Taken], language: str) -> None:
    """A button for each file that is made of a comparison."""
    for name, (label, made, kind) in files(taken, language).items():
        st.download_button(label, made, name, kind, on_click="ignore", key=f"take-{name}")


def one(policy: Policy) -> Taken:
    """A policy and today."""
    return Taken((policy.today(), policy.scenario()), policy.sources())


def several(today: Policy, others: list[tuple[str, Policy]]) -> Taken:
    """Policies by file name, and the today of one of them; what is as shipped needs no file of its own."""
    shipped = [_as_shipped(policy) for _, policy in others]
    scenarios = [
        named(policy.parent) if plain else policy.scenario(name)
        for (name, policy), plain in zip(others, shipped, strict=True)
    ]
    own = {name: policy.text().encode() for (name, policy), plain in zip(others, shipped, strict=True) if not plain}
    about = {file: content for file, content in today.files().items() if file != FILE}
    baseline = today.today()
    return Taken((baseline, *scenarios), read_sources([baseline, *scenarios]) | about | own)


def _as_shipped(policy: Policy) -> bool:
    return replace(policy, positions={}) == Policy(policy.parent) and not policy.moved


def files(taken: Callable[[], Taken], language: str) -> dict[str, tuple[str, Made, str]]:
    """File name → label, what makes its content, media type.

    Contents are made from what has been simulated when they are asked for. Nothing that fails there can reach the
    page, so a content never fails: a report then says that there is none, and so does any other file.
    """
    found: dict[str, tuple[str, Made, str]] = {}
    for kind, media in KINDS.items():
        make = partial(_report, taken, language, kind)
        found[f"report.{kind}"] = (say(f"take.{kind}", language), _sure(make, language, kind), media)
    for name, chart in (("survival", survival_chart), ("retention", retention_chart)):
        for ending, media in (("png", "image/png"), ("svg", "image/svg+xml")):
            label = f"{say(f'file.{name}', language)} {say(f'take.{ending}', language)}"
            found[f"{name}.{ending}"] = (
                label,
                _sure(partial(_figure, taken, language, chart, ending), language),
                media,
            )
    for name, label, table in (("outcomes", "take.csv", outcome_rows), ("curves", "take.curves", curve_table)):
        found[f"{name}.csv"] = (say(label, language), _sure(partial(_csv, taken, table), language), "text/csv")
    whole = _sure(partial(_zip, taken, language), language)
    found["orgsim-results.zip"] = (say("take.folder", language), whole, "application/zip")
    return found


def _sure(make: Made, language: str, kind: str = "") -> Made:
    """`make`, with a sentence for its content where it fails."""

    def made() -> bytes:
        try:
            return make()
        except Exception:
            logging.getLogger(__name__).exception("a file to take away could not be made")
            return excuse(kind, language) if kind else report_say("report.error", language).encode()

    return made


def _comparison(taken: Taken) -> Comparison:
    baseline, *others = taken.scenarios
    size = known_size(baseline, others)
    return runs().compare(baseline, *others, replications=min(size, SIZES[-1]))


def _report(taken: Callable[[], Taken], language: str, kind: str) -> bytes:
    what = taken()
    return report_file(document(_comparison(what), language, what.sources), kind)


def _figure(
    taken: Callable[[], Taken], language: str, chart: Callable[[Comparison, str], Figure], ending: str
) -> bytes:
    out = io.BytesIO()
    chart(_comparison(taken()), language).savefig(out, format=ending, dpi=200)
    return out.getvalue()


def _csv(taken: Callable[[], Taken], table: Callable[[Comparison], pd.DataFrame]) -> bytes:
    """With a mark by which Excel knows Chinese."""
    return table(_comparison(taken())).to_csv(index=False).encode("utf-8-sig")


def _zip(taken: Callable[[], Taken], language: str) -> bytes:
    what, out = taken(), io.BytesIO()
    made = result_files(_comparison(what), language, what.sources, reports=tuple(KINDS))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in made.items():
            folder.writestr(name, content)
    return out.getvalue()
