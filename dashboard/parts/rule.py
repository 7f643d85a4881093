"""One rule in words, formula and code, with every value in it: what it is, unit, range, grade and source."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.names import called, column_called
from dashboard.sidebar import source_text
from dashboard.texts import say
from orgsim.core.parameters import KINDS, Parameter
from orgsim.core.registry import Linked, Own
from orgsim.core.rule import Rule
from orgsim.errors import unit_name
from orgsim.explain.graph import Item, parameters_of
from orgsim.explain.words import chinese_meaning_of, formula_of, meaning_of
from orgsim.report.amounts import choice_text
from orgsim.report.odd.code import arithmetic
from orgsim.scenarios import Scenario, resolve
from orgsim.scenarios.resolve import place_of
from orgsim.scenarios.values import number_text, value_text
from orgsim.schedule import model


def draw(item: Item, today: Scenario, policy: Scenario, language: str) -> None:
    """Write the rule of a column: what it says, what it reads, its formula, its values."""
    package = model()
    rule = package.rules.get((item.entity, item.name))
    column = package.columns[item.entity][item.name]
    where = say("rule.where", language, column=f"`{item.entity}.{item.name}`", mechanism=f"`{column.owner}`")
    st.markdown(f"**{column_called(item.name, language)}** · {where}")
    st.markdown((chinese_meaning_of if language == "zh" else meaning_of)(package, item.entity, item.name))
    if rule is not None:
        st.markdown(say("rule.reads", language, names=_reads(rule, language)))
        formula = formula_of(rule.function)
        if formula:
            st.markdown(say("rule.formula", language))
            st.code(formula, language=None, wrap_lines=True)
        with st.expander(say("rule.code", language)):
            st.code(arithmetic(rule.function), language="python", wrap_lines=True)
    elif (item.entity, item.name) in package.totals:
        st.markdown(say("rule.total", language))
    names = parameters_of(package, item)
    if names:
        st.dataframe(values_table(names, today, policy, language), hide_index=True, height="content")
    else:
        st.caption(say("rule.no_values", language))


def values_table(names: tuple[str, ...], today: Scenario, policy: Scenario, language: str) -> pd.DataFrame:
    """One row a value of a rule: what it is under today and the policy, unit, range, grade and source."""
    space = model().space
    rows = []
    for name in names:
        parameter = space[name]
        low, high = (number_text(bound) for bound in parameter.range)
        source = parameter.source
        rows.append(
            {
                say("assumptions.name", language): parameter.title(language),
                say("rule.today", language): value_of(parameter, today, language),
                say("rule.policy", language): value_of(parameter, policy, language),
                say("assumptions.unit", language): unit_name(parameter.unit, language),
                say("assumptions.range", language): f"{low} – {high}",
                say("rule.role", language): say(f"role.{parameter.role}", language),
                say("assumptions.grade", language): source.grade,
                say("assumptions.reading", language): say(f"reading.{source.reading}", language),
                say("assumptions.source", language): source_text(parameter, language),
                say("assumptions.meaning", language): parameter.meaning(language),
            }
        )
    return pd.DataFrame(rows)


def value_of(parameter: Parameter, scenario: Scenario, language: str) -> str:
    """A value in the last month of a scenario; one for each kind where they differ."""
    table = resolve(scenario)
    kinds = KINDS if parameter.by_kind else (None,)
    last = table.at(table.months - 1)
    values = [float(last[place_of(table.space, parameter.name, kind)]) for kind in kinds]
    if parameter.choices:
        return choice_text(parameter.choices[round(values[0])], language)
    texts = [value_text(parameter, value) for value in values]
    return texts[0] if len(set(texts)) == 1 else " / ".join(texts)


def _reads(rule: Rule, language: str) -> str:
    """Names of the columns a rule reads, those of others with whose they are."""
    said = []
    for reading in model().reads(rule).values():
        match reading:
            case Own(column):
                said.append(called(Item(rule.entity, column), language))
            case Linked(_, entity, column):
                whose = say(f"entity.{entity}", language)
                said.append(say("rule.of", language, whose=whose, name=called(Item(entity, column), language)))
    return say("path.join", language).join(dict.fromkeys(said)) or say("rule.nothing", language)
