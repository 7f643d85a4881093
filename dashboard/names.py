"""What columns, levers, values and outcomes are called on the page."""

from __future__ import annotations

from dashboard.texts import say
from orgsim.explain.graph import OUTCOME, PARAMETER, PRESENT, Item
from orgsim.report.column_names import chinese
from orgsim.report.tables import outcome_title
from orgsim.scenarios.load import default_space
from orgsim.schedule import model


def called(item: Item, language: str) -> str:
    """A name in the visitor's language: a title where there is one, else the column's own noun."""
    if item.entity == PARAMETER:
        return default_space()[item.name].title(language)
    if item.entity == OUTCOME:
        return outcome_title(item.name, language)
    if item.name == PRESENT:
        return say(f"present.{item.entity}", language)
    return column_called(item.name, language)


def column_called(column: str, language: str) -> str:
    """The Chinese name, or the column's own English words."""
    words = chinese(column) if language == "zh" else ""
    return words or column.replace("_", " ").capitalize().replace("fte", "FTE").replace("Fte", "FTE")


def unit_of(item: Item) -> str:
    """The unit of a column."""
    return model().columns[item.entity][item.name].unit
