"""A tornado: the grade-C assumptions on the way from the measures to an outcome, each at its low and its high end."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import reasons
from dashboard.bars import height_of, tornado_chart
from dashboard.parts.progress import counting
from dashboard.reasons import Watched, measured, pair_known, reaching, watched_pair
from dashboard.texts import say
from dashboard.view import change_text
from orgsim.core.parameters import Parameter
from orgsim.errors import unit_name
from orgsim.explain.graph import dependencies
from orgsim.explain.paths import weights
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.outcomes.recorder import Floats
from orgsim.report.contributions import changed_levers
from orgsim.report.standing import standing, worst
from orgsim.report.tables import outcome_title
from orgsim.report.tornado import Swing, assuming, candidates, ends, swing, widest_first
from orgsim.report.verdicts import Judgement, Verdict, judge, margin_of
from orgsim.scenarios import Scenario
from orgsim.scenarios.values import number_text
from orgsim.schedule import model

CHOICE = ("active_10y", "survival_10y", "annual_turnover", "retention_12m", "services_delivered", "public_cost")


def draw(today: Scenario, policy: Scenario, language: str) -> None:
    """A switch; behind it the outcome, and the tornado."""
    st.markdown(f"**{say('swings.head', language)}**")
    st.markdown(say("swings.lead", language))
    if not st.toggle(say("swings.ask", language), key="ask-swings"):
        return
    levers = changed_levers(today, policy)
    if not levers:
        st.info(say("swings.none", language))
        return
    outcome = st.selectbox(
        say("lever.outcome", language),
        CHOICE,
        format_func=lambda name: outcome_title(name, language),
        key="swings-outcome",
    )
    with counting("path.wait", language, pair_known(today, policy)) as step:
        seen = watched_pair(today, policy, step)
    chosen = resting_on(seen, levers, outcome)
    if not chosen:
        st.info(say("swings.nothing", language))
        return
    pairs = {p.name: [_pair(today, policy, values) for values in ends(p)] for p in chosen}
    every = [today, policy, *(one for both in pairs.values() for pair in both for one in pair)]
    known = all(measured().known(one) >= reasons.ENDS[-1] for one in every)
    place = st.empty()
    for size in reasons.ENDS:
        with counting("swings.wait", language, known) as step:
            reaching(every, size, step)
        shipped, swings = measure(today, policy, pairs, outcome, size)
        with place.container():
            _show(shipped, swings, {p.name: p for p in chosen}, outcome, size, language)


def resting_on(seen: Watched, levers: Sequence[str], outcome: str) -> tuple[Parameter, ...]:
    """Grade-C assumptions in the rules on the way from the measures to the outcome, those that carry most first."""
    return candidates(weights(dependencies(), model(), levers, outcome, seen.evidence), reasons.SWINGS)


def measure(
    today: Scenario, policy: Scenario, pairs: dict[str, list[tuple[Scenario, Scenario]]], outcome: str, size: int
) -> tuple[Judgement, tuple[Swing, ...]]:
    """The difference as it stands, and the swings, the widest first."""

    def both(pair: tuple[Scenario, Scenario]) -> tuple[Floats, Floats]:
        return measured().values(pair[0], size)[outcome], measured().values(pair[1], size)[outcome]

    before, after = both((today, policy))
    margin = margin_of(BY_NAME[outcome].unit, float(before.mean()))
    found = [swing(name, both(low), both(high), margin) for name, (low, high) in pairs.items()]
    return judge(after - before, margin), widest_first(found)


def sentence(shipped: Judgement, swings: Sequence[Swing], titles: dict[str, str], language: str) -> str:
    """Whether the finding stands at every end, and which assumption moves it most."""
    if not swings[0].width > 0.0:
        return say("swings.still", language, count=len(swings))
    found = [standing(shipped, end) for one in swings for end in (one.low, one.high)]
    first = titles[swings[0].parameter]
    return say(f"swings.{worst(found)}", language, first=first, count=len(swings))


def _pair(today: Scenario, policy: Scenario, values: dict[tuple[str, str | None], float]) -> tuple[Scenario, Scenario]:
    name = ", ".join(f"{key[0]}={value:g}" for key, value in values.items())
    return assuming(today, values, name), assuming(policy, values, name)


def _show(
    shipped: Judgement,
    swings: tuple[Swing, ...],
    parameters: dict[str, Parameter],
    outcome: str,
    size: int,
    language: str,
) -> None:
    unit = BY_NAME[outcome].unit
    if shipped.verdict is Verdict.unknown:
        st.info(say("path.untold", language))
        return
    titles = {name: parameter.title(language) for name, parameter in parameters.items()}
    st.markdown(f"##### {sentence(shipped, swings, titles, language)}")
    rows = [(titles[one.parameter], one.low, one.high) for one in swings]
    spec = tornado_chart(rows, shipped, unit, language)
    st.echarts_chart(spec, height=height_of(rows), alt=sentence(shipped, swings, titles, language))
    st.caption(say("swings.reading", language, replications=size))
    table = []
    for one in swings:
        low, high = ends(parameters[one.parameter])
        table.append(
            {
                say("assumptions.name", language): titles[one.parameter],
                say("swings.values", language): f"{_values(low)} / {_values(high)}",
                say("assumptions.unit", language): unit_name(parameters[one.parameter].unit, language),
                say("swing.low", language): change_text(one.low, unit, language),
                say("swing.high", language): change_text(one.high, unit, language),
                say("assumptions.reading", language): say(
                    f"reading.{parameters[one.parameter].source.reading}", language
                ),
            }
        )
    st.dataframe(pd.DataFrame(table), hide_index=True, height="content")


def _values(values: dict[tuple[str, str | None], float]) -> str:
    texts = list(dict.fromkeys(number_text(float(f"{value:.3g}")) for value in values.values()))
    return texts[0] if len(texts) == 1 else f"{texts[0]} …"
