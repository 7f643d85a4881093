"""What a person takes away: figures, data, findings and the scenario file, made when asked for."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.policy import Policy
from dashboard.runs import SIZES, known_size, runs
from dashboard.texts import say
from orgsim.ensembles import Comparison
from orgsim.report.charts import retention_chart, survival_chart
from orgsim.report.curves import curve_table
from orgsim.report.results import result_files
from orgsim.report.tables import outcome_rows
from orgsim.report.web_page import web_page

_MADE = "orgsim.made"


def draw(place: DeltaGenerator, policy: Policy, language: str) -> None:
    """A scenario file at once; everything else after a click, since figures take a moment."""
    with place:
        file, content, kind = policy.download()
        label = say("take.yaml" if policy.district is None else "take.yaml.zip", language)
        st.download_button(label, content, file, kind, on_click="ignore", key="take-yaml")
        if st.button(say("take.make", language), key="take-make"):
            st.session_state[_MADE] = (policy, language, files(policy, language))
        made = st.session_state.get(_MADE)
        if made is None or made[:2] != (policy, language):
            st.caption(say("take.hint", language))
            return
        with st.container(horizontal=True, gap="small"):
            for name, (label, content, kind) in made[2].items():
                st.download_button(label, content, name, kind, on_click="ignore", key=f"take-{name}")
        st.caption(say("take.zip.note", language))


def files(policy: Policy, language: str) -> dict[str, tuple[str, bytes, str]]:
    """File name → label, content, media type; made from what has been simulated so far."""
    scenarios = (policy.today(), policy.scenario())
    size = known_size(scenarios[0], [scenarios[1]])
    comparison = runs().compare(*scenarios, replications=min(size, SIZES[-1]))
    found: dict[str, tuple[str, bytes, str]] = {}
    for name, chart in (("survival", survival_chart), ("retention", retention_chart)):
        title = say(f"file.{name}", language)
        for ending, kind in (("png", "image/png"), ("svg", "image/svg+xml")):
            out = io.BytesIO()
            chart(comparison, language).savefig(out, format=ending, dpi=200)
            label = f"{title} {say(f'take.{ending}', language)}"
            found[f"{name}.{ending}"] = (label, out.getvalue(), kind)
    page = web_page(comparison, language, policy.sources())
    found["findings.html"] = (say("take.html", language), page.encode(), "text/html")
    found["outcomes.csv"] = (say("take.csv", language), _csv(outcome_rows(comparison)), "text/csv")
    found["curves.csv"] = (say("take.curves", language), _csv(curve_table(comparison)), "text/csv")
    found["orgsim-results.zip"] = (
        say("take.folder", language),
        _zip(comparison, policy, language),
        "application/zip",
    )
    return found


def _csv(table: pd.DataFrame) -> bytes:
    """With a mark by which Excel knows Chinese."""
    return table.to_csv(index=False).encode("utf-8-sig")


def _zip(comparison: Comparison, policy: Policy, language: str) -> bytes:
    out = io.BytesIO()
    sources = policy.sources()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in result_files(comparison, language, sources).items():
            folder.writestr(name, content)
    return out.getvalue()
