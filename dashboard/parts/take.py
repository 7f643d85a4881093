"""What a person takes away: the report, figures, data and the scenario file, each made when its button is clicked."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from matplotlib.figure import Figure
from streamlit.delta_generator import DeltaGenerator

from dashboard.policy import Policy
from dashboard.runs import SIZES, known_size, runs
from dashboard.texts import say
from orgsim.ensembles import Comparison
from orgsim.report.charts import retention_chart, survival_chart
from orgsim.report.curves import curve_table
from orgsim.report.document import document
from orgsim.report.report_file import KINDS, excuse, report_file
from orgsim.report.results import result_files
from orgsim.report.tables import outcome_rows
from orgsim.report.texts import say as report_say

Made = Callable[[], bytes]


def draw(place: DeltaGenerator, policy: Policy, language: str) -> None:
    """One button a file; the scenario file is text already."""
    with place:
        st.caption(say("take.hint", language))
        with st.container(horizontal=True, gap="small"):
            for name, (label, made, kind) in files(policy, language).items():
                st.download_button(label, made, name, kind, on_click="ignore", key=f"take-{name}")
            name, content, kind = policy.download()
            label = say("take.yaml" if policy.district is None else "take.yaml.zip", language)
            st.download_button(label, content, name, kind, on_click="ignore", key="take-yaml")
        st.caption(say("take.zip.note", language))


def files(policy: Policy, language: str) -> dict[str, tuple[str, Made, str]]:
    """File name → label, what makes its content, media type.

    Contents are made from what has been simulated when they are asked for. Nothing that fails there can reach the
    page, so a content never fails: a report then says that there is none, and so does any other file.
    """
    found: dict[str, tuple[str, Made, str]] = {}
    for kind, media in KINDS.items():
        make = partial(_report, policy, language, kind)
        found[f"report.{kind}"] = (say(f"take.{kind}", language), _sure(make, language, kind), media)
    for name, chart in (("survival", survival_chart), ("retention", retention_chart)):
        for ending, media in (("png", "image/png"), ("svg", "image/svg+xml")):
            label = f"{say(f'file.{name}', language)} {say(f'take.{ending}', language)}"
            found[f"{name}.{ending}"] = (
                label,
                _sure(partial(_figure, policy, language, chart, ending), language),
                media,
            )
    for name, label, table in (("outcomes", "take.csv", outcome_rows), ("curves", "take.curves", curve_table)):
        found[f"{name}.csv"] = (say(label, language), _sure(partial(_csv, policy, table), language), "text/csv")
    whole = _sure(partial(_zip, policy, language), language)
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


def _comparison(policy: Policy) -> Comparison:
    scenarios = (policy.today(), policy.scenario())
    size = known_size(scenarios[0], [scenarios[1]])
    return runs().compare(*scenarios, replications=min(size, SIZES[-1]))


def _report(policy: Policy, language: str, kind: str) -> bytes:
    return report_file(document(_comparison(policy), language, policy.sources()), kind)


def _figure(policy: Policy, language: str, chart: Callable[[Comparison, str], Figure], ending: str) -> bytes:
    out = io.BytesIO()
    chart(_comparison(policy), language).savefig(out, format=ending, dpi=200)
    return out.getvalue()


def _csv(policy: Policy, table: Callable[[Comparison], pd.DataFrame]) -> bytes:
    """With a mark by which Excel knows Chinese."""
    return table(_comparison(policy)).to_csv(index=False).encode("utf-8-sig")


def _zip(policy: Policy, language: str) -> bytes:
    out = io.BytesIO()
    made = result_files(_comparison(policy), language, policy.sources(), reports=tuple(KINDS))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in made.items():
            folder.writestr(name, content)
    return out.getvalue()
