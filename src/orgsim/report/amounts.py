"""Values of parameters as people read them: shares in per cent, large sums in 万元, choices in words."""

from __future__ import annotations

from orgsim.core.parameters import Parameter
from orgsim.report.texts import say
from orgsim.scenarios.values import number_text

TEN_THOUSAND = 10_000.0
_PERCENT = {"share": "%", "probability": "%", "share per year": "% per year"}


def scale(parameter: Parameter) -> tuple[float, str]:
    """The unit that people read a parameter in, and how many of the model's units it is worth."""
    if parameter.unit in _PERCENT:
        return 0.01, _PERCENT[parameter.unit]
    if parameter.unit == "CNY per year" and parameter.range[1] >= 1e6:
        return TEN_THOUSAND, "10,000 CNY per year"
    return 1.0, parameter.unit


def amount(parameter: Parameter, value: float, language: str) -> str:
    """A value in the model's unit with the unit that people read, or the word of a choice."""
    if parameter.choices:
        return choice_text(parameter.choices[round(value)], language)
    if parameter.unit == "A":  # a rating that is asked for
        return say("amount.rating", language, number=number_text(value)) if value else say("amount.no_rating", language)
    factor, unit = scale(parameter)
    shown = round(value / factor, 8)
    number = f"{shown:,.0f}" if abs(shown) >= 1000 else number_text(round(shown, 4))
    words = unit_text(unit, language)
    apart = " " if words and not words.startswith(("%", "（", "/")) else ""
    return f"{number.replace('-', '−')}{apart}{words}"


def unit_text(unit: str, language: str) -> str:
    """A unit in words; nothing for a choice."""
    return "" if unit == "choice" else say(f"amount.{unit}", language)


def choice_text(choice: str, language: str) -> str:
    """What a choice is called."""
    return say(f"choice.{choice}", language)
