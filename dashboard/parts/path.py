"""From a measure to outcomes: the rules between, what moved in them in this run, and each rule's own card."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.amounts import difference_text, levels_text
from dashboard.diagram import Box, mermaid, steps
from dashboard.levers import by_name
from dashboard.names import called, unit_of
from dashboard.parts import rule
from dashboard.parts.progress import counting
from dashboard.reasons import Watched, pair_known, watched_pair
from dashboard.runs import runs
from dashboard.texts import say
from dashboard.view import change_text
from orgsim.ensembles import Comparison
from orgsim.ensembles.averages import ENTITIES
from orgsim.explain.graph import OUTCOME, PARAMETER, Item, dependencies
from orgsim.explain.paths import Picture, picture
from orgsim.outcomes.catalogue import BY_NAME
from orgsim.report.contributions import changed_levers, missing_levers, only
from orgsim.report.tables import outcome_title, paired
from orgsim.report.verdicts import Judgement, Verdict, judge, margin_of
from orgsim.scenarios import Scenario, resolve

FIRST_SHOWN = ("active_10y", "annual_turnover")
"""Two, so that a picture fits a telephone; a third is a click away."""
CHOICE = (
    "survival_10y", "active_10y", "annual_turnover", "retention_12m", "services_delivered", "public_cost",
    "median_months_of_cash", "credibility", "autonomy", "quality",
)  # fmt: skip
ENOUGH = 8
"""Replications from which on the first page's own numbers are shown for outcomes."""


def draw(today: Scenario, policy: Scenario, language: str) -> None:
    """Choose a measure and outcomes; the picture, its steps in words, and the rules behind it."""
    changed = changed_levers(today, policy)
    st.markdown(say("path.lead", language))
    others = [name for name in by_name() if name not in changed]
    first, second = st.columns([1, 1])
    lever = first.selectbox(
        say("path.lever", language),
        [*changed, *others],
        format_func=lambda name: _lever_title(name, name in changed, language),
        key="path-lever",
    )
    outcomes = second.multiselect(
        say("path.outcomes", language),
        CHOICE,
        FIRST_SHOWN,
        format_func=lambda name: outcome_title(name, language),
        max_selections=3,
        placeholder=say("path.outcomes", language),
        key="path-outcomes",
    )
    alone = len(changed) > 1 and lever in changed
    if alone:
        alone = st.radio(
            say("path.mode", language),
            (False, True),
            format_func=lambda mode: say("path.alone" if mode else "path.whole", language),
            horizontal=True,
            key="path-alone",
        )
    if lever not in changed:
        st.info(say("path.not_moved", language))
    _why_flat(policy, lever, language)
    if not outcomes:
        return
    other = only(policy, today, lever) if alone else policy
    with counting("path.wait", language, pair_known(today, other)) as step:
        seen = watched_pair(today, other, step)
    found = picture(dependencies(), lever, outcomes, seen.evidence)
    _show(found, boxes(found, seen, today, other, language), today, other, language)


def boxes(found: Picture, seen: Watched, today: Scenario, policy: Scenario, language: str) -> dict[Item, Box]:
    """What is written of each item of a picture."""
    written = {}
    known = _known(today, policy)
    for item in found.items:
        name = called(item, language)
        if item.entity == PARAMETER:
            written[item] = Box(name, lever_text(item.name, today, policy, language), "", True)
        elif item.entity == OUTCOME:
            judgement = _judged(item.name, seen, known)
            told = judgement.verdict not in (Verdict.no_difference, Verdict.cannot_tell, Verdict.unknown)
            written[item] = Box(name, "", change_words(judgement, item.name, language), told)
        else:
            change, unit = seen.evidence.moved[item], unit_of(item)
            levels = levels_text(change, unit, language)
            written[item] = Box(name, levels, difference_text(change, unit, language), change.clear)
    return written


def change_words(judgement: Judgement, outcome: str, language: str) -> str:
    """An outcome's difference with its range."""
    if judgement.verdict is Verdict.unknown:
        return say("path.untold", language)
    if judgement.difference == judgement.low == judgement.high == 0.0:
        return say("path.same", language)
    written = change_text(judgement, BY_NAME[outcome].unit, language)
    if judgement.verdict in (Verdict.no_difference, Verdict.cannot_tell):
        return f"{say('path.unclear', language)} {written}"
    return written


def lever_text(name: str, today: Scenario, policy: Scenario, language: str) -> str:
    """A lever today and in the policy's last month, in the units of its slider."""
    lever = by_name()[name]
    tables = [resolve(scenario) for scenario in (today, policy)]
    values = [float(table.at(table.months - 1)[table.space.place[name]]) for table in tables]
    texts = [lever.text(round(value / lever.factor, 8), language) for value in values]
    return texts[0] if texts[0] == texts[1] else f"{texts[0]} → {texts[1]}"


def _show(found: Picture, written: Mapping[Item, Box], today: Scenario, policy: Scenario, language: str) -> None:
    if not found.hops:
        st.info(say("path.none", language))
        return
    lever = called(found.items[0], language)
    hidden = {item for hop in found.hops for item in hop.through if item.entity in ENTITIES}
    names = {item: called(item, language) for item in (*found.items, *hidden)}
    left, right = st.columns([6, 5])
    with left:
        st.mermaid_chart(mermaid(found, written), width="stretch", alt=say("path.alt", language, lever=lever))
    with right:
        st.markdown(f"**{say('path.steps', language)}**")
        lines = steps(found, written, names, language)
        st.markdown("\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)))
    st.caption(say("path.reading", language))
    columns = [item for item in dict.fromkeys((*found.items, *hidden)) if item.entity not in (PARAMETER, OUTCOME)]
    rules = [item for item in columns if item.name != "present"]
    st.markdown(f"**{say('rule.head', language)}**")
    chosen = st.selectbox(
        say("rule.choose", language),
        rules,
        format_func=lambda item: names[item],
        key=f"rule-of-{found.items[0].name}",
    )
    if chosen is not None:
        rule.draw(Item(*chosen), today, policy, language)


def _lever_title(name: str, changed: bool, language: str) -> str:
    title = by_name()[name].parameter.title(language)
    return title if changed else say("path.as_today", language, title=title)


def _why_flat(policy: Scenario, lever: str, language: str) -> None:
    missing = missing_levers(policy, lever)
    if missing:
        titles = say("path.join", language).join(by_name()[name].parameter.title(language) for name in missing)
        st.warning(say("flat.needs", language, lever=by_name()[lever].parameter.title(language), others=titles))


def _known(today: Scenario, policy: Scenario) -> Comparison | None:
    """What the first page has of this pair, if it is enough."""
    size = min(runs().known(today), runs().known(policy))
    return runs().compare(today, policy, replications=size) if size >= ENOUGH else None


def _judged(outcome: str, seen: Watched, known: Comparison | None) -> Judgement:
    margin = margin_of(BY_NAME[outcome].unit, float(seen.before[outcome].mean()))
    if known is not None:
        return judge(paired(known, known.others[0], outcome), margin)
    return judge(seen.after[outcome] - seen.before[outcome], margin)
