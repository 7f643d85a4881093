"""What a comparison rests on: the measures moved with the grade and source of what they depart from, and all values."""

from __future__ import annotations

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from dashboard.levers import by_name
from dashboard.policy import Policy
from dashboard.sidebar import source_text
from dashboard.texts import say
from orgsim.core.sources import in_language
from orgsim.report.resting import resting
from orgsim.scenarios import Scenario


def draw(place: DeltaGenerator, policy: Policy, scenario: Scenario, language: str) -> None:
    """Write it into a tab."""
    place.markdown(say("rests.caution", language))
    table = moved(policy, scenario, language)
    if table.empty:
        place.info(say("rests.none", language))
    else:
        place.dataframe(table, hide_index=True, height="content")
    place.caption(grades(scenario, language))


def moved(policy: Policy, scenario: Scenario, language: str) -> pd.DataFrame:
    """One row a measure that stands elsewhere than today, at the start or later."""
    later = {step.parameter: step for step in scenario.schedule}
    rows = []
    for name, lever in by_name(policy.sums).items():
        shown = policy.positions[name]
        if shown == lever.today and name not in later:
            continue
        to = lever.text(lever.shown(later[name].value) if name in later else shown, language)
        source = lever.parameter.source
        rows.append(
            {
                say("rests.lever", language): lever.parameter.title(language),
                say("rests.change", language): f"{lever.text(lever.today, language)} → {to}",
                say("rests.grade", language): source.grade,
                say("rests.reading", language): say(f"reading.{source.reading}", language),
                say("rests.source", language): source_text(lever.parameter, language),
                say("rests.note", language): in_language(source.note, language),
            }
        )
    return pd.DataFrame(rows)


def grades(scenario: Scenario, language: str) -> str:
    """How many of all values are of which grade."""
    all_values = resting(scenario)
    count = all_values.counts(moved=True) + all_values.counts(moved=False)
    by_grade = {grade: sum(n for (_, g), n in count.items() if g == grade) for grade in "ABC"}
    return say(
        "rests.head",
        language,
        count=count.total(),
        a=by_grade["A"],
        b=by_grade["B"],
        c=by_grade["C"],
        assumed=sum(n for (reading, _), n in count.items() if reading == "assumed"),
    )
